/** Entry of the element classes, without side effect; `core.ts` has what runs without a page. `define.ts` registers the tags. */
export { XxgkAnnualReport } from './elements/annual-report.ts';
export { XxgkFindings } from './elements/findings.ts';
export { XxgkReportTable } from './elements/report-table.ts';
export * from './elements/events.ts';
export { setLicenseKey } from './elements/spreadsheet.ts';
