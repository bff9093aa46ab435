import { type QueryKey, queryOptions } from '@tanstack/react-query';
import { type Related, resourceOf } from '../../shared/catalog';
import type { Query } from '../../shared/query';
import { type Row, valueAt } from '../../shared/row';
import { anyText } from '../../shared/shown';
import { api } from '../link/api';
import { queries } from '../state/queries';

/** A related list's own name in the panel. */
export const relatedId = ({ resource, filter = '' }: Related) => `${resource}/${filter}`;

/** False for a list that a row of this kind cannot have: a role of users has no applications. */
export const mayApply = ({ when, value }: Related, row: Row | undefined): boolean => {
  if (row === undefined) return true;
  if (value !== undefined && !valueAt(row, value)) return false;
  if (!when) return true;
  const found = valueAt(row, when.column);
  return found === undefined || when.is.some((one) => one === found);
};

/** The query of a list nested under a row; below a row that is itself nested under another, both ids are needed. */
export const relatedQuery = (from: Query, { resource, filter }: Related, id: string): Query => {
  const { profile } = from;
  if (filter) return { profile, resource, filters: { [filter]: [id] } };
  const below = resourceOf(resource).parent?.resource === from.resource && from.parent;
  return { profile, resource, parent: below ? `${from.parent}/${id}` : id, filters: {} };
};

/** Which row a related list is of: that of the panel, or one that it names. */
export const idBelow = ({ value }: Related, row: Row, id: string): string =>
  value ? anyText(valueAt(row, value)) : id;

/** The first rows of a related list. The overview and the list's own section ask for the same. */
export const relatedPage = (query: Query) =>
  queryOptions({
    queryKey: ['related', query],
    queryFn: ({ signal }) => api.list.page.query({ query, index: 0 }, { signal }),
  });

const isOf = (profile: string, [kind, of]: QueryKey): boolean =>
  kind === 'related'
    ? (of as Query).profile === profile
    : (kind === 'row' || kind === 'access') && of === profile;

/** Asks again for what is shown of a tenant's rows and could not be read: rows, their nested lists, and who has which access. */
export const askAgain = (profile: string) =>
  void queries.refetchQueries({
    type: 'active',
    predicate: ({ queryKey, state }) => state.status === 'error' && isOf(profile, queryKey),
  });
