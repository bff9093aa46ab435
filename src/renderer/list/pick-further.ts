import type { GridApi, SuppressKeyboardEventParams } from 'ag-grid-community';
import type { Row } from '../../shared/row';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** A walk with Shift: where it began, where it is, and the rows that were selected by it. */
type Walk = { from: number; at: number; picked: Set<number> };

/** The walk of a grid; any other key ends it. */
const walks = new WeakMap<GridApi<Row>, Walk>();

/**
 * Selects the next row, too, by Shift and an arrow, from the row with the focus on, and deselects on the way back what the walk
 * selected, as sheets do. True where it was such a key; a row that is waited for is not gone to.
 */
export const pickedFurther = ({ event, api, node, column }: SuppressKeyboardEventParams<Row>): boolean => {
  const by = steps[event.key];
  if (by === undefined || !event.shiftKey || event.ctrlKey || event.metaKey) {
    if (event.key !== 'Shift') walks.delete(api);
    return false;
  }
  event.preventDefault();
  const at = node.rowIndex;
  if (at === null) return true;
  const next = api.getDisplayedRowAtIndex(at + by);
  if (!next?.data) return true;
  const before = walks.get(api);
  const walk = before?.at === at ? before : { from: at, at, picked: new Set<number>() };
  const pick = (row: typeof node, index: number) => {
    if (row.isSelected()) return;
    row.setSelected(true);
    walk.picked.add(index);
  };
  const isBack = Math.abs(at + by - walk.from) < Math.abs(at - walk.from);
  if (!isBack) {
    pick(node, at);
    pick(next, at + by);
  } else if (walk.picked.delete(at)) node.setSelected(false);
  walk.at = at + by;
  walks.set(api, walk);
  api.ensureIndexVisible(at + by);
  api.setFocusedCell(at + by, column);
  return true;
};
