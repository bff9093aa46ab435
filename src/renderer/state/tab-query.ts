import { type Query, queryOf } from '../../shared/query';
import type { Tab } from './tab-list';

const queryOrNull = (url: string): Query | null => {
  try {
    return queryOf(url);
  } catch {
    return null;
  }
};

/** Queries by addresses, those that were asked for last at the end: what is drawn by a query stands while it is the same one. */
const queriesByUrl = new Map<string, Query | null>();
const mostQueries = 200;

/** The query of a tab; null for an address that this version does not know. */
export const tabQuery = ({ url }: Pick<Tab, 'url'>): Query | null => {
  const known = queriesByUrl.get(url);
  const query = known === undefined ? queryOrNull(url) : known;
  queriesByUrl.delete(url);
  queriesByUrl.set(url, query);
  const [oldest] = queriesByUrl.keys();
  if (queriesByUrl.size > mostQueries && oldest !== undefined) queriesByUrl.delete(oldest);
  return query;
};
