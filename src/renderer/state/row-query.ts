import { queryOptions } from '@tanstack/react-query';
import { pageResourceOf, resourceOf } from '../../shared/catalog';
import { api } from '../link/api';
import { queries } from './queries';

/** A row's own page; `ahead`: nobody looks at it yet, it goes by the share of jobs. */
export const rowQuery = (profile: string, resource: string, id: string, ahead = false) =>
  queryOptions({
    queryKey: ['row', profile, resource, id],
    queryFn: ({ signal }) =>
      api.list.row.query({ profile, resource, id, priority: ahead ? 'background' : 'visible' }, { signal }),
  });

/** Asks ahead for the page of a row of a list. What it gives cancels that, unless somebody looks at it by then. */
export const askRowAhead = (profile: string, list: string, id: string): (() => void) => {
  const resource = pageResourceOf(resourceOf(list));
  if (id === '' || !resource.itemPath) return () => {};
  const query = rowQuery(profile, resource.id, id, true);
  void queries.prefetchQuery(query);
  return () => void queries.cancelQueries({ queryKey: query.queryKey, exact: true, type: 'inactive' });
};

/** Asks for the page of a row of a list that is being opened: the request leaves before the panel is drawn. */
export const askRow = (profile: string, list: string, id: string) => {
  const resource = pageResourceOf(resourceOf(list));
  if (resource.itemPath) void queries.prefetchQuery(rowQuery(profile, resource.id, id));
};
