/** The home view: what to begin with, the drafts of this browser, files of late, samples. A template; it opens nothing itself. */
import { html, type TemplateResult } from 'lit';
import { setAsideText, type DraftRecord, type SetAsideRecord } from '../drafts/draft-record.ts';
import type { DraftStore } from '../drafts/drafts.ts';
import { damagedFileName, downloadText } from '../elements/download.ts';
import { damageWords, momentWords, ownerOfDamaged, whoseWords } from '../elements/drafts-panel-words.ts';
import { t, told, zh } from '../format/language.ts';
import type { OfflineState } from './offline-site.ts';
import type { RecentFile } from './page-memory.ts';

export const SAMPLES = ['zero', 'large', 'wrong', 'city'] as const;
export type Sample = (typeof SAMPLES)[number];

const SAMPLE_NAMES: Readonly<Record<Sample, string>> = {
  zero: zh`零报告（县直部门）`,
  large: zh`大型（市级汇总）`,
  wrong: zh`有错的报告（表四总计）`,
  city: zh`附上年数据（地级市）`,
};

export interface HomeView {
  /** The year that a new report is for. */
  readonly year: number;
  readonly isHintShown: boolean;
  readonly dismissHint: () => void;
  readonly create: () => void;
  readonly choose: () => void;
  /** Undefined while they are looked for, or where they cannot be read. */
  readonly drafts: readonly DraftRecord[] | undefined;
  readonly draftsFailed: boolean;
  /** What cannot be read: damaged, or of a newer program than this one. */
  readonly setAside: readonly SetAsideRecord[];
  readonly keeping: DraftStore['kind'];
  /** Open in this page already. */
  readonly isOpen: (record: DraftRecord) => boolean;
  readonly isWrittenElsewhere: (record: DraftRecord) => boolean;
  readonly openDraft: (record: DraftRecord) => void;
  /** The draft that is to be deleted, if that is meant. */
  readonly deleting: DraftRecord | undefined;
  readonly askToDelete: (record: DraftRecord | undefined) => void;
  readonly remove: (record: DraftRecord) => void;
  readonly files: readonly RecentFile[];
  readonly openFile: (file: RecentFile) => void;
  readonly forgetFiles: () => void;
  readonly openSample: (sample: Sample) => void;
  readonly offline: OfflineState;
  readonly isFromDisk: boolean;
}

export function homeView(view: HomeView): TemplateResult {
  return html`
    ${view.keeping === 'memory' ? memoryOnly() : view.isHintShown ? hint(view) : ''}
    <section class="begin" aria-label=${t`开始`}>
      <button type="button" id="new" class="primary" @click=${view.create}>
        ${t`新建 ${view.year} 年度报告`}
      </button>
      <button type="button" id="open" @click=${view.choose}>${t`打开文件…`}</button>
      <p>
        ${t`可打开本系统的数据文件，也可打开 Word、Excel、PDF、网页或文本格式的年报；把文件拖到本页任意位置也可以。`}
      </p>
    </section>
    <section aria-labelledby="home-drafts">
      <h2 id="home-drafts">${t`本浏览器中的草稿`}</h2>
      ${drafts(view)} ${unreadable(view)}
    </section>
    ${
      view.files.length === 0
        ? ''
        : html`<section aria-labelledby="home-files">
            <h2 id="home-files">${t`最近打开的文件`}</h2>
            <ul>
              ${view.files.map(
                (file) =>
                  html`<li>
                    <button type="button" class="entry" @click=${() => view.openFile(file)}>
                      ${file.name}
                    </button>
                    <span class="aside">${momentWords(file.at)}</span>
                  </li>`,
              )}
            </ul>
            <button type="button" @click=${view.forgetFiles}>${t`清除记录`}</button>
          </section>`
    }
    <section aria-labelledby="home-samples">
      <h2 id="home-samples">${t`示例`}</h2>
      <ul class="samples">
        ${SAMPLES.map(
          (sample) =>
            html`<li>
              <button
                type="button"
                class="entry"
                data-sample=${sample}
                @click=${() => view.openSample(sample)}
              >
                ${told(SAMPLE_NAMES[sample])}
              </button>
            </li>`,
        )}
      </ul>
    </section>
    <p class="aside">
      ${t`快捷键：`}<kbd>Ctrl+O</kbd> ${t`打开文件`} <kbd>Ctrl+Shift+S</kbd> ${t`保存到文件`}
      ${t`表格中的按键见报告上方的“快捷键”。`}
    </p>
    <p class="aside">${offlineWords(view)}</p>
  `;
}

function memoryOnly(): TemplateResult {
  return html`<p class="offer closing" role="alert">
    ${t`本浏览器不允许保存草稿，关闭本页后内容不保留。请随时“保存”到文件。`}
  </p>`;
}

function hint({ dismissHint }: HomeView): TemplateResult {
  return html`<section class="hint" aria-label=${t`首次使用`}>
    <p>${t`填写内容只保存在本机的浏览器中，随填随存；不会自动发送到任何地方。`}</p>
    <ol>
      <li>${t`新建报告，或打开已有的文件。`}</li>
      <li>${t`填写三张表，按“检查”逐项处理提示的问题。`}</li>
      <li>${t`按“生成报送文件”得到数据文件，交给接收单位；需要签字时打印。`}</li>
    </ol>
    <p>${t`清理浏览器数据会把草稿一并清除：填完一段请“保存”到文件，或下载备份。`}</p>
    <button type="button" id="hint-seen" @click=${dismissHint}>${t`知道了，不再显示`}</button>
  </section>`;
}

function drafts(view: HomeView): TemplateResult {
  if (view.draftsFailed) return html`<p>${t`草稿没有读出来，请刷新本页后再试。`}</p>`;
  if (view.drafts === undefined) return html`<p>${t`正在查找……`}</p>`;
  if (view.drafts.length === 0) return html`<p>${t`还没有草稿。开始填写后，内容自动暂存在这里。`}</p>`;
  return html`<ul>
    ${view.drafts.map((record) => draft(record, view))}
  </ul>`;
}

function draft(record: DraftRecord, view: HomeView): TemplateResult {
  const whose = whoseWords(record);
  const isAsked = view.deleting?.id === record.id;
  return html`<li>
    <button type="button" class="entry" @click=${() => view.openDraft(record)}>${whose}</button>
    <span class="aside">
      ${t`${momentWords(record.updated)} 暂存，第 ${record.revision} 版`}
      ${
        view.isOpen(record)
          ? html`· ${t`已在本页打开`}`
          : view.isWrittenElsewhere(record)
            ? html`· ${t`正在另一个标签页编辑`}`
            : ''
      }
    </span>
    ${
      isAsked
        ? html`<span class="question" role="group" aria-label=${t`删除草稿`}>
            <span>${t`删除后不能恢复，确定删除${whose}的草稿吗？`}</span>
            <button type="button" @click=${() => view.askToDelete(undefined)}>${t`不删除`}</button>
            <button type="button" class="bad" @click=${() => view.remove(record)}>${t`删除`}</button>
          </span>`
        : view.isOpen(record) || view.isWrittenElsewhere(record)
          ? ''
          : html`<button
              type="button"
              aria-label=${t`删除${whose}的草稿`}
              @click=${() => view.askToDelete(record)}
            >
              ${t`删除…`}
            </button>`
    }
  </li>`;
}

function unreadable({ setAside }: HomeView): TemplateResult | '' {
  if (setAside.length === 0) return '';
  return html`<h3>${t`无法读取的草稿`}</h3>
    <ul>
      ${setAside.map(
        (item, index) =>
          html`<li>
            <span class="aside">${ownerOfDamaged(item)}${damageWords(item.reason)}</span>
            <button
              type="button"
              @click=${() => downloadText(damagedFileName(index + 1), setAsideText(item))}
            >
              ${t`下载`}
            </button>
          </li>`,
      )}
    </ul>`;
}

function offlineWords({ offline, isFromDisk }: HomeView): string {
  if (isFromDisk) return t`本页是一个单独的文件，不需要网络；复制到 U 盘即可带走。`;
  switch (offline) {
    case 'preparing':
      return t`正在准备离线使用……`;
    case 'none':
      return t`本页从服务器打开：断网后可以继续填写和保存，读取文档和重新打开需要网络。`;
    default:
      return t`本页已可离线使用：断网时用同一地址也能打开。`;
  }
}
