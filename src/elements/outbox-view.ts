/** What 报送 shows: the report about to be sent and to whom, and what is in line. A template; it sends and deletes nothing itself. */
import { css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { joined, parts, t, told } from '../format/language.ts';
import { lastAttempt, type EntryState, type OutboxEntry } from '../outbox/outbox-entry.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { addressRefusalZh, keepingZh, nextZh, reasonZh, stateZh } from '../outbox/outbox-words-zh.ts';
import { readAddress, type Upstream } from '../outbox/upstream-address.ts';
import { downloadText, payloadFileName } from './download.ts';
import { momentWords, whoseWords } from './drafts-panel-words.ts';

/** What differs from 草稿与备份, whose look it has. */
export const outboxStyles = css`
  .outbox {
    overflow-wrap: anywhere;
  }
  .outbox .state {
    font-weight: bold;
  }
  .outbox label {
    display: block;
    padding: 2px 0;
  }
  .outbox input[type='text'] {
    width: 100%;
    min-height: 30px;
    padding: 2px 6px;
    border: 1px solid var(--_control-line);
    border-radius: 3px;
    background: var(--_paper);
    color: inherit;
    font: inherit;
  }
  .outbox pre {
    max-height: 160px;
    margin: 0;
    overflow: auto;
    font: inherit;
    white-space: pre-wrap;
  }
`;

/** 未确认 and 被退回 want somebody to look. */
const LEVELS: Readonly<Partial<Record<EntryState, string>>> = {
  refused: 'level-must',
  undecided: 'level-verify',
};

/** The place in the list of upstreams for an address that is typed. */
export const TYPED = -1;

export interface SendingView {
  readonly upstreams: readonly Upstream[];
  readonly chosen: number;
  readonly typed: string;
  /** What is about to be sent. */
  readonly about: string;
  /** What its upstream may object to, '' for nothing. */
  readonly warning: string;
  readonly isBusy: boolean;
  readonly choose: (place: number) => void;
  readonly type: (text: string) => void;
  readonly send: () => void;
}

/** The form; `wrong` is told by the dialog. */
export function sendingView(sending: SendingView): TemplateResult {
  const { upstreams, chosen, typed } = sending;
  const text = chosen === TYPED ? typed : upstreams[chosen]!.address;
  const read = readAddress(text);
  const choice = (place: number, words: unknown): TemplateResult =>
    html`<label
      ><input
        type="radio"
        name="outbox-upstream"
        .checked=${chosen === place}
        @change=${() => sending.choose(place)}
      />
      ${words}</label
    >`;
  return html`<form
    @submit=${(event: Event) => {
      event.preventDefault();
      sending.send();
    }}
  >
    <p><bdi>${sending.about}</bdi></p>
    ${sending.warning === '' ? '' : html`<p class="refusal">${sending.warning}</p>`}
    <fieldset>
      <legend>${t`发送给`}</legend>
      ${upstreams.map(({ name, address }, place) =>
        choice(place, html`<bdi>${name}</bdi> <bdi dir="ltr">${address}</bdi>`),
      )}
      ${upstreams.length === 0 ? '' : choice(TYPED, t`其他地址`)}
      ${
        chosen === TYPED
          ? html`<label
              >${t`接收地址`}
              <input
                type="text"
                inputmode="url"
                autocomplete="off"
                spellcheck="false"
                .value=${typed}
                @input=${(event: Event) => sending.type((event.target as HTMLInputElement).value)}
            /></label>`
          : ''
      }
    </fieldset>
    <p class="contacted">
      ${
        read.ok
          ? parts`按“发送”后，报告全文发往：${html`<bdi dir="ltr">${read.address}</bdi>`}。${
              read.address.startsWith('http:') ? t`http 不加密，同一网络中的其他人可能看到内容。` : ''
            }`
          : text.trim() === ''
            ? ''
            : addressRefusalZh(read.refusal)
      }
    </p>
    <button type="submit" class="primary" ?disabled=${sending.isBusy}>${t`发送`}</button>
  </form>`;
}

export interface QueueView {
  readonly outbox: Outbox;
  readonly now: number;
  /** Which entry is asked about before it is deleted. */
  readonly asked: string | undefined;
  readonly said: string;
  readonly ask: (id: string | undefined) => void;
  /** Takes the keyboard along: what had it is gone. */
  readonly remove: (id: string, button: HTMLElement) => void;
}

export function queueView(queue: QueueView): TemplateResult {
  const { outbox } = queue;
  const { entries, failure, unreadable } = outbox;
  return html`<div class="drafts outbox queue">
    <h3 tabindex="-1">${t`报送情况`}</h3>
    ${outbox.online ? '' : html`<p class="warn">${t`当前离线，联网后自动发送`}</p>`}
    ${failure === undefined ? '' : html`<p class="warn">${keepingZh(failure)}</p>`}
    ${unreadable === 0 ? '' : html`<p class="warn">${t`有 ${unreadable} 份报送记录无法读取，原样保留。`}</p>`}
    ${entries.length === 0 ? html`<p>${t`没有待发送或已发送的报告。`}</p>` : ''}
    <ul>
      ${repeat(
        entries,
        ({ id }) => id,
        (entry) => entryView(queue, entry),
      )}
    </ul>
    <p class="done" role="status" aria-live="polite">${told(queue.said)}</p>
  </div>`;
}

function entryView(queue: QueueView, entry: OutboxEntry): TemplateResult {
  const { outbox, now } = queue;
  const { id, state, name, address } = entry;
  const last = lastAttempt(entry);
  const whose = whoseWords(entry);
  const reason = reasonZh(entry);
  const about = joined(
    [
      t`核对码 ${entry.digest.slice(7, 15)}`,
      last === undefined ? t`尚未发送` : t`最近一次 ${momentWords(last.at, now)}`,
      nextZh(entry, outbox.online, now),
      outbox.isKept(id) ? '' : t`未能存入本浏览器`,
    ],
    '，',
  );
  const button = (words: string, action: (button: HTMLElement) => void): TemplateResult =>
    html`<button type="button" @click=${(event: Event) => action(event.currentTarget as HTMLElement)}>
      ${words}<span class="hidden">${whose}</span>
    </button>`;
  return html`<li>
    <div class="row">
      <span>
        <span class="state ${LEVELS[state] ?? ''}">${stateZh(state)}</span>
        <bdi>${whose}</bdi> <bdi>${name}</bdi> <bdi dir="ltr">${address}</bdi><br />${about}
      </span>
      <span class="buttons">
        ${state === 'accepted' || state === 'sending' ? '' : button(t`立即发送`, () => void outbox.sendNow(id))}
        ${state !== 'accepted' && entry.next !== null ? button(t`停止`, () => void outbox.stop(id)) : ''}
        ${button(t`下载`, () =>
          downloadText(
            payloadFileName({ organization: entry.organization, year: entry.year, draft: false }),
            entry.payload,
          ),
        )}
        ${state === 'sending' ? '' : button(t`删除…`, () => queue.ask(id))}
      </span>
    </div>
    ${reason === '' ? '' : html`<p class="reason">${reason}</p>`}
    ${
      last === undefined || last.findings.length === 0
        ? ''
        : html`<ul class="differences">
            ${last.findings.map((words) => html`<li>${words}</li>`)}
          </ul>`
    }
    ${
      last === undefined || last.answer === ''
        ? ''
        : html`<details>
            <summary>${t`答复原文`}<span class="hidden">${whose}</span></summary>
            <pre tabindex="0">${last.answer}</pre>
          </details>`
    }
    ${queue.asked === id ? questionView(queue, entry, whose) : ''}
  </li>`;
}

function questionView(queue: QueueView, { id, state }: OutboxEntry, whose: string): TemplateResult {
  const words =
    state === 'accepted'
      ? t`将删除${whose}的报送记录和对方的答复，不能找回。对方已接收的报告不受影响。`
      : t`将删除${whose}的报送记录，不再发送，不能找回。需要留底的请先下载。`;
  return html`<div class="question" role="group" aria-label=${words}>
    <p>${words}</p>
    <p class="buttons">
      <button type="button" @click=${() => queue.ask(undefined)}>${t`取消`}</button>
      <button
        type="button"
        class="danger"
        @click=${(event: Event) => queue.remove(id, event.currentTarget as HTMLElement)}
      >
        ${t`删除`}
      </button>
    </p>
  </div>`;
}
