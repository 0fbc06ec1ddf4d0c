/**
 * A published page, as the clipboard has it, through the real reader in its worker into the report: the official
 * tables in HTML, made of the layout of the format.
 */
import { expect } from 'chai';
import * as browser from '../browser/commands.ts';
import {
  cleanUp,
  COLUMNS,
  drawn,
  FORMAT,
  granted,
  input,
  payload,
  press,
  received,
  settled,
  show,
  tables,
  type Payload,
} from './editor-fixture.ts';
import { dialog, pushIn, shown, words } from './import-fixture.ts';

/** The three tables as a CMS publishes them, each input holding its place in the form. */
function publishedPage(): { html: string; text: string; values: Map<string, number> } {
  const values = new Map<string, number>();
  FORMAT.inputs.forEach((cell, index) => values.set(cell.id, cell.table === 'requests' ? index % 7 : index));
  for (const cell of FORMAT.derived)
    values.set(
      cell.id,
      cell.operands!.reduce((sum, id) => sum + values.get(id)!, 0),
    );
  const lines: string[] = [];
  const drawnTables = FORMAT.tables.map((table) => {
    lines.push(table.title);
    const rows = table.layout.rows.map((row) => {
      const texts = row.map((cell) => ('cell' in cell ? String(values.get(cell.cell)!) : cell.heading));
      lines.push(texts.join('\t'));
      return `<tr>${row
        .map(
          (cell, index) =>
            `<td colspan="${cell.colSpan}"${'cell' in cell ? '' : ` rowspan="${cell.rowSpan}"`}><p>${texts[index]!}</p></td>`,
        )
        .join('')}</tr>`;
    });
    return `<h3>${table.title}</h3><table><tbody>${rows.join('')}</tbody></table>`;
  });
  return {
    html: `<html><head><title>示例县教育局2024年政府信息公开工作年度报告</title></head><body><h1>示例县教育局2024年政府信息公开工作年度报告</h1>${drawnTables.join('')}</body></html>`,
    text: lines.join('\r\n'),
    values,
  };
}

describe('import, end to end', () => {
  afterEach(cleanUp);

  it('[E169] a whole page pasted into the grid fills every cell with its own value', async () => {
    const page = publishedPage();
    const editor = await show((one) => {
      one.value = payload(null, {}, { draft: true });
    });
    await browser.fillClipboard(page.text, page.html);
    tables(editor)[1]!.focusCell(granted());
    await settled();
    await press('Control+v');
    await shown(editor);
    expect(words(editor, '.counts')).to.equal('识别 200 格 · 空白 0 · 存疑 0 · 未能归位 0 · 合计不符 0');
    await pushIn(editor, '导入');
    await drawn(editor);
    expect(dialog(editor)).to.equal(null);
    const value = JSON.parse(editor.value) as Payload;
    for (const cell of FORMAT.cells)
      expect(value.tables[cell.table]![cell.row]![cell.column], cell.id).to.equal(page.values.get(cell.id));
    expect(COLUMNS.map((column) => input(editor, received(column)).value)).to.deep.equal(
      COLUMNS.map((column) => String(page.values.get(received(column)))),
    );
  });
});
