import type { TFunction } from 'i18next';
import type { Column } from '../catalog/index.ts';
import type { LocalMode } from '../local.ts';
import { values } from './en/values.ts';

/** The words of which a column's values are, where the catalogue names one. */
export type Vocabulary = NonNullable<Column['words']>;

/** The values of an enumeration that have words; a newer server may have others. */
export const valuesWithWords = (words: Vocabulary): string[] => Object.keys(values.values[words]);

/** What a value of an enumeration is called; null for one that a newer server has, which stands as it is. */
export const wordOfValue = (t: TFunction, words: Vocabulary | undefined, value: unknown): string | null => {
  if (words === undefined || typeof value !== 'string' || !/^\w{1,60}$/.test(value)) return null;
  const said = (t as (key: string, options: object) => string)(`values.${words}.${value}`, {
    defaultValue: '',
  });
  return said === '' ? null : said;
};

/** What a comparison is called: of times, less is before. */
export const modeName = (t: TFunction, kind: Column['kind'] | undefined, mode: LocalMode): string => {
  const isTime = kind === 'time' || kind === 'seconds';
  return isTime && (mode === 'less' || mode === 'more')
    ? t(`local.timeModes.${mode}`)
    : t(`local.modes.${mode}`);
};
