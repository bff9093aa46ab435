import type { JournalEntry } from '../../shared/change/journal.ts';
import { findOperation } from '../../shared/change/operations/index.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Session } from '../client/session.ts';
import type { ReadHow } from '../rows/list-answer.ts';
import type { Hider } from './hidden.ts';
import type { Journal } from './journal.ts';
import { seenOutcome } from './outcome.ts';
import { readLooks } from './present.ts';

/**
 * Finds out what came of changes that were sent, and whose answer no program was there to note: by a look at each, never
 * by sending it again. One that cannot be looked at stays open. Returns how many were settled.
 */
export const settleOpen = (session: Session, journal: Journal, how: Looking): Promise<number> =>
  settle(session, journal, journal.open(), how);

/**
 * Looks again at entries that are open, or of which the last look could not tell what came. Returns how many are known
 * now.
 */
export const lookAgain = (
  session: Session,
  journal: Journal,
  entries: readonly number[],
  how: Looking,
): Promise<number> => {
  const open = new Set(journal.open().map(({ id }) => id));
  const found = entries.flatMap((id) => journal.entry(id) ?? []);
  return settle(
    session,
    journal,
    // One that a running program is at settles it itself.
    found.filter(({ id, outcome }) => outcome === 'unknown' || (outcome === null && open.has(id))),
    how,
  );
};

type Looking = { clock: () => number; hider: Hider } & Pick<ReadHow, 'signal' | 'tries'>;

/** True where the tenant itself does not answer: it does not of the next entry either. */
const isAway = ({ code }: DeskError): boolean => /^(network|token|keychain)\./.test(code);

const settle = async (
  session: Session,
  journal: Journal,
  entries: readonly JournalEntry[],
  { clock, hider, signal, ...tries }: Looking,
): Promise<number> => {
  let settled = 0;
  for (const entry of entries) {
    const operation = findOperation(entry.operation);
    if (!operation) continue;
    try {
      const seen = await readLooks(session, operation.looks(entry), {
        priority: 'background',
        ...tries,
        ...(signal ? { signal } : {}),
      });
      const place = { profile: session.profile.id, ...entry.target };
      const now = operation.present(entry, seen);
      const shown = now && (await hider.hide(place, now)).values;
      // What was hidden by a key that is gone can be held against nothing.
      const isTold = !(await hider.isForeign({ before: entry.before, after: entry.after }));
      const { outcome, made } = isTold
        ? seenOutcome(operation, entry, shown)
        : { outcome: 'unknown' as const, made: {} };
      // Nothing new is nothing to note.
      if (outcome === entry.outcome) continue;
      const { status, requestId, error } = entry;
      const settlement = { at: clock(), outcome, made, status, requestId, error };
      if (await journal.settle(entry.id, settlement, entry.outcome)) settled += 1;
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'changes.journal' || signal?.aborted) throw error;
      if (isAway(error)) break;
    }
  }
  return settled;
};
