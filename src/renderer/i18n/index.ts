import { initReactI18next } from 'react-i18next';
import { createPhrases } from '../../shared/phrases';
import { clockTime, offsetLabel } from '../../shared/zone';
import { chosenZone } from '../state/chosen-zone';

/** The phrases, ready for `useTranslation`. */
export const phrases = createPhrases();
initReactI18next.init(phrases);

/** A whole number in the reader's manner: 20,000. */
/** Bytes as people read them, in MB. */
export const megabytes = (bytes: number): string =>
  `${(bytes / 1_000_000).toLocaleString(phrases.language, { maximumFractionDigits: 1 })} MB`;

export const number = (value: number): string => new Intl.NumberFormat(phrases.language).format(value);

/** A moment (unix ms) where the zone stands beside it, sortable by eye: 2026-11-20 09:00:00. */
export const clock = (ms: number): string => clockTime(ms, chosenZone()) ?? String(ms);

/** A moment (unix ms) with its zone: 2026-11-20 09:00:00 UTC+09:00. */
export const moment = (ms: number): string =>
  clockTime(ms, chosenZone()) === null ? String(ms) : `${clock(ms)} ${offsetLabel(ms, chosenZone())}`;
