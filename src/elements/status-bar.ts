/** The line under the tables: counts as buttons, progress, selection, save state, the deadline. A template; it holds no state. */
import { css, html, type TemplateResult } from 'lit';
import { SEVERITY_ZH } from '../checks/severity-zh.ts';
import type { Severity } from '../checks/rule.ts';
import { t, told } from '../format/language.ts';
import type { Progress } from './cell-view.ts';

export interface StatusBarView {
  readonly counts: Readonly<Record<Severity, number>>;
  readonly progress: Progress;
  /** 求和 and 计数 of the selected range, where it has more than one cell. */
  readonly selection: { readonly sum: string; readonly count: number } | undefined;
  /** The truthful words about the draft. */
  readonly saveState: string;
  readonly saveFailed: boolean;
  readonly online: boolean;
  readonly deadline: string;
  readonly showLevel: (severity: Severity) => void;
}

export const statusBarStyles = css`
  .status-bar {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    align-items: center;
    min-height: 34px;
    padding: 2px 8px;
    border-top: 1px solid var(--_line);
    background: var(--_shade);
  }
  .status-bar .counts {
    display: flex;
    gap: 2px;
  }
  .status-bar .failed {
    color: var(--_must);
    font-weight: bold;
  }
  .status-bar .selection {
    min-width: 12em;
  }
`;

export function statusBar(view: StatusBarView): TemplateResult {
  const button = (severity: Severity, count: number): TemplateResult => html`
    <button
      type="button"
      class="plain ${count > 0 ? `level-${severity}` : ''}"
      @click=${() => view.showLevel(severity)}
    >
      ${told(SEVERITY_ZH[severity])} ${count}
    </button>
  `;
  return html`
    <div class="status-bar" part="status-bar" role="group" aria-label=${t`状态栏`}>
      <span class="counts"
        >${view.counts.format === 0 ? '' : button('format', view.counts.format)}${button('must', view.counts.must)}${button('verify', view.counts.verify)}${button('info', view.counts.info)}</span
      >
      <span
        >${t`已填 ${view.progress.filled}/${view.progress.all} · 已确认为零 ${view.progress.zero}${view.progress.notApplicable === 0 ? '' : t` · 不适用 ${view.progress.notApplicable}`}`}</span
      >
      <span class="selection"
        >${view.selection === undefined ? '' : t`求和 ${view.selection.sum}　计数 ${view.selection.count}`}</span
      >
      <span class=${view.saveFailed ? 'failed' : ''}>${view.saveState}</span>
      <span>${view.online ? t`在线` : t`离线（可继续填写）`}</span>
      <span>${view.deadline}</span>
    </div>
  `;
}

/**
 * Days to the day the host gives, else to the deadline of 《条例》第四十九条: 31 January for a department, 31 March for a
 * government; local ones are earlier.
 */
export function deadlineText(
  year: number | undefined,
  kind: string,
  today: Date,
  given: string | null = null,
): string {
  const [, ofYear, ofMonth, ofDay] = (/^(\d{4})-(\d\d?)-(\d\d?)$/.exec(given ?? '') ?? []).map(Number);
  const own = ofYear === undefined ? undefined : new Date(ofYear, ofMonth! - 1, ofDay);
  const government = ['county-office', 'county', 'city', 'province'].includes(kind);
  if (own === undefined && year === undefined) return '';
  const deadline = own ?? new Date(year! + 1, government ? 2 : 0, 31);
  const days = Math.round(
    (deadline.getTime() - new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime()) /
      86_400_000,
  );
  const date = t`${own === undefined ? t`法定` : t`报送`}期限${deadline.getFullYear()}年${deadline.getMonth() + 1}月${deadline.getDate()}日`;
  if (own === undefined && Math.abs(days) > 366) return '';
  return days < 0 ? t`${date}已过 ${-days} 天` : t`距${date}还有 ${days} 天`;
}
