/** The sentences about the file that is kept up to date. Knows the states, not how they come about. */
import { t, told, zh } from '../format/language.ts';
import type { BackupFileReason, BackupFileState } from './backup-file.ts';
import { timeWords } from './save-state-words.ts';

const REASONS: Readonly<Record<BackupFileReason, string>> = {
  permission: zh`浏览器不再允许写入这个文件`,
  missing: zh`文件已被移动或删除`,
  full: zh`磁盘空间不足`,
  locked: zh`文件正被其他程序使用`,
  content: zh`内容无法写成文件`,
  unsettled: zh`长时间没有完成写入`,
  storage: zh`写入出错`,
};

/** What is true of the file now, '' where there is none. Its name is not in it: that is a text of the user's. */
export function backupFileWords(state: BackupFileState, now: number = Date.now()): string {
  const last = state.at === null ? t`尚未写入过` : t`上次写入 ${timeWords(state.at, now)}`;
  switch (state.status) {
    case 'off':
      return '';
    case 'stopped':
      return t`本页重新打开后已停止写入，须由您允许后继续。`;
    case 'writing':
      return t`正在写入；${last}。`;
    case 'current':
      return t`已是最新，${timeWords(state.at ?? now, now)} 写入。`;
    case 'failed':
      return t`没有写入最新内容：${told(REASONS[state.reason ?? 'storage'])}；${last}。下次改动时自动重试，也可以另选文件。`;
  }
}

/** Why no file was chosen. */
export function choiceRefusedWords(reason: BackupFileReason): string {
  return reason === 'permission'
    ? t`浏览器不允许本页写入所选的文件，请另选位置，或用“下载备份”。`
    : t`所选的文件不能使用，请另选位置，或用“下载备份”。`;
}
