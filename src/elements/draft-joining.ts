/**
 * Joins two drafts, or a draft and what the host has now: finds what both grew from, lets a person choose, and keeps all
 * of it. What is not chosen stays behind as a revision of the draft that goes on.
 */
import type { DraftRecord } from '../drafts/draft-record.ts';
import type { DraftStore } from '../drafts/drafts.ts';
import { timeWords } from '../drafts/save-state-words.ts';
import type { Finding } from '../checks/finding.ts';
import { t } from '../format/language.ts';
import { readDraft } from '../payload/read-payload.ts';
import type { Report } from '../report/report.ts';
import { MergeView } from './merge-view.ts';

export interface DraftJoiningOwner {
  readonly report: Report;
  findingsOf(report: Report): readonly Finding[];
  /** `versions` in their order, the joined one last, all into `main`; `other` has then done its duty. */
  joined(versions: readonly Report[], main: DraftRecord, other: DraftRecord | undefined): void;
  cancelled(): void;
  requestUpdate(): void;
}

/** Without another draft the draft is joined with the report on screen. Undefined where one cannot be read. */
export async function joinDrafts(
  store: DraftStore,
  owner: DraftJoiningOwner,
  main: DraftRecord,
  other: DraftRecord | undefined,
): Promise<MergeView | undefined> {
  const ours = reportOf(main.payload);
  const theirs = other === undefined ? owner.report : reportOf(other.payload);
  if (ours === undefined || theirs === undefined) return undefined;
  const ancestor = reportOf(other === undefined ? main.origin : await trunkOf(store, main, other));
  const now = Date.now();
  return new MergeView({
    ancestor,
    ours,
    theirs,
    get names() {
      return {
        ours: t`草稿（${timeWords(main.updated, now)}）`,
        theirs: other === undefined ? t`系统中的内容` : t`另一份草稿（${timeWords(other.updated, now)}）`,
      };
    },
    findings: (report) => owner.findingsOf(report),
    requestUpdate: () => owner.requestUpdate(),
    done: (report) => owner.joined(other === undefined ? [report] : [theirs, report], main, other),
    cancel: () => owner.cancelled(),
  });
}

/** What both were when they were still one; undefined where that revision is no longer kept. */
async function trunkOf(store: DraftStore, one: DraftRecord, two: DraftRecord): Promise<string | undefined> {
  const forks = [one, two].flatMap((record) => (record.fork === null ? [] : [record.fork]));
  const [fork] = forks
    .filter(({ id }) => id === one.id || id === two.id || forks.every((other) => other.id === id))
    .sort((a, b) => a.revision - b.revision);
  if (fork === undefined) return undefined;
  const history = await store.history(fork.id).catch(() => []);
  return history.find(({ revision }) => revision === fork.revision)?.payload;
}

function reportOf(payload: string | null | undefined): Report | undefined {
  if (payload === null || payload === undefined) return undefined;
  const result = readDraft(payload);
  return result.ok ? result.report : undefined;
}
