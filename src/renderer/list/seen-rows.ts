import type { GridApi, IRowNode } from 'ag-grid-community';
import type { Resource } from '../../shared/catalog';
import { pageSize } from '../../shared/limits';
import { type Row, rowIdOf } from '../../shared/row';
import type { Seen } from '../state/seen-lists';
import { scrollBar } from './scroll-bars';

/** Frames that a grid which was just made may take until it has its height, and can be scrolled. */
const mostFrames = 6;

/** Puts a grid that is given what was seen before where it was then, before it is painted. */
export const showSeen = (grid: GridApi<Row>, place: HTMLElement, { total, capped, top }: Seen) => {
  if (top === 0) return;
  grid.setRowCount(total, !capped);
  const row = Math.min(top, total - 1);
  const scroll = (frames: number) => {
    if (grid.isDestroyed()) return;
    grid.ensureIndexVisible(row, 'top');
    const rowHeight = grid.getGridOption('rowHeight') ?? 1;
    const pixels = grid.getVerticalPixelRange().top;
    // The bar beside the rows has its height later than they do, and follows them only when they scroll.
    const bar = place.querySelector(scrollBar);
    if (bar) bar.scrollTop = pixels;
    const there =
      Math.abs(pixels / rowHeight - row) < 1 && (!bar || Math.abs(bar.scrollTop - pixels) < rowHeight);
    if (!there && frames > 0) requestAnimationFrame(() => scroll(frames - 1));
  };
  scroll(mostFrames);
};

const rowBefore = ({ pages }: Seen, index: number): Row | undefined =>
  pages.get(Math.floor(index / pageSize))?.rows[index % pageSize];

/** Cells of a row that say something else than before; of another row all of them. */
const changedCells = (
  grid: GridApi<Row>,
  resource: Resource,
  node: IRowNode<Row>,
  before: ReadonlyMap<string, Row>,
): string[] => {
  const { data } = node;
  const columns = grid.getAllDisplayedColumns().map((column) => column.getColId());
  const was = data && before.get(rowIdOf(resource, data));
  if (!data || !was) return columns;
  return columns.filter(
    (id) => JSON.stringify(data[id.split('.')[0] ?? '']) !== JSON.stringify(was[id.split('.')[0] ?? '']),
  );
};

/**
 * Has a grid read anew what the server answered in the place of what was seen before. Rows stand until theirs come, at the
 * same place of the scroll bar; what has changed is marked for a moment.
 */
export const replaceSeen = (grid: GridApi<Row>, resource: Resource, seen: Seen) => {
  const before = new Map(
    [...seen.pages.values()].flatMap(({ rows }) => rows.map((row) => [rowIdOf(resource, row), row] as const)),
  );
  const marked = new Set<number>();
  const mark = () => {
    // The list may have been left while its answer was on the way.
    if (grid.isDestroyed()) return;
    let waiting = false;
    const ticked = grid.getSelectedNodes();
    // What is picked is known by its place: a place that the list has no more, or that has another row, ends it.
    if (ticked.some(({ rowIndex }) => (rowIndex ?? 0) >= grid.getDisplayedRowCount())) grid.deselectAll();
    // It may be out of sight.
    for (const node of new Set([...grid.getRenderedNodes(), ...ticked])) {
      const { rowIndex, data } = node;
      const was = rowIndex === null ? undefined : rowBefore(seen, rowIndex);
      if (rowIndex === null || marked.has(rowIndex) || !data || !was) continue;
      if (was === data) {
        waiting = true;
        continue;
      }
      marked.add(rowIndex);
      const columns = changedCells(grid, resource, node, before);
      if (columns.length > 0) grid.flashCells({ rowNodes: [node], columns });
      if (node.isSelected() && rowIdOf(resource, was) !== rowIdOf(resource, data)) grid.deselectAll();
    }
    if (!waiting) grid.removeEventListener('modelUpdated', mark);
  };
  grid.addEventListener('modelUpdated', mark);
  grid.refreshInfiniteCache();
};
