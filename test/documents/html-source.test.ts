/** Pages and clipboard HTML become blocks: what a person sees in them, in the order of reading. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { htmlSource } from '../../src/documents/html-source.ts';
import { hostile, refusalOf, shown, type Shown } from './source-samples.ts';

const cases = (
  name: string,
  all: Readonly<Record<string, readonly [html: string, blocks: Shown[]]>>,
): void => {
  for (const [what, [html, blocks]] of Object.entries(all))
    test(`${name} ${what}`, () => assert.deepEqual(shown(htmlSource(html)), blocks));
};

describe('tables of a page', () => {
  cases('[X40]', {
    'texts stand around tables, spans are kept': [
      '<title>t</title><p>前<br>言</p><table><tr><td rowspan=2>a<td colspan="2">b</tr><tr><td>c<td>d</table>后',
      [
        '前\n言',
        [
          ['a 1x2', 'b 2x1'],
          ['c', 'd'],
        ],
        '后',
      ],
    ],
    'missing end tags, cells without a row, a row without a table': [
      '<table><td>a<td>b<tr><td>c<td>d</table><tr><td>e</td><td>f</td></tr>g',
      [
        [
          ['a', 'b'],
          ['c', 'd'],
        ],
        [['e', 'f']],
        'g',
      ],
    ],
    'a table that is not closed': ['<table><tr><td>a<td>b', [[['a', 'b']]]],
    'a table where a row is expected ends the one before': [
      '<table><tr><td>a<td>b</tr><table><tr><td>c<td>d</table>',
      [[['a', 'b']], [['c', 'd']]],
    ],
    'head and foot are where they are printed': [
      '<table><tfoot><tr><td>z<td>z<tbody><tr><td>b<td>b<thead><tr><td>a<td>a</table>',
      [
        [
          ['a', 'a'],
          ['b', 'b'],
          ['z', 'z'],
        ],
      ],
    ],
    'spans end with their group, 0 is the rest of it': [
      '<table><thead><tr><td rowspan=9>a<td>b</thead><tr><td rowspan=0>c<td>d<tr><td>e</table>',
      [[['a', 'b'], ['c 1x2', 'd'], ['e']]],
    ],
    'spans that are no numbers are 1, none reaches beyond the table': [
      '<table><tr><td colspan=x>a<td colspan=-3>b<td colspan=0>c<tr><td colspan=99999999999>d</table>',
      [[['a', 'b', 'c'], ['d 3x1']]],
    ],
    'end tags reach no further than their cell': [
      '<div><table><tr><td>a</div></span><td>b</table></div>c',
      [[['a', 'b']], 'c'],
    ],
    'text between cells stands before the table': ['<table>x<tr>y<td>a<td>b</table>', ['xy', [['a', 'b']]]],
    'the end of what is not open is nothing': [
      '<table><tr><td>a</thead></caption><td>b</th>c<tr><td>d<td>e</table>',
      [
        [
          ['a', 'bc'],
          ['d', 'e'],
        ],
      ],
    ],
    'a caption is text': ['<table><caption>表二</caption><tr><td>a<td>b</table>', ['表二', [['a', 'b']]]],
    'a table of one cell is a frame around a text': ['a<table><tr><td>b<br>c</table>d', ['a\nb\nc\nd']],
    'pre keeps its lines': ['<pre>a  b\n1\t2</pre>', ['a b\n1\t2']],
  });

  test('[X40] one row of a thousand columns does not make the table a thousand wide, a real one is refused', async () => {
    const row = '<tr><td>a<td>b';
    const wide = htmlSource(`<table><tr><td colspan=1000>t${row.repeat(2_000)}</table>`);
    assert.deepEqual(shown(wide)[0]![0], ['t 2x1']);
    const refusal = await refusalOf(() =>
      htmlSource(`<table>${'<tr><td colspan=999>a<td>b'.repeat(200)}</table>`),
    );
    assert.deepEqual(refusal, { code: 'too-large', what: 'cells' });
  });

  test('[X40] whatever tags come in whatever order, every text is found once and no span leaves the table', () => {
    const piece = fc.constantFrom(
      ...[
        '<table>',
        '</table>',
        '<tr>',
        '</tr>',
        '<td>',
        '</td>',
        '<th rowspan=3>',
        '<td colspan=2>',
        '<tbody>',
      ],
      ...[
        '</tbody>',
        '<thead>',
        '<tfoot>',
        '<p>',
        '</p>',
        '<div>',
        '</div>',
        '<caption>',
        '</caption>',
        'T',
        'T',
        'T',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        let number = 0;
        const words: string[] = [];
        const html = pieces.map((one) =>
          one === 'T' ? (words.push(`w${String(number)};`), `w${String(number++)};`) : one,
        );
        const { blocks } = htmlSource(html.join(''));
        const texts = blocks.flatMap((block) =>
          block.kind === 'text' ? [block.text] : block.rows.flat().map((cell) => cell.text),
        );
        const found = texts.join(' ').match(/w\d+;/g) ?? [];
        assert.deepEqual(found.slice().sort(), words.slice().sort());
        for (const block of blocks) {
          if (block.kind === 'table')
            block.rows.forEach((row, index) => {
              for (const cell of row)
                assert.ok(index + cell.rowSpan <= block.rows.length && cell.colSpan >= 1);
            });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('clipboards', () => {
  const word = (inner: string): string =>
    `<td width=59 style='width:44.6pt;padding:0 5.4pt;mso-border-alt:solid windowtext .5pt'><p class=MsoNormal align=center style='text-align:center'>${inner}</p></td>`;
  const span = (text: string): string =>
    `<span lang=EN-US style='font-family:仿宋_GB2312;mso-font-kerning:0pt'>${text}</span>`;

  cases('[X41]', {
    'Word: digits in several spans are one number, spaces at the edges are none': [
      `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml><w:View>Print</w:View></xml><![endif]--><style>td{}</style></head><body><!--StartFragment--><table><tr>${word(`（一）${span('予以公开')}`)}${word(`${span('&nbsp;')}${span('1')}${span('2')}<o:p></o:p>`)}${word(`${span('&nbsp;<o:p>&nbsp;</o:p>')}`)}</tr></table><!--EndFragment--></body></html>`,
      [[['（一）予以公开', '12', '']]],
    ],
    'white space is one space, zero width is none': [
      '<table><tr><td>a \n\t&#12288; b<td>1\u200b2\ufeff<td>x<p>y</p>\n<p>z<br><br></table>',
      [[['a b', '12', 'x\ny\nz']]],
    ],
    'Excel: hidden rows and columns are left out': [
      "<table><col><col style='mso-width-source:userset;display:none'><col><tr><td colspan=3>t<tr><td>a<td style='display:none'>h<td>c<tr style='display:none'><td>1<td>2<td>3<tr><td>d<td>h<td>f<![if supportMisalignedColumns]><tr height=0 style='display:none'><td><td></tr><![endif]></table>",
      [[['t 2x1'], ['a', 'c'], ['d', 'f']]],
    ],
    'cells that a script hid under a merged one take no place': [
      '<table><tr><td rowspan=2>a<td>b<tr><td style="display: none"><td>c</table>',
      [[['a 1x2', 'b'], ['c']]],
    ],
    'a tab of the page that is not in front is read': [
      '<div style="display:none"><p>文<table hidden><tr><td>a<td>b</table></div>',
      ['文', [['a', 'b']]],
    ],
    'fields of a form are their values': [
      '<table><tr><td>规章<td><input value="12"><input type=hidden value=9><td><textarea>3 </textarea><td><select><option>甲</select></table><input value=5>',
      [[['规章', '12', '3', '']]],
    ],
  });

  test('[X41] what was hidden is counted, if it said anything', () => {
    const { omissions } = htmlSource(
      '<table><col><col style="display:none"><tr><td>a<td>b<tr hidden><td>c<td>d<tr hidden><td><td><tr><td>e<td></table>',
    );
    assert.deepEqual(omissions, [
      { what: 'hidden-rows', count: 1 },
      { what: 'hidden-columns', count: 1 },
    ]);
  });

  cases('[X42]', {
    'tables that arrange others are text around them': [
      '<table><tr><td>栏目</td><td>前<table><tr><td>a<td>b</table>后</td></tr><tr><td>页脚<td>电话</table>',
      ['栏目\t前', [['a', 'b']], '后\n页脚\t电话'],
    ],
    'three deep': [
      '<table><tr><td><table><tr><td>x<td><table><tr><td>a<td>b</table></table></table>',
      ['x', [['a', 'b']]],
    ],
    'a frame around a number, or an empty table in a cell, makes no layout': [
      '<table><tr><td>规章<td><table><tr><td>12</table><td>a<table><tr><td><td></table></table>',
      [[['规章', '12', 'a']]],
    ],
  });

  cases('[X43]', {
    'what is struck out, hidden or marked raised is never part of a number': [
      '<table><tr><td><s>12</s>15<td><del>1</del><ins>2</ins><td><span style="text-decoration: line-through">1</span>3<td><span style="display:none">9</span>4<td>5<sup>1</sup><td>注<sup>1</sup></table>',
      [[['15', '2', '3', '4', '51?', '注1']]],
    ],
    'a number that the program shows rounded is doubtful': [
      '<table><tr><td x:num="7730.279">7730.28<td x:num="1234">1,234<td x:num>5<td sdval="45293">2024-01-02</table>',
      [[['7730.28?', '1,234', '5', '2024-01-02?']]],
    ],
  });

  test('[X43] struck out text is counted', () => {
    assert.deepEqual(htmlSource('<p>a<s>b</s>').omissions, [{ what: 'deleted-text', count: 1 }]);
  });
});

describe('hostile pages', () => {
  cases('[X44]', {
    'scripts, styles and what a browser does not show are no text': [
      '<script>document.write("<table>")</script><style>p{}</style><template><p>t</template><noscript>n</noscript><svg><title>s</title><text>5</text></svg><iframe><p>i</iframe><script src=x />x</script>a<!--b-->',
      ['a'],
    ],
    'markup in a text stays a text': [
      '<p>&lt;img src=x onerror=alert(1)&gt;',
      ['<img src=x onerror=alert(1)>'],
    ],
    'an element that is never closed does not swallow the tables behind it': [
      '<select><option>x<table><tr><td>a<td>b</table><svg><text>5<p>c',
      [[['a', 'b']], 'c'],
    ],
  });

  test('[X44] handlers and addresses of a page do not run and are not loaded', () => {
    const globals = globalThis as { probed?: boolean };
    const probe = 'globalThis.probed=true';
    const { blocks, title } = htmlSource(
      `<title>${probe}</title><body onload="${probe}"><img src=x onerror="${probe}"><svg/onload=${probe}></svg>a<script>${probe}</script><a href="javascript:${probe}">b</a>`,
    );
    assert.equal(globals.probed, undefined);
    assert.equal(title, probe);
    assert.deepEqual(blocks, [{ kind: 'text', text: 'ab' }]);
  });

  for (const [name, text] of Object.entries(hostile)) {
    test(`[X55] ${name} as a page takes no long time`, async () => {
      const start = performance.now();
      const refusal = await refusalOf(() => htmlSource(text));
      assert.ok(refusal === undefined || refusal.code === 'too-large');
      assert.ok(performance.now() - start < 10_000);
    });
  }
});
