import type { Resource } from '../../shared/catalog';
import { eventInWords } from '../../shared/phrases/event-words';
import { type Row, rowIdOf, rowLabelOf, valueAt } from '../../shared/row';
import { phrases } from '../i18n';
import { nameOf } from './names';
import { textOf, wordsOf } from './values';

/** Columns that tell a row without a name from the others. */
const mostColumns = 3;

/**
 * What a row is chosen by: its name; of one that has none, such as a session, what its first columns say, with the names of
 * what they lead to as far as those are known.
 */
export const rowInWords = (profile: string, resource: Resource, row: Row): string => {
  const id = rowIdOf(resource, row);
  const label = rowLabelOf(resource, row);
  // Some are known by their names alone, as secrets are.
  const isBare = resource.columns.some(({ id: path, kind }) => kind === 'id' && valueAt(row, path) === label);
  if (!isBare) return label.includes('.') ? eventInWords(phrases.t, label) : label;
  const said = resource.columns
    .filter(({ id: path, hidden }) => !hidden && valueAt(row, path) !== id)
    .slice(0, mostColumns)
    .map((column) => {
      const value = valueAt(row, column.id);
      const name = typeof value === 'string' ? nameOf(profile, column.ref, value) : null;
      return name ?? wordsOf(column, value) ?? textOf(column, row);
    });
  return said.filter(Boolean).join(' · ') || id;
};
