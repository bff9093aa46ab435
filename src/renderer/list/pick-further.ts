import type { GridApi, SuppressKeyboardEventParams } from 'ag-grid-community';
import type { Row } from '../../shared/row';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Where a walk with Shift began in a grid, and where it is: it goes on only from there. */
const walks = new WeakMap<GridApi<Row>, { from: number; at: number }>();

/**
 * Selects the next row, too, by Shift and an arrow, from the row with the focus on, and lets go of one on the way back, as
 * sheets do. True where it was such a key; a row that is waited for is not gone to.
 */
export const pickedFurther = ({ event, api, node, column }: SuppressKeyboardEventParams<Row>): boolean => {
  const by = steps[event.key];
  if (by === undefined || !event.shiftKey || event.ctrlKey || event.metaKey) return false;
  event.preventDefault();
  const at = node.rowIndex;
  if (at === null) return true;
  const next = api.getDisplayedRowAtIndex(at + by);
  if (!next?.data) return true;
  const walk = walks.get(api);
  const from = walk?.at === at ? walk.from : at;
  const isBack = Math.abs(at + by - from) < Math.abs(at - from);
  node.setSelected(!isBack);
  if (!isBack) next.setSelected(true);
  walks.set(api, { from, at: at + by });
  api.ensureIndexVisible(at + by);
  api.setFocusedCell(at + by, column);
  return true;
};
