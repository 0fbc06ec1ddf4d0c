/** Labels as documents write them, and which label of the form each is. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { editDistance, labelText, plainText } from '../../src/documents/label-text.ts';
import { exactLabels, LABELS, labelsOf, nearLabel, partOf } from '../../src/documents/labels.ts';
import { readTables } from '../../src/documents/read-tables.ts';
import { textSource } from '../../src/documents/text-source.ts';
import { chanceOf } from '../fixtures/slips.ts';
import { drawn, grownReport, rate, SHAPES } from './grown-texts.ts';

const ids = (text: string): string[] => exactLabels(labelText(plainText(text))).map(({ id }) => id);
const ROWS = labelsOf('row');
const near = (text: string): string | undefined => nearLabel(labelText(plainText(text)), ROWS)?.id;

/** Characters of the form in their traditional forms, as a converter writes them. */
const TRADITIONAL: Readonly<Record<string, string>> = Object.fromEntries(
  '规規|范範|数數|许許|处處|罚罰|强強|业業|费費|对對|务務|项項|总總|开開|关關|请請|区區|结結|转轉|续續|办辦|类類|属屬|级級|护護|领領|单單|万萬|额額|购購|经經|议議|诉訴|讼訟|维維|纠糾|复復|个個|认認|获獲|报報|无無|为為|现現|况況|权權|这這|种種|号號|机機|条條|发發|效效|态態|没沒|据據|热熱|长長'
    .split('|')
    .map(([simple, traditional]) => [simple!, traditional!]),
);
const traditional = (text: string): string => Array.from(text, (one) => TRADITIONAL[one] ?? one).join('');
const pinyin = (text: string): string =>
  Array.from(text, (one) => (TRADITIONAL[one] === undefined ? one : `${TRADITIONAL[one]}(nèi)`)).join('');
const fullWidth = (text: string): string =>
  text.replace(/[0-9.+]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0));

describe('labels as documents write them', () => {
  const writings: Readonly<Record<string, (official: string) => string>> = {
    'traditional characters': traditional,
    'pinyin of a mirror': pinyin,
    'half-width brackets': (text) => text.normalize('NFKC'),
    'spaces inside': (text) => Array.from(text).join(' '),
    'other quotes': (text) => text.replace(/[“”]/g, '"'),
    'other numbering': (text) => text.replace(/^(\d)\./, '$1、'),
    'characters without width': (text) => Array.from(text).join('\u200b'),
  };
  for (const [name, write] of Object.entries(writings))
    test(`[X31] ${name} make no difference`, () => {
      for (const label of LABELS) {
        const found = exactLabels(labelText(plainText(write(label.official))));
        assert.ok(
          found.some(({ id }) => id === label.id),
          `${label.official} as ${write(label.official)}`,
        );
      }
    });

  test('[X31] the number of a row tells it from a column of the same name', () => {
    assert.deepEqual(ids('3.其他'), ['other.other']);
    assert.deepEqual(ids('（七）总计'), ['total']);
    assert.ok(ids('其他').includes('other'));
  });

  test('[X32] one slip of the pen in a row is mended, and never into another row', () => {
    for (const label of ROWS.filter(({ text }) => text.stem.length >= 5))
      for (let at = 0; at < label.text.stem.length; at += 1) {
        const { stem } = label.text;
        for (const slip of [
          `${stem.slice(0, at)}${stem.slice(at + 1)}`,
          `${stem.slice(0, at)}鑫${stem.slice(at + 1)}`,
        ]) {
          const found = exactLabels(labelText(slip));
          if (found.length > 0) continue;
          assert.ok([label.id, undefined].includes(near(slip)), `${slip}: ${String(near(slip))}`);
        }
      }
    assert.equal(near('2.其他法律行政止公开'), 'denied.forbidden-by-law');
    assert.equal(near('（七）总'), 'total');
    assert.equal(near('3.其某'), undefined);
    assert.equal(near('申请人无正当理由逾期不补正'), 'other.correction-overdue');
  });

  test('[X32] a complete report with a slip in any of its labels: right or marked, none wrong', () => {
    for (const shape of ['a cell and a bar a line', 'a line a cell', 'a line a row', 'PDF with columns']) {
      let right = 0;
      for (let seed = 1; seed <= 10; seed += 1) {
        const chance = chanceOf(seed);
        const report = grownReport(chance, '2021', 'none');
        let text = drawn(report, SHAPES[shape]!, chance, { prose: true, headings: true }).join('\n');
        const { official } = ROWS[chance(ROWS.length)]!;
        const at = chance(official.length);
        text = text.split(official).join(`${official.slice(0, at)}${official.slice(at + 1)}`);
        const result = readTables(textSource(text));
        assert.ok(result.ok);
        const rating = rate(report, result.readings[0]);
        assert.deepEqual(rating.wrong, [], `${shape} ${official} ${String(at)}`);
        right += rating.right;
      }
      assert.ok(right > 1_700, `${shape}: ${String(right)}`);
    }
  });

  test('[X32] what could be two labels is none', () => {
    assert.equal(partOf(labelText('行政机关不再处理其政府信息公开申请'), ROWS), undefined);
    assert.equal(near('行政机关不再处理其政府信息公开申请'), undefined);
    assert.equal(near('天气晴朗'), undefined);
  });

  test('[X32] the distance is that of insertions, deletions, changes and neighbours that changed places', () => {
    assert.equal(editDistance('行政许可', '行政可许', 3), 1);
    assert.equal(editDistance('行政许可', '行政处罚', 3), 2);
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        const distance = editDistance(a, b, 12);
        assert.equal(distance, editDistance(b, a, 12));
        assert.equal(distance === 0, a === b);
        assert.ok(editDistance(a, b, 2) === distance || distance > 2);
      }),
    );
  });

  const texts: Readonly<Record<string, (text: string) => string>> = {
    'traditional characters': traditional,
    'pinyin of a mirror': pinyin,
    'full-width digits': fullWidth,
    'half-width brackets': (text) => text.normalize('NFKC'),
  };
  for (const [name, write] of Object.entries(texts))
    test(`[X33] a complete report in ${name}`, () => {
      for (const shape of [
        'a cell and a bar a line',
        'a line a cell',
        'a line a row',
        'framed rows',
        'PDF with columns',
      ]) {
        const chance = chanceOf(11);
        const report = grownReport(chance, '2021', 'none');
        const lines = drawn(report, SHAPES[shape]!, chance, { prose: false, headings: true });
        const result = readTables(textSource(write(lines.join('\n'))));
        assert.ok(result.ok, shape);
        const rating = rate(report, result.readings[0]);
        assert.deepEqual([rating.wrong, rating.marked, rating.missed], [[], 0, 0], shape);
      }
    });
});
