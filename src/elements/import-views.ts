/** The steps of the dialog of 导入 as templates: what is shown and what it asks for. Without state; decides nothing. */
import { html, type TemplateResult } from 'lit';
import type { DocumentReading } from '../documents/document-reading.ts';
import type { ImportScope } from '../documents/import-plan.ts';
import { countsZh, SOURCE_ZH } from '../documents/words-zh.ts';
import type { CellId } from '../format/entry.ts';
import { FORM_ZH } from '../format/formats.ts';
import { parts, t, told } from '../format/language.ts';
import type { Found } from './import-found.ts';
import { importPreview } from './import-preview.ts';
import { effectZh, notesZh, otherHead, warningsZh, whoseZh, type Looked } from './import-words.ts';
import { chosenFile } from './open-file.ts';

/** What is chosen beside the preview. */
export interface ImportChoices {
  readonly scope: ImportScope;
  readonly as: 'report' | 'previous';
  /** As typed, where the document does not say it. */
  readonly year: string;
  readonly replaceYear: boolean;
  readonly replaceOrganization: boolean;
}

/** What can be asked for, step by step. */
export interface ImportActions {
  read(file: File): void;
  pick(found: Found, reading: DocumentReading): void;
  choose(choices: Partial<ImportChoices>): void;
  look(looked: Looked, cell: CellId | undefined): void;
  take(found: Found, reading: DocumentReading): void;
  /** Back to the first step. */
  again(): void;
  cancel(): void;
}

export interface PreviewState extends Looked {
  readonly choices: ImportChoices;
  /** How many cells were selected when the dialog opened. */
  readonly selected: number;
  /** Why the reading could not be taken over, '' for nothing. */
  readonly wrong: string;
  readonly isTaking: boolean;
}

export function readingView(): TemplateResult {
  return html`<div class="inside"><p role="status">${t`正在读取…`}</p></div>`;
}

export function chooseView(refusal: string, actions: ImportActions): TemplateResult {
  return html`
    <div class="inside">
      ${refusal === '' ? '' : html`<p class="refusal" role="alert">${t`${refusal}当前报告没有改动。`}</p>`}
      <p>
        ${t`可导入网页、Word（.docx）、Excel（.xlsx）、CSV、PDF、文字或本系统的 JSON。导入前先预览，确认后才写入。`}
      </p>
      <p>
        <button
          type="button"
          class="primary"
          @click=${(event: Event) =>
            ((event.currentTarget as Element).nextElementSibling as HTMLInputElement).click()}
        >
          ${t`选择文件…`}</button
        ><input
          type="file"
          aria-label=${t`要导入的文件`}
          hidden
          @change=${(event: Event) => {
            const file = chosenFile(event.target as HTMLInputElement);
            if (file !== undefined) actions.read(file);
          }}
        />
      </p>
      <p>
        <label for="import-paste">${t`或从网页、Word、WPS、Excel 中全选复制，在此粘贴（Ctrl+V）：`}</label>
      </p>
      <textarea
        id="import-paste"
        placeholder=${t`在此粘贴`}
        @input=${(event: Event) => {
          // Only a whole paste can be read.
          (event.target as HTMLTextAreaElement).value = '';
        }}
      ></textarea>
    </div>
    <div class="foot-of-dialog">
      <p></p>
      ${cancel(actions)}
    </div>
  `;
}

export function whichView(found: Found, actions: ImportActions): TemplateResult {
  return html`
    <div class="inside">
      <p>${t`“${found.name}”中有 ${found.readings.length} 份报告，请选择要导入的一份：`}</p>
      <div class="which">
        ${found.readings.map(
          (reading) =>
            html`<button type="button" @click=${() => actions.pick(found, reading)}>
              ${t`${whoseZh(reading)}（${told(FORM_ZH[reading.version])}，识别 ${reading.report.recognised} 格）`}
            </button>`,
        )}
      </div>
    </div>
    <div class="foot-of-dialog">
      <p></p>
      ${again(actions)} ${cancel(actions)}
    </div>
  `;
}

export function previewView(state: PreviewState, actions: ImportActions): TemplateResult {
  const { found, reading, plan, whole, wrong } = state;
  const notes = notesZh(state);
  const hasNothing = plan !== undefined && !whole && plan.changes.length === 0;
  return html`
    <div class="inside">
      <p>
        ${parts`“${html`<strong>${found.name}</strong>`}”（${told(SOURCE_ZH[reading.source])}）：${whoseZh(reading)}，${told(FORM_ZH[reading.version])}`}
      </p>
      <p class="counts">${countsZh(reading)}</p>
      ${warningsZh(state).map((words) => html`<p class="warn">${words}</p>`)}
      ${
        notes.length === 0
          ? ''
          : html`<ul class="notes">
              ${notes.map((words) => html`<li>${words}</li>`)}
            </ul>`
      }
      ${choicesView(state, actions)}
      ${plan === undefined ? '' : html`<p class="effect" role="status">${effectZh(plan)}</p>`}
      ${importPreview(reading, plan?.fates, (cell) => actions.look(state, cell))}
    </div>
    <div class="foot-of-dialog">
      <p id="import-source" class="source-line"></p>
      ${wrong === '' ? '' : html`<p class="refusal" role="alert">${wrong}</p>`}
      ${hasNothing ? html`<span id="import-nothing">${t`没有可以导入的内容`}</span>` : ''}
      <button
        type="button"
        class="primary"
        ?disabled=${hasNothing || state.isTaking}
        @click=${() => actions.take(found, reading)}
      >
        ${t`导入`}
      </button>
      ${again(actions)} ${cancel(actions)}
    </div>
  `;
}

function choicesView(state: PreviewState, actions: ImportActions): TemplateResult {
  const { choices, reading, selected } = state;
  const isPrevious = choices.as === 'previous';
  const other = otherHead(state);
  const radio = <Name extends 'scope' | 'as'>(
    name: Name,
    value: ImportChoices[Name],
    words: string,
    off = false,
  ): TemplateResult =>
    html`<label
      ><input
        type="radio"
        name="import-${name}"
        value=${value}
        .checked=${choices[name] === value}
        ?disabled=${off}
        @change=${() => actions.choose({ [name]: value })}
      />${words}</label
    >`;
  const check = (name: 'replaceYear' | 'replaceOrganization', words: string): TemplateResult =>
    html`<label
      ><input
        type="checkbox"
        .checked=${choices[name]}
        @change=${(event: Event) => actions.choose({ [name]: (event.target as HTMLInputElement).checked })}
      />${words}</label
    >`;
  const selection = selected === 0 ? t`仅选区（打开导入前没有选格）` : t`仅选区（${selected} 格）`;
  return html`<fieldset>
      <legend>${t`用途`}</legend>
      ${radio('as', 'report', t`作为本年报告`)} ${radio('as', 'previous', t`作为上年报告`)}
    </fieldset>
    <fieldset>
      <legend>${t`导入范围`}</legend>
      ${radio('scope', 'all', t`全部`, isPrevious)} ${radio('scope', 'blank', t`仅空白格`, isPrevious)}
      ${radio('scope', 'selection', selection, isPrevious || selected === 0)}
    </fieldset>
    ${
      state.asksYear
        ? html`<fieldset>
            <legend>${t`报告年度`}</legend>
            <label
              >${t`来源没有写明年度，请填写：`}<input
                class="year"
                name="import-year"
                inputmode="numeric"
                autocomplete="off"
                .value=${choices.year}
                @input=${(event: Event) => actions.choose({ year: (event.target as HTMLInputElement).value })}
            /></label>
          </fieldset>`
        : ''
    }
    ${
      isPrevious || choices.scope === 'selection' || !(other.year || other.unit)
        ? ''
        : html`<fieldset>
            <legend>${t`表头`}</legend>
            ${other.year ? check('replaceYear', t`报告年度改为 ${reading.year}`) : ''}
            ${other.unit ? check('replaceOrganization', t`单位改为“${reading.organization}”`) : ''}
          </fieldset>`
    }`;
}

function again(actions: ImportActions): TemplateResult {
  return html`<button type="button" @click=${() => actions.again()}>${t`换一个来源`}</button>`;
}

function cancel(actions: ImportActions): TemplateResult {
  return html`<button type="button" @click=${() => actions.cancel()}>${t`取消`}</button>`;
}
