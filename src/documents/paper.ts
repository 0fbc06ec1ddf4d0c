/**
 * A report as it is signed on paper: the official tables with who filled in, reviewed and signs them, and behind them the
 * 送审单 with what is open, what was explained and the digests. Data and Chinese sentences; how it looks is not its business.
 */
import type { CheckedReport } from '../checks/checked-report.ts';
import { isViolation, type Finding } from '../checks/finding.ts';
import { SEVERITIES, type Severity } from '../checks/rule.ts';
import { SEVERITY_ZH } from '../checks/severity-zh.ts';
import { cellLabel, findingSentenceZh, findingTitleZh, ruleTitleZh } from '../checks/wording-zh.ts';
import type { Digest } from '../format/digest.ts';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { inChinese } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import { entryText } from '../format/read-entry.ts';
import { computeTotals } from '../format/totals.ts';
import { entryOf, formatOf, type Explanation, type Report } from '../report/report.ts';
import { changedSinceSigned } from '../report/sign-off.ts';
import { lapsedZh } from '../report/sign-off-words-zh.ts';
import { isDeclaredZero, ZERO_REPORT } from '../report/zero-report.ts';
import { writtenTables, type WrittenTable } from './write-tables.ts';

export interface PaperSource {
  readonly report: Report;
  /** With the severities of finishing: a blank has to be filled. */
  readonly findings: readonly Finding[];
  /** Those of them that a person has confirmed or explained. */
  readonly settled: ReadonlyMap<Finding, Explanation>;
  /** The findings as they are shown while the report is filled in: some levels are lower then. */
  readonly shown: readonly Finding[];
  /** Last year's report that it was compared with. */
  readonly previous: CheckedReport | undefined;
  /** 单位类别 as it is told, '' where it is not given. */
  readonly kind: string;
  /** The rules they come from: `2021@1`. */
  readonly rules: string;
  /** What a rule pack made of official rules, by their ids. */
  readonly changed?: Readonly<Record<string, Severity | 'off'>> | undefined;
  readonly digest: Digest;
  readonly tablesDigest: Digest;
  /** When it is printed. */
  readonly at: Date;
}

export interface Paper {
  readonly title: string;
  /** Unit and year, for every sheet. */
  readonly whose: string;
  readonly words: typeof WORDS;
  /** '' where it is not known: a rule to write on. */
  readonly unit: string;
  readonly year: string;
  /** 未通过校验 while something has to be corrected, else ''. */
  readonly watermark: string;
  readonly tables: readonly PaperTable[];
  readonly signers: readonly Signer[];
  /** The day it was signed as it is, as `2026年1月20日`; '' where it was not. */
  readonly date: string;
  /** That its signature counts no more, '' where there is none such. */
  readonly lapsed: string;
  readonly review: Review;
}

export interface PaperTable extends WrittenTable {
  /** How the rows are made up, as the format says. */
  readonly arrangement: 'stacked' | 'matrix' | 'line';
  /** Points of the type in which its numbers fit beside each other; undefined where they have to be turned upright. */
  readonly points: (typeof POINTS)[number] | undefined;
}

export interface Signer {
  readonly role: string;
  readonly name: string;
  /** Signs by hand, on a day of its own: the name in print is no signature. */
  readonly signs: boolean;
}

/** A line, what a person said of it, and what stands under it in small print; '' for nothing. */
export interface Line {
  readonly text: string;
  readonly said?: string;
  readonly small: string;
}

/** The second sheet, 送审单. */
export interface Review {
  readonly title: string;
  /** Whether it passed, and how many findings of each level are open. */
  readonly verdict: string;
  /** What the verdict has to be read with. */
  readonly cautions: readonly string[];
  readonly open: readonly {
    readonly level: Severity;
    readonly heading: string;
    readonly lines: readonly Line[];
  }[];
  /** 已核实, 未重新核对的说明, 备注, 签发后的改动: whatever there is of them. */
  readonly notes: readonly { readonly heading: string; readonly lines: readonly Line[] }[];
  readonly controls: readonly ControlTotal[];
  /** Label and text. */
  readonly facts: readonly (readonly [label: string, text: string])[];
}

/** A control total that is not what the cells add up to. */
export interface ControlTotal {
  readonly label: string;
  readonly computed: string;
  readonly control: string;
  /** '' where one of them is no number. */
  readonly difference: string;
}

/** What is printed around the figures. */
const WORDS = {
  unit: '填报单位：',
  year: '报告年度：',
  yearEnd: '年',
  seal: '单位公章：',
  date: '填报日期：',
  signed: '签字日期：',
  day: ['年', '月', '日'],
  controls: '核对数与计算的总计不同',
  controlColumns: ['总计', '计算得', '核对数', '相差'],
  facts: '填报信息',
} as const;

/** From the usual size of a form down to what can still be read. */
const POINTS = [10, 9, 8] as const;

/** Millimetres: what is left of A4 between the margins, and of that what the labels of rows need. */
const WIDTH = 178;
const LABELS = { stacked: 50, matrix: 79, line: 0 } as const;
/** Of a cell beside its number. */
const PADDING = 2.2;
const POINT = 25.4 / 72;

/** How many blank cells are named. */
const NAMED = 12;

export function paperOf(source: PaperSource): Paper {
  return inChinese(() => {
    const { report, findings, settled } = source;
    const { head } = report;
    const unit = head['organization.name'].trim();
    const year = head.year.trim();
    const open = findings.filter((finding) => !settled.has(finding));
    const mustCorrect = open.some(({ severity }) => severity === 'format' || severity === 'must');
    const format = formatOf(report);
    return {
      title: `${unit}${year === '' ? '' : `${year}年`}政府信息公开工作年度报告`,
      whose: [unit, year === '' ? '' : `${year}年`].join('　').trim(),
      words: WORDS,
      unit,
      year,
      watermark: mustCorrect ? '未通过校验' : '',
      tables: writtenTables(report, undefined, (text) => text).map((table, index) => {
        const { arrangement } = format.tables[index]!;
        return { ...table, arrangement, points: pointsFor(table, LABELS[arrangement]) };
      }),
      signers: [
        { role: '填报人：', name: head['signOff.filledBy'].trim(), signs: false },
        { role: '审核人：', name: head['signOff.reviewedBy'].trim(), signs: false },
        { role: '负责人（签字）：', name: head['signOff.approvedBy'].trim(), signs: true },
      ],
      date:
        report.signed === undefined ||
        report.signed.lapsed !== undefined ||
        changedSinceSigned(report).length > 0
          ? ''
          : dayZh(report.signed.at),
      lapsed: lapsedZh(report),
      review: reviewOf(source, open, mustCorrect),
    };
  });
}

function reviewOf(source: PaperSource, open: readonly Finding[], mustCorrect: boolean): Review {
  const { report, settled, previous } = source;
  const format = formatOf(report);
  const violations = open.filter(isViolation);
  const pending = open.length - violations.length;
  const groups = SEVERITIES.map((level) => {
    const lines = linesOf(
      violations.filter(({ severity }) => severity === level),
      format,
    );
    return { level, heading: `${SEVERITY_ZH[level]} ${String(lines.length)}`, lines };
  });
  const counted = groups.filter(({ lines }) => lines.length > 0).map(({ heading }) => heading);
  const verdict = mustCorrect ? '未通过校验：有问题必须修改' : '通过校验：没有必须修改的问题';
  return {
    title: '送审单',
    verdict: `${verdict}（${counted.length === 0 ? '没有发现问题' : counted.join('，')}${pending === 0 ? '' : `，未填完的勾稽关系 ${String(pending)}`}）。`,
    cautions: [lapsedZh(report), previous === undefined ? NOT_COMPARED : '', laterZh(source.shown)].filter(
      (caution) => caution !== '',
    ),
    open: groups.filter(({ lines }) => lines.length > 0),
    controls: controlsOf(report, format),
    notes: [
      {
        heading: '零报告',
        lines: format.tables
          .filter((table) => isDeclaredZero(report, table))
          .map(({ title }) => ({ text: title, small: '' })),
      },
      {
        heading: '已核实',
        lines: [...settled].map(([finding, said]) => ({
          text: findingSentenceZh(finding, format),
          said: saidZh(said),
          small: `${finding.rule}，${dayOf(said.at)}`,
        })),
      },
      {
        heading: `以前的说明（本次没有对应的问题：${previous === undefined ? '上年报告未打开，或' : ''}数值已变）`,
        lines: otherDecisions(source, format),
      },
      { heading: '备注', lines: remarksOf(report, format) },
      {
        heading: `签发（${report.signed === undefined ? '' : dayZh(report.signed.at)}）以后的改动`,
        lines: changedSinceSigned(report).map(({ cell, signed, now }) => ({
          text: `${cellLabel(cell, format)}：${numberZh(signed)} 改为 ${numberZh(now)}`,
          small: '',
        })),
      },
    ].filter(({ lines }) => lines.length > 0),
    facts: factsOf(source, format),
  };
}

/** What is known of last year; without its report some rules were not asked. */
const NOT_COMPARED = '上年报告未打开，未与上年核对。';

/** That the levels here are those of finishing, where other ones are on screen; '' where they are the same. */
function laterZh(shown: readonly Finding[]): string {
  const later = shown.filter((finding) => finding.onFinishing !== undefined && isViolation(finding));
  const blanks = later.filter(isBlank).length;
  const count = later.length - blanks + (blanks > 0 ? 1 : 0);
  const [first] = later;
  return first === undefined
    ? ''
    : `以上按定稿的要求计数：其中 ${String(count)} 项（空白、“/”等）在填报时列为“${SEVERITY_ZH[first.severity]}”，定稿时${SEVERITY_ZH[first.onFinishing!]}。`;
}

function saidZh({ kind, text = '' }: Explanation): string {
  return kind === 'confirmed' ? '已确认无误。' : `说明：${text}`;
}

/** What the report says of findings that are none today: without last year's report, or of other values. */
function otherDecisions({ report, settled }: PaperSource, format: Format): Line[] {
  const told = new Set(settled.values());
  return report.explanations
    .filter((said) => !told.has(said) && said.rule !== ZERO_REPORT)
    .map((said) => ({
      text: `${ruleTitleZh(said.rule)}：${said.cells.map((cell) => cellLabel(cell, format)).join('、')}`,
      said: saidZh(said),
      small: `${said.rule}，${dayOf(said.at)}`,
    }));
}

/** A blank, as opposed to a text that was read with doubt. */
function isBlank(finding: Finding): boolean {
  return finding.rule === 'V-02' && finding.detail === undefined;
}

/** A line for each finding; the blanks are one matter. */
function linesOf(findings: readonly Finding[], format: Format): Line[] {
  const lines = findings
    .filter((finding) => !isBlank(finding))
    .map((finding) => ({
      text: findingSentenceZh(finding, format),
      small: `${finding.rule} ${findingTitleZh(finding)}　依据：${finding.source}`,
    }));
  const blanks = findings.filter(isBlank).flatMap(({ cells }) => cells);
  if (blanks.length === 0) return lines;
  const labels = blanks.slice(0, NAMED).map((cell) => cellLabel(cell, format));
  return [
    ...lines,
    {
      text: `空白 ${String(blanks.length)} 格，没有发生的请填0。`,
      small: `V-02 ${labels.join('、')}${blanks.length > NAMED ? '等' : ''}`,
    },
  ];
}

function controlsOf(report: Report, format: Format): ControlTotal[] {
  const totals = computeTotals(format, report.entries);
  return format.derived.flatMap((cell) => {
    const control = entryOf(report, cell);
    const computed = totals.get(cell.id);
    const value = control.kind === 'number' ? control.value : undefined;
    if (control.kind === 'blank' || (computed !== undefined && value === computed)) return [];
    const difference = computed === undefined || value === undefined ? undefined : computed - value;
    return [
      {
        label: cellLabel(cell.id, format),
        computed: computed === undefined ? '未填完' : formatQuantity(computed),
        control: entryText(control),
        difference:
          difference === undefined ? '' : formatQuantity(difference < 0n ? -difference : difference),
      },
    ];
  });
}

/** Remarks of cells travel in the payload, unread by the editor. */
function remarksOf(report: Report, format: Format): Line[] {
  const remarks = (report.carried['remarks'] ?? []) as readonly {
    readonly cell: CellId;
    readonly text: string;
    readonly by?: string;
    readonly at?: string;
  }[];
  return remarks.map(({ cell, text, by = '', at = '' }) => ({
    text: `${cellLabel(cell, format)}：${text}`,
    small: [by, dayOf(at)].filter((part) => part !== '').join('，'),
  }));
}

function factsOf(
  { report, previous, kind, rules, changed = {}, digest, tablesDigest, at }: PaperSource,
  format: Format,
): (readonly [string, string])[] {
  const inputs = format.inputs.map((cell) => entryOf(report, cell));
  const zero = inputs.filter((entry) => entry.kind === 'number' && entry.value === 0n).length;
  const none = inputs.filter(({ kind }) => kind === 'not-applicable').length;
  const blank = inputs.filter(({ kind }) => kind === 'blank' || kind === 'uncertain').length;
  return [
    ['单位类别', kind === '' ? '未选择' : kind],
    ['格式', format.document],
    ['所含内容', `${format.tables.map(({ title }) => title).join('；')}。年度报告的其他部分不在其中`],
    ['上年报告', previous === undefined ? NOT_COMPARED : lastYearZh(previous)],
    [
      '填报情况',
      `需填写 ${String(inputs.length)} 格，其中为零 ${String(zero)} 格，填“/”等 ${String(none)} 格，空白或存疑 ${String(blank)} 格`,
    ],
    ['核对规则', [rules, ...Object.entries(changed).map(changedRuleZh)].join('；')],
    ['表格核对码', tablesDigest],
    ['报告核对码', digest],
    ['打印时间', `${dayOf(at.toISOString())} ${two(at.getHours())}:${two(at.getMinutes())}`],
  ];
}

function lastYearZh({ year, organization, format }: CheckedReport): string {
  const name = organization.name?.trim() ?? '';
  return `${name === '' ? '（未填单位）' : name} ${year === undefined ? '（未填年度）' : String(year)} 年度，${format.document}，已与之核对`;
}

function changedRuleZh([rule, to]: readonly [string, Severity | 'off']): string {
  return `${rule} 改为${to === 'off' ? '不核对' : SEVERITY_ZH[to]}`;
}

/** The largest type in which the numbers of every row stand beside each other, each on one line. */
function pointsFor({ rows }: WrittenTable, labels: number): PaperTable['points'] {
  // A number in one column of several stands in the first: what spans more has room anyway.
  const longest: number[] = [];
  for (const row of rows) {
    row
      .filter(({ value }) => value)
      .forEach(({ text }, column) => {
        if (isOneWord(text)) longest[column] = Math.max(longest[column] ?? 0, text.length);
      });
  }
  const digits = longest.reduce((sum, length) => sum + Math.max(length ?? 0, 2), 0);
  return POINTS.find((points) => digits * points * POINT * 0.56 + longest.length * PADDING <= WIDTH - labels);
}

/** Numbers and marks are not broken over two lines; texts are. */
export function isOneWord(text: string): boolean {
  return /^[-+0-9.,/%]{1,20}$/.test(text);
}

/** `2026年1月20日` of a local day or an ISO time; any other text stays as it is. */
function dayZh(at: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(dayOf(at)) ?? [];
  return year === undefined ? at : `${year}年${String(Number(month))}月${String(Number(day))}日`;
}

/** The day of an ISO time where the reader is; any other text stays as it is. */
function dayOf(at: string): string {
  if (!/^\d{4}-\d\d-\d\dT/.test(at)) return at;
  const time = new Date(at);
  return Number.isNaN(time.getTime())
    ? at
    : `${String(time.getFullYear())}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function numberZh(value: number | null): string {
  return value === null ? '（无数字）' : String(value);
}
