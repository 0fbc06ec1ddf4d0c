/** Undo and redo as a value over transactions. One user action is one step; the history never looks into a change. */
import { invertChanges, type Change, type Transaction } from './transaction.ts';

export interface History {
  readonly done: readonly (readonly Change[])[];
  readonly undone: readonly (readonly Change[])[];
}

export const EMPTY_HISTORY: History = { done: [], undone: [] };

/** Steps kept; older ones can still be found in the draft's revisions. */
const DEPTH = 500;

/** Records a transaction of the user or an import. What a host or another tab wrote is not ours to undo: it ends the history. */
export function record(history: History, transaction: Transaction): History {
  const { origin } = transaction;
  if (origin === 'undo' || origin === 'sign-off' || transaction.changes.length === 0) return history;
  if (origin === 'host' || origin === 'other-tab') return EMPTY_HISTORY;
  return { done: [...history.done, transaction.changes].slice(-DEPTH), undone: [] };
}

/** The changes of the last step taken back, and the history without it; undefined where there is none. */
export function undo(history: History): { changes: readonly Change[]; history: History } | undefined {
  const last = history.done[history.done.length - 1];
  if (last === undefined) return undefined;
  return {
    changes: invertChanges(last),
    history: { done: history.done.slice(0, -1), undone: [...history.undone, last] },
  };
}

export function redo(history: History): { changes: readonly Change[]; history: History } | undefined {
  const last = history.undone[history.undone.length - 1];
  if (last === undefined) return undefined;
  return { changes: last, history: { done: [...history.done, last], undone: history.undone.slice(0, -1) } };
}
