/**
 * What was read of a document, in the layout of its form, with what becomes of each cell. One stop for Tab; arrows move
 * in it, and the cell that is looked at is told to its owner. Draws; decides nothing.
 */
import { css, html, type TemplateResult } from 'lit';
import type { DocumentReading } from '../documents/document-reading.ts';
import type { CellFate } from '../documents/import-plan.ts';
import type { CellId, Entry } from '../format/entry.ts';
import type { LayoutCell, Table } from '../format/format.ts';
import { FORMATS } from '../format/formats.ts';
import { t } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import { entryText } from '../format/read-entry.ts';

export const previewStyles = css`
  .preview table {
    width: 100%;
    margin: 0 0 12px;
    border-collapse: collapse;
    background: var(--_paper);
    font-size: 13px;
  }
  .preview caption {
    padding: 8px 0 4px;
    font-weight: bold;
    text-align: left;
  }
  .preview th,
  .preview td {
    padding: 2px 4px;
    border: 1px solid var(--_control-line);
    font-weight: normal;
  }
  .preview th {
    background: var(--_shade);
    text-align: center;
  }
  .preview th[scope='row'] {
    text-align: left;
  }
  .preview td,
  .legend span {
    min-width: 44px;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .preview td small,
  .legend span {
    overflow-wrap: anywhere;
  }
  .preview td:focus {
    outline: 2px solid var(--_accent);
    outline-offset: -2px;
  }
  .preview del {
    color: var(--_must);
  }
  .preview small {
    display: block;
    color: var(--_faint);
  }
  .doubt {
    background: repeating-linear-gradient(45deg, var(--_verify-paper) 0 6px, var(--_line) 6px 8px);
  }
  .replaced {
    border: 2px solid var(--_must) !important;
  }
  .blank {
    border-style: dashed !important;
  }
  .away {
    background: var(--_shade);
    color: var(--_faint);
  }
  @media (forced-colors: active) {
    .doubt {
      border-style: double !important;
      border-width: 3px !important;
    }
    .away {
      color: GrayText;
      font-style: italic;
    }
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 8px;
    margin: 8px 0;
    font-size: 12px;
  }
  .legend span {
    padding: 1px 6px;
    border: 1px solid var(--_control-line);
  }
`;

/** `fates` is undefined where the reading is not for this report. */
export function importPreview(
  reading: DocumentReading,
  fates: ReadonlyMap<CellId, CellFate> | undefined,
  look: (cell: CellId | undefined) => void,
): TemplateResult {
  const { tables } = FORMATS[reading.version];
  const first = tables[0]!.cells[0]!.id;
  return html`
    <p class="legend" aria-hidden="true">
      <span class="doubt">${t`1O [10] 存疑`}</span><span class="replaced"><del>7</del> ${t`→ 9 改写`}</span
      ><span class="blank">${t`空白`}</span><span class="away">${t`不导入`}</span>
    </p>
    <div
      class="preview"
      @keydown=${onKey}
      @focusin=${(event: Event) => look(cellOf(event))}
      @mouseover=${(event: Event) => look(cellOf(event))}
      @mouseleave=${() => look(undefined)}
    >
      ${tables.map((table) => drawTable(table, reading, fates, first))}
    </div>
  `;
}

function drawTable(
  table: Table,
  reading: DocumentReading,
  fates: ReadonlyMap<CellId, CellFate> | undefined,
  first: CellId,
): TemplateResult {
  const { rows, headRows } = table.layout;
  const line = (cells: readonly LayoutCell[]): TemplateResult =>
    html`<tr>
      ${cells.map((cell) =>
        'cell' in cell
          ? drawCell(cell.cell, cell.colSpan, reading, fates?.get(cell.cell), cell.cell === first)
          : html`<th lang="zh-CN" scope=${cell.scope} colspan=${cell.colSpan} rowspan=${cell.rowSpan}>
              ${cell.heading}
            </th>`,
      )}
    </tr>`;
  return html`<table>
    <caption lang="zh-CN">
      ${table.title}
    </caption>
    ${
      headRows === 0
        ? ''
        : html`<thead>
            ${rows.slice(0, headRows).map(line)}
          </thead>`
    }
    <tbody>
      ${rows.slice(headRows).map(line)}
    </tbody>
  </table>`;
}

function drawCell(
  id: CellId,
  span: number,
  reading: DocumentReading,
  fate: CellFate | undefined,
  isFirst: boolean,
): TemplateResult {
  const of = reading.cells.get(id);
  const entry = of?.entry;
  const isDoubt = entry?.kind === 'uncertain';
  const away = of === undefined || fate?.fate === 'outside' || fate?.fate === 'elsewhere';
  const names = [
    isDoubt ? 'doubt' : '',
    fate?.fate === 'replaced' ? 'replaced' : '',
    entry?.kind === 'blank' ? 'blank' : '',
    away ? 'away' : '',
  ];
  return html`<td
    colspan=${span}
    class=${names.join(' ').trim()}
    data-cell=${id}
    tabindex=${isFirst ? '0' : '-1'}
    aria-describedby="import-source"
  >
    ${content(entry, fate)}
  </td>`;
}

function content(entry: Entry | undefined, fate: CellFate | undefined): TemplateResult | string {
  if (entry === undefined) return html`<span class="hidden">${t`来源没有此格`}</span>`;
  const text = readText(entry);
  const before = fate?.from === undefined ? '' : entryText(fate.from);
  if (fate?.fate === 'replaced' || (fate?.fate === 'control' && before !== ''))
    return html`<del>${before}</del> → ${text}`;
  if (fate?.fate === 'control') return html`${text}<small>${t`核对数`}</small>`;
  if (fate?.fate === 'kept' && before !== '')
    return html`${before}<small>${t`保留，来源${text === '' ? t`空白` : ` ${text}`}`}</small>`;
  return text === '' ? html`<span class="hidden">${t`空白`}</span>` : text;
}

function readText(entry: Entry): string {
  if (entry.kind === 'merged') return t`合并`;
  if (entry.kind !== 'uncertain') return entryText(entry);
  return `${entry.raw} [${entry.candidate === undefined ? t`？` : formatQuantity(entry.candidate)}]`;
}

function cellOf(event: Event): CellId | undefined {
  return (event.target as Element).closest<HTMLElement>('td[data-cell]')?.dataset['cell'];
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

function onKey(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const from = (event.target as Element).closest('td');
  if (step === undefined || from === null || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const lines = Array.from((event.currentTarget as Element).querySelectorAll('tr'), (row) =>
    Array.from(row.querySelectorAll('td')),
  ).filter((cells) => cells.length > 0);
  const row = lines.findIndex((cells) => cells.includes(from));
  const column = lines[row]!.indexOf(from);
  const [down, right] = step;
  const all = lines.reduce<HTMLElement[]>((so, cells) => [...so, ...cells], []);
  const line = lines[row + down];
  const to = down === 0 ? all[all.indexOf(from) + right] : line?.[Math.min(column, line.length - 1)];
  if (to === undefined) return;
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}
