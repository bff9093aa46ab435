import type { Target } from '../../shared/change/change.ts';
import type { Operation, Seen } from '../../shared/change/operations/operation.ts';
import { rowsOf } from '../../shared/change/operations/values.ts';
import { mostTakenNames, type Taken } from '../../shared/change/plan.ts';
import type { Row } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';
import { inParallel } from './batch.ts';
import { textHidden } from './hidden.ts';
import { type LookHow, readLooks, seenBy } from './present.ts';

/** Holders that are looked into at once; past four a server gains little (WRITES, cost). */
const atOnce = 4;

type Deleting = Pick<Operation, 'saves' | 'holders'>;

/** What others hold of what would be deleted, by the lists of its operation. `onRead`: at each look. Throws `DeskError`. */
export const holdersOf = async (
  session: Session,
  { holders = [] }: Deleting,
  target: Target,
  how: LookHow = {},
  onRead: () => void = () => {},
): Promise<Row[][]> => {
  const found: Row[][] = [];
  for (const { list, looks, kept } of holders) {
    onRead();
    const rows = rowsOf([await seenBy(session, list(target), how)]);
    const held = await inParallel(rows, atOnce, async (row) => {
      const into = looks?.(target, row) ?? [];
      for (const _ of into) onRead();
      return kept(target, row, await readLooks(session, into, how));
    });
    found.push(held.filter((one) => one !== null));
  }
  return found;
};

/** All that a delete takes along and that can be read: what it saves, then what others hold of it. Throws `DeskError`. */
export const belongingsOf = async (
  session: Session,
  operation: Deleting,
  target: Target,
  how: LookHow = {},
  onRead: () => void = () => {},
): Promise<Seen[]> => {
  const own = await readLooks(session, operation.saves?.(target) ?? [], how);
  return [...own, ...(await holdersOf(session, operation, target, how, onRead))];
};

/** The same as a plan tells it: by list, counted, the first few by name. */
export const takenOf = (
  { takes }: Pick<Operation, 'takes'>,
  target: Target,
  saved: readonly Seen[],
): Taken[] =>
  (takes?.(target, saved) ?? [])
    .filter(({ count }) => count > 0)
    .map((one) => ({
      ...one,
      names: one.names.slice(0, mostTakenNames).map((name) => textHidden(name).slice(0, 256)),
    }));
