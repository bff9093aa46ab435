import type { i18n } from 'i18next';
import { type Column, resourceOf } from '../../shared/catalog/index.ts';
import { eventInWords } from '../../shared/phrases/event-words.ts';
import { plain } from '../../shared/plain.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import { clockTime, offsetLabel, type Zone } from '../../shared/zone.ts';
import type { Dossier } from './dossier.ts';

/** Text made fit for a page: what HTML obeys is escaped, what hides or reorders text is named. */
export const html = (text: string): string =>
  plain(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** The same where it stands beside others: text of another direction moves nothing but itself. */
export const apart = (text: string): string => `<bdi>${html(text)}</bdi>`;

/** A moment (unix ms) with its date, time and offset. */
export const wholeTime = (ms: number, zone: Zone): string => {
  const time = clockTime(ms, zone);
  return time === null ? String(ms) : `${time.replace(/Z$/, '')} ${offsetLabel(ms, zone)}`;
};

/** A value as JSON, in lines. */
export const jsonBlock = (value: unknown): string =>
  `<pre dir="ltr">${html(JSON.stringify(value, null, 2))}</pre>`;

export type Written = { t: i18n['t']; zone: Zone; names: Dossier['names'] };

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** A column's value of a row, as HTML; empty for none. */
export const cell = (column: Column, row: Row, { t, zone, names }: Written): string => {
  const { id, kind, ref, part } = column;
  const value = valueAt(row, id);
  if (isEmpty(value)) return '';
  if (typeof value === 'boolean') return t(value ? 'dossier.yes' : 'dossier.no');
  if (typeof value === 'number' && kind === 'time') return html(wholeTime(value, zone));
  if (typeof value === 'number' && kind === 'seconds') return html(wholeTime(value * 1_000, zone));
  if (typeof value === 'string' && kind === 'event') {
    const words = eventInWords(t, value);
    return words === value ? apart(value) : `${html(words)} <small>${html(value)}</small>`;
  }
  if (typeof value === 'string' && ref !== undefined) {
    const name = Object.hasOwn(names[ref] ?? {}, value) ? names[ref]?.[value] : undefined;
    return name === undefined ? apart(value) : `${apart(name)} <small>${html(value)}</small>`;
  }
  if (Array.isArray(value)) {
    const parts = value.map((one: unknown) => (part === undefined ? one : valueAt(one, part)));
    if (parts.every((one) => typeof one === 'string' || typeof one === 'number'))
      return parts.map((one) => apart(String(one))).join(', ');
  }
  return typeof value === 'object' ? jsonBlock(value) : apart(String(value));
};

/** The columns of a list that a person reads first; every field is in the row's own JSON. */
export const shownColumns = (list: string): readonly Column[] =>
  resourceOf(list).columns.filter(({ hidden, joins }) => !hidden && joins === undefined);

/** All fields of a row as columns: those that the catalogue knows, then whatever else the server sent. */
export const fieldsOf = (list: string, row: Row): readonly Column[] => {
  const known = resourceOf(list).columns.filter(({ joins }) => joins === undefined);
  const rest = Object.keys(row).filter(
    (key) => !known.some(({ id }) => id === key || id.startsWith(`${key}.`)),
  );
  return [...known, ...rest.map((id): Column => ({ id, kind: 'text' }))];
};
