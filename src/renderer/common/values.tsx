import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column, Resource } from '../../shared/catalog';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { wordOfValue } from '../../shared/phrases/value-words';
import { knownOf, type Row, valueAt } from '../../shared/row';
import { anyText, shownText } from '../../shared/shown';
import { moment, number, phrases } from '../i18n';
import { chosenZone } from '../state/chosen-zone';
import styles from './values.module.css';

const partText = (part: unknown, name: string | undefined): string => {
  const value = name ? valueAt(part, name) : part;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(part);
};

/** The parts of a list's value, each as plain text. */
export const partsOf = ({ id, part }: Column, row: Row): string[] => {
  const value = valueAt(row, id);
  return Array.isArray(value) ? value.map((one) => partText(one, part)) : [];
};

/** True for a column of moments. */
export const isTime = ({ kind }: Column): boolean => kind === 'time' || kind === 'seconds';

/** A column's title; of times with the zone that they are shown in. */
export const titleWithZone = ({ id }: Resource, column: Column): string => {
  const title = columnTitle(phrases.t, id, column.id);
  return isTime(column) ? `${title} (${chosenZone()})` : title;
};

/** The value of a column as plain text, for tooltips and the clipboard. */
export const textOf = (column: Column, row: Row): string => {
  const value = valueAt(row, column.id);
  if (value === null || value === undefined) return '';
  if (column.kind === 'time' && typeof value === 'number') return moment(value);
  if (column.kind === 'seconds' && typeof value === 'number') return moment(value * 1000);
  if (column.kind === 'list' && Array.isArray(value)) return partsOf(column, row).join(', ');
  if (column.kind === 'names' && typeof value === 'object') return nameIn(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** Text that the server has in several languages: in the interface's, in English, or whichever there is. */
const nameIn = (names: object): string => {
  const texts = names as Record<string, unknown>;
  const text = texts[phrases.language] ?? texts.en ?? Object.values(texts)[0];
  return typeof text === 'string' ? text : '';
};

/** The value of an enumeration in words, or several of them; null where it has none, or is shown as it is. */
export const wordsOf = ({ words, part: name }: Column, value: unknown): string | null => {
  if (!Array.isArray(value)) return wordOfValue(phrases.t, words, value);
  const said = value.map((part) => {
    const one = name ? valueAt(part, name) : part;
    return wordOfValue(phrases.t, words, one) ?? anyText(one);
  });
  return words && said.length > 0 ? said.join(', ') : null;
};

const isEmpty = (value: unknown) =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** What a result is called, and whether it is a good one. */
export const outcomeOf = (value: unknown): { good: boolean; text: string } => {
  const good = value === 'Success';
  return { good, text: wordOfValue(phrases.t, 'outcome', value) ?? shownText(anyText(value)) };
};

/** Value of a column as people read it, outside of grids (`list/cell.ts`). */
export const Value = ({ column, row }: { column: Column; row: Row }): ReactNode => {
  const { t } = useTranslation();
  const value = valueAt(row, column.id);
  // An empty cell says that there is none: of who belongs to what, only a copy of it can say that.
  if (knownOf(row, column) === 'joined') return <span className={styles.unknown}>{t('row.notCopied')}</span>;
  if (isEmpty(value)) return null;
  if (column.kind === 'boolean' && typeof value === 'boolean')
    return value ? t('common.yes') : <span className={styles.unknown}>–</span>;
  if (column.kind === 'number' && typeof value === 'number') return number(value);
  if (column.kind === 'outcome') {
    const { good, text } = outcomeOf(value);
    return (
      <span className={styles.outcome} data-good={good || undefined} title={shownText(anyText(value))}>
        {text}
      </span>
    );
  }
  const text = shownText(textOf(column, row));
  const words = wordsOf(column, value);
  if (words !== null) return <span title={text}>{shownText(words)}</span>;
  return column.kind === 'id' || column.kind === 'json' ? <span className={styles.mono}>{text}</span> : text;
};
