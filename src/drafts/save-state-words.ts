/** The sentences about a draft, in the words clerks use. Knows the states, not how they come about. */
import { joined, t, told, zh } from '../format/language.ts';
import type { AutosaveState } from './autosave.ts';
import type { Recovery } from './draft-recovery.ts';
import type { DraftFailureReason } from './drafts.ts';

export interface SaveStateWords {
  readonly status: string;
  /** Always shown beside it: cleaning tools wipe a browser's storage whole. */
  readonly backup: string;
  /** What to do, '' where there is nothing to do. */
  readonly advice: string;
}

const REASONS: Readonly<Record<DraftFailureReason, string>> = {
  memory: zh`浏览器不允许本页保存数据（如无痕模式），内容只在本页打开期间保留`,
  quota: zh`磁盘已满`,
  unsettled: zh`浏览器长时间没有完成写入`,
  'newer-version': zh`另一标签页已打开新版本`,
  'too-large': zh`内容过大`,
  content: zh`内容无法写成文件`,
  storage: zh`浏览器的存储出错`,
};

/** Failures that the page itself keeps trying to overcome. */
const RETRIED: ReadonlySet<DraftFailureReason> = new Set(['quota', 'unsettled', 'storage']);

export function saveStateWords(state: AutosaveState, now: number = Date.now()): SaveStateWords {
  const backup = state.backupAt === null ? t`从未备份` : t`最近备份 ${timeWords(state.backupAt, now)}`;
  switch (state.status) {
    case 'clean':
      return state.memoryOnly
        ? { status: t`本浏览器不能暂存草稿`, backup, advice: t`离开本页前请下载备份` }
        : { status: t`尚无改动`, backup, advice: '' };
    case 'unsaved':
      return { status: t`未暂存`, backup, advice: '' };
    case 'saving':
      return { status: t`正在暂存`, backup, advice: '' };
    case 'saved':
      return {
        status: t`草稿已暂存于本浏览器 ${timeWords(state.savedAt ?? now, now)}（尚未报送）`,
        backup,
        advice: '',
      };
    case 'failed':
      return failedWords(state, backup, now);
  }
}

function failedWords(state: AutosaveState, backup: string, now: number): SaveStateWords {
  const reason = state.reason ?? 'storage';
  const before = state.savedAt === null ? '' : t`（上次暂存于 ${timeWords(state.savedAt, now)}）`;
  const then = reason === 'newer-version' ? t`，然后刷新本页` : '';
  return {
    status: t`草稿未能暂存：${told(REASONS[reason])}，请下载备份${then}${before}`,
    backup,
    advice: RETRIED.has(reason) ? t`页面会自动重试` : '',
  };
}

/** Once another tab has written the same draft. */
export function forkWords(): string {
  return t`同一份草稿在另一标签页中也有改动，本页内容已另存为一份草稿，两份都保留`;
}

/** The browser keeps the drafts of a frame of another site apart. */
export function keptApartWords(): string {
  return t`本页嵌在其他网站中，草稿须从同一网页打开才能找到`;
}

/** Another page of this browser writes the report. */
export function elsewhereWords(): string {
  return t`另一个标签页正在编辑此报告。本页只能查看，内容随那一页更新。`;
}

/** Somebody wants to delete what another page writes. */
export function writtenElsewhereWords(): string {
  return t`这份草稿正在另一个标签页中编辑，没有删除。请先关闭那个标签页。`;
}

/** Another page writes, and this one holds something that is not written yet. */
export function leftoverWords(): string {
  return t`本页还有内容未能暂存，请先下载备份；页面会自动重试。`;
}

/** What was typed before another page turned out to write is a draft of its own. */
export function branchWords(): string {
  return t`本页此前的改动已另存为一份草稿，没有丢失；轮到本页编辑时可以合并，也可在“草稿与备份”中打开。`;
}

/** A newer program has taken the drafts over. */
export function outdatedWords({ status }: AutosaveState): string {
  const then =
    status === 'saved' || status === 'clean'
      ? t`本页的内容已暂存，请刷新本页`
      : t`本页有内容未能暂存，请先下载备份，然后刷新本页`;
  return t`另一个标签页已打开新版本，本页不能再修改。${then}。`;
}

/** What a load found, '' where there is nothing to say. */
export function recoveryWords(recovery: Recovery, now: number = Date.now()): string {
  const sentences: string[] = [];
  const { draft } = recovery;
  if (draft && !recovery.sameAsHost) {
    sentences.push(t`本浏览器中有一份未报送的草稿，暂存于 ${timeWords(draft.updated, now)}`);
    if (recovery.hostChanged) sentences.push(t`草稿开始之后，系统中的内容已被改动，请先对比`);
  }
  if (recovery.others.length > 0) sentences.push(t`另有 ${recovery.others.length} 份草稿`);
  if (recovery.missing === 'latest')
    sentences.push(t`草稿不是最新的：浏览器没有保住最后暂存的内容，恢复后请核对`);
  if (recovery.missing === 'lost') sentences.push(t`本浏览器曾有这份报告的草稿，现已找不到（可能已被清理）`);
  if (recovery.missing === 'expired') sentences.push(t`这份报告的草稿已过保存期限，不再提供`);
  if (recovery.setAside > 0) sentences.push(t`有 ${recovery.setAside} 份草稿无法读取，已另行保存，可以下载`);
  if (recovery.failed) sentences.push(t`暂时无法查看本浏览器中的草稿`);
  return joined(
    sentences.map((sentence) => t`${sentence}。`),
    '',
  );
}

/** 14:02; with the date where that is not today. */
export function timeWords(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === today.toDateString()) return time;
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return year === today.getFullYear()
    ? t`${month}月${day}日 ${time}`
    : t`${year}年${month}月${day}日 ${time}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
