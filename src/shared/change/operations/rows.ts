import type { Row } from '../../row.ts';
import type { PlannedRequest, Target, Values } from '../change.ts';
import type { Concerned, EditField, Look, Operation, Seen, Stated } from './operation.ts';
import { kept, picked, rowOf, rowsOf, same, text, textAt } from './values.ts';

/** The part of a row that a field is in, as a request sends it. */
export const topOf = (field: string): string => field.split('.')[0] ?? field;

const topsOf = (fields: readonly EditField[]): string[] => [...new Set(fields.map(({ id }) => topOf(id)))];

type Common = Pick<Operation, 'id' | 'resource' | 'fields'> &
  Partial<Pick<Operation, 'cures' | 'bulk' | 'losses' | 'guard' | 'rivals' | 'undoable' | 'shows'>>;

const nothing: Operation['losses'] = () => [];
const defaults = { bulk: false, losses: nothing, undoable: 'exactly' } as const;

type Update = Common & {
  look: (target: Target) => Look;
  request: (target: Target, body: Values) => PlannedRequest;
  /** The answer is not the row. */
  isSilent?: boolean;
  /** The row in what was read, where it is not the object itself; secrets of it stand as references. */
  rowIn?: RowIn;
  /** Fields that the server changes along with a field, by it: put back with it. */
  along?: Readonly<Record<string, readonly string[]>>;
};
type RowIn = (seen: readonly Seen[], target: Target) => Row | null;

/** Edits fields of a row: only those are sent, an object whole; undone by the old values. */
export const rowUpdate = ({
  look,
  request,
  isSilent = false,
  rowIn = (seen) => rowOf(seen),
  along = {},
  ...common
}: Update): Operation => ({
  ...defaults,
  ...common,
  kind: 'update',
  answersRow: !isSilent,
  looks: ({ target }) => [look(target)],
  present: ({ target, after }, seen) => {
    const row = rowIn(seen, target);
    const fields = Object.keys(after);
    return row && picked(row, [...fields, ...fields.flatMap((field) => along[field] ?? [])]);
  },
  isDone: ({ after }, present) =>
    present !== null &&
    Object.entries(after).every(([key, value]) => same(kept(value), present[key] ?? null)),
  requests: ({ target, after }) => [request(target, after)],
  inverse: ({ target, before, after }) => ({
    operation: common.id,
    target,
    after: Object.fromEntries(
      [...new Set([...Object.keys(after), ...Object.keys(before)])].map((key) => [key, before[key] ?? null]),
    ),
  }),
});

type Create = Common & {
  request: (change: Concerned) => PlannedRequest;
  /** Rows that the new one may be among: told apart by their ids before and after. None: nobody could see what became of it. */
  twins: (change: Concerned) => Look | null;
  /** True of a row that is what was to be made. */
  isTwin?: (row: Readonly<Record<string, unknown>>, change: Concerned) => boolean;
  /** The operation that deletes it again. */
  undoneBy: string;
  idAt?: string;
};

/** Makes a row; undone by deleting it. Of what may be it, the ids are noted before, so that after an unknown answer the new one is told. */
export const rowCreate = ({
  request,
  twins,
  isTwin = () => true,
  undoneBy,
  idAt = 'id',
  ...common
}: Create): Operation => ({
  ...defaults,
  ...common,
  kind: 'create',
  looks: (change) => {
    const look = twins(change);
    return look ? [look] : [];
  },
  present: (change, seen) => ({
    id: rowsOf(seen)
      .filter((row) => isTwin(row, change))
      .map((row) => text(row[idAt]))
      .sort(),
  }),
  isDone: ({ before }, present) => idsIn(present).length > idsIn(before).length,
  requests: (change) => [request(change)],
  made: (_, [answer]) => ({ id: textAt(answer, idAt) }),
  inverse: ({ target, made }) => {
    const id = text(made.id);
    return id === '' ? null : { operation: undoneBy, target: { ...target, id }, after: {} };
  },
});

/** Refuses a name that must be unique and is taken. */
export const takenTwin =
  (field: string): NonNullable<Operation['guard']> =>
  ({ before, after }) =>
    idsIn(before).length > 0 ? { guard: 'taken', about: text(after[field]) } : null;

const idsIn = (values: Values | null): readonly unknown[] => {
  const ids = values?.id;
  return Array.isArray(ids) ? ids : [];
};

/** The id of what a create made, told by those that were there before; null where none or several are new. */
export const createdId = ({ before }: Pick<Stated, 'before'>, present: Values | null): string | null => {
  const known = new Set(idsIn(before));
  const fresh = idsIn(present).filter((id) => !known.has(id));
  return fresh.length === 1 ? text(fresh[0]) : null;
};

type Delete = Omit<Common, 'fields'> & {
  look: (target: Target) => Look;
  request: (target: Target) => PlannedRequest;
  /** What is shown of it, and compared before it is deleted. */
  shown: readonly string[];
  saves: (target: Target) => readonly Look[];
  recreate: NonNullable<Operation['recreate']>;
  takes?: NonNullable<Operation['takes']>;
  holders?: NonNullable<Operation['holders']>;
  rowIn?: RowIn;
  /** Looks besides, for its guard. */
  besides?: (target: Target) => readonly Look[];
};

/** Deletes a row. What it takes along is saved before; made anew it has another id. */
export const rowDelete = ({
  look,
  request,
  shown,
  besides,
  rowIn = (seen) => rowOf(seen),
  losses = nothing,
  ...common
}: Delete): Operation => ({
  ...defaults,
  undoable: 'partly',
  ...common,
  losses: (change) => ['newId', ...losses(change)],
  kind: 'delete',
  fields: [],
  looks: ({ target }) => [look(target), ...(besides?.(target) ?? [])],
  present: ({ target }, seen) => {
    const row = rowIn(seen, target);
    return row && picked(row, shown);
  },
  isDone: (_, present) => present === null,
  requests: ({ target }) => [request(target)],
  // What was saved makes it anew (`recreate`).
  inverse: () => null,
});

/** The fields of a row that an operation declares, as a request of a create sends them: nothing that is empty. */
export const filledIn = (after: Values): Values =>
  Object.fromEntries(
    Object.entries(after).filter(([, value]) => kept(value) !== null && value !== undefined),
  );

/** The tops of an operation's fields: what a change of it may hold. */
export const holds = ({ fields }: Pick<Operation, 'fields'>): ReadonlySet<string> => new Set(topsOf(fields));
