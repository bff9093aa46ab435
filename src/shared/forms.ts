import type { Query } from './query.ts';

const inForm = (query: Query, form: 'NFC' | 'NFD'): Query => ({
  ...query,
  filters: Object.fromEntries(
    Object.entries(query.filters).map(([id, values]) => [id, values.map((value) => value.normalize(form))]),
  ),
});

/**
 * The query with its text composed (NFC): a letter and its mark typed on macOS come as two characters, and match nothing
 * that is stored as one.
 */
export const composed = (query: Query): Query => inForm(query, 'NFC');

/** The query with its text decomposed, for servers whose own text is; null where that is the same text. */
export const decomposed = (query: Query): Query | null => {
  const other = inForm(query, 'NFD');
  return JSON.stringify(other.filters) === JSON.stringify(composed(query).filters) ? null : other;
};
