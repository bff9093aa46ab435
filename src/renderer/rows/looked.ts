import type { PageOfRows } from '../../core/router';
import type { Resource } from '../../shared/catalog';
import { isComplete } from '../../shared/complete';
import { pageSize } from '../../shared/limits';
import type { TimeBounds } from '../../shared/query';
import type { Looked } from '../../shared/scope';
import type { ListState } from './list-state';
import { type LocalRows, sameConditions } from './local-rows';
import type { Scan, ScanProgress } from './scan';

/**
 * True for lists that are read by windows of time; `bounds`: how the tenant's server takes those, null while that is not known.
 */
export const isReadByTime = ({ pin, parent }: Resource, bounds: TimeBounds | null): boolean =>
  pin !== undefined && !parent && bounds !== 'ignored';

/** What may be said of a list's local conditions and order. */
export const lookedOf = ({ matching, lookedAt, fromTop, total, capped, mirror, scan }: ListState): Looked => {
  const counted = scan?.total ?? null;
  return {
    matches: matching ?? 0,
    lookedAt,
    total: counted ?? total,
    capped: counted === null && capped,
    fromTop,
    running: scan?.state === 'running',
    read: scan?.report ? { complete: isComplete(scan.report) } : null,
    copy: mirror && { whole: mirror.whole },
  };
};

/** The same with what a reading of all rows that counts them came to. */
export const lookedByCounting = (state: ListState, counting: ScanProgress): Looked =>
  lookedOf({
    ...state,
    matching: counting.matches,
    lookedAt: counting.lookedAt,
    fromTop: true,
    scan: counting,
  });

/** True when a reading of all rows is as far as the loaded rows, so that its rows are the ones shown. */
const isFurther = (scan: Scan | null, loadedRows: number): scan is Scan =>
  scan !== null && (scan.progress.state === 'done' || scan.progress.lookedAt >= loadedRows);

/**
 * Since when the rows on show may have changed, unix ms: the oldest answer among them. As before where none of them is here.
 * @param sight first and last row in sight
 */
export const shownSince = (
  { fetchedAt, loadedRows }: ListState,
  pages: ReadonlyMap<number, Pick<PageOfRows, 'fetchedAt'>>,
  [first, last]: readonly [number, number],
  isLocal: boolean,
  scan: Scan | null,
): number | null => {
  if (isLocal && isFurther(scan, loadedRows)) return scan.begunAt;
  const shown = [...pages].filter(
    ([index]) => isLocal || (index >= Math.floor(first / pageSize) && index <= Math.floor(last / pageSize)),
  );
  return shown.length === 0 ? fetchedAt : Math.min(...shown.map(([, page]) => page.fetchedAt));
};

/** What local conditions and order were held against, loaded rows or what a reading of all found, and what came of it. */
export const lookedThrough = (
  local: LocalRows,
  scan: Scan | null,
  loadedRows: number,
  pages: readonly number[],
): Pick<ListState, 'matching' | 'lookedAt' | 'fromTop'> => {
  const further = isFurther(scan, loadedRows);
  const isScans = scan !== null && sameConditions(scan.where, local.asked.where ?? []);
  if (further) local.take(scan.found, isScans);
  const { count } = local;
  return {
    matching: count !== null && further && isScans ? scan.progress.matches : count,
    lookedAt: further ? scan.progress.lookedAt : loadedRows,
    fromTop: further || Math.max(...pages, -1) === pages.length - 1,
  };
};
