/** A page that sends: the panel and its list, with short pauses. Bundled by the test that opens it. */
import { html, LitElement, type TemplateResult } from 'lit';
import { OutboxPanel } from '../../src/elements/outbox-panel.ts';
import { baseStyles, calmBox } from '../../src/elements/styles.ts';
import { openOutbox, type Outbox } from '../../src/outbox/outbox.ts';

export class SendingPage extends LitElement {
  static override styles = [baseStyles];
  readonly outbox: Outbox = openOutbox({ firstPause: 60, longestPause: 250, patience: 2_000 });
  #panel: OutboxPanel | undefined;
  text = '';

  protected override createRenderRoot(): HTMLElement {
    return calmBox(super.createRenderRoot());
  }

  protected override render(): TemplateResult {
    this.#panel ??= new OutboxPanel(this, { outbox: this.outbox });
    return html`<button type="button" id="opener" @click=${() => void this.#panel!.open(this.text)}>
        报送…</button
      >${this.#panel.queue()}${this.#panel.view()}`;
  }

  /** What became of it. */
  states(): readonly (readonly [path: string, state: string, attempts: number])[] {
    return this.outbox.entries.map(({ address, state, attempts }) => [
      new URL(address).pathname,
      state,
      attempts.length,
    ]);
  }
}
customElements.define('sending-page', SendingPage);
