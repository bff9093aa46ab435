import type { SecretRef, Values } from '../../../shared/change/change.ts';
import { checkField, type Refusal } from '../../../shared/change/checks.ts';
import { type MatchField, matchFields } from '../../../shared/change/import-asked.ts';
import { findOperation } from '../../../shared/change/operations/index.ts';
import type { Guard, LineFault } from '../../../shared/change/plan.ts';
import { because } from '../../../shared/reasons.ts';
import { unguarded } from './csv.ts';
import { algorithmOf, type DigestAlgorithm, isDigest } from './digests.ts';
import { type Cell, type FileLine, isEmptyCell } from './line.ts';
import { columnOf, type Mapping } from './mapping.ts';
import { clearedOf, readCell } from './values.ts';

export { type MatchField, matchFields };

/** A user as a line of a file has it. */
export type Person = {
  line: number;
  /** What the user is called in messages. */
  label: string;
  /** Values of fields by their ids, parts of objects with a dot; null where a cell clears its field. */
  values: Values;
  /** What the user is told from others by. */
  keys: Partial<Record<MatchField, string>>;
  /** Names or ids of roles. */
  roles: string[];
  password: SecretRef | null;
  digest: { ref: Extract<SecretRef, { secret: 'file' }>; algorithm: DigestAlgorithm } | null;
  /** Why nothing can be done with the line. */
  refusal: Refusal | null;
};

/** Fields that go another way than the values of a row. */
const apart: readonly string[] = ['id', 'roles', 'password', 'passwordDigest', 'passwordAlgorithm'];

const textIn = (cell: Cell | undefined) => (isEmptyCell(cell) ? '' : String(cell));

const digestOf = ({ line, cells }: FileLine, mapping: Mapping): Person['digest'] | LineFault => {
  const column = columnOf(mapping, 'passwordDigest');
  const cell = column && cells[column.place];
  if (!column || cell === undefined || isEmptyCell(cell)) return null;
  const said = columnOf(mapping, 'passwordAlgorithm');
  const read = readCell({ id: 'passwordDigest', kind: 'digest' }, cell);
  if ('fault' in read) return { heading: column.heading, why: read.fault };
  const digest = String(read.value);
  const algorithm = algorithmOf(digest, said ? textIn(cells[said.place]) : '');
  if (algorithm === null)
    return { heading: said?.heading ?? column.heading, why: because('cell.noAlgorithm') };
  return isDigest(digest, algorithm)
    ? { ref: { secret: 'file', line, column: column.heading }, algorithm }
    : { heading: column.heading, why: because('cell.digest', { algorithm }) };
};

/** What is wrong with a line, by the place of the column. */
type Faults = Map<number, LineFault>;

/** A line that is refused for what is wrong with it. */
export const refusedFor = (guard: Guard, faults: LineFault[]): Refusal => ({ guard, about: '', faults });

/** Says all that is wrong with a line, in the order of its columns: whoever mends a file goes through it once. Null where nothing is. */
export const refusalOf = (faults: Faults): Refusal | null => {
  const said = [...faults].sort(([a], [b]) => a - b).map(([, fault]) => fault);
  return said.length > 0 ? refusedFor('invalid-value', said) : null;
};

/**
 * A line's values by field, and what is wrong with cells that hold none; `clears`: an empty cell empties its field, instead of
 * leaving it.
 */
export const valuesOf = (
  { cells }: FileLine,
  { columns }: Mapping,
  clears: boolean,
): { values: Values; faults: Faults } => {
  const values: Values = {};
  const faults: Faults = new Map();
  for (const { field, place, heading } of columns) {
    const cell = cells[place];
    if (!field || cell === undefined || field.kind === 'digest' || field.kind === 'algorithm') continue;
    if (isEmptyCell(cell)) {
      if (clears && !apart.includes(field.id)) values[field.id] = clearedOf(field);
      continue;
    }
    const read = readCell(field, cell);
    if ('fault' in read) faults.set(place, { heading, why: read.fault });
    else values[field.id] = read.value;
  }
  return { values, faults };
};

/** Cells without what an export wrote so that a spreadsheet runs nothing; of a secret, every character counts. */
export const unguardedLine = (line: FileLine, { columns }: Mapping): FileLine => ({
  ...line,
  cells: line.cells.map((cell, place) => {
    const kind = columns[place]?.field?.kind;
    return typeof cell !== 'string' || kind === 'password' || kind === 'digest' ? cell : unguarded(cell);
  }),
});

const isText = (value: unknown): value is string => typeof value === 'string';

/** Adds what a user's fields have wrong in values that could be read: of a line that is refused no plan finds it. */
const addChecked = (faults: Faults, values: Values, { columns }: Mapping): void => {
  const fields = findOperation('users.create')?.fields ?? [];
  for (const { field, place, heading } of columns) {
    const known = fields.find(({ id, secret }) => id === field?.id && !secret);
    const value = known && values[known.id];
    const guard = known && value !== undefined && value !== null ? checkField(known, value) : null;
    if (guard)
      faults.set(place, { heading, why: because(guard === 'too-long' ? 'cell.tooLong' : 'cell.notValid') });
  }
};

/** A line as the user that it describes. */
export const personOf = (line: FileLine, mapping: Mapping, clears: boolean): Person => {
  const nobody = { label: '', values: {}, keys: {}, roles: [], password: null, digest: null };
  if (line.fault !== undefined)
    return {
      line: line.line,
      ...nobody,
      refusal: refusedFor('unreadable-line', [{ heading: '', why: line.fault }]),
    };
  const { values, faults } = valuesOf(line, mapping, clears);
  const digest = digestOf(line, mapping);
  const column = columnOf(mapping, 'password');
  const password: SecretRef | null =
    column && isText(values.password) ? { secret: 'file', line: line.line, column: column.heading } : null;
  const keys = Object.fromEntries(
    matchFields.flatMap((id) => (isText(values[id]) ? [[id, values[id]]] : [])),
  );
  const label = [values.name, ...matchFields.map((id) => values[id])].find(isText) ?? '';
  const place = columnOf(mapping, 'passwordDigest')?.place ?? 0;
  if (digest && 'why' in digest) faults.set(place, digest);
  else if (password && digest) faults.set(place, { heading: '', why: because('cell.passwordTwice') });
  if (faults.size > 0) addChecked(faults, values, mapping);
  return {
    line: line.line,
    label,
    values: Object.fromEntries(Object.entries(values).filter(([id]) => !apart.includes(id))),
    keys,
    roles: Array.isArray(values.roles) ? values.roles.filter(isText) : [],
    password,
    digest: digest && 'ref' in digest ? digest : null,
    refusal: refusalOf(faults),
  };
};
