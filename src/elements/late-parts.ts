/**
 * What is fetched after the first paint, a file each, and when. The sentences of findings are fetched by `load-words.ts`,
 * because what is fetched here needs them.
 */
export const lateParts = {
  /** Everything under the heading of the findings; after the paint. */
  findingsList: () => import('./findings-list.ts'),
  /** Help for a row, and the keys; when somebody asks. */
  help: () => import('./help.ts'),
  /** 提交; when somebody submits for the first time. */
  submission: () => import('./submission.ts'),
  /** 复制; when somebody copies the tables. */
  copyTables: () => import('./copy-tables.ts'),
  /** 零报告; when a table is declared zero, or was. */
  zeroReport: () => import('../report/zero-report.ts'),
  /** Rule packs; with the first one. */
  rules: () => import('./rules-in-force.ts'),
  /** 导入报告: its dialog; when a document comes. */
  importDialog: () => import('./import-dialog.ts'),
  /** What is being typed; where our page is in a frame. */
  beingTyped: () => import('./being-typed.ts'),
  /** The warning before the page is left; after the paint. */
  leaveGuard: () => import('./leave-guard.ts'),
  /** The ways to it beside the button: paste and drop; after the paint. */
  importWays: () => import('./import-ways.ts'),
  /** The reading of documents, and its worker; with the first document. */
  documents: () => import('./document-worker.ts'),
  /** 打印; after the paint, because a page that is printed does not wait. */
  printing: () => import('./printing.ts'),
  /** Last year's report: its line, what it puts beside a cell, what it fills; after the paint. */
  lastYear: () => import('./last-year.ts'),
  /** Drafts; after the paint. They fetch 草稿与备份 when somebody asks for it. */
  drafts: () => import('./report-drafts.ts'),
  /** The texts on screen in English; where an element has `lang="en"`. */
  english: () => import('./english.ts'),
  /** The reading of reports; with the first value. */
  reading: () => import('./reading.ts'),
} as const;
