import { type QueryKey, queryOptions } from '@tanstack/react-query';
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

/** The page of a row of a list; null for one that has none. */
const pageOfRow = (profile: string, list: string, id: string, ahead = false) => {
  const resource = pageResourceOf(resourceOf(list));
  return id !== '' && resource.itemPath ? rowQuery(profile, resource.id, id, ahead) : null;
};

const unlooked = (queryKey: QueryKey) =>
  void queries.cancelQueries({ queryKey, exact: true, type: 'inactive' });

/** Asks ahead for the page of a row of a list. What it gives cancels that, unless somebody looks at it by then. */
export const askRowAhead = (profile: string, list: string, id: string): (() => void) => {
  const page = pageOfRow(profile, list, id, true);
  if (!page) return () => {};
  void queries.prefetchQuery(page);
  return () => unlooked(page.queryKey);
};

/** Asks for the page of a row of a list that is being opened: the request leaves before the panel is drawn. */
export const askRow = (profile: string, list: string, id: string) => {
  const page = pageOfRow(profile, list, id);
  if (!page) return;
  // One that was asked for ahead may wait for a job's turn: asked anew, it goes before.
  unlooked(page.queryKey);
  void queries.prefetchQuery(page);
};

/** Asks anew for all that is known of one object, if anybody looks at it. */
export const askObjectAnew = (profile: string, id: string) =>
  void queries.invalidateQueries({
    predicate: ({ queryKey: [kind, of, , object] }) => {
      if (kind === 'row' || kind === 'access') return of === profile && object === id;
      return kind === 'related' && JSON.stringify(of).includes(JSON.stringify(id).slice(1, -1));
    },
  });
