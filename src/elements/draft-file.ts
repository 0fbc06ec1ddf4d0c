/** A draft as a file: what 下载备份 would have written at that time, under the same kind of name. */
import type { DraftRecord } from '../drafts/draft-record.ts';
import { readDraft } from '../payload/read-payload.ts';
import { payloadText } from '../payload/write-payload.ts';
import { payloadFileName, type PayloadNamed } from './download.ts';

/** `version`: the number of a revision, which is not what is on screen. */
export function backupFileName(named: PayloadNamed, version?: number): string {
  return payloadFileName(named, `_备份${version === undefined ? '' : `_第${version}版`}`);
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
