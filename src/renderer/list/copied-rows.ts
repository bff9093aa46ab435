import type { GridApi } from 'ag-grid-community';
import type { Resource } from '../../shared/catalog';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { type Row, unreadableOf } from '../../shared/row';
import { copyAndSay } from '../common/copy-link';
import { nameOf } from '../common/names';
import { phrases } from '../i18n';
import { columnOf } from './columns';
import { isGridsOwn } from './grids-own';
import { type Titled, tsvOf } from './rows-as-text';

/** The columns that are shown, in their order. */
export const shownColumns = (resource: Resource, grid: GridApi<Row>): Titled[] =>
  grid
    .getAllDisplayedColumns()
    .map((column) => column.getColId())
    .filter((id) => !isGridsOwn(id))
    .map((id) => ({
      column: columnOf(resource, id),
      title: columnTitle(phrases.t, resource.id, id),
    }));

/** Names of users are sensitive where their ids are not. */
export const isSensitive = (columns: readonly Titled[]) =>
  columns.some(({ column: { sensitive, ref } }) => sensitive || ref === 'users');

/** Rows of the grid's tenant as a sheet, with the names that its cells show. */
export const sheetOf = (grid: GridApi<Row>, columns: readonly Titled[], rows: readonly Row[]): string => {
  const { profile } = grid.getGridOption('context') as { profile: string };
  return tsvOf(columns, rows, (list, id) => nameOf(profile, list, id));
};

/** Rows that are ticked; those that could not be read are none. */
export const pickedRows = (grid: GridApi<Row>): Row[] =>
  grid.getSelectedNodes().flatMap(({ data }) => (data && unreadableOf(data) === null ? [data] : []));

/** Copies the rows that are ticked, as a sheet takes them; whether there were any. */
export const copyPicked = (resource: Resource, grid: GridApi<Row>): boolean => {
  const rows = pickedRows(grid);
  if (rows.length === 0) return false;
  const columns = shownColumns(resource, grid);
  void copyAndSay(
    sheetOf(grid, columns, rows),
    isSensitive(columns),
    phrases.t('gridMenu.copiedRows', { count: rows.length }),
  );
  return true;
};
