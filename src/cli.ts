#!/usr/bin/env node
/**
 * The command line: `xxgk check FILE…`, `xxgk diagnose FILE` and `xxgk read FILE…`. Over core and documents; the one
 * place that uses Node's own modules. What reads documents is evaluated only when one is read. Results go to standard output, what is said about files to standard error.
 *
 * Exit status: 0 nothing blocks, 1 a `format` or `must` finding, 2 a file could not be read, 3 usage.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { valuesOf, type CheckedReport } from './checks/checked-report.ts';
import { checkReport } from './checks/check-report.ts';
import { diagnose } from './checks/diagnose.ts';
import { isBlocking, isViolation, type Finding } from './checks/finding.ts';
import { diagnosisJson, findingJson } from './checks/findings-json.ts';
import { readRulePack } from './checks/read-rule-pack.ts';
import type { Rule } from './checks/rule.ts';
import { packRefusalZh, packSummaryZh, ruleChangeZh } from './checks/rule-pack-words-zh.ts';
import { withRulePack } from './checks/rule-pack.ts';
import { OFFICIAL_RULES } from './checks/rules.ts';
import { repairSentenceZh, tieSentenceZh } from './checks/slip-words-zh.ts';
import type { DocumentReading } from './documents/document-reading.ts';
import { payloadOfReading } from './documents/payload-of-reading.ts';
import { readingJson } from './documents/reading-json.ts';
import { readingReportZh, readRefusalZh } from './documents/report-words-zh.ts';
import { omissionsZh } from './documents/words-zh.ts';
import { tablesAsCsv, tablesAsHtmlPage, tablesAsText } from './documents/write-tables.ts';
import { canonicalJson, type Json } from './format/canonical-json.ts';
import type { Digest } from './format/digest.ts';
import { beginsLikeJson } from './format/guard-json.ts';
import { readPayload, type ReadNote, type ReadResult } from './payload/read-payload.ts';
import { noteSentence, refusalSentence } from './payload/reading-words.ts';
import { payloadOf, type Stamp } from './payload/write-payload.ts';
import { openFindings, settledFindings } from './report/explanations.ts';
import { findingLinesZh } from './report/findings-words-zh.ts';
import { isOtherUnit, isOtherYear } from './report/previous.ts';
import { checkedReport, formatOf, yearOf, type Explanation, type Report } from './report/report.ts';

const USAGE = `用法：xxgk check 文件… [--previous 上年报告] [--rules 补充规则] [--json]
      xxgk diagnose 文件 [--previous 上年报告] [--rules 补充规则] [--json]
  文件为年报数据（JSON）；“-”为标准输入；.ndjson 每行一份。
      xxgk read 文件… [--to json|csv|txt|html] [--year 年度] [--organization 单位] [--report 序号] [--out 文件] [--json]
  读取网页、Word、Excel、PDF、文本中的年报（或年报数据），输出年报数据（草稿）或表格；读取情况写到标准错误。
  --year、--organization 补上或改写文件中的年度、单位；文件中有几份年报的，用 --report 选一份；--out 写到文件。
  --json 输出 {"files":[{"file","status","payload","report","notes"}]}：report 为读取情况，年报数据文件没有，为 null。
退出状态：0 没有必须修改的问题；1 有填写有误或必须修改的问题；2 文件读不了；3 用法不对。`;

interface Arguments {
  readonly files: readonly string[];
  readonly previous: string | undefined;
  readonly rules: string | undefined;
  readonly json: boolean;
}

/** What the files are checked against. */
interface Against {
  readonly lastYear: Read | undefined;
  /** The file it came from. */
  readonly previous: string | undefined;
  readonly rules: readonly Rule[];
}

/** What the reading of a payload says of it, beside its figures; null where nothing was read. */
interface ReadingJson {
  readonly draft: boolean | null;
  /** Of a newer version: the page shows it read-only, here it is status 2. */
  readonly readOnly: boolean;
  readonly digest: Read['digestStated'] | null;
  readonly notes: readonly ReadNote[];
}

interface FileVerdict extends ReadingJson {
  readonly file: string;
  readonly status: number;
  readonly findings: readonly object[];
}

type Read = Extract<ReadResult, { ok: true }>;

const NOT_READ: ReadingJson = { draft: null, readOnly: false, digest: null, notes: [] };

function readingOfPayload({ draft, readOnly, digestStated, notes }: Read): ReadingJson {
  return { draft, readOnly, digest: digestStated, notes };
}

class UsageError extends Error {}

/** A file that is no report: one sentence naming file and place, status 2. */
class UnreadableError extends Error {
  readonly reading: ReadingJson;

  constructor(message: string, reading = NOT_READ) {
    super(message);
    this.reading = reading;
  }
}

async function main(argv: readonly string[]): Promise<number> {
  if (argv[0] === 'help' || argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const [command] = argv;
  if (command === 'read') return read(parseReadArguments(argv.slice(1)));
  if (command !== 'check' && command !== 'diagnose')
    throw new UsageError(command === undefined ? '缺少命令' : `没有命令“${command}”`);
  const { files, previous, rules, json } = parseArguments(argv.slice(1));
  const against: Against = {
    previous,
    rules: rules === undefined ? OFFICIAL_RULES.rules : rulesWith(rules),
    lastYear: previous === undefined ? undefined : readOne(previous, contentsOf(previous)),
  };
  if (command === 'diagnose') {
    if (files.length > 1) throw new UsageError('diagnose 一次只看一个文件');
    return diagnoseFile(files[0]!, against, json);
  }
  const verdicts: FileVerdict[] = [];
  let status = 0;
  for (const file of files) {
    let documents: readonly { name: string; text: string }[] = [];
    try {
      documents = documentsOf(file);
    } catch (error) {
      status = 2;
      verdicts.push(unreadable(file, error));
    }
    for (const { name, text } of documents) {
      try {
        const verdict = check(name, readOne(name, text), against, json);
        verdicts.push(verdict);
        status = Math.max(status, verdict.status);
      } catch (error) {
        status = 2;
        verdicts.push(unreadable(name, error));
      }
    }
  }
  if (json) process.stdout.write(`${JSON.stringify({ files: verdicts, ...previousJson(against) })}\n`);
  return status;
}

/** How last year's report was read: what is found across the years hangs on it. */
function previousJson({ previous, lastYear }: Against): { readonly previous?: object } {
  return lastYear === undefined ? {} : { previous: { file: previous, ...readingOfPayload(lastYear) } };
}

/** Milliseconds: nobody types meanwhile, so more than a page allows itself. */
const PATIENCE = 2_000;

function diagnoseFile(file: string, against: Against, json: boolean): number {
  const { lastYear, rules } = against;
  const read = readOne(file, contentsOf(file));
  const previous = lastYear === undefined ? undefined : previousOf(file, read, lastYear);
  const report = checkedReport(read.report);
  const diagnosis = diagnose(report, rules, { previous, limit: PATIENCE });
  if (json) {
    const answer = { ...diagnosisJson(diagnosis), ...readingOfPayload(read), ...previousJson(against) };
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  } else {
    const format = formatOf(read.report);
    const lines = diagnosis.repairs.map((repair) => `  ${repairSentenceZh(repair, format)}`);
    const tie = tieSentenceZh(diagnosis);
    process.stdout.write([`${file}：`, ...lines, ...(tie === '' ? [] : [`  ${tie}`])].join('\n') + '\n');
  }
  return checkReport(report, rules, { previous }).some(isBlocking) ? 1 : 0;
}

interface Given {
  readonly files: readonly string[];
  /** By the name of the option; '' for `--json`, which has no value. */
  readonly options: ReadonlyMap<string, string>;
}

/** `valued` are the options with a value, and what that is. */
function givenIn(words: readonly string[], valued: Readonly<Record<string, string>>): Given {
  const files: string[] = [];
  const options = new Map<string, string>();
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    if (word === '--json') options.set(word, '');
    else if (Object.keys(valued).includes(word)) {
      const value = words[(index += 1)];
      if (value === undefined || value === '') throw new UsageError(`${word} 之后缺少${valued[word]}`);
      options.set(word, value);
    } else if (word.startsWith('-') && word !== '-') throw new UsageError(`没有选项“${word}”`);
    else files.push(word);
  }
  return { files, options };
}

function parseArguments(words: readonly string[]): Arguments {
  const { files, options } = givenIn(words, { '--previous': '文件名', '--rules': '文件名' });
  const [previous, rules] = [options.get('--previous'), options.get('--rules')];
  checkFiles([...files, previous, rules], files.length);
  return { files, previous, rules, json: options.has('--json') };
}

function checkFiles(named: readonly (string | undefined)[], count: number): void {
  if (count === 0) throw new UsageError('缺少文件名');
  if (named.filter((file) => file === '-').length > 1) throw new UsageError('标准输入（-）只能用一次');
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UnreadableError(
      `${file}：${code === 'ENOENT' ? '没有这个文件' : code === 'EISDIR' ? '是文件夹，不是文件' : `打不开（${code ?? '原因不明'}）`}。`,
    );
  }
}

function contentsOf(file: string, bytes = bytesOf(file)): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableError(
      `${file}：不是 UTF-8 编码的文本，未读取。${/json$/i.test(file) ? '' : READ_INSTEAD}`,
    );
  }
}

const READ_INSTEAD = '网页、Word、Excel 等文件请先用 xxgk read 读取。';

/** One file, or each line of an .ndjson file. */
function documentsOf(file: string): { name: string; text: string }[] {
  const text = contentsOf(file);
  if (!file.endsWith('.ndjson')) return [{ name: file, text }];
  return text
    .split('\n')
    .map((line, index) => ({ name: `${file}:${index + 1}`, text: line }))
    .filter((line) => line.text.trim() !== '');
}

/** The official rules with a pack; what it changes is said, since the verdict depends on it. */
function rulesWith(file: string): readonly Rule[] {
  const reading = readRulePack(contentsOf(file));
  if (!reading.ok) throw new UnreadableError(`${file}：${packRefusalZh(reading.refusal)}`);
  const { pack } = reading;
  process.stderr.write(
    [`核对规则：${packSummaryZh(pack)}`, ...pack.changes.map(ruleChangeZh), ''].join('\n'),
  );
  return withRulePack(OFFICIAL_RULES, pack).rules;
}

function readOne(file: string, text: string): Read {
  const result = readPayload(text);
  if (!result.ok) {
    const isNoJson = result.refusal.code === 'not-json' && !/^\s*[{[]/.test(text);
    throw new UnreadableError(`${file}：${refusalSentence(result.refusal)}${isNoJson ? READ_INSTEAD : ''}`);
  }
  if (result.readOnly)
    throw new UnreadableError(
      `${file}：${refusalSentence({ code: 'future-version', found: '更新的 schema' })}`,
      readingOfPayload(result),
    );
  for (const sentence of new Set(result.notes.map(noteSentence)))
    process.stderr.write(`${file}：${sentence}\n`);
  return result;
}

function check(file: string, read: Read, { lastYear, rules }: Against, json: boolean): FileVerdict {
  const { report, draft } = read;
  const previous = lastYear === undefined ? undefined : previousOf(file, read, lastYear);
  const checked = checkedReport(report);
  const findings = checkReport(checked, rules, { previous, finishing: !draft });
  const settled = settledFindings(findings, report, {
    values: valuesOf(checked),
    previousValues: previous === undefined ? undefined : valuesOf(previous),
  });
  const status = findings.some((finding) => blocksDelivery(finding, draft)) ? 1 : 0;
  if (!json) print(file, read, findings, settled);
  return {
    file,
    status,
    findings: findings.map((finding) => findingJson(finding, settled.get(finding)?.kind)),
    ...readingOfPayload(read),
  };
}

/** A pending equation is no fault of a draft, and a fault of a report that says it is finished. */
function blocksDelivery(finding: Finding, draft: boolean): boolean {
  return isBlocking(finding) || (!draft && !isViolation(finding) && finding.severity === 'must');
}

function previousOf(file: string, read: Read, lastYear: Read): CheckedReport {
  const year = yearOf(read.report);
  const last = yearOf(lastYear.report);
  if (isOtherYear(year, last)) {
    throw new UnreadableError(`${file}：--previous 应为${year! - 1}年度的报告，给出的是${last}年度。`);
  }
  const [now, before] = [read.report, lastYear.report].map((report) => report.head['organization.name']);
  if (isOtherUnit(now, before))
    process.stderr.write(`${file}：上年报告是“${before}”的报告，本文件是“${now}”，请确认是否同一单位。\n`);
  return checkedReport(lastYear.report);
}

function print(
  file: string,
  { report, draft }: Read,
  findings: readonly Finding[],
  settled: ReadonlyMap<Finding, Explanation>,
): void {
  const lines = findingLinesZh(findings, settled, formatOf(report)).map((line) => `\n  ${line}`);
  process.stdout.write(
    `${file}${draft ? '（草稿）' : ''}：${lines.length === 0 ? '没有问题。' : lines.join('')}\n`,
  );
}

function unreadable(file: string, error: unknown): FileVerdict {
  if (!(error instanceof UnreadableError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return { file, status: 2, findings: [], ...error.reading };
}

// ---- xxgk read ----

const WRITERS = { csv: tablesAsCsv, txt: tablesAsText, html: tablesAsHtmlPage } as const;

interface ReadArguments {
  readonly files: readonly string[];
  readonly to: 'json' | keyof typeof WRITERS;
  readonly year: string | undefined;
  readonly organization: string | undefined;
  /** From 1. */
  readonly report: number | undefined;
  readonly out: string | undefined;
  readonly json: boolean;
}

const READ_OPTIONS = ['--to', '--year', '--organization', '--report', '--out'];

function parseReadArguments(words: readonly string[]): ReadArguments {
  const valued = Object.fromEntries(READ_OPTIONS.map((name) => [name, '内容']));
  const { files, options: given } = givenIn(words, valued);
  checkFiles(files, files.length);
  const to = given.get('--to') ?? 'json';
  if (to !== 'json' && !Object.keys(WRITERS).includes(to))
    throw new UsageError(`--to 只能是 json、csv、txt 或 html；还不能写成“${to}”`);
  const year = given.get('--year');
  if (year !== undefined && !(/^\d{4}$/.test(year) && year >= '2008' && year <= '2100'))
    throw new UsageError('--year 应为 2008 至 2100 的四位年度');
  const report = given.get('--report');
  if (report !== undefined && !/^[1-9]\d{0,5}$/.test(report))
    throw new UsageError('--report 应为序号，从 1 数起');
  const json = given.has('--json');
  if (json && to !== 'json') throw new UsageError('--json 与 --to 不能一起用');
  const out = given.get('--out');
  if (files.length > 1 && (report !== undefined || (to !== 'json' && !json)))
    throw new UsageError('--report 和 --to csv、txt、html 一次只读一个文件');
  if (out !== undefined && files.some((file) => file !== '-' && resolve(file) === resolve(out)))
    throw new UsageError('--out 不能是要读取的文件：会把它盖掉');
  const lines = files.find((file) => file.endsWith('.ndjson'));
  if (lines !== undefined) throw new UsageError(`“${lines}”每行一份年报数据，请用 xxgk check`);
  return {
    files,
    to: to as ReadArguments['to'],
    year,
    organization: given.get('--organization'),
    report: report === undefined ? undefined : Number(report),
    out,
    json,
  };
}

/** A report that was read, and how; `reading` is of a document only. */
interface ReadFile {
  readonly report: Report;
  readonly payload: Record<string, Json>;
  readonly status: number;
  readonly reading: DocumentReading | undefined;
  readonly notes: readonly ReadNote[];
}

async function read(given: ReadArguments): Promise<number> {
  const { files, to, json, out } = given;
  const answers: object[] = [];
  const texts: string[] = [];
  let status = 0;
  for (const file of files) {
    try {
      const one = await readFile(file, given);
      status = Math.max(status, one.status);
      texts.push(to === 'json' ? `${canonicalJson(one.payload)}\n` : WRITERS[to](one.report));
      answers.push({
        file,
        status: one.status,
        payload: one.payload,
        report: one.reading === undefined ? null : readingJson(one.reading),
        notes: one.notes,
      });
    } catch (error) {
      const { notes } = unreadable(file, error);
      status = 2;
      answers.push({ file, status: 2, payload: null, report: null, notes });
    }
  }
  const text = json ? `${JSON.stringify({ files: answers })}\n` : texts.join('');
  if (out === undefined) process.stdout.write(text);
  // A file of before is not emptied for nothing.
  else if (text !== '') writeOut(out, text);
  return status;
}

async function readFile(file: string, given: ReadArguments): Promise<ReadFile> {
  const bytes = bytesOf(file);
  let found: Read;
  let reading: DocumentReading | undefined;
  if (beginsLikeJson(bytes)) {
    if ((given.report ?? 1) > 1)
      throw new UnreadableError(`${file}：只有一份年报，没有第 ${given.report} 份。`);
    found = readOne(file, contentsOf(file, bytes));
  } else {
    reading = await readingOf(file, bytes, given.report);
    found = readOne(file, canonicalJson(payloadOfReading(reading)));
    for (const line of readingReportZh(reading)) process.stderr.write(`${file}：${line}\n`);
  }
  const { year = found.report.head.year, organization = found.report.head['organization.name'] } = given;
  const report: Report = {
    ...found.report,
    head: { ...found.report.head, year, 'organization.name': organization },
  };
  if (year === '') process.stderr.write(`${file}：没有读到报告年度，请用 --year 补上。\n`);
  if (organization === '') process.stderr.write(`${file}：没有读到单位名称，请用 --organization 补上。\n`);
  const findings = checkReport(checkedReport(report), OFFICIAL_RULES.rules, { finishing: !found.draft });
  const blocking = findings.filter((finding) => blocksDelivery(finding, found.draft)).length;
  if (blocking > 0)
    process.stderr.write(`${file}：有 ${blocking} 处填写有误或必须修改，请用 xxgk check 查看。\n`);
  const asGiven = reading === undefined && given.year === undefined && given.organization === undefined;
  return {
    report,
    // A payload that is only passed on stays as it is, its verdict and digests too.
    payload: asGiven ? payloadOf(report) : payloadOf(report, draftStamp(report)),
    status: blocking > 0 ? 1 : 0,
    reading,
    notes: found.notes,
  };
}

/** The one reading of a document, or the one that was asked for. */
async function readingOf(
  file: string,
  bytes: Uint8Array,
  number: number | undefined,
): Promise<DocumentReading> {
  const { readDocument } = await import('./documents/read-document.ts');
  const result = await readDocument({ bytes, name: file });
  if (!result.ok) throw new UnreadableError(`${file}：${readRefusalZh(result.refusal)}`);
  for (const line of omissionsZh(result.omissions ?? [])) process.stderr.write(`${file}：${line}\n`);
  const { readings } = result;
  const chosen = number === undefined && readings.length === 1 ? readings[0] : readings[(number ?? 0) - 1];
  if (chosen !== undefined) return chosen;
  const list = readings.map(
    ({ organization, year, version }, index) =>
      `${index + 1} ${organization ?? '未写单位'}${year === undefined ? '未写年度' : `${year}年度`}（${version}年格式）`,
  );
  throw new UnreadableError(
    `${file}：${number === undefined ? '' : `没有第 ${number} 份；`}文件中有 ${readings.length} 份年报：${list.join('；')}。请用 --report 序号 选一份。`,
  );
}

/** What was read of a document is a draft until a person has looked at it. */
function draftStamp(report: Report): Stamp {
  const checked = checkedReport(report);
  const finishing = checkReport(checked, OFFICIAL_RULES.rules, { finishing: true });
  const revision = report.carried['revision'] as { number: number; base: Digest | null } | undefined;
  return {
    draft: true,
    findings: checkReport(checked, OFFICIAL_RULES.rules),
    rules: `${report.version}@${OFFICIAL_RULES.version}`,
    open: openFindings(finishing, report, { values: valuesOf(checked), previousValues: undefined }).length,
    revision: { number: revision?.number ?? 0, base: revision?.base ?? null },
  };
}

function writeOut(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UnreadableError(
      `${file}：写不出文件（${code === 'ENOENT' ? '没有这个文件夹' : code === 'EISDIR' ? '是文件夹' : (code ?? '原因不明')}）。`,
    );
  }
}

// `xxgk check … | head` closes the pipe early: whoever reads has enough, and that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`写不出结果（${error.code ?? '原因不明'}）。\n`);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}。\n${USAGE}\n`);
    process.exitCode = 3;
  } else if (error instanceof UnreadableError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(
      `程序内部错误（${error instanceof Error ? error.message : String(error)}），未能完成。\n`,
    );
    process.exitCode = 2;
  }
}
