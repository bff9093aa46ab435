/** What has filters, as a query has them. */
type Filtered = { filters: Record<string, string[]> };

const inForm = <Q extends Filtered>(query: Q, form: 'NFC' | 'NFD'): Q => ({
  ...query,
  filters: Object.fromEntries(
    Object.entries(query.filters).map(([id, values]) => [id, values.map((value) => value.normalize(form))]),
  ),
});

/**
 * The query with its text composed (NFC): a letter and its mark typed on macOS come as two characters, and match nothing
 * that is stored as one.
 */
export const composed = <Q extends Filtered>(query: Q): Q => inForm(query, 'NFC');

/** The query with its text decomposed, for servers whose own text is; null where that is the same text. */
export const decomposed = <Q extends Filtered>(query: Q): Q | null => {
  const other = inForm(query, 'NFD');
  return JSON.stringify(other.filters) === JSON.stringify(composed(query).filters) ? null : other;
};
