import type { PlannedRequest, Target, Values } from '../change.ts';
import type { Concerned, EditField, Look, Operation, Stated } from './operation.ts';
import { among, idsOf, rowsOf, texts, without } from './values.ts';

type Side = { id: string } & Partial<Pick<Operation, 'losses' | 'guard' | 'undoable' | 'chunk' | 'bulk'>>;

type SetAsked = {
  resource: string;
  /** The list that it is: removing the last one of it is asked for by name. */
  list: string;
  /** Holds the ids. */
  field: EditField;
  look: (target: Target, ids: readonly string[]) => Look;
  /** Through all of it, where `look` asks for the ids alone. */
  lookAtAll?: (target: Target) => Look;
  /** Where a row of the list has its id. */
  idAt?: string;
  /** Adds ids that are not in the set: the server takes some of these amiss when they are (WRITES, roles). */
  add: Side & { request: (target: Target, ids: string[]) => PlannedRequest | PlannedRequest[] };
  remove: Side & { request: (target: Target, id: string) => PlannedRequest };
};

const heldBy = (values: Values | null, field: string): string[] => texts(values?.[field]);

/**
 * Adds to and removes from a set below an object, by ids. The state concerned is which of the ids asked for are in it, so
 * that undoing takes away what was really added, and gives back what was really removed.
 */
export const setOperations = ({
  resource,
  list,
  field,
  look,
  lookAtAll,
  idAt = 'id',
  add,
  remove,
}: SetAsked): readonly [Operation, Operation] => {
  const { id: name } = field;
  const asked = ({ after }: Concerned): string[] => texts(after[name]);
  const common = {
    resource,
    fields: [{ ...field, required: true }],
    bulk: true,
    looks: (change: Concerned) => [look(change.target, asked(change))],
    losses: () => [],
    undoable: 'exactly' as const,
  } satisfies Partial<Operation>;
  const present: Operation['present'] = (change, seen) =>
    seen[0] === null ? null : { [name]: among(asked(change), idsOf(rowsOf(seen), idAt)) };
  const toAdd = (change: Stated) => without(asked(change), heldBy(change.before, name));
  const toRemove = (change: Stated) => among(asked(change), heldBy(change.before, name));
  const adding: Operation = {
    ...common,
    ...add,
    kind: 'add',
    present,
    isDone: (change, now) => now !== null && heldBy(now, name).length === asked(change).length,
    requests: (change) => {
      const ids = toAdd(change);
      return ids.length === 0 ? [] : [add.request(change.target, ids)].flat();
    },
    inverse: (made) => {
      const ids = toAdd(made);
      return ids.length === 0 ? null : { operation: remove.id, target: made.target, after: { [name]: ids } };
    },
  };
  const removing: Operation = {
    ...common,
    ...remove,
    kind: 'remove',
    present,
    isDone: (_, now) => now === null || heldBy(now, name).length === 0,
    requests: (change) => toRemove(change).map((id) => remove.request(change.target, id)),
    inverse: (made) => {
      const ids = toRemove(made);
      return ids.length === 0 ? null : { operation: add.id, target: made.target, after: { [name]: ids } };
    },
    // What is taken some at a time is known of all of it together, not of each.
    ...(lookAtAll || remove.chunk
      ? {
          takesFrom: (change) => [
            { list, look: (lookAtAll ?? look)(change.target, []), ids: toRemove(change) },
          ],
        }
      : {
          empties: (change, seen) => {
            const all = idsOf(rowsOf(seen), idAt);
            return all.length > 0 && without(all, asked(change)).length === 0 ? list : null;
          },
        }),
  };
  return [adding, removing];
};
