import type { SuppressKeyboardEventParams } from 'ag-grid-community';
import type { Row } from '../../shared/row';

/**
 * Goes to the first or the last row by Control and Home or End, in the same column: the grid would scroll there and leave the focus
 * where it was. True where it did.
 */
export const goneToEdge = ({ event, api, column }: SuppressKeyboardEventParams<Row>): boolean => {
  if (!(event.ctrlKey || event.metaKey) || (event.key !== 'Home' && event.key !== 'End')) return false;
  event.preventDefault();
  const row = event.key === 'Home' ? 0 : api.getDisplayedRowCount() - 1;
  api.ensureIndexVisible(row);
  api.setFocusedCell(row, column);
  return true;
};
