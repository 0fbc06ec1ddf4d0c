/**
 * 与上年比较 under the findings: where last year's report is loaded, this year against it, as a picture and in figures.
 * Drawn after the paint, and anew only where a figure of either year changed.
 */
import { html, render } from 'lit';
import type { Values } from '../checks/checked-report.ts';
import { languageInForce, t } from '../format/language.ts';
import { formatOf, type Report } from '../report/report.ts';
import { comparedYears } from '../report/year-comparison.ts';
import { comparisonDrawing, comparisonTable } from './comparison-drawing.ts';
import { afterPaint, type FindingsOwner } from './findings-owner.ts';

export class ComparisonPicture {
  /** Placed by its owner; what is in it is drawn later. */
  readonly element = document.createElement('section');
  readonly #owner: FindingsOwner;
  readonly #drawSoon: () => void;
  #drawn: readonly unknown[] = [];
  #isOpen = true;

  constructor(owner: FindingsOwner) {
    this.#owner = owner;
    this.#drawSoon = afterPaint(owner, () => this.#draw());
  }

  /** The picture's place among what its owner draws. The picture itself follows after the paint. */
  place(): HTMLElement {
    const state = this.#owner.session?.state;
    if (state !== undefined && this.#isOther(state.report, state.previousValues)) this.#drawSoon();
    return this.element;
  }

  #isOther(report: Report, previous: Values | undefined): boolean {
    return whatIsShown(report, previous).some((part, index) => part !== this.#drawn[index]);
  }

  #draw(): void {
    const state = this.#owner.session?.state;
    if (state === undefined) return;
    const { report, values, previousValues } = state;
    this.#drawn = whatIsShown(report, previousValues);
    if (previousValues === undefined) {
      render('', this.element);
      return;
    }
    const years = comparedYears(formatOf(report), values, previousValues);
    render(
      html`
        <details
          class="flow comparison"
          ?open=${this.#isOpen}
          @toggle=${(event: Event) => (this.#isOpen = (event.target as HTMLDetailsElement).open)}
        >
          <summary>${t`与上年比较`}</summary>
          ${comparisonDrawing(years)}
          <details class="numbers">
            <summary>${t`用数字看`}</summary>
            ${comparisonTable(years)}
          </details>
        </details>
      `,
      this.element,
    );
  }
}

/** A session makes last year's values anew with every edit: what they are of is the same. */
function whatIsShown(
  { version, entries, controls }: Report,
  previous: Values | undefined,
): readonly unknown[] {
  return [version, entries, controls, previous?.report ?? null, languageInForce()];
}
