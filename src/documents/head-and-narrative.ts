/**
 * What a report says around its tables: unit and year from its title, period and contact from its first paragraph, the
 * three sections of prose. What is not said is undefined; nothing is guessed. Linear in the length of the text.
 */
import type { Contact, DocumentReading } from './document-reading.ts';
import { plainText } from './label-text.ts';
import type { ReportParts } from './read-tables.ts';

type Head = Pick<DocumentReading, 'organization' | 'year' | 'period' | 'contact'>;

const YEAR = String.raw`[(〔]?(\d{4}|[〇○零一二三四五六七八九]{4})年?度?[)〕]?年?度?`;
const BODY = String.raw`(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?的?(?:报告|年报)`;
/** 某县某局2023年政府信息公开工作年度报告, with or without 度 and 工作; or 2023年度某县某局政府信息公开…. */
const TITLE = new RegExp(`^(.{0,60}?)${YEAR}([^,。;]{0,40}?)${BODY}`);
const TITLE_YEAR_LAST = new RegExp(`^([^,。;]{0,60}?)${BODY}[(〔]?(\\d{4})年?度?[)〕]?$`);
/** Most lines a title is spread over. */
const TITLE_LINES = 4;
const UNIT = /^[\p{Script=Han}()〇、]{2,40}$/u;
const UNIT_END =
  /(?:政府|局|委|委员会|办|办公室|厅|处|中心|院|部|所|站|队|会|社|公司|学校|街道|镇|乡|园区|开发区|司|县|市|区|州|省|旗|盟)$/;
/** Words of a title page that are no part of the unit. */
const BEFORE_UNIT = /^(?:.*[>»:：]|附件\d*|公布|公开)?(?:关于)?(?:公布|公开|发布)?《?/;

export function headOf(parts: ReportParts, title: string): Head {
  const lines = parts.preamble.map((line) => plainText(line)).filter((line) => line !== '');
  const [organization, year] = titleOf(lines, plainText(title));
  const text = lines.join('\n').slice(0, 20_000);
  const period = periodOf(text);
  return {
    organization,
    year: year ?? (period === undefined ? undefined : Number(period.from.slice(0, 4))),
    period,
    contact: contactOf(text),
  };
}

function titleOf(lines: readonly string[], title: string): [string | undefined, number | undefined] {
  const heads = lines.slice(0, 60).map((line) => line.replace(/ /g, ''));
  for (let index = 0; index < heads.length; index += 1) {
    let text = '';
    for (let more = 0; more < TITLE_LINES && index + more < heads.length; more += 1) {
      text += heads[index + more]!;
      if (text.length > 90) break;
      const found = readTitle(text, heads[index - 1]);
      // A line that only stands before the title is looked at again as the unit.
      if (
        found !== undefined &&
        (more === 0 || readTitle(text.slice(heads[index]!.length), undefined) === undefined)
      )
        return found;
    }
  }
  return readTitle(title.replace(/ /g, '').slice(0, 200), undefined) ?? [undefined, undefined];
}

const DIGITS = '〇一二三四五六七八九';

function readTitle(text: string, before: string | undefined): [string | undefined, number] | undefined {
  const match = TITLE.exec(text);
  const last = match === null ? TITLE_YEAR_LAST.exec(text) : null;
  const digits = (match ?? last)?.[2];
  if (digits === undefined) return undefined;
  const year = Number(
    Array.from(digits.replace(/[○零]/g, '〇'), (digit) => {
      const value = DIGITS.indexOf(digit);
      return value === -1 ? digit : String(value);
    }).join(''),
  );
  if (year < 2008 || year > 2100) return undefined;
  const units = match === null ? [last![1]!] : [match[3]!, match[1]!];
  // A notice that passes a report on names another unit.
  if (units.some((unit) => /[印转]发/.test(unit))) return [undefined, year];
  const named = units.filter((unit) => unit.replace(BEFORE_UNIT, '') !== '');
  const unit = (named.length > 0 ? named : [/[:：>]/.test(before ?? '') ? '' : (before ?? '')])
    .map(unitOf)
    .find((one) => one !== undefined);
  return [unit, year];
}

/** The unit a text names and nothing else, as far as its last word tells. */
export function unitOf(text: string): string | undefined {
  let unit = text.replace(BEFORE_UNIT, '').replace(/(?:关于|的)$/, '');
  // 人民政府信息公开 is 人民政府 and 政府信息公开.
  if (unit.endsWith('人民')) unit += '政府';
  return UNIT.test(unit) && UNIT_END.test(unit.replace(/\([^()]*\)$/, '')) ? unit : undefined;
}

function periodOf(text: string): Head['period'] {
  const match =
    /(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日? ?(?:起|开始)? ?(?:至|到|[-—–~]{1,2}) ?(?:(\d{4}) ?年)? ?(\d{1,2}) ?月 ?(\d{1,2}) ?日/.exec(
      text.replace(/\n/g, ''),
    );
  if (match === null) return undefined;
  const [, year, month, day, lastYear, lastMonth, lastDay] = match;
  const date = (y: string, m: string, d: string): string | undefined => {
    const iso = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
    const time = Date.parse(`${iso}T00:00:00Z`);
    return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== iso ? undefined : iso;
  };
  const from = date(year!, month!, day!);
  const to = date(lastYear ?? year!, lastMonth!, lastDay!);
  return from === undefined || to === undefined || from > to ? undefined : { from, to };
}

function contactOf(preamble: string): Contact | undefined {
  const text = preamble.replace(/\n/g, '');
  const first = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(text)?.[1]?.trim();
    return found === undefined || found === '' ? undefined : found;
  };
  const contact = {
    address: first(/(?<!网|邮箱|邮件)地 ?址 ?[:：] ?([^,，;；。)）]{4,80})/),
    postcode: first(/(?:邮 ?编|邮政编码) ?[:：]? ?(\d{6})(?!\d)/),
    phone: first(
      /(?:电 ?话|联系方式)(?:号码)? ?[:：]? ?((?:\(?\d{3,4}\)?[-—– ]?)?\d{7,8}(?:转\d{1,5})?|1\d{10}|1\d{4})(?!\d)/,
    ),
    email: first(/([A-Za-z0-9][\w.+-]{0,60}@[A-Za-z0-9][A-Za-z0-9.-]{1,60}\.[A-Za-z]{2,10})/),
    website: first(
      /(https?:\/\/[\w./%#?=&:-]{4,120}|www\.[\w./%-]{4,100}|(?<=网 ?[址站] ?[:：(<] ?)[a-z0-9-][a-z0-9.-]{2,60}\.(?:cn|com|net|org)[\w./%-]{0,60})/i,
    ),
  };
  const given = Object.entries(contact).filter(([, value]) => value !== undefined);
  return given.length === 0 ? undefined : (Object.fromEntries(given) as Contact);
}

const NARRATIVE: Readonly<Record<number, 'overview' | 'problems' | 'other'>> = {
  1: 'overview',
  5: 'problems',
  6: 'other',
};
/** Most characters of one section: more is not a section of this report. */
const MOST = 60_000;

export function narrativeOf(parts: ReportParts): DocumentReading['narrative'] {
  const sections: Partial<Record<'overview' | 'problems' | 'other', string[]>> = {};
  let open: string[] | undefined;
  for (const one of parts.found) {
    if (one.kind === 'section') {
      const name = NARRATIVE[one.index];
      open = name === undefined ? undefined : (sections[name] ??= []);
    } else if (one.kind === 'row') open = undefined;
    else if (one.kind === 'prose') open?.push(one.text.trim());
  }
  const narrative: { overview?: string; problems?: string; other?: string } = {};
  for (const [name, lines] of Object.entries(sections)) {
    const text = lines.join('\n').trim();
    if (text !== '' && text.length <= MOST) narrative[name as 'overview'] = text;
  }
  return narrative;
}
