import type { Column, Resource } from '../../shared/catalog/index.ts';
import { type Row, secretFields } from '../../shared/row.ts';
import { nameColumnOf, namesField } from '../tenants/named.ts';
import type { WrittenColumn } from './partial-file.ts';

/** The chosen columns; ids that the catalogue does not know (a newer server's fields) are taken as JSON. */
export const chosenColumns = (resource: Resource, ids: readonly string[]): Column[] =>
  ids.map((id) => resource.columns.find((column) => column.id === id) ?? { id, kind: 'json' });

export const defaultColumns = (resource: Resource) => resource.columns.filter(({ hidden }) => !hidden);

/** Every catalogue column, then the fields that the first rows carry beyond them, secrets left out. */
export const allColumns = (resource: Resource, rows: readonly Row[]): Column[] => {
  const present = resource.columns.filter(
    ({ id, joins }) => joins === undefined || rows.some((row) => row[id] !== undefined),
  );
  const covered = new Set(present.map(({ id }) => id.split('.')[0]));
  const more = new Set(rows.flatMap((row) => Object.keys(row)).filter((key) => !covered.has(key)));
  for (const field of secretFields(resource)) more.delete(field);
  return [...present, ...[...more].map((id): Column => ({ id, kind: 'json' }))];
};

/** The columns, and after each of ids of other rows that of what those are called. */
export const withNameColumns = (columns: readonly Column[]): Column[] =>
  columns
    .filter(({ id }) => id !== namesField)
    .flatMap((column) => (column.ref === undefined ? [column] : [column, nameColumnOf(column)]));

/** Adds the columns of fields that are in these rows only, at the end: a row may be the first to carry one. */
export const addLate = (columns: WrittenColumn[], resource: Resource, rows: readonly Row[]): void => {
  const covered = new Set([...columns, ...resource.columns].map(({ id }) => id.split('.')[0]));
  for (const field of secretFields(resource)) covered.add(field);
  for (const row of rows) {
    for (const id of Object.keys(row)) {
      if (covered.has(id)) continue;
      covered.add(id);
      columns.push({ id, kind: 'json', late: true });
    }
  }
};
