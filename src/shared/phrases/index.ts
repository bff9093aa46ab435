import i18next, { type i18n } from 'i18next';
import type { ErrorDetail, ErrorValue } from '../errors.ts';
import { catalogNamespace } from './catalog-words.ts';
import { catalog } from './en/catalog/index.ts';
import { en } from './en/index.ts';
import type { terminal } from './en/terminal.ts';
import { whyInWords } from './reason-words.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en; terminal: typeof terminal };
  }
}

/** The phrases in a language; English stands in for what a language lacks. */
export const createPhrases = (language = 'en'): i18n => {
  const phrases = i18next.createInstance();
  void phrases.init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en, [catalogNamespace]: catalog } },
    // The interface renders text as text; escaping here would show `&amp;`.
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return phrases;
};

/** Why an error happened, with the column of a search line where that is known. */
const atColumn = (t: (key: string, values: object) => string, detail: ErrorDetail): string => {
  const reason = whyInWords(t, detail) ?? '';
  return detail.column === undefined ? reason : t('search.atColumn', { column: detail.column, reason });
};

/** An error for people: what happened, what to do, and in small print what the server said. */
export const explain = (
  phrases: Pick<i18n, 't'>,
  { code, detail }: ErrorValue,
): { title: string; remedy: string; details: string[] } => {
  const t = phrases.t as (key: string, values: object) => string;
  const values = { where: detail.where ?? '' };
  return {
    title: t(`errors.${code}.title`, values),
    remedy: t(`errors.${code}.next`, values),
    details: [
      detail.status ? `HTTP ${detail.status}` : '',
      detail.serverCode ?? '',
      atColumn(t, detail),
      detail.requestId ? t('status.requestId', { id: detail.requestId }) : '',
    ].filter(Boolean),
  };
};
