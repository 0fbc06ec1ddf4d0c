/** The head of a report: organisation, year, kind. A template; it holds no state. */
import { css, html, type TemplateResult } from 'lit';
import type { OrganizationKind } from '../checks/organizations.ts';
import { t, told, zh } from '../format/language.ts';
import type { HeadField } from '../report/report.ts';

export const KINDS: readonly (readonly [OrganizationKind, string])[] = [
  ['county-bureau', zh`县（区）直部门`],
  ['township', zh`乡镇人民政府`],
  ['subdistrict', zh`街道办事处`],
  ['county-office', zh`县（区）政府办公室（主管部门）`],
  ['development-zone', zh`开发区（园区）管委会`],
  ['public-institution', zh`公共企事业单位`],
  ['vertical-agency', zh`垂直管理单位`],
  ['county', zh`县（区）人民政府（汇总）`],
  ['city-bureau', zh`市直部门`],
  ['city', zh`市人民政府`],
  ['province-bureau', zh`省直部门`],
  ['province', zh`省人民政府`],
  ['ministry', zh`国务院部门`],
  ['other', zh`其他`],
];

/** Who hears what is typed into a field of the head. */
export interface FieldEditing {
  readonly edit: (field: HeadField, text: string) => void;
  /** A letter was typed; `edit` comes when the field is left. */
  readonly typing: (field: HeadField, input: HTMLInputElement, composing: boolean) => void;
}

export interface ReportHeadView extends FieldEditing {
  readonly head: Readonly<Record<HeadField, string>>;
  readonly document: string;
  readonly locked: boolean;
  /** It is none, or is missing: a new report has one, so that nobody leaves it blank on the way. */
  readonly yearWrong: boolean;
}

export const reportHeadStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 16px;
    align-items: center;
    margin: 0 0 12px;
  }
  .head h1 {
    flex: 1 1 100%;
    margin: 0;
    font-size: 20px;
    text-align: center;
  }
  .head label {
    display: inline-flex;
    gap: 6px;
    align-items: center;
  }
  .head input,
  .head select {
    min-height: 30px;
    padding: 2px 6px;
    border: 1px solid var(--_control-line);
    border-radius: 3px;
    background: var(--_paper);
    color: inherit;
    font: inherit;
  }
  .head input:disabled,
  .head select:disabled {
    background: var(--_shade);
  }
  .head .name {
    width: 20em;
  }
  .head .year {
    width: 5em;
  }
  .head .wrong {
    color: var(--_must);
  }
  .head .document {
    color: var(--_faint);
  }
`;

export function reportHead(view: ReportHeadView): TemplateResult {
  const text = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value;
  return html`
    <div class="head" part="head">
      <h1 lang="zh-CN">政府信息公开工作年度报告</h1>
      <label
        >${t`单位名称`}
        <input
          class="name"
          name="organization.name"
          autocomplete="off"
          .value=${view.head['organization.name']}
          ?disabled=${view.locked}
          @input=${(event: InputEvent) => view.typing('organization.name', event.target as HTMLInputElement, event.isComposing)}
          @compositionend=${(event: Event) => view.typing('organization.name', event.target as HTMLInputElement, false)}
          @change=${(event: Event) => view.edit('organization.name', text(event))}
      /></label>
      <label
        >${t`报告年度`}
        <input
          class="year"
          name="year"
          inputmode="numeric"
          autocomplete="off"
          aria-describedby="year-wrong"
          .value=${view.head.year}
          ?disabled=${view.locked}
          aria-invalid=${view.yearWrong}
          @input=${(event: InputEvent) => view.typing('year', event.target as HTMLInputElement, event.isComposing)}
          @compositionend=${(event: Event) => view.typing('year', event.target as HTMLInputElement, false)}
          @change=${(event: Event) => view.edit('year', text(event))}
      /></label>
      <span class="wrong" id="year-wrong">${view.yearWrong ? t`请填 2008 至 2100 的四位数字` : ''}</span>
      <label
        >${t`单位类别`}
        <select
          name="organization.kind"
          ?disabled=${view.locked}
          @change=${(event: Event) => view.edit('organization.kind', text(event))}
        >
          <option value="" .selected=${view.head['organization.kind'] === ''}>${t`未选择`}</option>
          ${KINDS.map(([kind, label]) => html`<option value=${kind} .selected=${view.head['organization.kind'] === kind}>${told(label)}</option>`)}
        </select></label
      >
      <span class="document">${t`格式：${view.document}`}</span>
    </div>
  `;
}
