/**
 * What probably went wrong, under the list of findings: each repair in a sentence, its cells, and one click that carries
 * it out. The diagnosis runs after the paint.
 */
import { html, type TemplateResult } from 'lit';
import { diagnose, type Diagnosis, type Repair } from '../checks/diagnose.ts';
import { repairSentenceZh, tieSentenceZh } from '../checks/slip-words-zh.ts';
import { BLANK, type CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { t } from '../format/language.ts';
import { checkedReport, entryOf, formatOf, type Report } from '../report/report.ts';
import type { Session } from '../report/session.ts';
import type { Change } from '../report/transaction.ts';

/** Repairs that are shown; more would be a list to work through, and no help. */
const SHOWN = 3;

export function likelyCauses({ report, rules, previous }: Session): Diagnosis {
  return diagnose(checkedReport(report), rules.rules, { previous });
}

/** A repair as changes of the report. A total that was wrong is given up: the computed one is right then. */
export function changesOfRepair(report: Report, repair: Repair): Change[] {
  const format = formatOf(report);
  return repair.changes.map(({ cell, to }) => {
    const definition = format.cellsById.get(cell)!;
    const from = entryOf(report, definition);
    return { cell, from, to: definition.operands === undefined ? { kind: 'number', value: to } : BLANK };
  });
}

export function causesPanel(view: {
  readonly diagnosis: Diagnosis;
  readonly format: Format;
  readonly locked: boolean;
  readonly chips: (cells: readonly CellId[]) => TemplateResult | string;
  readonly apply: (repair: Repair) => void;
}): TemplateResult {
  const { diagnosis, format } = view;
  const tie = tieSentenceZh(diagnosis);
  return html`
    <section aria-label=${t`可能的原因`} id="causes" tabindex="-1">
      <h3>${t`可能的原因`}</h3>
      <ul>
        ${diagnosis.repairs.slice(0, SHOWN).map(
          (repair) => html`
            <li class="finding cause">
              <p class="words">${repairSentenceZh(repair, format)}</p>
              ${view.chips(repair.changes.map((change) => change.cell))}
              <div class="chips">
                <button
                  type="button"
                  class="apply"
                  ?disabled=${view.locked}
                  @click=${() => view.apply(repair)}
                >
                  ${t`按此修改`}
                </button>
              </div>
            </li>
          `,
        )}
      </ul>
      ${tie === '' ? '' : html`<p class="quiet">${tie}</p>`}
    </section>
  `;
}
