/**
 * 报送: to whom a finished report is to go, and what became of those that are in line. For whoever places it: the dialog in
 * `view`, the same list for a page of its own in `queue`. Loaded when somebody sends for the first time.
 */
import { html, render, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { OFFICIAL_RULES } from '../checks/rules.ts';
import { joined, t, told } from '../format/language.ts';
import type { EntryState } from '../outbox/outbox-entry.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { addedRefusalZh, missingPackZh, payloadRefusalZh, stateZh } from '../outbox/outbox-words-zh.ts';
import { readSendable, type RulesInForce, type Sendable } from '../outbox/sendable.ts';
import type { Upstream } from '../outbox/upstream-address.ts';
import { dialogFrame, focusedIn } from './dialog-frame.ts';
import { draftsPanelStyles } from './drafts-panel-styles.ts';
import { whoseWords } from './drafts-panel-words.ts';
import { outboxStyles, queueView, sendingView, TYPED } from './outbox-view.ts';
import { addStyles } from './styles.ts';

export interface OutboxPanelOwner extends ReactiveControllerHost {
  readonly renderRoot: HTMLElement | DocumentFragment;
}

export interface OutboxPanelOptions {
  readonly outbox: Outbox;
  /** Those that the page brings along. */
  readonly upstreams?: readonly Upstream[];
  /** What is wrong with the list of them, '' for nothing. */
  readonly notice?: string;
  readonly now?: () => number;
}

export class OutboxPanel {
  readonly #owner: OutboxPanelOwner;
  readonly #outbox: Outbox;
  readonly #upstreams: readonly Upstream[];
  readonly #notice: string;
  readonly #now: () => number;
  readonly #dialog = document.createElement('dialog');
  #isOpen = false;
  /** What is about to be sent; none where only the list is looked at. */
  #text: string | undefined;
  #sendable: Sendable | undefined;
  #inForce: RulesInForce = { rules: OFFICIAL_RULES };
  #chosen = TYPED;
  /** Undefined as long as nothing is typed: then it is the last one. */
  #typed: string | undefined;
  #isBusy = false;
  #wrong = '';
  #said = '';
  #asked: string | undefined;
  /** What was told of each entry. */
  #states = new Map<string, EntryState>();
  #tick: ReturnType<typeof setTimeout> | undefined;
  #end: (() => void) | undefined;
  #wasAway = false;
  #before: HTMLElement | undefined;

  constructor(
    owner: OutboxPanelOwner,
    { outbox, upstreams = [], notice = '', now = Date.now }: OutboxPanelOptions,
  ) {
    this.#owner = owner;
    this.#outbox = outbox;
    this.#upstreams = upstreams;
    this.#notice = notice;
    this.#now = now;
    const dialog = this.#dialog;
    dialog.className = 'framed drafts outbox';
    dialog.setAttribute('aria-labelledby', 'outbox-title');
    dialog.addEventListener('cancel', (event) => {
      if (this.#asked === undefined || event.target !== dialog) return;
      // Escape takes back the question first.
      event.preventDefault();
      this.#ask(undefined);
    });
    dialog.addEventListener('close', () => {
      if (!dialog.open) this.#closed();
    });
    this.#note();
    owner.addController({
      hostConnected: () => {
        this.#end ??= outbox.listen(() => this.#heard());
        if (this.#wasAway) this.#heard();
      },
      hostDisconnected: () => {
        this.#end?.();
        this.#end = undefined;
        this.#wasAway = true;
        clearTimeout(this.#tick);
        dialog.close();
      },
    });
    addStyles(owner.renderRoot, dialogFrame, draftsPanelStyles, outboxStyles);
  }

  /**
   * With the text of a payload: to send it, checked by the rules in force, now and once more when it is sent. Without: to
   * look at the list.
   */
  async open(payloadText?: string, inForce: RulesInForce = { rules: OFFICIAL_RULES }): Promise<void> {
    this.#text = payloadText;
    this.#inForce = inForce;
    const read = payloadText === undefined ? undefined : readSendable(payloadText, inForce);
    this.#sendable = read?.ok === true ? read : undefined;
    this.#wrong = read?.ok === false ? payloadRefusalZh(read.refusal) : '';
    this.#said = '';
    this.#asked = undefined;
    this.#chosen = this.#upstreams.length > 0 ? 0 : TYPED;
    this.#typed = undefined;
    if (!this.#isOpen) this.#before = focusedIn(this.#owner.renderRoot.getRootNode() as ShadowRoot);
    this.#isOpen = true;
    this.#owner.requestUpdate();
    await this.#owner.updateComplete;
    if (!this.#dialog.isConnected) return this.#closed();
    if (!this.#dialog.open) this.#dialog.showModal();
    this.#dialog.querySelector<HTMLElement>('h2')?.focus();
    await this.#outbox.ready;
    this.#owner.requestUpdate();
  }

  close(): void {
    this.#dialog.close();
  }

  /** For the owner's template: the dialog while it is open. */
  view(): HTMLDialogElement | '' {
    if (!this.#isOpen) return '';
    render(
      html`<h2 id="outbox-title" tabindex="-1">${t`报送报告`}</h2>
        <div class="inside">
          ${this.#notice === '' ? '' : html`<p class="refusal">${told(this.#notice)}</p>`}
          ${this.#sendable === undefined ? '' : this.#form(this.#sendable)} ${this.queue()}
        </div>
        <div class="foot-of-dialog">
          ${this.#wrong === '' ? '' : html`<p class="refusal" role="alert">${told(this.#wrong)}</p>`}
          <button type="button" @click=${() => this.close()}>${t`关闭`}</button>
        </div>`,
      this.#dialog,
    );
    return this.#dialog;
  }

  /** The list, for a page of its own. */
  queue(): TemplateResult {
    const now = this.#now();
    clearTimeout(this.#tick);
    // The seconds to the next attempt are counted down.
    if (
      this.#end !== undefined &&
      this.#outbox.entries.some(({ next, state }) => next !== null && state !== 'accepted')
    )
      this.#tick = setTimeout(() => this.#owner.requestUpdate(), 1_000);
    return queueView({
      outbox: this.#outbox,
      now,
      asked: this.#asked,
      said: this.#said,
      ask: (id) => this.#ask(id),
      remove: (id, button) => {
        const list = button.closest('.queue');
        this.#asked = undefined;
        this.#states.delete(id);
        void this.#outbox.delete(id).then(() => {
          this.#said = t`已删除。`;
          this.#owner.requestUpdate();
          list?.querySelector<HTMLElement>('h3')?.focus();
        });
      },
    });
  }

  #form(sendable: Sendable): TemplateResult {
    const { organization, year, digest, payload, signed } = sendable;
    const unsigned = t`这份报告还没有签发（没有填报人、审核人、负责人的记录），接收方可能退回。`;
    return sendingView({
      warning: joined([missingPackZh(sendable), signed ? '' : unsigned], ''),
      upstreams: this.#upstreams,
      chosen: this.#chosen,
      typed: this.#typed ?? this.#outbox.lastAddress,
      about: joined(
        [
          whoseWords({ organization, year }),
          t`核对码 ${digest.slice(7, 15)}`,
          t`约 ${Math.ceil(new Blob([payload]).size / 1000)} KB`,
        ],
        '，',
      ),
      isBusy: this.#isBusy,
      choose: (place) => this.#set(() => (this.#chosen = place)),
      type: (text) => this.#set(() => (this.#typed = text)),
      send: () => void this.#send(),
    });
  }

  async #send(): Promise<void> {
    if (this.#isBusy || this.#text === undefined) return;
    const upstream = this.#upstreams[this.#chosen] ?? {
      name: '',
      address: this.#typed ?? this.#outbox.lastAddress,
    };
    this.#set(() => (this.#isBusy = true));
    const added = await this.#outbox.add(this.#text, upstream, this.#inForce);
    this.#isBusy = false;
    if (!added.ok) return this.#set(() => (this.#wrong = addedRefusalZh(added)));
    // From here on it is in the list.
    const { entry, stopped } = added;
    this.#sendable = undefined;
    this.#text = undefined;
    this.#set(() => {
      const older = stopped === 0 ? '' : t`较早的 ${stopped} 份不再发送。`;
      const said =
        entry.state === 'accepted'
          ? t`这份报告对方此前已接收，没有再发。`
          : this.#outbox.online
            ? t`已开始发送。`
            : t`当前离线，联网后自动发送`;
      this.#said = joined([said, older], '');
    });
    await this.#owner.updateComplete;
    this.#dialog.querySelector<HTMLElement>('h3')?.focus();
  }

  /** What became of an entry is told once. */
  #heard(): void {
    const before = this.#states;
    this.#note();
    for (const entry of this.#outbox.entries) {
      const was = before.get(entry.id);
      if (was === undefined || was === entry.state || entry.state === 'sending') continue;
      this.#said = t`${whoseWords(entry)}：${stateZh(entry.state)}。`;
    }
    this.#owner.requestUpdate();
  }

  #note(): void {
    this.#states = new Map(this.#outbox.entries.map(({ id, state }) => [id, state]));
  }

  #ask(id: string | undefined): void {
    this.#set(() => (this.#asked = id));
    if (id === undefined) return;
    void this.#owner.updateComplete.then(() =>
      this.#owner.renderRoot.querySelector<HTMLElement>('.outbox .question button')?.focus(),
    );
  }

  #set(change: () => unknown): void {
    this.#wrong = '';
    change();
    this.#owner.requestUpdate();
  }

  #closed(): void {
    this.#isOpen = false;
    this.#text = undefined;
    this.#sendable = undefined;
    this.#asked = undefined;
    this.#owner.requestUpdate();
    this.#before?.focus();
    this.#before = undefined;
  }
}
