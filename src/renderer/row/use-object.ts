import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { type Column, pageResourceOf, type Related, type Resource, resourceOf } from '../../shared/catalog';
import type { ErrorValue } from '../../shared/errors';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, rowLabelOf } from '../../shared/row';
import { errorOf } from '../link/api';
import { useJoining } from '../rows/joins';
import type { ListSource } from '../rows/source';
import { rowQuery } from '../state/row-query';
import { noteRecent } from '../state/workspace';
import { mayApply, relatedId } from './related';

/** What is known of one row, and what there is to know of it. */
export type Shown = {
  /** The view that it was opened from, or its own. */
  query: Query;
  id: string;
  /** The list that it was opened in, and that of which it has its page. */
  listed: Resource;
  resource: Resource;
  /** Absent until anything is known of it. */
  row: Row | undefined;
  name: string;
  columns: readonly Column[];
  related: readonly Related[];
  error: ErrorValue | null;
  /** It is as its own page has it, not only as a list does. */
  isWhole: boolean;
};

const never = () => () => {};

/** A row as the list has it, or had it last: a list that is asked anew while a panel is open has it anew. */
const useListed = (source: ListSource | null, listed: Resource, id: string): Row | undefined => {
  const held = useRef<{ source: ListSource; seen: boolean; id: string; row: Row } | null>(null);
  return useSyncExternalStore(source?.watch ?? never, () => {
    const known = held.current?.id === id ? held.current : null;
    if (!source || (known?.source === source && known.seen === source.state.seen)) return known?.row;
    const row = source.find((one) => rowIdOf(listed, one) === id);
    if (row) held.current = { source, seen: source.state.seen, id, row };
    return row ?? known?.row;
  });
};

/** A row by its id: as the list has it, at once, then as its own page does. The same object until one of its parts is another. */
export const useObject = (query: Query, id: string, source: ListSource | null): Shown => {
  const listed = resourceOf(query.resource);
  const resource = pageResourceOf(listed);
  const known = useListed(source, listed, id);
  const { data, error, isSuccess, isPlaceholderData } = useQuery({
    ...rowQuery(query.profile, resource.id, id),
    enabled: resource.itemPath !== undefined,
    ...(known ? { placeholderData: known } : {}),
  });
  // Of what is being asked, nothing is said yet.
  const isJoining = useJoining(known);
  // What only the list carries (counts, roles in an organization) stays beside what only the page carries.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the copy knows is put into the row that the list has
  const row = useMemo(
    (): Row | undefined => (data ? { ...known, ...data } : known),
    [known, data, isJoining],
  );
  // What happens by the thousand is looked at once.
  const name = row && !resource.pin ? rowLabelOf(resource, row) : null;
  useEffect(() => {
    if (name !== null) noteRecent({ profile: query.profile, resource: resource.id, id, name });
  }, [query.profile, resource.id, id, name]);
  // Who belongs to what is known of rows of a list only.
  const isJoined = source !== null && !isJoining;
  const isWhole = resource.itemPath === undefined || (isSuccess && !isPlaceholderData);
  return useMemo(() => {
    const columns = (listed.id === resource.id ? resource.columns : listed.columns).filter(
      ({ joins }) => !joins || isJoined,
    );
    // What is nested under this row here (roles in this organization) comes before what is nested under it anywhere.
    const all = [...listed.related, ...resource.related];
    const related = [...new Map(all.map((one) => [relatedId(one), one])).values()].filter((one) =>
      mayApply(one, row),
    );
    return {
      query,
      id,
      listed,
      resource,
      row,
      name: row ? rowLabelOf(resource, row) : id,
      columns,
      related,
      error: error ? errorOf(error) : null,
      isWhole,
    };
  }, [query, id, listed, resource, row, isJoined, error, isWhole]);
};
