import { initReactI18next } from 'react-i18next';
import { createPhrases } from '../../shared/phrases';

/** The phrases, ready for `useTranslation`. */
export const phrases = createPhrases();
initReactI18next.init(phrases);

/** A whole number in the reader's manner: 20,000. */
/** Bytes as people read them, in MB. */
export const megabytes = (bytes: number): string =>
  `${(bytes / 1_000_000).toLocaleString(phrases.language, { maximumFractionDigits: 1 })} MB`;

export const number = (value: number): string => new Intl.NumberFormat(phrases.language).format(value);

const dateTime = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' });

/** A moment (unix ms) in local time, sortable by eye: 2026-11-20 09:00:00. */
export const moment = (ms: number): string =>
  Number.isNaN(new Date(ms).getTime()) ? String(ms) : dateTime.format(ms);
