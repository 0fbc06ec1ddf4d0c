/** The paper as markup: text in the places of text, whatever it says. What stands on it comes from documents/paper.ts. */
import { html, type TemplateResult } from 'lit';
import {
  isOneWord,
  type ControlTotal,
  type Line,
  type Paper,
  type PaperTable,
  type Signer,
} from '../documents/paper.ts';
import type { WrittenCell } from '../documents/write-tables.ts';

export interface PaperPicture {
  readonly title: string;
  readonly drawing: TemplateResult;
}

/** `everywhere`: nothing else is printed with it, and the watermark stands on every page. */
export function paperDrawing(
  paper: Paper,
  pictures: readonly PaperPicture[],
  everywhere: boolean,
): TemplateResult {
  const mark = (own: boolean): TemplateResult | string =>
    paper.watermark === '' || own !== everywhere
      ? ''
      : html`<div class="mark ${own ? 'everywhere' : ''}">${paper.watermark}</div>`;
  const { review } = paper;
  return html`
    ${mark(true)}
    <section class="form">
      <h1>${paper.title}</h1>
      <table class="plain">
        <tr>
          <td>${paper.words.unit}${written(paper.unit)}</td>
          <td class="end">${paper.words.year}${written(paper.year, 'short')}${paper.words.yearEnd}</td>
        </tr>
      </table>
      ${paper.tables.map(
        (table, index) =>
          html`<section class="block">
            <h2>${index === 0 ? '' : html`<span class="small whose">${paper.whose}</span>`}${table.title}</h2>
            ${tableDrawing(table)} ${index === paper.tables.length - 1 ? signingDrawing(paper) : ''}
            ${mark(false)}
          </section>`,
      )}
    </section>
    <section class="review">
      ${mark(false)}
      <h1>${review.title}</h1>
      <p>${paper.title}</p>
      <p><b>${review.verdict}</b></p>
      ${review.cautions.map((caution) => html`<p><b>${caution}</b></p>`)}
      ${review.open.map(({ heading, lines }) => list(heading, lines))} ${controls(paper, review.controls)}
      ${review.notes.map(({ heading, lines }) => list(heading, lines))}
      <section class="block">
        <h3>${paper.words.facts}</h3>
        <table class="facts">
          ${review.facts.map(
            ([label, text], index) =>
              html`<tr class=${index === 0 ? 'first-line' : ''}>
                <th class="row" scope="row">${label}</th>
                <td>${text}</td>
              </tr>`,
          )}
        </table>
      </section>
      ${pictures.map(
        ({ title, drawing }) =>
          html`<section class="picture">
            <h3>${title}</h3>
            ${drawing}
          </section>`,
      )}
    </section>
  `;
}

/** On the sheet of the last table: nobody signs a sheet with nothing on it. */
function signingDrawing({ signers, words, ...paper }: Paper): TemplateResult {
  return html`
    <table class="plain signing">
      <tr>
        ${signers.map((signer) => html`<td>${signing(signer)}</td>`)}
      </tr>
    </table>
    <table class="plain">
      <tr>
        <td class="seal">${words.seal}</td>
        <td class="end">
          <div>${words.date}${dayToWrite(paper.date, words.day)}</div>
          <div>${words.signed}${dayToWrite('', words.day)}</div>
        </td>
      </tr>
    </table>
    ${paper.lapsed === '' ? '' : html`<p class="small">${paper.lapsed}</p>`}
  `;
}

function tableDrawing(table: PaperTable): TemplateResult {
  const { rows, headRows, arrangement, points } = table;
  const [first = []] = rows;
  const columns = first.reduce((sum, { colSpan }) => sum + colSpan, 0);
  const labels = arrangement === 'matrix' ? first[0]!.colSpan : 0;
  const names = ['first', 'second', 'third'].slice(3 - labels);
  const cols =
    arrangement === 'stacked'
      ? ''
      : html`<colgroup>
          ${names.map((name) => html`<col class=${name} />`)}
          ${Array.from({ length: columns - labels }, () => html`<col class="of-${columns - labels}" />`)}
        </colgroup>`;
  const line = (row: readonly WrittenCell[], index: number): TemplateResult =>
    html`<tr class=${index === 0 && headRows === 0 ? 'first-line' : ''}>
      ${row.map(cellDrawing)}
    </tr>`;
  return html`<table class="${arrangement} ${points === undefined ? 'turned' : `points-${points}`}">
    ${cols}
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

function cellDrawing({ text, colSpan, rowSpan, value, scope }: WrittenCell): TemplateResult {
  return value
    ? html`<td colspan=${colSpan}>${isOneWord(text) ? html`<span class="number">${text}</span>` : text}</td>`
    : html`<th colspan=${colSpan} rowspan=${rowSpan} scope=${scope} class=${scope}>${text}</th>`;
}

/** A name where it is known, else a rule to write on. */
function written(text: string, kind = ''): TemplateResult {
  return html`<span class="rule ${text === '' ? kind : ''}">${text}</span>`;
}

function signing({ role, name, signs }: Signer): TemplateResult {
  if (!signs) return html`${role}<span class="rule">${name}</span>`;
  return html`${role}<span class="rule signature"></span
    >${name === '' ? '' : html` <span class="name">${`（${name}）`}</span>`}`;
}

function dayToWrite(date: string, words: readonly string[]): TemplateResult {
  if (date !== '') return html`${date}`;
  return html`${words.map((word) => html`<span class="rule short"></span>${word}`)}`;
}

function list(heading: string, lines: readonly Line[]): TemplateResult {
  return html`
    <h3>${heading}</h3>
    <ol>
      ${lines.map(
        ({ text, said = '', small }) =>
          html`<li>
            ${text}${said === '' ? '' : html`<br />${said}`}${small === '' ? '' : html` <span class="small">${small}</span>`}
          </li>`,
      )}
    </ol>
  `;
}

function controls({ words }: Paper, totals: readonly ControlTotal[]): TemplateResult | string {
  if (totals.length === 0) return '';
  return html`
    <h3>${words.controls}</h3>
    <table>
      <thead>
        <tr>
          ${words.controlColumns.map((word, index) => html`<th scope="col" class=${index === 0 ? '' : 'end'}>${word}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${totals.map(
          ({ label, computed, control, difference }) =>
            html`<tr>
              <th scope="row">${label}</th>
              <td class="end">${computed}</td>
              <td class="end">${control}</td>
              <td class="end">${difference}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  `;
}
