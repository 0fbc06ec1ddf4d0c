/** Entry without a page: formats, rules, the report value, its payload, documents. Runs in Node and in workers. */
import type { DocumentResult } from './documents/document-reading.ts';
import type { ClipboardSource, FileSource } from './documents/read-document.ts';

export * from './format/entry.ts';
export * from './format/quantity.ts';
export type * from './format/format.ts';
export { FORMATS } from './format/formats.ts';
export { rowHelp, type HelpSource, type RowHelp } from './format/row-help.ts';
export { readEntry, entryText } from './format/read-entry.ts';
export { canonicalJson, type Json } from './format/canonical-json.ts';
export { digestOf, digestOfText, type Digest } from './format/digest.ts';
export { computeTotals } from './format/totals.ts';
export { valuesOf, type CheckedReport, type Values } from './checks/checked-report.ts';
export { ORGANIZATION_KINDS, type OrganizationKind } from './checks/organizations.ts';
export { checkReport, type CheckOptions } from './checks/check-report.ts';
export {
  diagnose,
  type CellChange,
  type Diagnosis,
  type DiagnoseOptions,
  type Repair,
} from './checks/diagnose.ts';
export type { Slip } from './checks/slips.ts';
export { repairSentenceZh, tieSentenceZh } from './checks/slip-words-zh.ts';
export { findingKey, isBlocking, isViolation, type Finding } from './checks/finding.ts';
export type * from './checks/rule.ts';
export { OFFICIAL_RULES } from './checks/rules.ts';
export { readRulePack, type PackPlace, type PackReading, type PackRefusal } from './checks/read-rule-pack.ts';
export { packRefusalZh, packSummaryZh, ruleChangeZh } from './checks/rule-pack-words-zh.ts';
export { withRulePack, type RuleChange, type RulePack } from './checks/rule-pack.ts';
export { cellLabel, findingSentenceZh, findingTitleZh, ruleTitleZh } from './checks/wording-zh.ts';
export { SEVERITY_ZH } from './checks/severity-zh.ts';
export { findingSentenceEn, SEVERITY_EN } from './checks/wording-en.ts';
export * from './report/report.ts';
export * from './report/transaction.ts';
export { explain, openFindings, settledFindings, valuesDigest, withdraw } from './report/explanations.ts';
export { changedSinceSigned, isSigned, sign } from './report/sign-off.ts';
export { Session, type SessionListener, type SessionState } from './report/session.ts';
export {
  completeReport,
  readPayload,
  type ReadNote,
  type ReadRefusal,
  type ReadResult,
} from './payload/read-payload.ts';
export { noteSentence, refusalSentence } from './payload/reading-words.ts';
export { GENERATOR, payloadOf, payloadText, type Stamp } from './payload/write-payload.ts';
export { payloadJsonSchema } from './payload/json-schema.ts';
export type * from './documents/document-reading.ts';
export type { Omission, SourceKind, SourceRefusal } from './documents/source-document.ts';
export type { ClipboardSource, FileSource } from './documents/read-document.ts';
export { payloadOfReading } from './documents/payload-of-reading.ts';
export { readingReportZh, readRefusalZh } from './documents/report-words-zh.ts';
export { tablesAsCsv, tablesAsHtml, tablesAsText, tablesAsTsv } from './documents/write-tables.ts';

/** The reports in a document. What reads it is fetched with the first one: who only checks figures needs none of it. */
export async function readDocument(source: FileSource | ClipboardSource): Promise<DocumentResult> {
  const late = await import('./documents/read-document.ts');
  return late.readDocument(source);
}
