/**
 * Last year's report on screen: the line above the tables, what stands of it beside each cell, and the filling of
 * 上年结转. Loaded after the first paint; its owner keeps no state of it but the report itself, in the session.
 */
import { css, html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { valuesOf, type CheckedReport, type Values } from '../checks/checked-report.ts';
import { quantityOf, type CellId } from '../format/entry.ts';
import { joined, t } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import {
  carryOver,
  isCarriedOver,
  isOtherUnit,
  isOtherYear,
  isUnfinished,
  valueOfLastYear,
} from '../report/previous.ts';
import {
  cellOfLastYearZh,
  correctedZh,
  doubtsZh,
  draftZh,
  filledZh,
  formZh,
  notComparedZh,
  otherYearZh,
  unknownZh,
} from '../report/previous-words-zh.ts';
import { entryOf, formatOf, yearOf, type Report } from '../report/report.ts';
import type { Session } from '../report/session.ts';
import { applyChanges, type Change } from '../report/transaction.ts';
import type { GridCell } from './grid/grid-port.ts';
import { chosenFile, textOfFile } from './open-file.ts';
import { addStyles } from './styles.ts';
import type { LastYearReading } from './reading.ts';

export interface LastYearOwner extends ReactiveControllerHost {
  session: Session | undefined;
  message: string;
  readonly locked: boolean;
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** The report on screen is a file or a draft that the user put there: nobody fills it unasked. */
  readonly chosenByUser: boolean;
  openPrevious(text: string): Promise<string | undefined>;
  /** Commits a cell that is still being edited. */
  commit(): void;
  /** Takes what an open cell holds into the report, and leaves it open. */
  flush(): void;
}

const lastYearStyles = css`
  .previous {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
    align-items: center;
  }
  .previous span,
  .previous p {
    color: var(--_faint);
  }
  .previous[hidden] {
    display: none;
  }
  .previous label {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    min-height: var(--_control);
  }
  .previous p {
    flex: 1 1 100%;
    margin: 0;
  }
  .previous p.doubt {
    color: var(--_verify);
  }
`;

export class LastYear implements ReactiveController {
  readonly #owner: LastYearOwner;
  /** Tells a sentence to whoever looks or listens. */
  readonly #say: (sentence: string) => void;
  /** 显示上年数据 */
  #isShown = true;
  #isDressed = false;
  #reading: LastYearReading | undefined;
  #text = '';
  #values: Values | undefined;

  constructor(owner: LastYearOwner, say: (sentence: string) => void) {
    this.#owner = owner;
    this.#say = say;
    owner.addController(this);
    owner.requestUpdate();
  }

  /** An element has no root before it is first in a page. */
  hostUpdated(): void {
    if (this.#isDressed) return;
    this.#isDressed = true;
    addStyles(this.#owner.renderRoot, lastYearStyles);
  }

  /**
   * Uses last year's report, or says why not. By the user's wish, what is carried over is filled as an edit; by the
   * host's, as part of loading.
   */
  use(reading: LastYearReading, byUser: boolean, text: string): string | undefined {
    const { session, locked } = this.#owner;
    if (session === undefined) return undefined;
    const year = yearOf(session.report);
    if (isOtherYear(year, reading.previous.year)) return otherYearZh(year!, reading.previous.year!);
    this.#reading = reading;
    this.#text = text;
    session.previous = reading.previous;
    if (byUser) {
      const { previous } = reading;
      const filled = locked || !this.#isCertain(session.report) ? 0 : this.#apply('blank');
      const said = joined(
        [
          ...this.#doubts(session.report, previous),
          draftZh(reading.draft),
          filled > 0 ? filledZh(filled) : '',
          unknownZh(session.report, previous),
        ],
        '',
      );
      this.#say(said === '' ? t`已打开上年报告，正在与 ${previous.year} 年度的数据核对。` : said);
      return undefined;
    }
    // What is being typed counts as typed.
    this.#owner.flush();
    const { done, undone } = session.state.history;
    if (this.#owner.chosenByUser || done.length > 0 || undone.length > 0) return undefined;
    const report = this.filled(session.report);
    if (report !== session.report) session.replace(report);
    return undefined;
  }

  /** What last year's report was read from, '' where none is in use. */
  get text(): string {
    const { previous } = this.#owner.session ?? {};
    return previous !== undefined && this.#reading?.previous === previous ? this.#text : '';
  }

  /** A report as it is shown when it is loaded: 上年结转 filled where that is beyond doubt, else the very same. */
  filled(report: Report): Report {
    const { previous } = this.#owner.session ?? {};
    if (previous === undefined || this.#owner.locked || !this.#isCertain(report) || !isUnfinished(report))
      return report;
    return applyChanges(report, carryOver(report, previous).blank);
  }

  /** Last year's report belongs to one year: with another report year it is put away, and that is said. */
  dropOther(): void {
    const { session } = this.#owner;
    const year = session && yearOf(session.report);
    const last = session?.previous?.year;
    if (session === undefined || !isOtherYear(year, last)) return;
    session.previous = undefined;
    // Not above the tables: the one who has just left the year may have the mouse on a cell.
    this.#say(
      t`报告年度现为 ${year} 年，${last} 年度的上年报告不再适用，已停止跨年核对。需要时请重新打开上年报告。`,
    );
  }

  /** Another unit's report was opened: last year's report of the one before is not compared with it. */
  dropStrangers(): void {
    const { session } = this.#owner;
    const name = session?.previous?.organization.name;
    if (session === undefined || !isOtherUnit(session.report.head['organization.name'], name)) return;
    session.previous = undefined;
    this.#owner.message = joined(
      [this.#owner.message, t`已停止使用“${name}”的上年报告。需要时请打开本单位的上年报告。`],
      '',
    );
  }

  /** A cell with what last year's report says of it. */
  cell(id: CellId, cell: GridCell): GridCell {
    const { session } = this.#owner;
    const previous = session?.previous;
    if (session === undefined || previous === undefined || !this.#isShown) return cell;
    const { report, values } = session.state;
    if (this.#values?.report !== previous) this.#values = valuesOf(previous);
    const last = valueOfLastYear(report, this.#values!, id);
    if (last === undefined || cell.kind === 'merged') return cell;
    // As it is shown: a control total stands beside the computed one.
    const now = cell.derived
      ? values.totals.get(id)
      : quantityOf(entryOf(report, formatOf(report).cellsById.get(id)!));
    const lastYear = cellOfLastYearZh(id, last, now);
    if (lastYear === '') return cell;
    if (now === undefined)
      return { ...cell, lastYear, ...(cell.kind === 'blank' && { ghost: t`上年 ${formatQuantity(last)}` }) };
    // 上年结转 that differs is a finding (Y-02).
    return isCarriedOver(id) ? { ...cell, lastYear } : { ...cell, lastYear, change: now > last ? '▲' : '▼' };
  }

  /** The line above the tables; '' where there is nothing to say or to do. */
  line(): TemplateResult | string {
    const { session, locked } = this.#owner;
    if (session === undefined) return '';
    const { previous, report } = session;
    const open = locked
      ? ''
      : html`<button type="button" @click=${choose}>${t`打开上年报告…`}</button
          ><input
            type="file"
            accept=".json,application/json"
            aria-label=${t`上年报告的文件`}
            hidden
            @change=${this.#onFile}
          />`;
    if (previous === undefined)
      return locked ? '' : html`${open}<span>${t`打开后填入“上年结转”，并逐格对照上年数据。`}</span>`;
    const { name = '' } = previous.organization;
    const { blank, different } = carryOver(report, previous);
    return html`
      <span
        >${t`上年报告：${name === '' ? t`（未填单位）` : name} ${previous.year ?? t`（未填年度）`} 年度（${formZh(previous)}）`}</span
      >
      <label
        ><input type="checkbox" .checked=${this.#isShown} @change=${this.#onShow} />${t`显示上年数据`}</label
      >
      ${
        locked || blank.length === 0
          ? ''
          : html`<button type="button" @click=${() => this.#fill('blank')}>
              ${t`按上年数据填“上年结转”（${blank.length} 格）`}
            </button>`
      }
      ${
        locked || different.length === 0
          ? ''
          : html`<button type="button" @click=${() => this.#fill('different')}>
              ${t`按上年数据改“上年结转”（${different.length} 格不同）`}
            </button>`
      }
      ${open}
      <button type="button" @click=${this.#stop}>${t`停止使用`}</button>
      ${[...this.#doubts(report, previous), draftZh(this.#readingOf(previous).draft)].map((words) =>
        words === '' ? '' : html`<p class="doubt">${words}</p>`,
      )}
      ${[notComparedZh(report, previous), unknownZh(report, previous)].map((words) =>
        words === '' ? '' : html`<p>${words}</p>`,
      )}
    `;
  }

  #doubts(report: Report, previous: CheckedReport): string[] {
    return doubtsZh(report, previous, this.#readingOf(previous).notes);
  }

  #readingOf(previous: CheckedReport): LastYearReading {
    return this.#reading?.previous === previous ? this.#reading : { previous, draft: false, notes: '' };
  }

  /** Beyond doubt the report of this unit for the year before, as it was written. */
  #isCertain(report: Report): boolean {
    const { previous } = this.#owner.session ?? {};
    return (
      previous !== undefined &&
      !isOtherYear(yearOf(report), previous.year) &&
      this.#doubts(report, previous).length === 0
    );
  }

  #fill(which: 'blank' | 'different'): void {
    const cells = this.#apply(which);
    if (cells > 0) this.#say((which === 'blank' ? filledZh : correctedZh)(cells));
    this.#toLine();
  }

  /** As one step of undo; returns the number of cells. */
  #apply(which: 'blank' | 'different'): number {
    const { session } = this.#owner;
    if (session?.previous === undefined || this.#owner.locked) return 0;
    // What is open in a cell is the user's word on it.
    this.#owner.commit();
    const changes: readonly Change[] = carryOver(session.report, session.previous)[which];
    session.apply(changes, 'import');
    return changes.length;
  }

  readonly #stop = (): void => {
    const { session } = this.#owner;
    if (session !== undefined) session.previous = undefined;
    this.#toLine();
  };

  /** The button that was pressed is gone: the keyboard goes on from the first one of the line. */
  #toLine(): void {
    void this.#owner.updateComplete.then(() =>
      this.#owner.renderRoot.querySelector<HTMLElement>('.previous button')?.focus(),
    );
  }

  readonly #onShow = (event: Event): void => {
    this.#isShown = (event.target as HTMLInputElement).checked;
    const { session } = this.#owner;
    // Told once more of the same report, whoever shows it draws anew.
    const previous = session?.previous;
    if (session !== undefined) session.previous = previous;
  };

  readonly #onFile = (event: Event): void => {
    const file = chosenFile(event.target as HTMLInputElement);
    if (file !== undefined) void this.#open(file);
  };

  async #open(file: File): Promise<void> {
    const read = await textOfFile(file);
    const refusal = 'refusal' in read ? read.refusal : await this.#owner.openPrevious(read.text);
    if (refusal !== undefined) this.#say(t`“${file.name}”：${refusal}`);
  }
}

/** The field of the file lies behind its button. */
function choose(event: Event): void {
  ((event.currentTarget as Element).nextElementSibling as HTMLInputElement).click();
}
