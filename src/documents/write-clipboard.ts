/**
 * What 复制 puts on the clipboard: the official tables as text and as HTML, and the payload for another editor of ours.
 * Knows no browser.
 */
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import { FORMATS } from '../format/formats.ts';
import type { Report } from '../report/report.ts';
import { CLIPBOARD_TYPE, payloadComment } from './clipboard-payload.ts';
import { tablesAsHtml, tablesAsTsv } from './write-tables.ts';

/**
 * What goes along in the HTML. Chromium inserts a comment into whatever is edited, and so perhaps into a page that is
 * published: it says no more than a published report says, and nothing of explanations, remarks or persons.
 */
const PUBLIC = [
  'schema',
  'format',
  'year',
  'period',
  'organization',
  'tables',
  'reported',
  'marks',
  'generator',
];

/** The texts by type. The tables are those that the payload has; it is the report's own, whole or of one table. */
export function writeClipboard(
  report: Report,
  payload: Readonly<Record<string, Json>>,
): Readonly<Record<string, string>> {
  const tables = Object.keys(payload['tables'] as object);
  return {
    'text/plain': tablesAsTsv(report, tables),
    'text/html': `${tablesAsHtml(report, tables)}${payloadComment(canonicalJson(publicPart(report, payload, tables)))}`,
    [CLIPBOARD_TYPE]: canonicalJson(payload),
  };
}

function publicPart(
  { version }: Report,
  payload: Readonly<Record<string, Json>>,
  tables: readonly string[],
): Record<string, Json> {
  const isCopied = ([id]: [string, unknown]): boolean =>
    FORMATS[version].cellsById.has(id) && tables.includes(id.split('/')[0]!);
  const { name, kind } = payload['organization'] as Record<string, Json>;
  const part: Record<string, Json> = { draft: true };
  for (const member of PUBLIC) {
    const value = payload[member];
    if (value === undefined) continue;
    if (member === 'organization')
      part[member] = kind === undefined ? { name: name! } : { name: name!, kind };
    else if (member === 'reported' || member === 'marks')
      part[member] = Object.fromEntries(Object.entries(value as Record<string, Json>).filter(isCopied));
    else part[member] = value;
  }
  return part;
}
