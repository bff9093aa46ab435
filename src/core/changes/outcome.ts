import type { Outcome, Values } from '../../shared/change/change.ts';
import type { Operation, Stated } from '../../shared/change/operations/operation.ts';
import { createdId } from '../../shared/change/operations/rows.ts';
import { kept, same } from '../../shared/change/operations/values.ts';
import { DeskError, type ErrorValue } from '../../shared/errors.ts';

export type CameTo = { outcome: Outcome; made: Values; error?: ErrorValue };

/**
 * What a look after an unknown answer, or a refusal of which some routes carry out a part (WRITES), says of a change. `now`:
 * the state that it saw, hidden as the change's own values are.
 */
export const seenOutcome = (operation: Operation, change: Stated, now: Values | null): CameTo => {
  if (operation.kind === 'create') {
    if (operation.looks(change).length === 0) return { outcome: 'unknown', made: {} };
    if (same(now, change.before)) return { outcome: 'not-done', made: {} };
    const id = createdId(change, now);
    if (id === null) return { outcome: 'unknown', made: {} };
    // What it was to be given besides may lack.
    return { outcome: operation.requests(change).length > 1 ? 'partly' : 'done', made: { id } };
  }
  if (operation.isDone(change, now)) return { outcome: 'done', made: {} };
  if (operation.blind) return { outcome: 'unknown', made: {} };
  return { outcome: same(now, change.before) ? 'not-done' : 'partly', made: {} };
};

/** What of a change an object shows that a good answer, or a look, gives: some fields are dropped without a word (WRITES). */
export const answeredOutcome = ({ after, before }: Stated, now: Values | null): CameTo => {
  const asked = Object.keys(after).filter((key) => !same(kept(after[key]), now?.[key] ?? null));
  if (asked.length === 0) return { outcome: 'done', made: {} };
  const dropped = asked.filter((key) => same(now?.[key] ?? null, before[key] ?? null));
  // Neither what was asked nor what was there: the server's own form of it, such as a phone without its trunk zero.
  const made = Object.fromEntries(
    asked.filter((key) => !dropped.includes(key)).map((key) => [key, now?.[key] ?? null]),
  );
  if (dropped.length === 0) return { outcome: 'done', made };
  const { code, detail } = new DeskError('changes.dropped', { where: dropped.join(', ') });
  const isNothing = dropped.length === Object.keys(after).length;
  return { outcome: isNothing ? 'not-done' : 'partly', made, error: { code, detail } };
};
