/**
 * 报送, as the page places it: the dialog over everything, and the queue behind it. Loaded when somebody sends for the first
 * time in this browser, and with the page from then on, so that what is in line goes on.
 */
import { html, LitElement, type TemplateResult } from 'lit';
import { OutboxPanel } from '../elements/outbox-panel.ts';
import { speaksLanguage } from '../elements/page-language.ts';
import { baseStyles, calmBox } from '../elements/styles.ts';
import { t } from '../format/language.ts';
import { badgeZh, configurationRefusalZh } from '../outbox/outbox-words-zh.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { RulesInForce } from '../outbox/sendable.ts';
import { readUpstreamConfiguration, type Upstream } from '../outbox/upstream-address.ts';

export class Sending extends LitElement {
  static override styles = [baseStyles];

  readonly #outbox = openOutbox();
  #panel: OutboxPanel | undefined;
  #upstreams: readonly Upstream[] = [];
  /** What is wrong with the configuration of the page, '' for nothing. */
  #refusal = '';

  constructor() {
    super();
    speaksLanguage(this, () => this.requestUpdate());
  }

  /** Before it is placed. `configuration` is what the page brings along; a wrong one names no upstream, and that is said. */
  begin(configuration: string, changed: () => void): void {
    const read = readUpstreamConfiguration(configuration);
    this.#refusal = read.ok ? '' : configurationRefusalZh(read.refusal);
    this.#upstreams = read.ok ? read.upstreams : [];
    this.#outbox.listen(changed);
    void this.#outbox.ready.then(changed);
  }

  /** With the text of a finished payload and the rules in force: to send it. Without: to look at the queue. */
  async open(payloadText?: string, inForce?: RulesInForce): Promise<void> {
    await this.updateComplete;
    await this.#panel?.open(payloadText, inForce);
  }

  /** For the button: how many were refused, or how many no upstream has said it has. */
  get words(): string {
    const refused = this.#outbox.entries.filter(({ state }) => state === 'refused').length;
    if (refused > 0) return t`报送：${refused} 份被退回`;
    return this.#outbox.count > 0 ? badgeZh(this.#outbox.count) : t`报送队列`;
  }

  get isEmpty(): boolean {
    return this.#outbox.entries.length === 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return calmBox(super.createRenderRoot());
  }

  protected override render(): TemplateResult {
    this.#panel ??= new OutboxPanel(this, {
      outbox: this.#outbox,
      upstreams: this.#upstreams,
      notice: this.#refusal,
    });
    return html`${this.#panel.view()}`;
  }
}
