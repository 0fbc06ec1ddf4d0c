/**
 * 提交: the check-answers view, the request to the host, and the receipt. It is entered only when nothing blocks, shows
 * what is about to be handed on, and signs the report; a host that refuses leaves it unsigned and everything in place.
 * Loaded when somebody submits for the first time.
 */
import { css, html, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { cellLabel, findingSentenceZh } from '../checks/wording-zh.ts';
import { canonicalJson, type Json } from '../format/canonical-json.ts';
import type { Digest } from '../format/digest.ts';
import type { CellId } from '../format/entry.ts';
import type { Format } from '../format/format.ts';
import { inChinese, joined, t, told, zh } from '../format/language.ts';
import { formatQuantity } from '../format/quantity.ts';
import { formatOf, whoseIs, type HeadField, type Report } from '../report/report.ts';
import type { Session } from '../report/session.ts';
import { changedSinceSigned, hasSigner, sign } from '../report/sign-off.ts';
import { lapsedZh } from '../report/sign-off-words-zh.ts';
import { isDeclaredZero } from '../report/zero-report.ts';
import { numberText, progressOf } from './cell-view.ts';
import { downloadText, unitInFileName } from './download.ts';
import { XxgkSubmitRequestEvent } from './events.ts';
import { KINDS, type FieldEditing } from './report-head.ts';

const NO_KIND = zh`未选择`;

/** Milliseconds after which a host that has not answered is spoken of. */
const PATIENCE = 30_000;

const SIGNERS: readonly (readonly [HeadField, string])[] = [
  ['signOff.filledBy', zh`填报人`],
  ['signOff.reviewedBy', zh`审核人`],
  ['signOff.approvedBy', zh`负责人`],
];

export const submissionStyles = css`
  .submission {
    max-width: 820px;
    margin: 0 auto 16px;
    padding: 12px 20px 16px;
    border: 1px solid var(--_line);
    background: var(--_paper);
  }
  .submission h2 {
    margin: 0 0 8px;
    font-size: 18px;
  }
  .submission h3 {
    margin: 16px 0 4px;
    font-size: 15px;
  }
  .submission dl,
  .submission table {
    width: 100%;
    margin: 0;
    border-collapse: collapse;
  }
  .submission caption {
    padding: 12px 0 4px;
    font-weight: bold;
    text-align: left;
  }
  .submission th,
  .submission td {
    padding: 2px 8px;
    border-bottom: 1px solid var(--_line);
    font-weight: normal;
    text-align: left;
  }
  .submission table {
    table-layout: fixed;
  }
  .submission col.item {
    width: 52%;
  }
  .submission th.number,
  .submission td.number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .submission button.plain {
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 3px;
  }
  .submission dl {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px 16px;
  }
  .submission dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
  .submission .signers {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
    margin: 4px 0 0;
  }
  .submission .signers label {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  /* Gone, the word would move the button between the two halves of a click. */
  .submission .given {
    visibility: hidden;
  }
  .submission small {
    color: var(--_verify);
  }
  .submission input {
    width: 9em;
    min-height: 30px;
    padding: 2px 6px;
    border: 1px solid var(--_control-line);
    border-radius: 3px;
    background: var(--_paper);
    color: inherit;
    font: inherit;
  }
  .submission .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin: 18px 0 0;
  }
  .submission .nobody.named {
    visibility: hidden;
  }
  .submission .refused {
    margin: 12px 0 0;
    padding: 8px 12px;
    border-left: 4px solid var(--_must);
    background: var(--_must-paper);
  }
`;

/** What the whole editor is to this view. */
export interface SubmittingReport extends ReactiveControllerHost, EventTarget {
  readonly session: Session | undefined;
  readonly form: HTMLFormElement | null;
  readonly renderRoot: HTMLElement | DocumentFragment;
  /** The words on the button that led here: 提交, or the host's. */
  readonly submitLabel: string;
  payload(): Record<string, Json>;
  /** Whether it can be handed on as it is; where something is open, that is shown instead of this view. */
  ready(): boolean;
  readonly locked: boolean;
  readonly fields: FieldEditing;
  /** Back to the tables, and to a cell or a field of the head. */
  leave(to?: CellId | HeadField): void;
  /** The host has this report, and its draft is needed no more. */
  accepted(report: Report, digest: Digest): void;
  downloadBackup(): string;
}

/** What is left when the host has answered. */
export interface Receipt {
  /** 填报人、审核人、负责人 and their names; '' where none was given. */
  readonly signers: readonly (readonly [role: string, name: string])[];
  readonly organization: string;
  readonly year: string;
  readonly at: Date;
  readonly digest: string;
  readonly tablesDigest: string;
  /** What the host says for the user to keep, such as a number; '' for nothing. */
  readonly words: string;
  readonly cells: number;
  readonly zero: number;
  readonly explained: number;
}

type Stage =
  | { readonly name: 'asking' }
  | { readonly name: 'waiting'; readonly long: boolean }
  | { readonly name: 'refused'; readonly why: string }
  /** The page's own form has it: what comes of it is the page's to say. */
  | { readonly name: 'handed-over' }
  | { readonly name: 'accepted'; readonly receipt: Receipt };

export class Submission {
  readonly #owner: SubmittingReport;
  #stage: Stage = { name: 'asking' };
  #accepted: Report | undefined;
  /** Unit and year of what was handed on. */
  #whose = '';
  /** Answers to a request that was given up count no more. */
  #request = 0;

  constructor(owner: SubmittingReport) {
    this.#owner = owner;
  }

  /** Whether the report must not be changed now: a host has it in its hands. */
  get waiting(): boolean {
    return this.#stage.name === 'waiting';
  }

  /**
   * Another report is on screen. A host that writes back what it was handed ends neither the wait nor the receipt;
   * anything else ends the view, and an answer that comes then counts no more. Whether the view stays.
   */
  replaced(report: Report, byUser: boolean): boolean {
    const stays =
      !byUser &&
      this.#whose === whoseIs(report) &&
      this.#stage.name !== 'asking' &&
      this.#stage.name !== 'refused';
    if (!stays) {
      this.#request += 1;
      this.#stage = { name: 'asking' };
    }
    return stays;
  }

  /** When the host said that it has this very report; undefined where it did not. */
  acceptedAt(report: Report): Date | undefined {
    return this.#accepted === report && this.#stage.name === 'accepted' ? this.#stage.receipt.at : undefined;
  }

  /** From the beginning: shows what is about to be handed on. */
  open(): void {
    this.#request += 1;
    this.#to({ name: 'asking' });
    this.#focus('h2');
  }

  view(): TemplateResult {
    const session = this.#owner.session!;
    switch (this.#stage.name) {
      case 'accepted':
        return this.#receipt(this.#stage.receipt);
      case 'handed-over':
        return this.#page(
          t`已交由页面提交`,
          html`<p>${t`报告已交给本页面的表单提交，是否成功请以页面的提示为准。填写的内容都还在。`}</p>`,
          this.#back(t`返回报告`),
        );
      default:
        return this.#answers(session);
    }
  }

  #page(heading: string, content: TemplateResult, buttons: TemplateResult): TemplateResult {
    return html`<section class="submission" aria-label=${heading}>
      <h2 tabindex="-1">${heading}</h2>
      ${content}
      <div class="buttons">${buttons}</div>
    </section>`;
  }

  #back(label: string): TemplateResult {
    return html`<button type="button" @click=${() => this.#owner.leave()}>${label}</button>`;
  }

  #answers(session: Session): TemplateResult {
    const { state } = session;
    const { report } = state;
    const format = formatOf(report);
    const stage = this.#stage;
    const waiting = stage.name === 'waiting';
    const { locked, fields } = this.#owner;
    const submitLabel = told(this.#owner.submitLabel);
    return this.#page(
      t`核对并${submitLabel}`,
      html`
        <p>${t`${submitLabel}前请再核对一遍。有不对的，按“修改”回到那一格。`}</p>
        ${this.#head(report, waiting)} ${this.#changes(report, format)}
        ${format.tables.map((table) => this.#table(session, table.id, waiting))} ${this.#counts(session)}
        ${this.#explained(session)}
        <h3>${t`签发人`}</h3>
        <div class="signers">
          ${SIGNERS.map(
            ([field, label]) => html`
              <span>
                <label
                  >${told(label)}<input
                    autocomplete="off"
                    aria-describedby=${`no-${field}`}
                    .value=${report.head[field]}
                    ?disabled=${locked}
                    @input=${(event: InputEvent) => fields.typing(field, event.target as HTMLInputElement, event.isComposing)}
                    @compositionend=${(event: Event) => fields.typing(field, event.target as HTMLInputElement, false)}
                    @change=${(event: Event) => fields.edit(field, (event.target as HTMLInputElement).value)}
                /></label>
                <small id=${`no-${field}`} class=${report.head[field].trim() === '' ? '' : 'given'}
                  >${t`未填写`}</small
                >
              </span>
            `,
          )}
        </div>
        <p>${t`没有填写的可以照常${submitLabel}：回执上写明未填写，打印稿上留空，供签字。`}</p>
        <p class="nobody ${hasSigner(report.head) ? 'named' : ''}">
          ${t`没有填写填报人、审核人或负责人：报告不会写明由谁签发，接收方可能退回。`}
        </p>
        ${
          stage.name === 'refused'
            ? html`<div class="refused" role="alert" tabindex="-1">
                <p>
                  ${t`${submitLabel}没有成功：${told(stage.why)}填写的内容都在，可以再试一次，也可以先下载备份。`}
                </p>
                <button type="button" @click=${() => this.#owner.downloadBackup()}>${t`下载备份`}</button>
              </div>`
            : ''
        }
        <p role="status" class="waiting" tabindex="-1">
          ${!waiting ? '' : stage.long ? t`已等待 30 秒，还没有收到答复。可以继续等待。` : t`正在等待答复，请不要关闭本页…`}
        </p>
      `,
      waiting
        ? html`<button type="button" ?hidden=${!stage.long} @click=${() => this.#giveUp()}>
            ${t`不再等待`}
          </button>`
        : html`<button type="button" class="primary" ?disabled=${locked} @click=${() => void this.#submit()}>
              ${t`确认${submitLabel}`}
            </button>
            ${this.#back(t`返回修改`)}`,
    );
  }

  #edit(to: CellId | HeadField, what: string, disabled: boolean): TemplateResult {
    return html`<button
      type="button"
      class="plain"
      aria-label=${t`修改${what}`}
      ?disabled=${disabled}
      @click=${() => this.#owner.leave(to)}
    >
      ${t`修改`}
    </button>`;
  }

  #head({ head }: Report, waiting: boolean): TemplateResult {
    const kind = told(KINDS.find(([id]) => id === head['organization.kind'])?.[1] ?? NO_KIND);
    const lines: readonly (readonly [HeadField, string, string])[] = [
      ['organization.name', t`单位名称`, head['organization.name']],
      ['year', t`报告年度`, head.year],
      ['organization.kind', t`单位类别`, kind],
    ];
    return html`<dl>
      ${lines.map(
        ([field, label, text]) =>
          html`<dt>${label}</dt>
            <dd>${text} ${this.#edit(field, label, waiting)}</dd>`,
      )}
    </dl>`;
  }

  /** What is no longer as it was signed. */
  #changes(report: Report, format: Format): TemplateResult | string {
    const changes = changedSinceSigned(report);
    if (report.signed === undefined) return '';
    const lapsed = lapsedZh(report);
    return html`
      ${lapsed === '' ? '' : html`<p class="refused">${lapsed}</p>`}
      ${
        lapsed !== '' && changes.length === 0
          ? ''
          : html`<h3>
              ${t`上次签发（${report.signed.at}）以来${changes.length === 0 ? t`数据没有改动` : t`改动了 ${changes.length} 格`}`}
            </h3>`
      }
      <ul class="changes">
        ${changes.map(
          ({ cell, signed, now }) =>
            html`<li>${t`${cellLabel(cell, format)}：${numberText(signed)} 改为 ${numberText(now)}`}</li>`,
        )}
      </ul>
    `;
  }

  /** The figures of a table that a person knows by heart: every cell of a short one, the main totals of a long one. */
  #table({ state }: Session, id: string, waiting: boolean): TemplateResult {
    const { report, values, previousValues } = state;
    const format = formatOf(report);
    const table = format.tables.find((one) => one.id === id)!;
    const cells = table.cells.filter((cell) =>
      table.derived.length === 0
        ? true
        : cell.operands !== undefined && MAIN_ROWS.has(cell.row) && cell.column === 'total',
    );
    const text = (value: bigint | undefined): string => (value === undefined ? '' : formatQuantity(value));
    return html`<table>
      <caption>
        ${table.title}${isDeclaredZero(report, table) ? t`（零报告）` : ''}
      </caption>
      <colgroup>
        <col class="item" />
      </colgroup>
      <tr>
        <th scope="col">${t`项目`}</th>
        <th scope="col" class="number">${t`本年`}</th>
        ${previousValues === undefined ? '' : html`<th scope="col" class="number">${t`上年`}</th>`}
        <td></td>
      </tr>
      ${cells.map(
        (cell) =>
          html`<tr>
            <th scope="row">${cell.label}</th>
            <td class="number">
              ${values.value(cell.id) === undefined ? reasonOf(report, cell.id) : text(values.value(cell.id))}
            </td>
            ${previousValues === undefined ? '' : html`<td class="number">${text(previousValues.value(cell.id))}</td>`}
            <td>${this.#edit(cell.id, cell.label, waiting)}</td>
          </tr>`,
      )}
    </table>`;
  }

  #counts({ state }: Session): TemplateResult {
    const { filled, all, zero, notApplicable } = progressOf(state);
    return html`<h3>${t`填报情况`}</h3>
      <p>
        ${t`共 ${all} 格，已填 ${filled} 格，其中为零 ${zero} 格（逐格填写的和用“空白填 0”填入的都在内）${notApplicable === 0 ? '' : t`，不适用 ${notApplicable} 格`}。`}
      </p>`;
  }

  #explained({ state }: Session): TemplateResult | string {
    if (state.settled.size === 0) return '';
    const format = formatOf(state.report);
    return html`<h3>${t`已核实 ${state.settled.size} 项`}</h3>
      <ul class="explained">
        ${[...state.settled].map(
          ([finding, said]) =>
            html`<li>
              ${findingSentenceZh(finding, format)}
              ${said.kind === 'confirmed' ? t`已确认无误。` : t`说明：${said.text ?? ''}`}
            </li>`,
        )}
      </ul>`;
  }

  #receipt(receipt: Receipt): TemplateResult {
    const lines = receiptLines(receipt);
    return this.#page(
      t`已${told(this.#owner.submitLabel)}`,
      html`<dl class="receipt">
        ${lines.map(
          ([label, text]) =>
            html`<dt>${label}</dt>
              <dd>${text}</dd>`,
        )}
      </dl>`,
      html`<button
          type="button"
          @click=${() => downloadText(`回执_${unitInFileName(receipt.organization)}_${receipt.year}.txt`, receiptText(receipt))}
        >
          ${t`下载回执`}
        </button>
        ${this.#back(t`返回报告`)}`,
    );
  }

  async #submit(): Promise<void> {
    const owner = this.#owner;
    // Whatever happened since this view was opened: only what is finished is handed on, once.
    if (this.waiting || !owner.ready()) return;
    const session = owner.session!;
    const request = (this.#request += 1);
    const before = session.report.signed;
    const signing = sign(session.report, new Date());
    this.#whose = whoseIs(session.report);
    this.#to({ name: 'waiting', long: false });
    // Signed first: what is handed on is what stays here.
    session.apply([signing], 'sign-off');
    if (request !== this.#request) return;
    const submitted = session.report;
    const { zero, all } = progressOf(session.state);
    const explained = session.state.settled.size;
    const payload = owner.payload();
    const event = new XxgkSubmitRequestEvent(payload, canonicalJson(payload));
    owner.dispatchEvent(event);
    event.close();
    const unsign = (why: string): void => {
      // Also where the host wrote back what it was handed.
      const { signed } = session.report;
      if (signed?.at === submitted.signed?.at && whoseIs(session.report) === this.#whose)
        session.apply([{ signed: true, from: signed, to: before }], 'sign-off');
      this.#to({ name: 'refused', why });
    };
    if (event.answer === undefined) {
      if (event.defaultPrevented) unsign(t`页面没有受理。`);
      else if (owner.form === null) unsign(t`本页面没有设置接收数据的程序，请联系系统管理员。`);
      else if (requestSubmit(owner.form)) this.#to({ name: 'handed-over' });
      else unsign(t`本页面上还有其他栏目没有填好。`);
      return;
    }
    const long = setTimeout(() => {
      if (request === this.#request) this.#to({ name: 'waiting', long: true });
    }, PATIENCE);
    try {
      const answer = await event.answer;
      const words = wordsOf(answer);
      if (request !== this.#request) return;
      if ((answer as { handedOver?: unknown } | undefined)?.handedOver === true) {
        this.#to({ name: 'handed-over' });
        return;
      }
      // Nothing is edited during the wait; after it was given up, only what was handed on is what the host has.
      this.#accepted = this.waiting ? session.report : submitted;
      if ((answer as { keepDraft?: unknown } | undefined)?.keepDraft !== true)
        owner.accepted(this.#accepted, String(payload['digest']));
      this.#to({
        name: 'accepted',
        receipt: {
          signers: SIGNERS.map(([field, role]) => [role, submitted.head[field].trim()] as const),
          organization: submitted.head['organization.name'],
          year: submitted.head.year,
          at: new Date(),
          digest: String(payload['digest']),
          tablesDigest: String(payload['tablesDigest']),
          words,
          cells: all,
          zero,
          explained,
        },
      });
    } catch (error) {
      if (request !== this.#request) return;
      const why = (error instanceof Error ? error.message : String(error ?? '')).trim().slice(0, 300);
      unsign(why === '' ? t`对方没有说明原因。` : /[。！？.!?]$/.test(why) ? why : t`${why}。`);
    } finally {
      clearTimeout(long);
    }
  }

  /** Nobody knows whether it arrived: the report stays signed and can be submitted again, and a late answer is shown. */
  #giveUp(): void {
    this.#to({
      name: 'refused',
      why: t`没有等到答复，不能确定对方是否已经收到，再次提交前请先向接收方核实。`,
    });
  }

  #to(stage: Stage): void {
    const moved = stage.name !== this.#stage.name;
    this.#stage = stage;
    this.#owner.requestUpdate();
    if (moved)
      this.#focus(stage.name === 'waiting' ? '.waiting' : stage.name === 'refused' ? '.refused' : 'h2');
  }

  /** What was pressed may be gone: the keyboard is where something is to be read. */
  #focus(selector: string): void {
    void this.#owner.updateComplete.then(() =>
      this.#owner.renderRoot.querySelector<HTMLElement>(`.submission ${selector}`)?.focus(),
    );
  }
}

/** The rows of 表三 and 表四 whose totals a person knows by heart. */
const MAIN_ROWS: ReadonlySet<string> = new Set([
  'received',
  'carried-over',
  'total',
  'carried-forward',
  'review',
  'litigation-direct',
  'litigation-after-review',
]);

function reasonOf(report: Report, id: CellId): string {
  const entry = report.entries.get(id);
  return entry !== undefined && 'raw' in entry ? (entry.raw ?? '') : '';
}

/** Whether the form was sent on its way: it is not where another of its fields is not filled in. */
function requestSubmit(form: HTMLFormElement): boolean {
  let sent = false;
  const note = (): void => {
    sent = true;
  };
  form.addEventListener('submit', note, { once: true, capture: true });
  form.requestSubmit();
  form.removeEventListener('submit', note, { capture: true });
  return sent;
}

/** What a host answers: a text, or an object with a `message`; anything else says nothing. */
function wordsOf(answer: unknown): string {
  const words =
    typeof answer === 'object' && answer !== null ? (answer as { message?: unknown }).message : answer;
  return typeof words === 'string' ? words.slice(0, 300) : '';
}

/** The receipt as a file: for the files of an office, in Chinese. */
function receiptText(receipt: Receipt): string {
  return inChinese(() =>
    receiptLines(receipt)
      .map((line) => line.join('：'))
      .join('\r\n'),
  );
}

function receiptLines({
  signers,
  organization,
  year,
  at,
  digest,
  tablesDigest,
  words,
  cells,
  zero,
  explained,
}: Receipt): (readonly [string, string])[] {
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const signed = joined(
    signers.map(([role, name]) => (name === '' ? t`${told(role)}（未填写）` : `${told(role)} ${name}`)),
    '，',
  );
  return [
    [t`时间`, time],
    [t`单位名称`, organization],
    [t`报告年度`, year],
    [t`签发`, signed],
    ...(words === '' ? [] : [[t`答复`, words] as const]),
    [t`数据`, t`${cells} 格，其中为零 ${zero} 格；已核实 ${explained} 项`],
    [t`报告核对码`, digest],
    [t`表格核对码`, tablesDigest],
  ];
}
