/** A draft as a file: what 下载备份 would have written at that time, under the same kind of name. */
import type { DraftRecord } from '../drafts/draft-record.ts';
import { readDraft } from '../payload/read-payload.ts';
import { payloadText } from '../payload/write-payload.ts';
import { unitInFileName } from './download.ts';

export interface BackupNamed {
  readonly organization: string;
  readonly year: number | null | undefined;
  /** Not finished. */
  readonly draft: boolean;
}

/** `version`: the number of a revision, which is not what is on screen. */
export function backupFileName({ organization, year, draft }: BackupNamed, version?: number): string {
  const of = version === undefined ? '' : `_第${version}版`;
  return `政府信息公开年报_${unitInFileName(organization)}_${year ?? '未填年度'}${draft ? '_草稿' : ''}_备份${of}.json`;
}

/** The payload alone, without the texts as typed, which only a draft in this browser has. */
export function draftFile(record: DraftRecord): { readonly name: string; readonly text: string } {
  const result = readDraft(record.payload);
  const isRead = result.ok && !result.readOnly;
  return {
    name: backupFileName({ ...record, draft: !isRead || result.draft }, record.revision),
    text: isRead ? payloadText(result.report) : record.payload,
  };
}
