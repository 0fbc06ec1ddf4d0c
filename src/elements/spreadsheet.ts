/**
 * Whether a page may show the spreadsheet grid, and the script that draws it: loaded once, and only where a host gave a
 * licence key. Knows no table; says one line per reason on the console, and never a key.
 */
import type * as spreadsheet from './grid/handsontable-grid.ts';

export type Spreadsheet = typeof spreadsheet;

/** Why the table grid stays. */
export type Refusal = 'no-key' | 'wrong-key' | 'not-loaded' | 'not-built';

const WORDS: Readonly<Record<Refusal, string>> = {
  'no-key': '没有提供 license-key，使用内置表格。',
  'wrong-key': 'Handsontable 不接受所给的 license-key，使用内置表格。',
  'not-loaded': '电子表格部分没有载入（xxgk-annual-report.handsontable-grid.js），使用内置表格。',
  'not-built': '电子表格在此页面中不能建立，使用内置表格。',
};

let pageKey = '';
let source = (): Promise<Spreadsheet> => import('./grid/handsontable-grid.ts');
const listeners = new Set<() => void>();
const said = new Set<string>();

/**
 * The Handsontable licence key for the whole page, where an element has no `license-key` of its own. '' takes it away.
 * The key is the host's: no build of ours carries one.
 */
export function setLicenseKey(key: string | null | undefined): void {
  pageKey = String(key ?? '');
  for (const listener of [...listeners]) listener();
}

export function licenseKeyOfPage(): string {
  return pageKey;
}

/** Returns a function that ends the subscription. */
export function onLicenseKey(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Where the spreadsheet comes from instead: a bundler's page brings it along. */
export function spreadsheetFrom(other: () => Promise<Spreadsheet>): void {
  source = other;
}

/** Fetched once: the browser keeps it. Rejects where it cannot be fetched or run; the next call tries again. */
export function loadSpreadsheet(): Promise<Spreadsheet> {
  return source();
}

/** One line on the console of the page, once for each reason. */
export function sayWhyNot(refusal: Refusal): void {
  const words = WORDS[refusal];
  if (said.has(words)) return;
  said.add(words);
  console.info(`xxgk-annual-report：${words}`);
}
