// Every sentence that is told on screen is told in English as well, and no Chinese stands where it would not be.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PENDING_ZH, SENTENCES_ZH, TITLES_ZH } from '../../src/checks/wording-zh.ts';
import { CHECKS } from '../../src/elements/english-checks.ts';
import { DOCUMENTS } from '../../src/elements/english-documents.ts';
import { DRAFTS } from '../../src/elements/english-drafts.ts';
import { EDITOR } from '../../src/elements/english-editor.ts';
import { OUTBOX } from '../../src/elements/english-outbox.ts';
import { WORKPLACE } from '../../src/elements/english-workplace.ts';
import { ENGLISH } from '../../src/elements/english.ts';
import { CHINESE, withoutOfficialWords } from '../fixtures/official-words.ts';
import * as PAGE_WORDS from '../../src/framing/page-words.ts';
import { filesUnder, read } from './sources.ts';
import { textsOf, type Told } from './words.ts';

/** Rooms and files whose sentences come to the screen; what the command line alone says stays Chinese. */
const ON_SCREEN =
  /^src\/(?:drafts|outbox|elements|framing)\/|^src\/(?:frame(?:-\w+)?|checks\/(?:rule-pack-words|severity|slip-words)-zh|documents\/words-zh|payload\/reading-words|report\/previous-words-zh)\.ts$/;

/** Chinese that stands bare on purpose, by file. */
const BARE: Readonly<Record<string, readonly string[]>> = {
  // Names of files.
  'src/elements/annual-report.ts': ['_备份'],
  'src/elements/download.ts': [
    '政府信息公开年报_{0}_{1}{2}{3}.json',
    '未填年度',
    '_草稿',
    '未填单位',
    '无法读取的草稿_{0}.json',
  ],
  'src/elements/draft-file.ts': ['_备份{0}', '_第{0}版'],
  // The receipt as a file.
  'src/elements/submission.ts': ['回执_{0}_{1}.txt', '：'],
  // A reason that goes into the report.
  'src/elements/decision-form.ts': ['{0}；{1}'],
  // Before there is an editor nobody has said a language: in both.
  'src/frame.ts': [
    '本页供其他系统的网页嵌入使用，不能单独打开。This page is for a frame in a page of another system.',
    '其中“{0}”不是网址的源，应写成 https://主机 的样子。',
    '本页不允许 {0} 的网页嵌入。请系统管理员把它写入 frame.html 的 xxgk-parents。{1}',
    '嵌入本页的网页没有应答，暂时不能填写。请刷新网页；仍然如此的，请联系系统管理员。',
  ],
  // The script of the page around a frame has each in both languages: below.
  'src/framing/page-words.ts': Object.values(PAGE_WORDS).map(([zh]) => zh),
  // The paper is in Chinese.
  'src/elements/paper-drawing.ts': ['（{0}）'],
  // A key.
  'src/elements/grid/grid-control.ts': ['？'],
  // The console, for developers.
  'src/elements/spreadsheet.ts': [
    '没有提供 license-key，使用内置表格。',
    'Handsontable 不接受所给的 license-key，使用内置表格。',
    '电子表格部分没有载入（xxgk-annual-report.handsontable-grid.js），使用内置表格。',
    '电子表格在此页面中不能建立，使用内置表格。',
    'xxgk-annual-report：{0}',
  ],
};

const sources = filesUnder('src', '.ts').filter((path) => !/\/english[^/]*\.ts$/.test(path));
const texts = sources.map((path) => ({ path, ...textsOf(path) }));
const told: readonly Told[] = texts.flatMap((one) => one.told);
/** What is only put together of other texts. */
const isList = ({ key }: Told): boolean => /^(?:\{\d+\}[、，；：]?)*$/.test(key);
const places = (text: string): string[] =>
  [...new Set(Array.from(text.matchAll(/\{(\d+)(?:\|[^{}|]*\|[^{}|]*)?\}/g), ([, place]) => place!))].sort();

describe('the words on screen', () => {
  it('are found in the sources', () => {
    assert.ok(told.length > 700, `${told.length}`);
    assert.ok(
      told.some(
        ({ key }) => key === '已写入{0}格；总计是自动计算的，有{1}格没有写入。要录入总计请勾选“录入核对数”。',
      ),
    );
  });

  it('are each told in English', () => {
    const missing = told.filter((one) => !isList(one) && !(one.key in ENGLISH));
    assert.deepEqual(
      missing.map(({ key, at }) => `${at}: ${key}`),
      [],
    );
  });

  it('have no translation that nothing uses', () => {
    const used = new Set([
      ...told.map(({ key }) => key),
      ...Object.values(TITLES_ZH),
      ...Object.values(SENTENCES_ZH),
      PENDING_ZH,
    ]);
    assert.deepEqual(
      Object.keys(ENGLISH).filter((key) => !used.has(key)),
      [],
    );
  });

  it('are translated alike wherever they are used', () => {
    for (const list of [EDITOR, CHECKS, DRAFTS, DOCUMENTS, WORKPLACE, OUTBOX])
      for (const [key, phrase] of Object.entries(list)) assert.equal(phrase, ENGLISH[key], key);
  });

  it('put the same values into both languages', () => {
    for (const [key, phrase] of Object.entries(ENGLISH)) {
      if (typeof phrase === 'string') {
        assert.deepEqual(places(phrase), places(key), `${key} / ${phrase}`);
        continue;
      }
      const values = places(key).map((_place, index) => String(index + 3));
      assert.equal(phrase.length || values.length, values.length, key);
      for (const index of values.keys()) {
        const others = values.map((value, at) => (at === index ? '12' : value));
        assert.notEqual(phrase(...others), phrase(...values), `{${index}} of ${key}`);
      }
    }
  });

  it('have no Chinese in English but the words of the form', () => {
    for (const [zh, en] of Object.values(PAGE_WORDS)) {
      assert.match(zh, CHINESE);
      assert.doesNotMatch(en, CHINESE);
    }
    for (const [key, phrase] of Object.entries(ENGLISH)) {
      const english = typeof phrase === 'string' ? phrase : phrase('1', '2', '3', '4');
      assert.doesNotMatch(withoutOfficialWords(english), CHINESE, `${key} / ${english}`);
    }
  });

  it('stand on one line: the build takes the indents away', () => {
    assert.deepEqual(
      told.filter(({ key }) => key.includes('\n')),
      [],
    );
  });

  it('are put together by `joined`, which knows what stands between them in English', () => {
    const others = sources.filter(
      (path) =>
        ON_SCREEN.test(path) && /\.join\(['"`][、，；：]/.test(read(path).replace(".join('：'))", '')),
    );
    assert.deepEqual(others, []);
  });

  it('stand bare in Chinese nowhere but where they are meant to', () => {
    const bare = texts
      .filter(({ path }) => ON_SCREEN.test(path))
      .flatMap((one) => one.bare.filter(({ key }) => BARE[one.path]?.includes(key) !== true))
      // What `joined` is given, and the title of the form.
      .filter(({ key }) => !/^[、，；：]$/.test(key) && !key.includes('<h1 lang="zh-CN">'));
    assert.deepEqual(
      bare.map(({ key, at }) => `${at}: ${key}`),
      [],
    );
    for (const [path, keys] of Object.entries(BARE)) {
      const found = texts.find((one) => one.path === path)?.bare.map(({ key }) => key) ?? [];
      for (const key of keys) assert.ok(found.includes(key), `${path} has no ${key}`);
    }
  });
});
