/** Entry that registers the tags. Loading it twice, or beside another copy, does no harm. */
import { XxgkAnnualReport } from './elements/annual-report.ts';
import { XxgkFindings } from './elements/findings.ts';
import { XxgkReportTable } from './elements/report-table.ts';

const TAGS: readonly (readonly [string, CustomElementConstructor])[] = [
  ['xxgk-report-table', XxgkReportTable],
  ['xxgk-findings', XxgkFindings],
  ['xxgk-annual-report', XxgkAnnualReport],
];

for (const [tag, element] of TAGS)
  if (customElements.get(tag) === undefined) customElements.define(tag, element);

declare global {
  interface HTMLElementTagNameMap {
    'xxgk-report-table': XxgkReportTable;
    'xxgk-findings': XxgkFindings;
    'xxgk-annual-report': XxgkAnnualReport;
  }
}

export * from './index.ts';
