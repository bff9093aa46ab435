import type { i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { numberFormat } from '../../shared/formats';
import { createPhrases } from '../../shared/phrases';
import { clockTime, offsetLabel } from '../../shared/zone';
import { chosenZone } from '../state/chosen-zone';

const places = new Set(['ns', 'nsSeparator', 'keySeparator', 'defaultValue']);

/** True of what is asked of a phrase without values: at most where it is, and what stands in for it. */
const isPlain = (options: unknown): boolean =>
  options === undefined ||
  (typeof options === 'object' && options !== null && Object.keys(options).every((name) => places.has(name)));

type Say = (...asked: unknown[]) => unknown;

/**
 * Has phrases without values be looked up once, whoever asks: a view says hundreds of them when it is made, and each of its parts
 * has a `t` of its own.
 */
const remembering = (given: i18n): i18n => {
  const known = new Map<string, unknown>();
  given.on('languageChanged', () => known.clear());
  const quicker = (say: Say, asked: string): Say => {
    const quick: Say = (key, options, ...more) => {
      if (typeof key !== 'string' || !isPlain(options)) return say(key, options, ...more);
      const name = options === undefined ? asked + key : JSON.stringify([asked, key, options]);
      const before = known.get(name);
      if (before !== undefined) return before;
      const said = say(key, options);
      known.set(name, said);
      return said;
    };
    return Object.assign(quick, say);
  };
  const { getFixedT: fixed, t } = given;
  const remembered = (...of: unknown[]) =>
    quicker(Reflect.apply(fixed, given, of), `${JSON.stringify([given.language, ...of])} `);
  return Object.assign(given, {
    getFixedT: remembered,
    t: quicker((...asked) => Reflect.apply(t, given, asked), ''),
  });
};

/** The phrases, ready for `useTranslation`. */
export const phrases = remembering(createPhrases());
initReactI18next.init(phrases);

/** Bytes as people read them, in MB. */
export const megabytes = (bytes: number): string =>
  numberFormat(phrases.language, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(
    bytes / 1_000_000,
  );

/** A whole number in the reader's manner: 20,000. */
export const number = (value: number): string => numberFormat(phrases.language, {}).format(value);

/** A part of a whole (1) in the reader's manner, with `digits` behind its point: 12.5%. */
export const percent = (part: number, digits: number): string =>
  numberFormat(phrases.language, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(part);

/** A moment (unix ms) where the zone stands beside it, sortable by eye: 2026-11-20 09:00:00. */
export const clock = (ms: number): string => clockTime(ms, chosenZone()) ?? String(ms);

/** A moment (unix ms) with its zone: 2026-11-20 09:00:00 UTC+09:00. */
export const moment = (ms: number): string =>
  clockTime(ms, chosenZone()) === null ? String(ms) : `${clock(ms)} ${offsetLabel(ms, chosenZone())}`;
