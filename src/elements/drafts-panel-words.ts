/** The sentences of 草稿与备份. What comes out of a draft is somebody's text: shortened, and never more than text. */
import {
  DAYS_KEPT,
  type DamageReason,
  type DraftRecord,
  type SetAsideRecord,
} from '../drafts/draft-record.ts';
import type { DraftStore } from '../drafts/drafts.ts';
import { timeWords } from '../drafts/save-state-words.ts';
import { isSessionOwner } from '../drafts/session-owner.ts';
import { joined, t, told, zh } from '../format/language.ts';
import { completeReport, readDraft } from '../payload/read-payload.ts';
import { reportDifferences } from '../report/report-differences.ts';
import type { Report } from '../report/report.ts';

const LONGEST_NAME = 60;

/** 某县教育局 2025 年度 */
export function whoseWords({ organization, year }: Pick<DraftRecord, 'organization' | 'year'>): string {
  return t`${nameWords(organization)} ${year === null ? t`（未填年度）` : t`${year} 年度`}`;
}

function nameWords(organization: string): string {
  const name = organization.trim();
  if (name === '') return t`（未填单位）`;
  // By characters: half a rare one is none.
  const characters = Array.from(name);
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join('')}…` : name;
}

/** A time out of a record; a clock may have said anything. */
export function momentWords(at: number, now: number = Date.now()): string {
  return Number.isNaN(new Date(at).getTime()) ? t`时间不详` : timeWords(at, now);
}

export interface Difference {
  readonly words: string;
  /** Nothing that could be restored. */
  readonly isSame: boolean;
}

interface Known extends Difference {
  readonly report: Report;
}

/** Every update of the page asks again; reading twenty drafts each time would be felt. */
const known = new WeakMap<DraftRecord, Known>();

/** How far a draft is from the report on screen. */
export function differenceWords(record: DraftRecord, report: Report): Difference {
  const before = known.get(record);
  if (before?.report === report) return { ...before, words: told(before.words) };
  const difference = differenceOf(record, report);
  known.set(record, { ...difference, report });
  return difference;
}

function differenceOf(record: DraftRecord, report: Report): Difference {
  const result = readDraft(record.payload);
  if (!result.ok) return { words: t`不能与当前内容对比`, isSame: false };
  const differences = reportDifferences(report, completeReport(result.report));
  if (differences === undefined) return { words: t`${result.report.version}年格式`, isSame: false };
  if (differences.length === 0) return { words: t`与当前内容相同`, isSame: true };
  const cells = differences.filter(({ kind }) => kind === 'cell').length;
  const others = differences.length - cells;
  return {
    words: joined(
      [
        cells === 0 ? t`与当前内容各格相同` : t`与当前内容有 ${cells} 格不同`,
        others === 0 ? '' : t`表头、文字等有 ${others} 处不同`,
      ],
      '，',
    ),
    isSame: false,
  };
}

const SHAPE = zh`内容残缺，或被改动过`;
const DAMAGE: ReadonlyMap<unknown, string> = new Map<DamageReason, string>([
  ['shape', SHAPE],
  ['older', zh`由旧版本的程序保存，已不能读取`],
  ['future', zh`由更新版本的程序保存，升级后可以读取`],
  ['too-large', zh`内容过大`],
  ['payload', zh`内容不是可以读取的年报数据`],
  ['seal', zh`内容残缺，或在浏览器之外被改动过`],
  ['unreadable', zh`浏览器读不出它的内容`],
]);

/** The reason as found in the database: it may say anything. */
export function damageWords(reason: unknown): string {
  return told(DAMAGE.get(reason) ?? SHAPE);
}

/** Whose a draft that cannot be read seems to be, with a comma behind it; '' where it does not say. */
export function ownerOfDamaged({ raw }: SetAsideRecord): string {
  if (typeof raw !== 'object' || raw === null) return '';
  const { organization, year } = raw as { readonly organization?: unknown; readonly year?: unknown };
  if (typeof organization !== 'string' || organization.trim() === '') return '';
  return t`${whoseWords({ organization, year: Number.isSafeInteger(year) ? (year as number) : null })}，`;
}

/** What is asked before a draft is deleted. */
export function deleteWords(record: DraftRecord, isCurrent: boolean): string {
  const what = t`将删除${whoseWords(record)}的草稿（第 ${record.revision} 版，暂存于 ${momentWords(record.updated)}），连同它的历史版本，不能找回。`;
  return isCurrent
    ? t`${what}这是正在编辑的草稿：屏幕上的内容不变，但在下一次改动之前不再有暂存，之后另存为一份新草稿。`
    : t`${what}需要留底的请先下载。`;
}

/** What is asked before all go. Undefined where they could not be counted. */
export function clearWords(
  drafts: number | undefined,
  setAside: number | undefined,
  hasCurrent: boolean,
): string {
  const what =
    drafts === undefined || setAside === undefined
      ? t`将删除您在本浏览器中的全部草稿（份数暂时读不出）`
      : joined(
          [
            t`将删除您在本浏览器中的全部 ${drafts} 份草稿`,
            setAside === 0 ? '' : t`和 ${setAside} 份无法读取的草稿`,
          ],
          '',
        );
  const current = hasCurrent ? t`其中有正在编辑的一份：屏幕上的内容不变，但在下一次改动之前不再有暂存。` : '';
  return t`${what}，连同历史版本，不能找回。${current}请先下载需要留底的内容；已下载的文件不受影响。`;
}

/** How long drafts stay, and what may take them before. */
export function keepingWords(
  store: Pick<DraftStore, 'kind' | 'owner'>,
  draftDays: number | null,
  persisted: boolean,
): string {
  if (store.kind === 'memory')
    return t`浏览器不允许本页保存数据，草稿只在本页打开期间保留，关闭即失。离开之前请下载备份。`;
  const days = isSessionOwner(store.owner)
    ? t`草稿只在本标签页中保留，关闭标签页后不再提供，最迟在最后一次改动一天之后、再有人打开本系统时删除。`
    : t`草稿自最后一次改动起保留 ${draftDays ?? DAYS_KEPT} 天。`;
  return t`${days}清理软件、清除浏览数据会把草稿全部删除，请经常下载备份。${
    persisted
      ? t`浏览器已承诺不自动清理本页的存储。`
      : t`浏览器没有承诺长期保留：存储空间不足时可能自动清理。`
  }`;
}
