/** What is said when somebody asks: what belongs into a row, and which keys there are. Loaded when it is asked for first. */
import { html, type TemplateResult } from 'lit';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { t, told, zh } from '../format/language.ts';
import { rowHelp } from '../format/row-help.ts';

/** The row of a cell, or the keys. */
export type HelpSubject = CellId | 'shortcuts';

const SHORTCUTS: readonly (readonly [string, string])[] = [
  [zh`方向键`, zh`移动`],
  ['Enter / Shift+Enter', zh`下移 / 上移`],
  ['Tab / Shift+Tab', zh`下一格 / 上一格，到头后离开表格`],
  [zh`Esc，再按 Tab`, zh`离开表格`],
  ['Home / End', zh`本行首格 / 末格；加 Ctrl 为全表`],
  [zh`Shift+方向键`, zh`选取多格；Ctrl+A 全选`],
  ['F2', zh`修改本格`],
  ['Esc', zh`取消修改`],
  ['Delete', zh`清空（空白不等于 0）`],
  ['Ctrl+Enter', zh`填入所有选中的格`],
  ['Ctrl+D', zh`向下填充`],
  ['Ctrl+C / X / V', zh`复制 / 剪切 / 粘贴`],
  ['Ctrl+Z / Ctrl+Y', zh`撤销 / 重做`],
  ['Alt+↓', zh`本行填写说明`],
  ['Shift+F2', zh`说明本格需核实的问题`],
  ['F8 / Shift+F8', zh`下一个 / 上一个问题`],
  ['Ctrl+S', zh`立即暂存草稿`],
  ['Shift+F10', zh`右键菜单（电子表格）`],
  ['?', zh`显示或关闭本说明`],
];

/** The same in one sentence, to be read aloud; '' where there is nothing to say. */
export function helpSentence(subject: HelpSubject, format: Format): string {
  if (subject === 'shortcuts') return t`快捷键说明已显示在核对结果栏中。`;
  const cell = format.cellsById.get(subject);
  const help = cell && rowHelp(format.version, cell);
  return help === undefined ? '' : t`${cell!.rowLabel}：${help.text}`;
}

export function helpPanel(subject: HelpSubject, format: Format, close: () => void): TemplateResult | string {
  const button = html`<button type="button" @click=${close}>${t`关闭说明`}</button>`;
  if (subject === 'shortcuts') {
    return html`<section class="help" aria-label=${t`快捷键`}>
      <h3>${t`快捷键`}</h3>
      <dl>
        ${SHORTCUTS.map(
          ([keys, meaning]) =>
            html`<dt>${told(keys)}</dt>
              <dd>${told(meaning)}</dd>`,
        )}
      </dl>
      ${button}
    </section>`;
  }
  const cell = format.cellsById.get(subject);
  const help = cell && rowHelp(format.version, cell);
  if (help === undefined) return '';
  return html`
    <section class="help" aria-label=${t`填写说明`}>
      <h3 lang="zh-CN">${cell!.rowLabel}</h3>
      <p lang="zh-CN">${help.text}</p>
      ${help.basis === undefined ? '' : html`<p>${t`依据：${help.basis}`}</p>`}
      ${help.source === 'reference-only' ? html`<p>${t`（仅供参考，以主管部门要求为准）`}</p>` : ''} ${button}
    </section>
  `;
}
