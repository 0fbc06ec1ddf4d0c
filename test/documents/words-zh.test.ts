/** What is said of a document: a sentence for each code, with what to do; the document's own words stay words. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Omission } from '../../src/documents/source-document.ts';
import {
  countsZh,
  documentRefusalZh,
  doubtZh,
  omissionsZh,
  originZh,
  otherFormZh,
  placeZh,
  remarksZh,
} from '../../src/documents/words-zh.ts';
import { DOUBTS, reading, REFUSALS } from '../fixtures/readings.ts';

const OMISSIONS: readonly Omission['what'][] = [
  'hidden-rows',
  'hidden-columns',
  'hidden-sheets',
  'deleted-text',
  'images',
  'macros',
];

describe('words about documents', () => {
  test('[X81] every refusal says that nothing was read and what to do, each in words of its own', () => {
    const sentences = REFUSALS.map(documentRefusalZh);
    assert.equal(new Set(sentences).size, sentences.length);
    for (const sentence of sentences) {
      assert.match(sentence, /没有导入|暂不能直接读取/);
      assert.match(sentence, /请/);
      assert.match(sentence, /。$/);
      assert.doesNotMatch(sentence, /[a-z]{3,}-[a-z]/, sentence);
    }
  });

  test('[X81] unreadable formats and scans are told how to come in all the same, verbatim', () => {
    const way = '暂不能直接读取此格式，请用 WPS 打开后全选复制粘贴到此处，或另存为 .docx/.xlsx';
    assert.ok(documentRefusalZh({ code: 'unreadable-format', found: '.wps' }).includes(way));
    assert.ok(documentRefusalZh({ code: 'scanned' }).includes(way));
  });

  test('[X82] every doubt and omission is told in words of its own', () => {
    assert.equal(new Set(DOUBTS.map(doubtZh)).size, DOUBTS.length);
    const told = omissionsZh(OMISSIONS.map((what) => ({ what, count: 2 })));
    assert.equal(new Set(told).size, OMISSIONS.length);
    assert.deepEqual(omissionsZh([{ what: 'images', count: 0 }]), []);
  });

  test('[X82] counts and remarks say what the reading report says', () => {
    const place = { table: 2, row: 5, column: 0, fragment: '' };
    const from = reading({
      fill: '1',
      texts: { 'proceedings/review/total': '9' },
      uncertain: { 'requests/granted/social': { raw: '1O' } },
      report: {
        absent: 4,
        blank: 3,
        oneRowOther: true,
        unplaced: [
          { raw: '12', place, why: 'no-label' },
          { raw: '13', place, why: 'unofficial' },
          { raw: '14', place, why: 'other-format' },
        ],
        duplicates: [{ cell: 'requests/received/social', raws: ['1', '2'] }],
        labels: [{ official: '2.其他法律行政法规禁止公开', found: '2.其他法律行政止公开' }],
      },
    });
    assert.match(countsZh(from), /^识别 \d+ 格 · 空白 3 · 存疑 1 · 未能归位 3 · 合计不符 1$/);
    const remarks = remarksZh(from).join('');
    for (const part of [
      '有 4 个',
      '（六）其他处理',
      '来源为9',
      '各项之和为4',
      '小计',
      '另一年度',
      '12（第 2 张表第 5 行）',
      '（1、2）',
      '“2.其他法律行政止公开”读作',
    ])
      assert.ok(remarks.includes(part), `${part} in ${remarks}`);
    assert.deepEqual(remarksZh(reading({ fill: '1' })), []);
  });

  test('[X84] places are told in words; long and strange texts of a document are cut and stay text', () => {
    assert.equal(placeZh({ table: 2, row: 5, column: 3, fragment: '' }), '第 2 张表第 5 行');
    assert.equal(placeZh({ table: 0, row: 7, column: 0, fragment: '' }), '正文第 7 行');
    assert.equal(placeZh({ table: 0, row: 0, column: 0, fragment: '' }), '');
    const place = { table: 1, row: 1, column: 1, fragment: '<img src=x onerror=alert(1)>' };
    assert.equal(originZh('年报.docx', { ...place, fragment: '' }), '来自“年报.docx”第 1 张表第 1 行');
    assert.ok(originZh('a', place).endsWith('<img src=x onerror=alert(1)>'));
    assert.ok(originZh('x'.repeat(5_000), { ...place, fragment: '😀'.repeat(5_000) }).length < 600);
    assert.ok(documentRefusalZh({ code: 'damaged', found: 'x'.repeat(5_000) }).length < 200);
  });

  test('[X84] what carries over between the forms is said, both ways', () => {
    assert.equal(otherFormZh('2021', '2021'), '');
    assert.match(otherFormZh('2019', '2021'), /计入“3\.其他”/);
    assert.match(otherFormZh('2021', '2019'), /合不成一行/);
  });
});
