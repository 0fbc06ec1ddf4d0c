/**
 * This year against last year as SVG: for each group of results two bars, one plain and one hatched, each with its year
 * and its number; and the same in a table. Where things lie comes from comparison-layout.ts.
 */
import { css, html, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import { joined, t } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import type { Flow } from '../report/flows.ts';
import type { ComparedGroup, ComparedYears } from '../report/year-comparison.ts';
import { BAR_HEIGHT, layOutComparison, type Bar } from './comparison-layout.ts';
import { round, textWidth } from './flow-drawing.ts';
import { amountWords } from './flow-words.ts';

const WIDTH = 300;

export const comparisonStyles = css`
  .comparison svg {
    display: block;
    width: 100%;
    max-width: 340px;
    height: auto;
    fill: var(--_text);
    font-size: 12px;
  }
  .comparison rect {
    stroke: var(--_flow);
  }
  .comparison .now {
    fill: var(--_flow);
  }
  .comparison .last {
    fill: url(#last-year);
    stroke: var(--_flow-carried);
  }
  .comparison .hatch {
    stroke: var(--_flow-carried);
    stroke-width: 1.5px;
  }
  .comparison .hatch-paper {
    fill: var(--_paper);
    stroke: none;
  }
  .comparison .group {
    font-weight: bold;
  }
  @media (forced-colors: active) {
    .comparison svg {
      forced-color-adjust: none;
    }
  }
`;

export function comparisonDrawing(years: ComparedYears): TemplateResult {
  const words = years.groups.map(({ now, last }) => ({
    now: t`本年 ${amountWords(now)}`,
    last: t`上年 ${amountWords(last)}`,
  }));
  const layout = layOutComparison(
    years.groups.map(({ now, last }, index) => ({
      now: now.quantity,
      last: last.quantity,
      nowText: textWidth(words[index]!.now) + 8,
      lastText: textWidth(words[index]!.last) + 8,
    })),
    WIDTH - 2,
  );
  const bar = ({ y, width }: Bar, kind: string, text: string): SVGTemplateResult => svg`
    ${width === 0 ? '' : svg`<rect class=${kind} x="1" y=${round(y)} width=${round(width)} height=${BAR_HEIGHT}></rect>`}
    <text x=${round(width + 6)} y=${round(y + BAR_HEIGHT - 1.5)}>${text}</text>`;
  const longest = Math.max(
    WIDTH,
    ...words.flatMap(({ now, last }) => [textWidth(now) + 8, textWidth(last) + 8]),
  );
  return html`
    <svg
      role="img"
      aria-labelledby="comparison-title"
      aria-describedby="comparison-words"
      viewBox="0 0 ${longest} ${layout.height}"
    >
      <title id="comparison-title">${comparisonTitle(years)}</title>
      <desc id="comparison-words">${comparisonSentence(years)}</desc>
      <defs>
        <pattern
          id="last-year"
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect class="hatch-paper" width="5" height="5"></rect>
          <path class="hatch" d="M1 0V5"></path>
        </pattern>
      </defs>
      ${layout.pairs.map(
        ({ label, now, last }, index) => svg`<g data-group=${years.groups[index]!.id}>
          <text class="group" x="1" y=${label}>${years.groups[index]!.label}</text>
          ${bar(now, 'now', words[index]!.now)} ${bar(last, 'last', words[index]!.last)}
        </g>`,
      )}
    </svg>
  `;
}

export function comparisonTitle({ label }: ComparedYears): string {
  return t`与上年比较（${label}列）`;
}

/** The same in figures. */
export function comparisonTable(years: ComparedYears): TemplateResult {
  return html`
    <table>
      <caption class="hidden">
        ${comparisonTitle(years)}
      </caption>
      <thead>
        <tr>
          <td></td>
          <th scope="col">${t`本年`}</th>
          <th scope="col">${t`上年`}</th>
          <th scope="col">${t`增减`}</th>
        </tr>
      </thead>
      <tbody>
        ${years.groups.map(
          (group) => html`
            <tr>
              <th scope="row">${group.label}</th>
              <td>${amountWords(group.now)}</td>
              <td>${amountWords(group.last)}</td>
              <td>${changeWords(group)}</td>
            </tr>
          `,
        )}
      </tbody>
    </table>
  `;
}

function comparisonSentence({ groups }: ComparedYears): string {
  return joined(
    groups.map(({ label, now, last }) => t`${label}本年 ${amountWords(now)}，上年 ${amountWords(last)}`),
    '；',
  );
}

/** +12, -3, 0; '' where a number is not there yet. */
function changeWords({ now, last }: ComparedGroup): string {
  const known = (flow: Flow): boolean => flow.quantity !== undefined && flow.unknown === 0;
  if (!known(now) || !known(last)) return '';
  const change = now.quantity! - last.quantity!;
  return `${change > 0n ? '+' : ''}${formatQuantity(change)}`;
}
