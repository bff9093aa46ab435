import { useQuery } from '@tanstack/react-query';
import type { GridApi } from 'ag-grid-community';
import { useEffect, useRef, useState } from 'react';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';
import { api } from '../link/api';

/** How often a view that is held at a moment asks whether there is something newer, ms; and one that is followed. */
const newerEveryMs = 15_000;
const followedEveryMs = 2_000;

type Newer = { count: number; capped: boolean };

type Shown = {
  front: boolean;
  grid: GridApi<Row> | null;
  /** Somebody works with rows of it: they stay where they are. */
  isHeld: boolean;
  refresh: () => void;
};

type Followed = Shown & {
  /** The moment that the view is held at, unix ms; null where it is not. */
  until: number | null;
};

/** True where a row below the first is read by keys: the next one would be given to another row that came in its place. */
const isReadByKeys = (grid: GridApi<Row> | null): boolean =>
  (grid?.getFocusedCell()?.rowIndex ?? 0) > 0 &&
  document.activeElement?.matches('.ag-cell:focus-visible') === true;

/** False where the grid was scrolled, or is gone through by keys: what is read there must not move. */
const isAtTop = (grid: GridApi<Row> | null): boolean =>
  (grid?.getVerticalPixelRange().top ?? 0) <= 0 && !isReadByKeys(grid);

/**
 * What came since a view was opened. While it is followed, what comes is shown by itself, unless rows further down are
 * read, or are picked.
 */
export const useNewer = (query: Query, { until, front, grid, isHeld, refresh }: Followed) => {
  const [isFollowed, setFollowed] = useState(false);
  const everyMs = isFollowed ? followedEveryMs : newerEveryMs;
  const {
    data: newer,
    dataUpdatedAt,
    error,
    failureReason,
  } = useQuery({
    queryKey: ['newer', query.profile, query.resource, query.parent, query.filters, until],
    queryFn: ({ signal }): Promise<Newer> => api.list.newer.query({ query, until: until ?? 0 }, { signal }),
    enabled: front && until !== null,
    refetchInterval: everyMs,
    staleTime: everyMs,
    initialData: { count: 0, capped: false },
    initialDataUpdatedAt: () => Date.now(),
  });
  const isNew = isFollowed && newer.count > 0 && !isHeld;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is looked at once
  useEffect(() => {
    if (isNew && isAtTop(grid)) refresh();
  }, [isNew, dataUpdatedAt]);
  // That nothing comes must not be read as nothing happened.
  const failed = isFollowed ? (error ?? failureReason) : null;
  // That nothing is newer makes what is shown as young as that answer; unix ms.
  const checkedAt = isFollowed && newer.count === 0 && failed === null ? dataUpdatedAt : 0;
  return { newer, isFollowed, setFollowed, failed, checkedAt };
};

/**
 * Whether the list was read into the copy, which answers the view, since the view was asked for. It is shown by itself,
 * unless rows further down are read, or are picked. `copied`: the list as the copy has it now; `source`: the view as asked.
 */
export const useNewerCopy = (
  copied: { wholeAt: number | null } | null,
  source: object,
  { front, grid, isHeld, refresh }: Shown,
): boolean => {
  const wholeAt = copied?.wholeAt ?? null;
  const asked = useRef({ source, wholeAt });
  // The first that is known of the copy is what it was asked with.
  if (asked.current.source !== source || asked.current.wholeAt === null) asked.current = { source, wholeAt };
  const isNewer = wholeAt !== null && asked.current.wholeAt !== wholeAt;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each sync is looked at once, and where the view comes to the front
  useEffect(() => {
    if (isNewer && front && !isHeld && isAtTop(grid)) refresh();
  }, [isNewer, wholeAt, front]);
  return isNewer;
};
