import { type Row, unreadableOf } from '../../shared/row';
import { number, phrases } from '../i18n';

/** What is shown in the place of a row that the server fails on; null for any other row. */
export const unreadableText = (row: Row): string | null => {
  const which = unreadableOf(row);
  return which ? phrases.t('list.unreadable', { place: number(which.place + 1) }) : null;
};
