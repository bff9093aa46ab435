import { longestId, type Values } from '../../shared/change/change.ts';
import type { Operation, Seen, Stated } from '../../shared/change/operations/operation.ts';
import { isSegment } from '../../shared/change/operations/request.ts';
import { kept, text } from '../../shared/change/operations/values.ts';
import type { Row } from '../../shared/row.ts';

const rowIn = (body: unknown): Row | null =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : null;

const isId = (id: string): boolean => id.length <= longestId && isSegment(id);

/** A phone is kept in another form than it was sent (WRITES). */
const reshaped: readonly string[] = ['primaryPhone'];

/**
 * Whether the answer to a create is of what was asked to be made: it has an ID, which nothing had before, and the texts that
 * were sent. What comes after is done to that ID, and undoing deletes it: another object's is not taken for it.
 */
export const isOfNew = ({ before, after }: Stated, body: unknown): boolean => {
  const row = rowIn(body);
  if (!row || !isId(text(row.id))) return false;
  if (Array.isArray(before.id) && before.id.includes(row.id)) return false;
  return Object.entries(after).every(
    ([key, value]) =>
      typeof value !== 'string' ||
      kept(value) === null ||
      row[key] === undefined ||
      reshaped.includes(key) ||
      row[key] === value,
  );
};

/**
 * The state that the answer to an update shows; null where it is of another object than the one that was looked at, or says
 * nothing of a field: one that is emptied is not told by its lack. `found`: the looks before.
 */
export const stateAnswered = (
  operation: Operation,
  change: Stated,
  found: readonly Seen[],
  body: unknown,
): Values | null => {
  const row = rowIn(body);
  if (!row) return null;
  const [there = null] = found;
  const id = there === null || Array.isArray(there) ? change.target.id : rowIn(there)?.id;
  if (typeof id === 'string' && id !== '' && row.id !== id) return null;
  const now = operation.present(change, [row]);
  return now && Object.keys(change.after).every((key) => key in now) ? now : null;
};
