import type { GridApi } from 'ag-grid-community';
import type { Resource } from '../../shared/catalog';
import { type Row, rowIdOf } from '../../shared/row';
import { isGridsOwn } from './grids-own';

/**
 * Gives the focus to a row of a grid, in the column that was left; where it is not in sight, to the cell that was left, or
 * the first one. It stays with somebody who types elsewhere, or is at a row already.
 */
export const focusRow = (grid: GridApi<Row> | null, resource: Resource, id: string) => {
  const typing = document.activeElement?.closest(':is(input,textarea)');
  if (!grid || (typing && !typing.closest('[data-region="panel"]'))) return;
  if (document.activeElement?.closest('.ag-row')) return;
  const left = grid.getFocusedCell();
  const node = grid.getRenderedNodes().find(({ data }) => data && rowIdOf(resource, data) === id);
  const row = node?.rowIndex ?? left?.rowIndex ?? grid.getFirstDisplayedRowIndex();
  const column = left?.column ?? grid.getAllDisplayedColumns().find((one) => !isGridsOwn(one.getColId()));
  if (column && row >= 0) grid.setFocusedCell(row, column);
};
