import { initReactI18next } from 'react-i18next';
import { numberFormat } from '../../shared/formats';
import { createPhrases } from '../../shared/phrases';
import { clockTime, offsetLabel } from '../../shared/zone';
import { chosenZone } from '../state/chosen-zone';

/** The phrases, ready for `useTranslation`. */
export const phrases = createPhrases();
initReactI18next.init(phrases);

/** Bytes as people read them, in MB. */
export const megabytes = (bytes: number): string =>
  `${numberFormat(phrases.language, { maximumFractionDigits: 1 }).format(bytes / 1_000_000)} MB`;

/** A whole number in the reader's manner: 20,000. */
export const number = (value: number): string => numberFormat(phrases.language, {}).format(value);

/** A moment (unix ms) where the zone stands beside it, sortable by eye: 2026-11-20 09:00:00. */
export const clock = (ms: number): string => clockTime(ms, chosenZone()) ?? String(ms);

/** A moment (unix ms) with its zone: 2026-11-20 09:00:00 UTC+09:00. */
export const moment = (ms: number): string =>
  clockTime(ms, chosenZone()) === null ? String(ms) : `${clock(ms)} ${offsetLabel(ms, chosenZone())}`;
