/** The sentences about the file that is kept up to date. Knows the states, not how they come about. */
import type { BackupFileReason, BackupFileState } from './backup-file.ts';
import { timeWords } from './save-state-words.ts';

const REASONS: Readonly<Record<BackupFileReason, string>> = {
  permission: '浏览器不再允许写入这个文件',
  missing: '文件已被移动或删除',
  full: '磁盘空间不足',
  locked: '文件正被其他程序使用',
  content: '内容无法写成文件',
  unsettled: '长时间没有完成写入',
  storage: '写入出错',
};

/** What is true of the file now, '' where there is none. Its name is not in it: that is a text of the user's. */
export function backupFileWords(state: BackupFileState, now: number = Date.now()): string {
  const last = state.at === null ? '尚未写入过' : `上次写入 ${timeWords(state.at, now)}`;
  switch (state.status) {
    case 'off':
      return '';
    case 'writing':
      return `正在写入；${last}。`;
    case 'current':
      return `已是最新，${timeWords(state.at ?? now, now)} 写入。`;
    case 'failed':
      return `没有写入最新内容：${REASONS[state.reason ?? 'storage']}；${last}。下次改动时自动重试，也可以另选文件。`;
  }
}

/** Why no file was chosen. */
export function choiceRefusedWords(reason: BackupFileReason): string {
  return reason === 'permission'
    ? '浏览器不允许本页写入所选的文件，请另选位置，或用“下载备份”。'
    : '所选的文件不能使用，请另选位置，或用“下载备份”。';
}
