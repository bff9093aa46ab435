import { findOperation } from '../../shared/change/operations/index.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Session } from '../client/session.ts';
import type { Journal } from './journal.ts';
import { seenOutcome } from './outcome.ts';
import { readLooks } from './present.ts';

/**
 * Finds out what came of changes that were sent, and whose answer no program was there to note: by a look at each, never
 * by sending it again. One that cannot be looked at stays open. Returns how many were settled.
 */
export const settleOpen = async (
  session: Session,
  journal: Journal,
  { clock, signal }: { clock: () => number; signal?: AbortSignal },
): Promise<number> => {
  let settled = 0;
  for (const entry of journal.open()) {
    const operation = findOperation(entry.operation);
    if (!operation) continue;
    try {
      const seen = await readLooks(session, operation.looks(entry), {
        priority: 'background',
        ...(signal ? { signal } : {}),
      });
      const { outcome, made } = seenOutcome(operation, entry, seen);
      await journal.settle(entry.id, { at: clock(), outcome, made });
      settled += 1;
    } catch (error) {
      if (!(error instanceof DeskError) || error.code === 'changes.journal' || signal?.aborted) throw error;
    }
  }
  return settled;
};
