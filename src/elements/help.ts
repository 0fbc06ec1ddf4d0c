/** What is said when somebody asks: what belongs into a row, and which keys there are. Loaded when it is asked for first. */
import { html, type TemplateResult } from 'lit';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { rowHelp } from '../format/row-help.ts';

/** The row of a cell, or the keys. */
export type HelpSubject = CellId | 'shortcuts';

const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['方向键', '移动'],
  ['Enter / Shift+Enter', '下移 / 上移'],
  ['Tab / Shift+Tab', '下一格 / 上一格，到头后离开表格'],
  ['Esc，再按 Tab', '离开表格'],
  ['Home / End', '本行首格 / 末格；加 Ctrl 为全表'],
  ['Shift+方向键', '选取多格；Ctrl+A 全选'],
  ['F2', '修改本格'],
  ['Esc', '取消修改'],
  ['Delete', '清空（空白不等于 0）'],
  ['Ctrl+Enter', '填入所有选中的格'],
  ['Ctrl+D', '向下填充'],
  ['Ctrl+C / X / V', '复制 / 剪切 / 粘贴'],
  ['Ctrl+Z / Ctrl+Y', '撤销 / 重做'],
  ['Alt+↓', '本行填写说明'],
  ['Shift+F2', '说明本格需核实的问题'],
  ['F8 / Shift+F8', '下一个 / 上一个问题'],
  ['Ctrl+S', '立即暂存草稿'],
  ['Shift+F10', '右键菜单（电子表格）'],
  ['?', '显示或关闭本说明'],
];

/** The same in one sentence, to be read aloud; '' where there is nothing to say. */
export function helpSentence(subject: HelpSubject, format: Format): string {
  if (subject === 'shortcuts') return '快捷键说明已显示在核对结果栏中。';
  const cell = format.cellsById.get(subject);
  const help = cell && rowHelp(format.version, cell);
  return help === undefined ? '' : `${cell!.rowLabel}：${help.text}`;
}

export function helpPanel(subject: HelpSubject, format: Format, close: () => void): TemplateResult | string {
  const button = html`<button type="button" @click=${close}>关闭说明</button>`;
  if (subject === 'shortcuts') {
    return html`<section class="help" aria-label="快捷键">
      <h3>快捷键</h3>
      <dl>
        ${SHORTCUTS.map(
          ([keys, meaning]) =>
            html`<dt>${keys}</dt>
              <dd>${meaning}</dd>`,
        )}
      </dl>
      ${button}
    </section>`;
  }
  const cell = format.cellsById.get(subject);
  const help = cell && rowHelp(format.version, cell);
  if (help === undefined) return '';
  return html`
    <section class="help" aria-label="填写说明">
      <h3>${cell!.rowLabel}</h3>
      <p>${help.text}</p>
      ${help.basis === undefined ? '' : html`<p>依据：${help.basis}</p>`}
      ${help.source === 'reference-only' ? html`<p>（仅供参考，以主管部门要求为准）</p>` : ''} ${button}
    </section>
  `;
}
