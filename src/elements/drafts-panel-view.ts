/** What 草稿与备份 shows: lists, questions, the copies elsewhere. A template; it reads, deletes and restores nothing itself. */
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { BackupFile } from '../drafts/backup-file.ts';
import { backupFileWords } from '../drafts/backup-file-words.ts';
import { setAsideText, type DraftRecord, type SetAsideRecord } from '../drafts/draft-record.ts';
import type { DraftStore } from '../drafts/drafts.ts';
import { joined, parts, t, told } from '../format/language.ts';
import type { Report } from '../report/report.ts';
import { damagedFileName, downloadText } from './download.ts';
import { draftFile } from './draft-file.ts';
import { comparisonWithDraft } from './draft-comparison.ts';
import {
  clearWords,
  damageWords,
  deleteWords,
  differenceWords,
  keepingWords,
  momentWords,
  ownerOfDamaged,
  whoseWords,
} from './drafts-panel-words.ts';

/** Revisions shown at first. */
const SHOWN = 5;

/** What was found; undefined where it could not be read. */
export interface Found {
  readonly history: readonly DraftRecord[] | undefined;
  readonly drafts: readonly DraftRecord[] | undefined;
  /** Ids of the drafts that are past their days. */
  readonly expired: ReadonlySet<string>;
  readonly setAside: readonly SetAsideRecord[] | undefined;
  readonly persisted: boolean;
}

/** What is asked about before it is deleted: a draft, one that cannot be read, or all. */
export type Question = DraftRecord | SetAsideRecord | 'all';

export interface PanelView {
  readonly store: DraftStore;
  readonly current: { readonly id: string; readonly revision: number } | null;
  readonly report: Report;
  readonly draftDays: number | null;
  readonly locked: boolean;
  readonly backupAt: number | null;
  readonly backupFile: BackupFile | undefined;
  /** Undefined while it is being read. */
  readonly found: Found | undefined;
  readonly showsAll: boolean;
  readonly showsExpired: boolean;
  /** The stamp of the record that is compared. */
  readonly comparing: string | undefined;
  readonly isBusy: boolean;
  /** What was done, or could not be; '' for nothing. */
  readonly done: string;
  readonly wrong: string;
  readonly isAsked: (question: Question) => boolean;
  readonly ask: (question: Question | undefined) => void;
  readonly remove: (question: Question) => void;
  readonly restore: (record: DraftRecord) => void;
  readonly compare: (record: DraftRecord) => void;
  readonly toggleAll: () => void;
  readonly toggleExpired: () => void;
  readonly readAgain: () => void;
  readonly downloadBackup: () => void;
  readonly chooseFile: (file: BackupFile) => void;
  readonly stopFile: (file: BackupFile) => void;
  readonly close: () => void;
}

export function draftsPanelView(panel: PanelView): TemplateResult {
  return html`
    <h2 id="drafts-title" tabindex="-1">${t`草稿与备份`}</h2>
    <div class="inside">
      ${
        panel.found === undefined
          ? html`<p>${t`正在读取…`}</p>`
          : html`${historyView(panel, panel.found)} ${draftsView(panel, panel.found)}
            ${damagedView(panel, panel.found)}`
      }
      ${backupView(panel)} ${keepingView(panel)}
    </div>
    <div class="foot-of-dialog">
      ${panel.wrong === '' ? '' : html`<p class="refusal" role="alert">${told(panel.wrong)}</p>`}
      <p class="done" role="status">${told(panel.done)}</p>
      <button type="button" class="primary" @click=${panel.close}>${t`关闭`}</button>
    </div>
  `;
}

function failed(panel: PanelView): TemplateResult {
  return html`<p class="warn">
    ${t`暂时读不出，浏览器的存储没有正常回应；屏幕上的内容不受影响。`}
    <button type="button" @click=${panel.readAgain}>${t`再试`}</button>
  </p>`;
}

function historyView(panel: PanelView, { history }: Found): TemplateResult {
  const { locked } = panel;
  const shown = panel.showsAll ? history : history?.slice(0, SHOWN);
  return html`
    <section aria-labelledby="drafts-history">
      <h3 id="drafts-history">${t`本报告的历史版本`}</h3>
      ${
        history === undefined
          ? failed(panel)
          : history.length === 0
            ? html`<p>
                ${locked ? t`本页没有在编辑本报告的草稿；在编辑它的页面中可以看历史版本。` : t`本报告还没有暂存过草稿。`}
              </p>`
            : html`<p>
                ${
                  locked
                    ? t`报告现在不能修改，历史版本只能对比和下载。`
                    : t`恢复某一版之前，当前内容先存为一个历史版本，可以再恢复回来。`
                }
              </p>`
      }
      <ul>
        ${repeat(
          shown ?? [],
          ({ stamp }) => stamp,
          (record) => revision(panel, record),
        )}
      </ul>
      ${
        history !== undefined && history.length > SHOWN
          ? html`<button type="button" aria-expanded=${panel.showsAll} @click=${panel.toggleAll}>
              ${panel.showsAll ? t`只显示最近 ${SHOWN} 版` : t`显示全部 ${history.length} 版`}
            </button>`
          : ''
      }
    </section>
  `;
}

function revision(panel: PanelView, record: DraftRecord): TemplateResult {
  const name = t`第 ${record.revision} 版`;
  const difference = differenceWords(record, panel.report);
  const buttons = html`${
    difference.isSame
      ? ''
      : html`${compareButton(panel, record, name)}
          <button type="button" ?disabled=${panel.locked} @click=${() => panel.restore(record)}>
            ${t`恢复此版本`}<span class="hidden">${name}</span>
          </button>`
  }${downloadButton(record, name)}`;
  return html`<li>
    <div class="row">
      <span>${joined([name, momentWords(record.updated), difference.words], '，')}</span>
      <span class="buttons">${buttons}</span>
    </div>
    ${compared(panel, record)}
  </li>`;
}

function compareButton(panel: PanelView, record: DraftRecord, name: string): TemplateResult {
  return html`<button
    type="button"
    aria-expanded=${panel.comparing === record.stamp}
    @click=${() => panel.compare(record)}
  >
    ${t`对比`}<span class="hidden">${name}</span>
  </button>`;
}

function downloadButton(record: DraftRecord, name: string): TemplateResult {
  return html`<button
    type="button"
    @click=${() => {
      const file = draftFile(record);
      downloadText(file.name, file.text);
    }}
  >
    ${t`下载`}<span class="hidden">${name}</span>
  </button>`;
}

function compared(panel: PanelView, record: DraftRecord): TemplateResult | string {
  return panel.comparing === record.stamp ? comparisonWithDraft(record, panel.report) : '';
}

function draftsView(panel: PanelView, { drafts, expired, setAside }: Found): TemplateResult {
  const shown = drafts?.filter(({ id }) => panel.showsExpired || !expired.has(id));
  const isEmpty = drafts?.length === 0 && setAside?.length === 0;
  return html`
    <section aria-labelledby="drafts-all">
      <h3 id="drafts-all" tabindex="-1">${t`本浏览器中的草稿`}</h3>
      ${
        drafts === undefined
          ? failed(panel)
          : drafts.length === 0
            ? html`<p>${t`本浏览器中没有您的草稿。`}</p>`
            : html`<p>${t`只列出您自己的草稿。打开另一份之前，当前内容先暂存在它自己的草稿中。`}</p>`
      }
      <ul>
        ${repeat(
          shown ?? [],
          ({ id }) => id,
          (record) => draft(panel, record, expired.has(record.id)),
        )}
      </ul>
      <p class="buttons">
        ${
          expired.size === 0
            ? ''
            : html`<button type="button" aria-expanded=${panel.showsExpired} @click=${panel.toggleExpired}>
                ${t`${panel.showsExpired ? t`不显示` : t`显示`}已过保存期限的 ${expired.size} 份`}
              </button>`
        }
        ${
          isEmpty
            ? ''
            : html`<button
                type="button"
                data-asks="all"
                ?disabled=${panel.isBusy}
                @click=${() => panel.ask('all')}
              >
                ${t`清除本浏览器中我的全部草稿…`}
              </button>`
        }
      </p>
      ${
        panel.isAsked('all')
          ? questionView(
              panel,
              'all',
              clearWords(drafts?.length, setAside?.length, panel.current !== null),
              t`全部清除`,
            )
          : ''
      }
    </section>
  `;
}

function draft(panel: PanelView, record: DraftRecord, isExpired: boolean): TemplateResult {
  const isCurrent = record.id === panel.current?.id;
  const name = t`${whoseWords(record)}，第 ${record.revision} 版`;
  const about = [
    t`暂存于 ${momentWords(record.updated)}`,
    t`第 ${record.revision} 版`,
    isCurrent ? t`正在编辑` : '',
    record.fork === null ? '' : t`从另一份分出`,
    isExpired ? t`已过保存期限` : '',
  ].filter((words) => words !== '');
  return html`<li>
    <div class="row">
      <span>${parts`${html`<bdi>${whoseWords(record)}</bdi>`}，${joined(about, '，')}`}</span>
      <span class="buttons">
        ${
          isCurrent
            ? ''
            : html`<button type="button" ?disabled=${panel.locked} @click=${() => panel.restore(record)}>
                  ${t`打开`}<span class="hidden">${name}</span>
                </button>
                ${compareButton(panel, record, name)}`
        }
        ${downloadButton(record, name)} ${deleteButton(panel, record, name)}
      </span>
    </div>
    ${
      panel.isAsked(record)
        ? questionView(panel, record, deleteWords(record, isCurrent), t`删除这份草稿`)
        : ''
    }
    ${isCurrent ? '' : compared(panel, record)}
  </li>`;
}

function damagedView(panel: PanelView, { setAside }: Found): TemplateResult | string {
  if (setAside?.length === 0) return '';
  return html`
    <section aria-labelledby="drafts-damaged">
      <h3 id="drafts-damaged">${t`无法读取的草稿`}</h3>
      ${setAside === undefined ? failed(panel) : html`<p>${t`可以下载下来，请技术人员查看。`}</p>`}
      <ul>
        ${repeat(
          setAside ?? [],
          ({ id }) => id,
          (item, index) => damaged(panel, item, index + 1),
        )}
      </ul>
    </section>
  `;
}

function damaged(panel: PanelView, item: SetAsideRecord, nth: number): TemplateResult {
  const name = t`无法读取的草稿 ${nth}`;
  return html`<li>
    <div class="row">
      <span
        >${nth}.
        <bdi>${ownerOfDamaged(item)}</bdi
        >${t`${damageWords(item.reason)}（${momentWords(item.at)} 发现）`}</span
      >
      <span class="buttons">
        <button type="button" @click=${() => downloadText(damagedFileName(nth), setAsideText(item))}>
          ${t`下载`}<span class="hidden">${name}</span>
        </button>
        ${deleteButton(panel, item, name)}
      </span>
    </div>
    ${
      panel.isAsked(item)
        ? questionView(
            panel,
            item,
            t`将删除第 ${nth} 份无法读取的草稿，不能找回。${item.reason === 'future' ? t`更新版本的程序也许仍能读取它。` : ''}需要留底的请先下载。`,
            t`删除`,
          )
        : ''
    }
  </li>`;
}

function deleteButton(panel: PanelView, question: Question, name: string): TemplateResult {
  return html`<button
    type="button"
    data-asks=${nameOf(question)}
    ?disabled=${panel.isBusy}
    @click=${() => panel.ask(question)}
  >
    ${t`删除…`}<span class="hidden">${name}</span>
  </button>`;
}

function questionView(panel: PanelView, question: Question, words: string, yes: string): TemplateResult {
  return html`<div class="question" role="group" aria-labelledby="drafts-question">
    <p id="drafts-question">${words}</p>
    <p class="buttons">
      <button type="button" aria-describedby="drafts-question" @click=${() => panel.ask(undefined)}>
        ${t`取消`}
      </button>
      <button type="button" class="danger" @click=${() => panel.remove(question)}>${yes}</button>
    </p>
  </div>`;
}

function backupView(panel: PanelView): TemplateResult {
  const { backupAt, backupFile } = panel;
  return html`
    <section aria-labelledby="drafts-backup">
      <h3 id="drafts-backup" tabindex="-1">${t`备份`}</h3>
      <div class="row">
        <span>${backupAt === null ? t`从未下载备份` : t`最近下载备份 ${momentWords(backupAt)}`}</span>
        <span class="buttons">
          <button type="button" @click=${panel.downloadBackup}>${t`下载备份`}</button>
        </span>
      </div>
      ${backupFile === undefined ? '' : fileView(panel, backupFile)}
    </section>
  `;
}

function fileView(panel: PanelView, file: BackupFile): TemplateResult {
  const { status, name } = file.state;
  const choose = (words: string): TemplateResult =>
    html`<button type="button" @click=${() => panel.chooseFile(file)}>${words}</button>`;
  if (status === 'off')
    return html`<div class="row">
      <span
        >${t`每次暂存后，自动写入您选定的一个文件（如在 U 盘或网络盘上）；关闭或刷新本页后停止，再打开草稿时可以继续。`}</span
      >
      <span class="buttons">${choose(t`自动备份到文件…`)}</span>
    </div>`;
  return html`<div class="row">
    <span class=${status === 'failed' || status === 'stopped' ? 'level-must' : ''} role="status"
      >${parts`自动备份到“${html`<bdi>${name}</bdi>`}”：${backupFileWords(file.state)}`}</span
    >
    <span class="buttons">
      ${
        status === 'failed' || status === 'stopped'
          ? html`<button type="button" @click=${() => void file.retry()}>
              ${status === 'failed' ? t`立即重试` : t`继续自动备份`}
            </button>`
          : ''
      }
      ${choose(t`更换文件…`)}
      <button type="button" @click=${() => panel.stopFile(file)}>${t`停止`}</button>
    </span>
  </div>`;
}

function keepingView(panel: PanelView): TemplateResult {
  return html`<p class="keeping">
    ${keepingWords(panel.store, panel.draftDays, panel.found?.persisted === true)}
  </p>`;
}

/** By its id: the lists may have been read again meanwhile. */
export function nameOf(question: Question): string {
  return question === 'all' ? 'all' : question.id;
}
