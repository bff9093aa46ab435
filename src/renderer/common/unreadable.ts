import { type Row, unreadableOf } from '../../shared/row';
import { number, phrases } from '../i18n';

/** What is said of a row that the server fails on; null for any other row. */
export const unreadableText = (row: Row): string | null => {
  const which = unreadableOf(row);
  return which ? phrases.t('list.unreadable', { place: number(which.place + 1) }) : null;
};

/** What the cells of such a row show: the first one which it is, the others that nobody knows; null for any other row. */
export const unreadableCell = (row: Row, isFirst: boolean): string | null => {
  const which = unreadableOf(row);
  if (!which) return null;
  return isFirst ? phrases.t('list.unreadableRow', { place: number(which.place + 1) }) : '?';
};
