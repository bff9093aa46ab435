import { isPartOfColumn, noSuchField, unknownFields } from '../core/tenants/fields.ts';
import type { Resource } from '../shared/catalog/index.ts';
import { columnNamed, conditionFormOf, faultyValue, readValue } from '../shared/conditions.ts';
import {
  type Condition,
  conditionSchema,
  type LocalMode,
  localModes,
  modesWithoutValue,
  networkModes,
} from '../shared/local.ts';
import { reasonInWords } from '../shared/phrases/reason-words.ts';
import { type Query, queryResource } from '../shared/query.ts';
import { type Row, valueAt } from '../shared/row.ts';
import { wrongUsage } from './usage.ts';
import { phrases, say } from './words.ts';

type Listed = Pick<Resource, 'id' | 'columns' | 'filters'>;

/** The path in a row that a person names by a column's id or title; any other path as it is typed. */
const pathNamed = (resource: Listed, name: string): string => columnNamed(resource, name)?.id ?? name.trim();

/** Modes that say nothing of the values of a kind: no text is in a moment. */
const senseless = (resource: Listed, column: string, mode: LocalMode): boolean => {
  const { form, modes } = conditionFormOf(resource, column);
  if (modes.includes(mode) || form.kind === 'any') return false;
  return networkModes.includes(mode) || ['boolean', 'moment', 'number'].includes(form.kind);
};

/** Places of a text where a mode stands, as what is before and behind it. */
const splitsOf = (text: string): { name: string; mode: LocalMode; value: string }[] =>
  [...text.matchAll(/(?<=\S)\s+([a-z]+)(?=\s|$)/gi)].flatMap((found) => {
    const mode = localModes.find((known) => known === found[1]?.toLowerCase());
    const end = found.index + found[0].length;
    return mode ? [{ name: text.slice(0, found.index).trim(), mode, value: text.slice(end).trim() }] : [];
  });

/** A condition as it is typed, its column by id or title: `Suspended is yes`. Throws `usage.invalid`. */
export const conditionTyped = (resource: Listed, text: string): Condition => {
  const refuse = (reason: string) => wrongUsage('--where', `"${text}": ${reason}`);
  const splits = splitsOf(text);
  const split = splits.find(({ name }) => columnNamed(resource, name)) ?? splits[0];
  if (!split) throw wrongUsage('--where', say('query.notCondition', { text, modes: localModes.join(', ') }));
  const { mode } = split;
  const column = pathNamed(resource, split.name);
  if (/\s/.test(column)) throw noSuchField(resource, { path: column, where: 'where' }, []);
  const form = conditionFormOf(resource, column);
  if (senseless(resource, column, mode))
    throw refuse(say('query.doesNotFit', { mode, column: split.name, modes: form.modes.join(', ') }));
  const { value, fault } = readValue(form, mode, split.value);
  if (fault !== null) throw refuse(reasonInWords(phrases.t, faultyValue(fault, split.value)));
  return conditionSchema.parse({ column, mode, value: modesWithoutValue.includes(mode) ? '' : value });
};

/** Columns as they are typed, by id or title, joined by commas; undefined where none are. */
export const columnsTyped = (resource: Listed, text: string | undefined): string[] | undefined =>
  text?.split(',').map((name) => {
    if (name.trim() === '') throw wrongUsage('--columns', say('query.nameMissing'));
    return pathNamed(resource, name);
  });

/** One column as it is typed, by id or title. */
export const columnTyped = (resource: Listed, name: string): string => pathNamed(resource, name);

/** Throws `query.invalid` for a column that is neither the list's nor in any of its rows. */
export const refuseUnseen = (query: Query, rows: readonly Row[]): void => {
  const resource = queryResource(query);
  const unseen = unknownFields({ query }).find(
    ({ path }) => !rows.some((row) => valueAt(row, path) !== undefined),
  );
  if (unseen && (rows.length > 0 || !isPartOfColumn(resource, unseen.path)))
    throw noSuchField(resource, unseen, rows);
};
