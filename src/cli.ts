#!/usr/bin/env node
/**
 * The command line: `xxgk check FILE…` and `xxgk diagnose FILE`. Over core only; the one place that uses Node's own
 * modules. Results go to standard output, what is said about files to standard error.
 *
 * Exit status: 0 nothing blocks, 1 a `format` or `must` finding, 2 a file could not be read, 3 usage.
 */
import { readFileSync } from 'node:fs';
import { valuesOf, type CheckedReport } from './checks/checked-report.ts';
import { checkReport } from './checks/check-report.ts';
import { diagnose, type Diagnosis } from './checks/diagnose.ts';
import { isBlocking, isViolation, type Finding } from './checks/finding.ts';
import { readRulePack } from './checks/read-rule-pack.ts';
import type { Rule } from './checks/rule.ts';
import { packRefusalZh, packSummaryZh, ruleChangeZh } from './checks/rule-pack-words-zh.ts';
import { withRulePack } from './checks/rule-pack.ts';
import { OFFICIAL_RULES } from './checks/rules.ts';
import { repairSentenceZh, tieSentenceZh } from './checks/slip-words-zh.ts';
import { SEVERITY_ZH } from './checks/severity-zh.ts';
import { findingSentenceZh } from './checks/wording-zh.ts';
import { quantityToNumber, type Quantity } from './format/quantity.ts';
import { readPayload, type ReadResult } from './payload/read-payload.ts';
import { noteSentence, refusalSentence } from './payload/reading-words.ts';
import { settledFindings } from './report/explanations.ts';
import { isOtherUnit, isOtherYear } from './report/previous.ts';
import { checkedReport, formatOf, yearOf, type Explanation } from './report/report.ts';

const USAGE = `用法：xxgk check 文件… [--previous 上年报告] [--rules 补充规则] [--json]
      xxgk diagnose 文件 [--previous 上年报告] [--rules 补充规则] [--json]
  文件为年报数据（JSON）；“-”为标准输入；.ndjson 每行一份。
退出状态：0 没有必须修改的问题；1 有填写有误或必须修改的问题；2 文件读不了；3 用法不对。`;

interface Arguments {
  readonly files: readonly string[];
  readonly previous: string | undefined;
  readonly rules: string | undefined;
  readonly json: boolean;
}

/** What the files are checked against. */
interface Against {
  readonly lastYear: Extract<ReadResult, { ok: true }> | undefined;
  readonly rules: readonly Rule[];
}

interface FileVerdict {
  readonly file: string;
  readonly status: number;
  readonly findings: readonly object[];
}

class UsageError extends Error {}

/** A file that is no report: one sentence naming file and place, status 2. */
class UnreadableError extends Error {}

function main(argv: readonly string[]): number {
  if (argv[0] === 'help' || argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const [command] = argv;
  if (command !== 'check' && command !== 'diagnose')
    throw new UsageError(command === undefined ? '缺少命令' : `没有命令“${command}”`);
  const { files, previous, rules, json } = parseArguments(argv.slice(1));
  const against: Against = {
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
  if (json) process.stdout.write(`${JSON.stringify({ files: verdicts })}\n`);
  return status;
}

/** Milliseconds: nobody types meanwhile, so more than a page allows itself. */
const PATIENCE = 2_000;

function diagnoseFile(file: string, { lastYear, rules }: Against, json: boolean): number {
  const read = readOne(file, contentsOf(file));
  const previous = lastYear === undefined ? undefined : previousOf(file, read, lastYear);
  const report = checkedReport(read.report);
  const diagnosis = diagnose(report, rules, { previous, limit: PATIENCE });
  if (json) process.stdout.write(`${JSON.stringify(diagnosisJson(diagnosis))}\n`);
  else {
    const format = formatOf(read.report);
    const lines = diagnosis.repairs.map((repair) => `  ${repairSentenceZh(repair, format)}`);
    const tie = tieSentenceZh(diagnosis);
    process.stdout.write([`${file}：`, ...lines, ...(tie === '' ? [] : [`  ${tie}`])].join('\n') + '\n');
  }
  return checkReport(report, rules, { previous }).some(isBlocking) ? 1 : 0;
}

function diagnosisJson({ repairs, tied, complete }: Diagnosis): object {
  return {
    repairs: repairs.map(({ changes, rules }) => ({
      changes: changes.map(({ cell, from, to, slip }) => ({
        cell,
        from: quantityToNumber(from),
        to: quantityToNumber(to),
        slip,
      })),
      rules,
    })),
    tied,
    complete,
  };
}

function parseArguments(words: readonly string[]): Arguments {
  const files: string[] = [];
  const optional: Record<'previous' | 'rules', string | undefined> = {
    previous: undefined,
    rules: undefined,
  };
  let json = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]!;
    if (word === '--json') json = true;
    else if (word === '--previous' || word === '--rules') {
      const file = words[(index += 1)];
      if (file === undefined) throw new UsageError(`${word} 之后缺少文件名`);
      optional[word === '--rules' ? 'rules' : 'previous'] = file;
    } else if (word.startsWith('-') && word !== '-') throw new UsageError(`没有选项“${word}”`);
    else files.push(word);
  }
  if (files.length === 0) throw new UsageError('缺少文件名');
  if ([...files, ...Object.values(optional)].filter((file) => file === '-').length > 1)
    throw new UsageError('标准输入（-）只能用一次');
  return { files, ...optional, json };
}

function contentsOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    throw new UnreadableError(
      `${file}：${code === 'ENOENT' ? '没有这个文件' : code === 'EISDIR' ? '是文件夹，不是文件' : `打不开（${code ?? '原因不明'}）`}。`,
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnreadableError(`${file}：不是 UTF-8 编码的文本，未读取。`);
  }
}

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

function readOne(file: string, text: string): Extract<ReadResult, { ok: true }> {
  const result = readPayload(text);
  if (!result.ok) throw new UnreadableError(`${file}：${refusalSentence(result.refusal)}`);
  if (result.readOnly)
    throw new UnreadableError(
      `${file}：${refusalSentence({ code: 'future-version', found: '更新的 schema' })}`,
    );
  for (const note of result.notes) process.stderr.write(`${file}：${noteSentence(note)}\n`);
  return result;
}

function check(
  file: string,
  read: Extract<ReadResult, { ok: true }>,
  { lastYear, rules }: Against,
  json: boolean,
): FileVerdict {
  const { report, draft } = read;
  const previous = lastYear === undefined ? undefined : previousOf(file, read, lastYear);
  const checked = checkedReport(report);
  const findings = checkReport(checked, rules, { previous, finishing: !draft });
  const settled = settledFindings(findings, report, {
    values: valuesOf(checked),
    previousValues: previous === undefined ? undefined : valuesOf(previous),
  });
  // A pending equation is no fault of a draft, and a fault of a report that says it is finished.
  const blocks = (finding: Finding): boolean =>
    isBlocking(finding) || (!draft && !isViolation(finding) && finding.severity === 'must');
  const status = findings.some(blocks) ? 1 : 0;
  if (!json) print(file, read, findings, settled);
  return { file, status, findings: findings.map((finding) => toJson(finding, settled.get(finding))) };
}

function previousOf(
  file: string,
  read: Extract<ReadResult, { ok: true }>,
  lastYear: Extract<ReadResult, { ok: true }>,
): CheckedReport {
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
  read: Extract<ReadResult, { ok: true }>,
  findings: readonly Finding[],
  settled: ReadonlyMap<Finding, Explanation>,
): void {
  const format = formatOf(read.report);
  const violations = findings.filter(isViolation);
  const blanks = violations.filter((finding) => finding.rule === 'V-02');
  const lines = violations
    .filter((finding) => finding.rule !== 'V-02')
    .map(
      (finding) =>
        `  ${SEVERITY_ZH[finding.severity]} ${finding.rule} ${findingSentenceZh(finding, format)}${saidOf(settled.get(finding))}`,
    );
  if (blanks.length > 0)
    lines.push(
      `  ${SEVERITY_ZH[blanks[0]!.severity]} V-02 空白${blanks.length}格：${blanks
        .slice(0, 5)
        .map((finding) => findingSentenceLabel(finding, read))
        .join('、')}${blanks.length > 5 ? '等' : ''}。`,
    );
  const pending = findings.length - violations.length;
  if (pending > 0) lines.push(`  未填完：${pending}项勾稽关系还有空格，未核对。`);
  process.stdout.write(
    `${file}${read.draft ? '（草稿）' : ''}：${lines.length === 0 ? '没有问题。' : `\n${lines.join('\n')}`}\n`,
  );
}

/** What the report says of a finding that a person has settled, '' where nobody has. */
function saidOf(said: Explanation | undefined): string {
  if (said === undefined) return '';
  return said.kind === 'confirmed' ? '（填报人已确认无误）' : `（填报人说明：${said.text ?? ''}）`;
}

function findingSentenceLabel(finding: Finding, read: Extract<ReadResult, { ok: true }>): string {
  return formatOf(read.report).cellsById.get(finding.cells[0]!)?.label ?? finding.cells[0]!;
}

function toJson(finding: Finding, said: Explanation | undefined): object {
  const number = (value: Quantity | undefined): number | null =>
    value === undefined ? null : quantityToNumber(value);
  return {
    rule: finding.rule,
    severity: finding.severity,
    cells: finding.cells,
    left: number(finding.left),
    right: number(finding.right),
    difference: number(finding.difference),
    pending: finding.pending,
    ...(said !== undefined && { settled: said.kind }),
  };
}

function unreadable(file: string, error: unknown): FileVerdict {
  if (!(error instanceof UnreadableError)) throw error;
  process.stderr.write(`${error.message}\n`);
  return { file, status: 2, findings: [] };
}

// `xxgk check … | head` closes the pipe early: whoever reads has enough, and that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.stderr.write(`写不出结果（${error.code ?? '原因不明'}）。\n`);
});

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}。\n${USAGE}\n`);
    process.exitCode = 3;
  } else if (error instanceof UnreadableError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(
      `程序内部错误（${error instanceof Error ? error.message : String(error)}），未能核对。\n`,
    );
    process.exitCode = 2;
  }
}
