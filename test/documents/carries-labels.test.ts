/** Which pastes are taken for a report. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { carriesLabels } from '../../src/documents/carries-labels.ts';
import { plainText } from '../../src/documents/label-text.ts';
import { FORMATS } from '../../src/format/formats.ts';

describe('labels of the form', () => {
  test('[X80] two different row labels, or the title of a section, are a report', () => {
    assert.equal(
      carriesLabels('（一）予以公开\t3\t0\n（二）部分公开（区分处理的，只计这一情形，不计其他情形）\t1'),
      true,
    );
    assert.equal(carriesLabels('<td>1.属于国家秘密</td><td>0</td></tr><tr><td>2.重复申请</td>'), true);
    assert.equal(carriesLabels('三、收到和处理政府信息公开申请情况'), true);
    assert.equal(carriesLabels('行政许可 12\n行政处罚 3'), true);
  });

  test('[X80] spaces, line ends, quotes and brackets do not hide them', () => {
    assert.equal(carriesLabels('( 一 ) 予 以 公 开 3\r\n3、危及"三安全一稳定" 0'), true);
    assert.equal(carriesLabels('<p>三、收到和处理<b>政府</b>信息\n公开申请情况</p>'), true);
  });

  test('[X80] traditional characters and pinyin behind characters do not hide them', () => {
    assert.equal(carriesLabels('行政許可\t12\n行政處罰\t3'), true);
    assert.equal(carriesLabels('<td>（一）予以公開</td><td>1</td><td>2.重複申請</td>'), true);
    assert.equal(carriesLabels('三、收到和處理政府信息公開申請情況'), true);
    assert.equal(carriesLabels('行(xíng)政(zhèng)許(xǔ)可(kě) 1 行政強制 2'), true);
    assert.equal(carriesLabels('自然人\t商業企業\t科研機構\n1\t2\t3'), false);
  });

  test('[X80] no label is hidden by a form of its characters that the readers know', () => {
    const forms = new Map<string, string>();
    for (let code = 0x4e00; code <= 0x9fff; code += 1) {
      const character = String.fromCharCode(code);
      if (plainText(character) !== character) forms.set(plainText(character), character);
    }
    assert.ok(forms.size > 400);
    const other = (text: string): string =>
      Array.from(text, (character) => forms.get(character) ?? character).join('');
    assert.equal(other('行政处罚'), '行政處罰');
    for (const { tables, sections } of Object.values(FORMATS)) {
      for (const row of tables.flatMap((table) => table.blocks.flatMap((block) => block.rows))) {
        const label = row.path[row.path.length - 1]!;
        if (/^(规章|（七）总计|3\.其他)$/.test(label)) continue;
        const second = label.includes('重复申请') ? '行政强制' : '2.重复申请';
        assert.equal(carriesLabels(`${other(label)} 1 ${other(second)} 2`), true, other(label));
      }
      for (const title of sections)
        assert.equal(carriesLabels(other(title)), carriesLabels(title), other(title));
    }
  });

  test('[X80] each label of both forms counts, and no label counts twice', () => {
    for (const { tables } of Object.values(FORMATS))
      for (const row of tables.flatMap((table) => table.blocks.flatMap((block) => block.rows))) {
        const label = row.path[row.path.length - 1]!;
        if (/^(规章|（七）总计|3\.其他)$/.test(label)) continue;
        const other = label.includes('重复申请') ? '行政强制' : '2.重复申请';
        assert.equal(carriesLabels(`${label} 1 ${other} 2`), true, label);
        assert.equal(carriesLabels(`${label} 1\n${label} 2`), false, label);
      }
  });

  test('[X80] numbers, headings of columns, one label and other texts are none', () => {
    for (const text of [
      '',
      '1\t2\t3\n4\t5\t6',
      '自然人\t商业企业\t科研机构\n1\t2\t3',
      '（一）予以公开\t1\t2',
      '规章\t总计\t其他',
      '一、总体情况',
      '今年共办理许可事项十二件，较去年增加三件。',
      '<table><tr><td class="行政许可行政处罚">1</td></tr></table>',
    ])
      assert.equal(carriesLabels(text), false, text);
  });

  test('[X80] takes linear time', () => {
    for (const piece of ['<', '<a', '>', '行政', '予以公开', ' 一']) {
      const start = performance.now();
      carriesLabels(piece.repeat(200_000));
      assert.ok(performance.now() - start < 1_500, piece);
    }
  });
});
