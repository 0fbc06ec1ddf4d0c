/**
 * 打印: the report on paper. In a frame of its own where somebody asks for it, so that nothing of the page around is
 * printed; in the place of the editor where the page itself is printed. Loaded after the paint: a page that is printed
 * waits for nothing.
 */
import { html, render, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from 'lit';
import { paperOf } from '../documents/paper.ts';
import type { Json } from '../format/canonical-json.ts';
import type { Digest } from '../format/digest.ts';
import { inChinese, t } from '../format/language.ts';
import { settledFindings } from '../report/explanations.ts';
import { flowsOf, valuesInCells } from '../report/flows.ts';
import { formatOf } from '../report/report.ts';
import type { Session } from '../report/session.ts';
import { comparedYears } from '../report/year-comparison.ts';
import { comparisonDrawing, comparisonTitle } from './comparison-drawing.ts';
import { flowDrawing } from './flow-drawing.ts';
import { layOutFlows } from './flow-layout.ts';
import { KINDS } from './report-head.ts';
import { paperDrawing, type PaperPicture } from './paper-drawing.ts';
import { paperInPlaceStyles, paperStyles, sheetStyles } from './paper-styles.ts';
import { addStyles } from './styles.ts';

export interface PrintedReport extends ReactiveControllerHost {
  readonly session: Session | undefined;
  readonly shadowRoot: ShadowRoot | null;
  /** Whether the report itself is what is on screen: a receipt is printed as it is. */
  readonly showsReport: boolean;
  /** The page has nothing else to print. */
  readonly wholePage: boolean;
  /** With what an open cell holds; throws where the value is no report on screen. */
  payload(): Record<string, Json>;
}

export class Printing implements ReactiveController {
  readonly #owner: PrintedReport;
  readonly #sheet = document.createElement('div');
  #frame: HTMLIFrameElement | undefined;
  #opening: Promise<string | undefined> | undefined;
  #isDressed = false;

  constructor(owner: PrintedReport) {
    this.#owner = owner;
    this.#sheet.className = 'paper';
    this.#sheet.lang = 'zh-CN';
    owner.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('beforeprint', this.#onBeforePrint);
    window.addEventListener('afterprint', this.#onAfterPrint);
  }

  hostDisconnected(): void {
    window.removeEventListener('beforeprint', this.#onBeforePrint);
    window.removeEventListener('afterprint', this.#onAfterPrint);
    // Nobody waits for a frame that never comes.
    this.#frame?.dispatchEvent(new Event('load'));
    this.#frame?.remove();
    this.#sheet.remove();
  }

  /** Opens the browser's window for printing. Resolves with what was wrong, in words, or with undefined. */
  print(): Promise<string | undefined> {
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #open(): Promise<string | undefined> {
    this.#dress();
    // The one before may still be on its way to the printer until now.
    this.#frame?.remove();
    const frame = document.createElement('iframe');
    this.#frame = frame;
    frame.className = 'sheet';
    frame.tabIndex = -1;
    frame.setAttribute('aria-hidden', 'true');
    // Firefox puts another empty page into a new frame a moment later.
    const isThere = new Promise((done) => frame.addEventListener('load', done, { once: true }));
    this.#owner.shadowRoot!.append(frame);
    await isThere;
    const page = frame.contentWindow as (Window & typeof globalThis) | null;
    if (page === null) return undefined;
    const { document: paper } = page;
    const style = new page.CSSStyleSheet();
    style.replaceSync(`${sheetStyles.cssText}${paperStyles.cssText}`);
    paper.adoptedStyleSheets = [style];
    paper.documentElement.lang = 'zh-CN';
    const sheet = paper.createElement('div');
    sheet.className = 'paper';
    paper.body.append(sheet);
    paper.title = this.#draw(sheet, true);
    let opened = false;
    page.addEventListener('beforeprint', () => {
      opened = true;
    });
    page.print();
    // A frame that may open no windows prints nothing, and says so to nobody.
    return opened
      ? undefined
      : t`浏览器没有打开打印窗口：本页面可能不允许打印。请下载备份，在单独的页面中打开后打印。`;
  }

  readonly #onBeforePrint = (): void => {
    if (!this.#owner.showsReport) return;
    this.#dress();
    this.#draw(this.#sheet, this.#owner.wholePage);
    this.#owner.shadowRoot!.prepend(this.#sheet);
  };

  readonly #onAfterPrint = (): void => {
    this.#sheet.remove();
    render('', this.#sheet);
  };

  #dress(): void {
    if (this.#isDressed) return;
    this.#isDressed = true;
    addStyles(this.#owner.shadowRoot!, paperStyles, paperInPlaceStyles);
  }

  /** Returns the title. It is Chinese whatever is on screen: a paper for the files of an office. */
  #draw(into: HTMLElement, everywhere: boolean): string {
    const payload = this.#owner.payload();
    const session = this.#owner.session!;
    const findings = session.findingsOnFinishing();
    const kind = KINDS.find(([id]) => id === session.report.head['organization.kind'])?.[1] ?? '';
    const paper = paperOf({
      report: session.report,
      findings,
      shown: session.state.open,
      previous: session.previous,
      kind,
      settled: settledFindings(findings, session.report, session.state),
      rules: (payload['checks'] as { readonly rules: string }).rules,
      changed: session.rules.changed,
      digest: payload['digest'] as Digest,
      tablesDigest: payload['tablesDigest'] as Digest,
      at: new Date(),
    });
    inChinese(() => {
      render(paperDrawing(paper, picturesOf(session), everywhere), into);
    });
    return paper.title;
  }
}

function picturesOf({ state }: Session): PaperPicture[] {
  const format = formatOf(state.report);
  const flows = flowsOf(format, valuesInCells(state.values), 'total');
  const layout = layOutFlows(flows);
  const pictures: PaperPicture[] = [];
  const framed = (drawing: TemplateResult, kind: string): TemplateResult =>
    html`<div class=${kind}>${drawing}</div>`;
  if (layout !== undefined)
    pictures.push({
      title: t`办理情况流向图`,
      drawing: framed(
        flowDrawing(
          flows,
          layout,
          () => undefined,
          () => undefined,
        ),
        'flow',
      ),
    });
  if (state.previousValues !== undefined) {
    const years = comparedYears(format, state.values, state.previousValues);
    pictures.push({ title: comparisonTitle(years), drawing: framed(comparisonDrawing(years), 'comparison') });
  }
  return pictures;
}
