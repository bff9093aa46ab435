import { phrases } from '../../i18n';

/** What is said of one thing, in one line. */
export const joined = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' · ');

/** Whether all of a list is known to be in what was made of it; null where nobody asked for all. */
export const completeness = (whole: boolean | null): string | null =>
  whole === null ? null : phrases.t(whole ? 'jobs.complete' : 'jobs.notComplete');
