// 草稿与备份 over real drafts in a real database.

import { expect } from 'chai';
import { createMemoryDrafts } from '../../src/drafts/memory-drafts.ts';
import { sessionOwner } from '../../src/drafts/session-owner.ts';
import type { DraftStore } from '../../src/drafts/drafts.ts';
import { readPayload } from '../../src/payload/read-payload.ts';
import { expectAccessible } from '../browser/axe.ts';
import * as browser from '../browser/commands.ts';
import { shortly } from '../browser/short-waits.ts';
import { cleanUp, focused, granted, press, received, settled } from './editor-fixture.ts';
import {
  buttonIn,
  cleanUpDrafts,
  contentOf,
  dialog,
  downloads,
  newDatabase,
  openPanel,
  plant,
  pushIn,
  read,
  reportOf,
  rows,
  rowWords,
  showHost,
  storeIn,
  textOf,
  until,
  words,
  type PanelHost,
} from './drafts-panel-fixture.ts';

const HISTORY = '本报告的历史版本';
const DRAFTS = '本浏览器中的草稿';
const DAMAGED = '无法读取的草稿';
const DAY = 86_400_000;
const UNIT = '某县教育局';

const at = (organization: string, year: number | null = 2025) => ({ key: null, organization, year });
const label = (host: PanelHost): string => words(host, '.done');

/** A store of which the named calls fail, or never answer. */
function failing(store: DraftStore, names: readonly string[], how: 'throw' | 'reject' | 'hang'): DraftStore {
  return new Proxy(store, {
    get(target, name) {
      if (!names.includes(String(name))) return Reflect.get(target, name, target) as unknown;
      return () => {
        if (how === 'throw') throw new Error('broken');
        return how === 'reject' ? Promise.reject(new Error('broken')) : new Promise(() => {});
      };
    },
  });
}

describe('drafts panel', () => {
  afterEach(async () => {
    cleanUp();
    await cleanUpDrafts();
    sessionStorage.clear();
  });

  describe('history', () => {
    it('[E190] lists the last 20 revisions, newest first, with the number of cells that differ', async () => {
      const host = await showHost();
      for (let nth = 1; nth <= 23; nth += 1)
        await host.keep(reportOf(UNIT, { [received()]: String(nth), [granted()]: nth < 23 ? '1' : '2' }));
      await openPanel(host);
      expect(rows(host, HISTORY)).to.have.length(5);
      await pushIn(dialog(host)!, '显示全部 20 版');
      const shown = rowWords(host, HISTORY);
      expect(shown).to.have.length(20);
      expect(shown[0]).to.match(/^第 23 版，\d\d:\d\d，与当前内容相同$/);
      expect(shown[1]).to.match(/^第 22 版，\d\d:\d\d，与当前内容有 2 格不同$/);
      expect(shown[19]).to.match(/^第 4 版，/);
      // Nothing to restore where nothing differs.
      expect(rows(host, HISTORY)[0]!.textContent).not.to.include('恢复此版本');
      await pushIn(dialog(host)!, '只显示最近 5 版');
      expect(rows(host, HISTORY)).to.have.length(5);
    });

    it('[E190] says so where the cells are the same and something else differs, and where nothing was kept', async () => {
      const host = await showHost();
      await openPanel(host);
      expect(words(host)).to.include('本报告还没有暂存过草稿。');
      dialog(host)!.close();
      await settled();
      await host.keep(reportOf(UNIT, { [received()]: '1' }));
      await host.keep(reportOf('某县教育体育局', { [received()]: '1' }));
      await openPanel(host);
      expect(rowWords(host, HISTORY)[1]).to.include('与当前内容各格相同，表头、文字等有 1 处不同');
    });

    it('[E190] compares a revision cell by cell, one at a time', async () => {
      const host = await showHost();
      await host.keep(reportOf(UNIT, { [received()]: '12' }));
      await host.keep(reportOf(UNIT, { [received()]: '21' }));
      await host.keep(reportOf(UNIT, { [received()]: '22' }));
      await openPanel(host);
      await pushIn(rows(host, HISTORY)[2]!, '对比');
      expect(words(host, '.differences')).to.include('当前 22，草稿 12');
      expect(buttonIn(rows(host, HISTORY)[2]!, '对比').getAttribute('aria-expanded')).to.equal('true');
      await pushIn(rows(host, HISTORY)[1]!, '对比');
      expect(words(host, '.differences')).to.include('当前 22，草稿 21').and.not.to.include('草稿 12');
      await pushIn(rows(host, HISTORY)[1]!, '对比');
      expect(words(host, '.differences')).to.equal('');
    });

    it('[E190] restores a revision and says that the state of before stays one', async () => {
      const host = await showHost();
      await host.keep(reportOf(UNIT, { [received()]: '12' }));
      await host.keep(reportOf(UNIT, { [received()]: '21' }));
      await openPanel(host);
      expect(words(host)).to.include('恢复某一版之前，当前内容先存为一个历史版本');
      await pushIn(rows(host, HISTORY)[1]!, '恢复此版本');
      await until(() => dialog(host) === null, 'the end of the dialog');
      expect(host.restored.map(({ revision }) => revision)).to.deep.equal([1]);
      expect(host.said).to.deep.equal(['已恢复第 1 版；恢复之前的内容留作历史版本。']);
      await openPanel(host);
      expect(rowWords(host, HISTORY).map((row) => row.replace(/，.*，/, '，'))).to.deep.equal([
        '第 4 版，与当前内容相同',
        '第 3 版，与当前内容有 1 格不同',
        '第 2 版，与当前内容有 1 格不同',
        '第 1 版，与当前内容相同',
      ]);
    });

    it('[E190] a locked report can be compared and downloaded, not replaced', async () => {
      const host = await showHost();
      await host.keep(reportOf(UNIT, { [received()]: '1' }));
      await host.keep(reportOf(UNIT, { [received()]: '2' }));
      await host.store.begin({ report: at('乙局') }).write(contentOf(reportOf('乙局')));
      host.locked = true;
      await openPanel(host);
      expect(words(host)).to.include('报告现在不能修改，历史版本只能对比和下载。');
      expect(buttonIn(rows(host, HISTORY)[1]!, '恢复此版本').disabled).to.equal(true);
      expect(buttonIn(rows(host, DRAFTS)[1]!, '打开').disabled).to.equal(true);
      expect(buttonIn(rows(host, HISTORY)[1]!, '对比').disabled).to.equal(false);
    });

    it('[E190] follows a save that ends while it is open', async () => {
      const host = await showHost();
      await host.keep(reportOf(UNIT, { [received()]: '1' }));
      await openPanel(host);
      await host.keep(reportOf(UNIT, { [received()]: '2' }));
      await until(() => rows(host, HISTORY).length === 2, 'the new revision');
      expect(rowWords(host, HISTORY)[1]).to.include('有 1 格不同');
    });
  });

  describe('drafts of this browser', () => {
    it('[E191] lists every draft of this user and nobody else’s, with forks, and opens another', async () => {
      const database = newDatabase();
      const store = await storeIn(database);
      const first = store.begin({ report: at('甲局') });
      await first.write(contentOf(reportOf('甲局', { [received()]: '1' })));
      const [record] = await store.list();
      await first.write(contentOf(reportOf('甲局', { [received()]: '2' })));
      await store
        .begin({ report: at('甲局'), continuing: record })
        .write(contentOf(reportOf('甲局', { [received()]: '3' })));
      await (
        await storeIn(database, { user: 'b' })
      )
        .begin({ report: at('丙局') })
        .write(contentOf(reportOf('丙局')));
      await store.begin({ report: at('', null) }).write(contentOf(reportOf('', {}, '')));
      const host = await showHost(database, store);
      await host.keep(reportOf(UNIT, { [received()]: '7' }));
      await openPanel(host);
      const shown = rowWords(host, DRAFTS);
      expect(shown).to.have.length(4);
      expect(words(host)).not.to.include('丙局');
      expect(
        shown.filter((row) => /^甲局 2025 年度，暂存于 \d\d:\d\d，第 \d 版，从另一份分出$/.test(row)),
      ).to.have.length(1);
      expect(shown.filter((row) => row.includes('（未填单位） （未填年度）'))).to.have.length(1);
      const current = rows(host, DRAFTS).find((row) => row.textContent!.includes('正在编辑'))!;
      expect(current.textContent).to.include(UNIT).and.not.to.include('打开');
      const fork = rows(host, DRAFTS).find((row) => row.textContent!.includes('分出'))!;
      await pushIn(fork, '对比');
      expect(words(host, '.differences')).to.include('当前 7，草稿 3');
      await pushIn(fork, '打开');
      await until(() => dialog(host) === null, 'the end of the dialog');
      expect(host.report.head['organization.name']).to.equal('甲局');
      expect(host.said[0]).to.include('已打开甲局 2025 年度的草稿');
      expect(await store.list()).to.have.length(4);
    });

    it('[E191] shows expired drafts on request', async () => {
      const database = newDatabase();
      let time = Date.now() - 70 * DAY;
      const store = await storeIn(database, { now: () => time });
      await store.begin({ report: at('旧局') }).write(contentOf(reportOf('旧局')));
      // Noticed by another page, more than a week ago.
      await storeIn(database, { now: () => Date.now() - 9 * DAY });
      time = Date.now();
      await store.begin({ report: at('新局') }).write(contentOf(reportOf('新局')));
      const host = await showHost(database, store);
      await openPanel(host);
      expect(rowWords(host, DRAFTS)).to.have.length(1);
      await pushIn(dialog(host)!, '显示已过保存期限的 1 份');
      expect(
        rowWords(host, DRAFTS).filter((row) => row.includes('旧局') && row.includes('已过保存期限')),
      ).to.have.length(1);
      await pushIn(dialog(host)!, '不显示已过保存期限的 1 份');
      expect(rowWords(host, DRAFTS)).to.have.length(1);
    });
  });

  describe('deleting', () => {
    it('[E192] asks in the dialog, names the draft, and deletes it only when told again', async () => {
      const host = await showHost();
      await host.keep(reportOf(UNIT));
      await host.store.begin({ report: at('甲局') }).write(contentOf(reportOf('甲局')));
      await openPanel(host);
      const row = (): HTMLElement => rows(host, DRAFTS).find((one) => one.textContent!.includes('甲局'))!;
      await pushIn(row(), '删除…');
      expect(words(host, '.question')).to.include('将删除甲局 2025 年度的草稿（第 1 版，暂存于');
      expect(focused().textContent!.trim()).to.equal('取消');
      await press('Enter');
      await settled();
      expect(words(host, '.question')).to.equal('');
      expect(focused()).to.equal(buttonIn(row(), '删除…'));
      // Escape takes back the question and leaves the dialog.
      await press('Enter');
      await settled();
      expect(words(host, '.question')).not.to.equal('');
      await press('Escape');
      await settled();
      expect(dialog(host)!.open).to.equal(true);
      expect(words(host, '.question')).to.equal('');
      expect(await host.store.list()).to.have.length(2);
      await pushIn(row(), '删除…');
      await pushIn(row(), '删除这份草稿');
      await until(() => label(host).includes('已删除'), 'the word on it');
      expect(label(host)).to.equal('已删除甲局 2025 年度的草稿。');
      await until(() => rows(host, DRAFTS).length === 1, 'the list');
      expect((await host.store.list()).map(({ organization }) => organization)).to.deep.equal([UNIT]);
      expect(host.deleted).to.have.length(1);
      expect(focused().textContent).to.equal(DRAFTS);
    });

    it('[E192] the draft being edited says what happens, and its next change begins a new one', async () => {
      const host = await showHost();
      await host.keep(reportOf(UNIT, { [received()]: '1' }));
      const before = host.current!.id;
      await openPanel(host);
      await pushIn(rows(host, DRAFTS)[0]!, '删除…');
      expect(words(host, '.question'))
        .to.include('这是正在编辑的草稿：屏幕上的内容不变')
        .and.to.include('另存为一份新草稿');
      await pushIn(rows(host, DRAFTS)[0]!, '删除这份草稿');
      await until(() => words(host).includes('本浏览器中没有您的草稿。'), 'the empty list');
      expect(await host.store.history(before)).to.deep.equal([]);
      expect(words(host)).to.include('本报告还没有暂存过草稿。');
      await host.keep(reportOf(UNIT, { [received()]: '2' }));
      expect(host.current!.id).not.to.equal(before);
      await until(() => rows(host, DRAFTS).length === 1, 'the new draft');
    });

    it('[E192] clears everything of this user in two steps, saying how many, and nothing of others', async () => {
      const database = newDatabase();
      const other = await storeIn(database, { user: 'b' });
      await other.begin({ report: at('丙局') }).write(contentOf(reportOf('丙局')));
      const store = await storeIn(database);
      await store.begin({ report: at('甲局') }).write(contentOf(reportOf('甲局')));
      const [record] = await store.list();
      await plant(database, { ...record!, id: 'damaged', payload: '{}' });
      const host = await showHost(database, store);
      await host.keep(reportOf(UNIT));
      await openPanel(host);
      await pushIn(dialog(host)!, '清除本浏览器中我的全部草稿…');
      expect(words(host, '.question'))
        .to.include('将删除您在本浏览器中的全部 2 份草稿和 1 份无法读取的草稿')
        .and.to.include('其中有正在编辑的一份');
      expect(await store.list()).to.have.length(2);
      await pushIn(dialog(host)!, '全部清除');
      await until(() => label(host).includes('已清除'), 'the word on it');
      await until(() => words(host).includes('本浏览器中没有您的草稿。'), 'the empty list');
      expect(words(host)).not.to.include('全部草稿…').and.not.to.include(DAMAGED);
      expect(await store.setAside()).to.deep.equal([]);
      expect(host.current).to.equal(null);
      expect(host.deleted).to.include(record!.id);
      expect(await other.list()).to.have.length(1);
    });
  });

  it('[E193] says why a draft cannot be read, hands it over as found, and deletes it', async () => {
    const database = newDatabase();
    const store = await storeIn(database);
    await store.begin({ report: at('甲局') }).write(contentOf(reportOf('甲局')));
    const [record] = await store.list();
    await plant(database, { ...record!, id: 'one', payload: '{"text":1}', seal: null });
    await plant(database, { ...record!, id: 'four', payload: '{"text":1}' });
    await plant(database, { ...record!, id: 'two', version: 2 });
    await plant(database, { ...record!, id: 'three', revision: -1, organization: '' });
    const host = await showHost(database, store);
    await openPanel(host);
    expect(rows(host, DRAFTS)).to.have.length(1);
    const shown = rowWords(host, DAMAGED);
    const find = (part: string): number => shown.findIndex((row) => row.includes(part));
    expect(shown).to.have.length(4);
    expect(find('内容残缺，或在浏览器之外被改动过')).not.to.equal(-1);
    expect(shown[find('内容不是可以读取的年报数据')]).to.match(/^\d\. 甲局 2025 年度，.*（\d\d:\d\d 发现）$/);
    expect(shown[find('内容残缺，或被改动过')]).to.match(/^\d\. 内容残缺/);
    expect(find('由更新版本的程序保存，升级后可以读取')).not.to.equal(-1);
    const nth = find('不是可以读取');
    const files = await downloads(() => pushIn(rows(host, DAMAGED)[nth]!, '下载'));
    const file = JSON.parse(files.get(`无法读取的草稿_${nth + 1}.json`)!) as { record: { payload: string } };
    expect(file.record.payload).to.equal('{"text":1}');
    const future = find('更新版本');
    await pushIn(rows(host, DAMAGED)[future]!, '删除…');
    expect(words(host, '.question')).to.include('更新版本的程序也许仍能读取它');
    await pushIn(rows(host, DAMAGED)[future]!, '删除');
    expect(await store.setAside()).to.have.length(4);
    await pushIn(dialog(host)!.querySelector('.question')!, '删除');
    await until(() => rows(host, DAMAGED).length === 3, 'the list');
    expect(await store.setAside()).to.have.length(3);
  });

  describe('copies elsewhere', () => {
    it('[E194] a download is the payload that 下载备份 writes, of a revision and of another draft', async () => {
      const host = await showHost();
      const first = reportOf(UNIT, { [received()]: '1,234', [granted()]: '０', [granted('other')]: '约3件' });
      await host.keep(first);
      await host.keep(reportOf(UNIT, { [received()]: '2' }));
      const other = reportOf('甲/局', { [received()]: '5' }, '');
      await host.store.begin({ report: at('甲/局', null) }).write(contentOf(other));
      await openPanel(host);
      const files = await downloads(async () => {
        await pushIn(rows(host, HISTORY)[1]!, '下载');
        await pushIn(
          rows(host, DRAFTS).find((row) => row.textContent!.includes('甲/局'))!,
          '下载',
        );
      });
      expect([...files.keys()]).to.deep.equal([
        `政府信息公开年报_${UNIT}_2025_草稿_备份_第1版.json`,
        '政府信息公开年报_甲局_未填年度_草稿_备份_第1版.json',
      ]);
      const [revision, draft] = [...files.values()];
      expect(revision).to.equal(textOf(first));
      expect(draft).to.equal(textOf(other));
      expect(readPayload(revision!).ok && readPayload(draft!).ok).to.equal(true);
    });

    it('[E194] offers the download of a backup and says when the last one was', async () => {
      const host = await showHost();
      await openPanel(host);
      expect(words(host)).to.include('从未下载备份').and.not.to.include('自动备份');
      await pushIn(dialog(host)!, '下载备份');
      expect(words(host)).to.match(/最近下载备份 \d\d:\d\d/);
    });

    it('[E194] keeps a chosen file up to date, says its name, when, and what went wrong', async () => {
      const host = await showHost();
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle(`备份-${Date.now()}.json`, { create: true });
      let refusal: string | undefined = 'SecurityError';
      let isBroken = false;
      host.keepFile(() =>
        refusal === undefined
          ? Promise.resolve(
              new Proxy(handle, {
                get: (target, name) => {
                  if (name !== 'createWritable') return name === 'name' ? target.name : undefined;
                  return () =>
                    isBroken
                      ? Promise.reject(new DOMException('no', 'NotAllowedError'))
                      : target.createWritable();
                },
              }),
            )
          : Promise.reject(new DOMException('no', refusal)),
      );
      await host.keep(reportOf(UNIT, { [received()]: '1' }));
      await openPanel(host);
      await pushIn(dialog(host)!, '自动备份到文件…');
      expect(words(host, '.refusal')).to.include('浏览器不允许本页写入所选的文件');
      refusal = undefined;
      await pushIn(dialog(host)!, '自动备份到文件…');
      await until(() => words(host).includes('已是最新'), 'the first write');
      expect(words(host, '.refusal')).to.equal('');
      expect(words(host)).to.match(new RegExp(`自动备份到“${handle.name}”：已是最新，\\d\\d:\\d\\d 写入。`));
      expect(await (await handle.getFile()).text()).to.equal(textOf(host.report));
      isBroken = true;
      await host.keep(reportOf(UNIT, { [received()]: '2' }));
      host.backupFile!.changed(contentOf(host.report).digest);
      await until(() => words(host).includes('浏览器不再允许写入这个文件'), 'the failure');
      isBroken = false;
      // Firefox may still hold what the test has read for a file in use.
      for (let tries = 0; tries < 10 && !words(host).includes('已是最新'); tries += 1) {
        await pushIn(dialog(host)!, '立即重试');
        await new Promise((done) => setTimeout(done, 300));
      }
      await until(() => words(host).includes('已是最新'), 'the second write');
      expect(await (await handle.getFile()).text()).to.equal(textOf(host.report));
      await pushIn(dialog(host)!, '停止');
      expect(words(host)).to.include('自动备份到文件…').and.not.to.include(handle.name);
      expect(focused().textContent).to.equal('备份');
    });

    it('[E194] says how long drafts stay, and whether the browser has promised', async () => {
      const host = await showHost();
      await openPanel(host);
      expect(words(host, '.keeping')).to.include('保留 60 天').and.to.include('清理软件');
      expect(words(host, '.keeping')).to.include(
        (await navigator.storage.persisted()) ? '浏览器已承诺' : '浏览器没有承诺长期保留',
      );
      host.draftDays = 7;
      host.requestUpdate();
      await host.updateComplete;
      expect(words(host, '.keeping')).to.include('保留 7 天');
      dialog(host)!.close();
      const session = await showHost(
        newDatabase(),
        await storeIn(newDatabase(), sessionOwner({ tenant: '', user: 'a' })!),
      );
      await openPanel(session);
      expect(words(session, '.keeping')).to.include('只在本标签页中保留');
      dialog(session)!.close();
      const memory = await showHost('', createMemoryDrafts({ tenant: '', user: 'a' }));
      await memory.keep(reportOf(UNIT));
      await openPanel(memory);
      expect(words(memory, '.keeping')).to.include('关闭即失');
      expect(rows(memory, DRAFTS)).to.have.length(1);
    });
  });

  describe('a storage that fails', () => {
    const CALLS = ['list', 'history', 'setAside', 'delete', 'clear', 'deleteSetAside', 'read'];

    for (const how of ['throw', 'reject'] as const)
      it(`[E195] is told in a sentence, whichever call it is (${how}), and the rest works`, async () => {
        const database = newDatabase();
        const store = await storeIn(database);
        await store.begin({ report: at('甲局') }).write(contentOf(reportOf('甲局')));
        const [record] = await store.list();
        await plant(database, { ...record!, id: 'damaged', payload: '{}' });
        const host = await showHost(database, store);
        await host.keep(reportOf(UNIT));
        for (const name of ['list', 'history', 'setAside']) {
          host.store = failing(store, [name], how);
          await openPanel(host);
          expect(words(host, '.warn'), name).to.include('暂时读不出');
          expect(dialog(host)!.querySelectorAll('.warn')).to.have.length(1);
          host.store = store;
          await pushIn(dialog(host)!.querySelector('.warn')!, '再试');
          await until(() => words(host, '.warn') === '', 'what is read at the second try');
          dialog(host)!.close();
          await settled();
        }
        host.store = failing(store, CALLS.slice(3), how);
        await openPanel(host);
        const other = rows(host, DRAFTS).find((row) => row.textContent!.includes('甲局'))!;
        await pushIn(other, '删除…');
        await pushIn(other, '删除这份草稿');
        await until(() => words(host, '.refusal') !== '', 'the word on a draft');
        expect(words(host, '.refusal')).to.include('没有删除成功');
        await pushIn(rows(host, DAMAGED)[0]!, '删除…');
        await pushIn(dialog(host)!.querySelector('.question')!, '删除');
        await until(() => words(host, '.refusal').includes('没有删除成功'), 'the word on a damaged one');
        await pushIn(dialog(host)!, '清除本浏览器中我的全部草稿…');
        await pushIn(dialog(host)!, '全部清除');
        await until(() => words(host, '.refusal').includes('没有清除成功'), 'the word on all');
        host.restore = () => Promise.reject(new Error('cannot'));
        await pushIn(
          rows(host, DRAFTS).find((row) => row.textContent!.includes('甲局'))!,
          '打开',
        );
        await until(() => words(host, '.refusal').includes('没有打开'), 'the word on opening');
        expect(dialog(host)!.open).to.equal(true);
        await press('Escape');
        await until(() => dialog(host) === null, 'the end of the dialog');
      });

    it('[E195] one that never answers is told too, and the dialog can be closed meanwhile', async () => {
      const host = await showHost();
      const { store } = host;
      host.store = failing(store, CALLS, 'hang');
      host.shadowRoot!.querySelector<HTMLElement>('#opener')!.click();
      await until(() => words(host).includes('正在读取'), 'the dialog');
      await press('Escape');
      await until(() => dialog(host) === null, 'the end of the dialog');
      await shortly(5_000, async () => {
        host.shadowRoot!.querySelector<HTMLElement>('#opener')!.click();
        await until(() => words(host, '.warn').includes('暂时读不出'), 'the word on it');
      });
      expect(words(host)).to.include('从未下载备份');
      host.store = store;
      await pushIn(dialog(host)!.querySelector('.warn')!, '再试');
      await until(() => words(host, '.warn') === '', 'what is read at the second try');
    });
  });

  it('[E195] a deletion that never answers is not called done, nor failed, and the list is true once it ends', async () => {
    const host = await showHost();
    const { store } = host;
    await store.begin({ report: at('甲局') }).write(contentOf(reportOf('甲局')));
    let go = (): void => {};
    host.store = new Proxy(store, {
      get: (target, name) =>
        name === 'delete'
          ? async (id: string) => {
              await new Promise<void>((resolve) => (go = resolve));
              return target.delete(id);
            }
          : (Reflect.get(target, name, target) as unknown),
    });
    await openPanel(host);
    await pushIn(rows(host, DRAFTS)[0]!, '删除…');
    await shortly(5_000, async () => {
      await pushIn(rows(host, DRAFTS)[0]!, '删除这份草稿');
      // While it lasts, no second one is begun.
      expect(buttonIn(rows(host, DRAFTS)[0]!, '删除…').disabled).to.equal(true);
      await until(() => words(host, '.refusal').includes('还不知道是否成功'), 'the word on it');
    });
    expect(label(host)).to.equal('');
    expect(rows(host, DRAFTS)).to.have.length(1);
    go();
    await until(() => rows(host, DRAFTS).length === 0, 'the list');
  });

  describe('for everybody', () => {
    it('[E196] goes by keyboard only and gives the focus back', async () => {
      const host = await showHost();
      await host.keep(reportOf(UNIT, { [received()]: '1' }));
      await host.keep(reportOf(UNIT, { [received()]: '2' }));
      const opener = host.shadowRoot!.querySelector<HTMLElement>('#opener')!;
      opener.focus();
      await press('Enter');
      await until(() => dialog(host)?.open === true, 'the dialog');
      await read(host);
      expect(focused().textContent).to.equal('草稿与备份');
      await press('Tab');
      expect(focused().textContent).to.include('下载');
      await press('Tab');
      expect(focused().textContent).to.include('对比');
      await press('Tab');
      await press('Enter');
      await until(() => dialog(host) === null, 'the end of the dialog');
      expect(host.restored).to.have.length(1);
      expect(focused()).to.equal(opener);
      await press('Enter');
      await until(() => dialog(host)?.open === true, 'the dialog again');
      await press('Escape');
      await until(() => dialog(host) === null, 'its end');
      expect(focused()).to.equal(opener);
      // Taken out of the page, it does not come back as something else.
      await openPanel(host);
      const { parentElement } = host;
      host.remove();
      parentElement!.append(host);
      await settled();
      expect(dialog(host)?.open ?? false).to.equal(false);
      await openPanel(host);
      expect(rows(host, HISTORY).length).to.be.greaterThan(1);
    });

    it('[E196] what a draft says is text, however long and strange', async () => {
      const probe = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>';
      const database = newDatabase();
      const store = await storeIn(database);
      await store.begin({ report: at(probe) }).write(contentOf(reportOf(probe)));
      const [record] = await store.list();
      await plant(database, { ...record!, id: 'long', organization: '𠮷'.repeat(4_000), updated: 1e300 });
      await plant(database, { ...record!, id: 'bad', organization: probe, payload: '{}' });
      const host = await showHost(database, store);
      await openPanel(host);
      expect(words(host)).to.include('<img src=x onerror=').and.to.include('时间不详');
      expect(words(host)).to.include(`${'𠮷'.repeat(60)}…`);
      await pushIn(
        rows(host, DRAFTS).find((row) => row.textContent!.includes('<img'))!,
        '删除…',
      );
      expect(words(host, '.question')).to.include('<img src=x');
      expect(dialog(host)!.querySelector('img, script, [style]')).to.equal(null);
      expect((window as { hit?: number }).hit).to.equal(undefined);
      expect(dialog(host)!.scrollWidth).to.be.at.most(dialog(host)!.clientWidth + 1);
    });

    it('[E196] axe finds nothing in any state, and it fits 1366 by 768 at 100 % and 150 %', async () => {
      const database = newDatabase();
      const store = await storeIn(database);
      await store.begin({ report: at('甲局') }).write(contentOf(reportOf('甲局')));
      const [record] = await store.list();
      await plant(database, { ...record!, id: 'damaged', payload: '{}' });
      const host = await showHost(database, store);
      host.keepFile(() => Promise.reject(new DOMException('no', 'SecurityError')));
      for (let nth = 1; nth <= 8; nth += 1) await host.keep(reportOf(UNIT, { [received()]: String(nth) }));
      try {
        for (const [width, height] of [
          [1366, 768],
          [911, 512],
        ] as const) {
          await browser.viewport(width, height);
          await openPanel(host);
          await expectAccessible(host);
          await pushIn(dialog(host)!, '显示全部 8 版');
          await pushIn(rows(host, HISTORY)[3]!, '对比');
          await pushIn(dialog(host)!, '自动备份到文件…');
          // What is scrolled half under the foot of the dialog can be scrolled on; its size was looked at before.
          await expectAccessible(host, ['target-size']);
          await pushIn(rows(host, DRAFTS)[1]!, '删除…');
          await expectAccessible(host);
          const { left, right, top, bottom } = dialog(host)!.getBoundingClientRect();
          expect(left >= 0 && right <= width && top >= 0 && bottom <= height).to.equal(true);
          expect(dialog(host)!.scrollWidth).to.be.at.most(dialog(host)!.clientWidth + 1);
          const close = buttonIn(dialog(host)!, '关闭').getBoundingClientRect();
          expect(close.bottom <= height && close.top >= 0).to.equal(true);
          dialog(host)!.close();
          await until(() => dialog(host) === null, 'the end of the dialog');
        }
      } finally {
        await browser.viewport(1280, 900);
      }
    });
  });
});
