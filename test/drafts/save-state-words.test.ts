import { expect } from 'chai';
import type { AutosaveState } from '../../src/drafts/autosave.ts';
import { outdatedWords, saveStateWords, timeWords } from '../../src/drafts/save-state-words.ts';

const NOW = new Date(2026, 0, 12, 15, 30).getTime();
const AT = new Date(2026, 0, 12, 14, 2).getTime();
const STATE: AutosaveState = {
  status: 'clean',
  savedAt: null,
  backupAt: null,
  draft: null,
  revision: null,
  reason: null,
  memoryOnly: false,
  outdated: false,
  forkedFrom: null,
};

describe('words about the state of a draft', () => {
  it('[D40] say where it is kept, since when, and that it is not reported', () => {
    expect(saveStateWords({ ...STATE, status: 'saved', savedAt: AT }, NOW)).to.deep.equal({
      status: '草稿已暂存于本浏览器 14:02（尚未报送）',
      backup: '从未备份',
      advice: '',
    });
    expect(saveStateWords({ ...STATE, status: 'saved', savedAt: AT, backupAt: AT }, NOW).backup).to.equal(
      '最近备份 14:02',
    );
    expect(saveStateWords({ ...STATE, status: 'unsaved' }, NOW).status).to.equal('未暂存');
    expect(saveStateWords({ ...STATE, status: 'saving' }, NOW).status).to.equal('正在暂存');
  });

  it('[D40] say why it is not kept and what to do', () => {
    for (const reason of [
      'memory',
      'quota',
      'unsettled',
      'newer-version',
      'too-large',
      'content',
      'storage',
    ] as const) {
      const words = saveStateWords({ ...STATE, status: 'failed', reason }, NOW);
      expect(words.status).to.match(/^草稿未能暂存：.+，请下载备份/);
    }
    expect(saveStateWords({ ...STATE, status: 'failed', reason: 'quota' }, NOW).status).to.include(
      '未能暂存：磁盘已满，请下载备份',
    );
  });

  it('[D40] call nothing kept over unsaved work once a newer version was opened', () => {
    for (const status of ['unsaved', 'saving', 'failed'] as const)
      expect(outdatedWords({ ...STATE, status, outdated: true })).to.include('请先下载备份，然后刷新本页');
    for (const status of ['clean', 'saved'] as const)
      expect(outdatedWords({ ...STATE, status, outdated: true })).to.include('已暂存，请刷新本页');
  });

  it('[D40] carry the date where that is not today', () => {
    expect(timeWords(new Date(2026, 0, 11, 9, 5).getTime(), NOW)).to.equal('1月11日 09:05');
    expect(timeWords(new Date(2025, 11, 31, 9, 5).getTime(), NOW)).to.equal('2025年12月31日 09:05');
  });
});
