import type { PlannedRequest, Target } from '../change.ts';
import type { Concerned, EditField, Look, Operation, Own, Seen } from './operation.ts';
import { among, idsOf, rowsOf, text, textAt, texts } from './values.ts';

type Ending = Pick<Operation, 'id' | 'resource'> &
  Partial<Pick<Operation, 'bulk' | 'losses' | 'volatile' | 'guard'>> & {
    /** Holds the ids; absent in what is asked: all that there are. */
    field: EditField;
    look: (target: Target) => Look;
    idAt: string;
    /** Fields that say how. */
    how?: readonly EditField[];
    request: (target: Target, id: string, after: Concerned['after']) => PlannedRequest;
  };

const ownOf =
  (idAt: string) =>
  (seen: readonly Seen[]): Own[] =>
    rowsOf(seen).map((row) => {
      const id = textAt(row, idAt);
      return { id, name: [text(row.name), text(row.type)].find((one) => one !== '' && one !== id) ?? '' };
    });

/** Ends what nobody can make anew as it was: sessions, grants, factors, tokens. One request each. */
export const ending = ({
  field,
  look,
  idAt,
  how = [],
  request,
  bulk = true,
  losses = () => [],
  volatile = false,
  ...common
}: Ending): Operation => {
  const { id: name } = field;
  return {
    ...common,
    ...(volatile ? { volatile } : { own: { field: name, of: ownOf(idAt) } }),
    kind: 'remove',
    bulk,
    losses,
    undoable: 'never',
    fields: [field, ...how],
    looks: ({ target }) => [look(target)],
    present: ({ after }, seen) =>
      seen[0] === null ? null : { [name]: among(texts(after[name]), idsOf(rowsOf(seen), idAt)) },
    isDone: (_, now) => now === null || texts(now[name]).length === 0,
    requests: ({ target, before, after }) =>
      among(texts(after[name]), texts(before[name])).map((id) => request(target, id, after)),
    inverse: () => null,
    all: (seen) => ({ [name]: idsOf(rowsOf(seen), idAt) }),
  };
};
