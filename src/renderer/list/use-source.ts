import { useLayoutEffect, useState } from 'react';
import { joinedColumns, type Query } from '../../shared/query';
import type { ListState } from '../rows/list-state';
import { ListSource } from '../rows/source';
import { noteLoad } from '../state/workspace';

type Made = { key: string; round: number; source: ListSource };

type SourceOptions = {
  /** Conditions and order are the mirror's to answer. */
  mirrored: boolean;
  /** Grows with each time that the list is asked for anew. */
  round: number;
  /** The view stands ahead, and asks nothing until it is opened. */
  isAhead: boolean;
};

/** Sources by their tabs: React may throw away what it rendered before it was shown, and the request must not go twice. */
const made = new Map<string, Made>();

const sourceFor = (
  tabId: string,
  query: Query,
  { mirrored, round, isAhead, key }: SourceOptions & { key: string },
): ListSource => {
  const known = made.get(tabId);
  if (known?.key === key) return known.source;
  // Asked anew, the same list stands as it was until the answer comes.
  known?.source.keepSeen();
  // What was asked ahead, or seen before, is for the one that is made when the view is opened, as a copy's takes nothing of it.
  const source = new ListSource(query, mirrored || isAhead);
  made.set(tabId, { key, round, source });
  source.onLoad = () => noteLoad(tabId);
  if (!isAhead) source.begin(known !== undefined && known.round !== round);
  return source;
};

/** A source for the query and its state; another query, a tenant that moved, or a refresh, makes another source and closes the old one. */
export const useSource = (tabId: string, query: Query, place: string, options: SourceOptions) => {
  const { mirrored, round, isAhead } = options;
  const [told, setTold] = useState<{ by: ListSource; state: ListState } | null>(null);
  const asked = mirrored ? [query.where, query.sort] : joinedColumns(query).map(({ id }) => id);
  // Columns and a new object of the same content make no new source.
  const key = JSON.stringify([
    query.profile,
    place,
    query.resource,
    query.parent,
    query.filters,
    round,
    mirrored,
    isAhead,
    asked,
  ]);
  const source = sourceFor(tabId, query, { ...options, key });
  // Not as `useSourceState` has it: the grid's rows come before what is drawn around them.
  const drawn = told?.by === source ? told.state : source.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state that was drawn with this source
  useLayoutEffect(() => {
    const tell = () => setTold({ by: source, state: source.state });
    const ended = source.watch(tell);
    // What came between drawing and this is told; a state that is drawn already is not drawn once more.
    if (source.state !== drawn) tell();
    return () => {
      ended();
      source.close();
      if (made.get(tabId)?.source === source) made.delete(tabId);
    };
  }, [source, tabId]);
  return { source, state: drawn };
};
