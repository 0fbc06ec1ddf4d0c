/**
 * What a report would be were its open edits ended now: for whoever has to know before they are, as the draft does, and
 * the page around our frame, which cannot ask and wait. Nothing changes, nothing is told, and no step of undo comes of it.
 */
import type { DraftContent } from '../drafts/drafts.ts';
import { canonicalJson } from '../format/canonical-json.ts';
import type { CellId } from '../format/entry.ts';
import { payloadOf, type Stamp } from '../payload/write-payload.ts';
import type { HeadField } from '../report/report.ts';
import { Session } from '../report/session.ts';

export interface TypedReport {
  readonly session: Session | undefined;
  /** What open edits hold that the report does not have yet: of cells, and of fields of the head. */
  readonly openTexts: readonly (readonly [place: CellId | HeadField, text: string])[];
  stamp(session: Session): Stamp;
  content(session?: Session, stamp?: Stamp): DraftContent;
}

export interface BeingTyped {
  /** The payload as canonical JSON, as `value` would be. */
  readonly text: string;
  readonly content: DraftContent;
}

/** Undefined where nothing is open, or what is open changes nothing. */
export function typedSession({
  session,
  openTexts,
}: Pick<TypedReport, 'session' | 'openTexts'>): Session | undefined {
  if (session === undefined || openTexts.length === 0) return undefined;
  const typed = new Session(session.report, session.rules);
  typed.previous = session.previous;
  typed.enter(
    openTexts.filter(([place]) => place.includes('/')),
    'typing',
  );
  for (const [place, text] of openTexts) if (!place.includes('/')) typed.setField(place as HeadField, text);
  return typed.report === session.report ? undefined : typed;
}

/** Undefined as there. */
export function beingTyped(owner: TypedReport): BeingTyped | undefined {
  const { session, openTexts } = owner;
  const typed = typedSession({ session, openTexts });
  if (typed === undefined) return undefined;
  const stamp = owner.stamp(typed);
  const { number, base } = stamp.revision;
  // As it will be counted, so that ending the edit as it stands is no news.
  const counted = { ...stamp, revision: { number: number + 1, base } };
  return {
    get text() {
      return canonicalJson(payloadOf(typed.report, counted));
    },
    get content() {
      return { ...owner.content(typed, counted), open: openTexts[0]![0] };
    },
  };
}
