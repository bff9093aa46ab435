import type { ColDef, ColumnState, GridApi, Column as GridColumn } from 'ag-grid-community';
import type { Column, Resource } from '../../shared/catalog';
import { knownOf, type Row } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { unreadableCell, unreadableText } from '../common/unreadable';
import { textOf, titleWithZone } from '../common/values';
import values from '../common/values.module.css';
import type { ColumnLayout } from '../state/workspace';
import { Cell, cellHint, cellText, isDrawn } from './cell';
import styles from './cell.module.css';
import { isGridsOwn } from './grids-own';

/** The catalogue's column, or one for any other path of a row, e.g. `customData.plan`. */
export const columnOf = (resource: Resource, id: string): Column =>
  resource.columns.find((column) => column.id === id) ?? { id, kind: 'text' };

/**
 * The column that names a row, which stays in sight while others are scrolled; of what happens in time, the time comes
 * first, and nothing does.
 */
export const namingColumn = ({ labels, columns, pin }: Resource): string | null =>
  pin === undefined ? (columns.find(({ id }) => id === labels[0])?.id ?? null) : null;

/** True for the first column that is shown, which says of an unreadable row that it is one. */
const isFirst = (api: GridApi<Row>, column: GridColumn | null | undefined): boolean =>
  column !== undefined &&
  column === api.getAllDisplayedColumns().find((shown) => !isGridsOwn(shown.getColId()));

/** Numbers stand below one another by their ends, as their heading does. */
const classOf = ({ kind, ref }: Column): string => {
  if ((kind === 'id' && !ref) || kind === 'json') return styles.mono ?? '';
  return kind === 'number' ? 'ag-right-aligned-cell' : '';
};

/** How a column's cells are drawn: as text, by the grid itself, wherever text is all that there is. */
const drawnBy = (column: Column): ColDef<Row> => ({
  ...(isDrawn(column) ? { cellRenderer: Cell, cellRendererParams: { column } } : {}),
  // What an id leads to is shown by its name.
  cellClass: classOf(column),
  ...(column.joins
    ? {
        cellClassRules: {
          [values.unknown ?? '']: ({ data }: { data: Row | undefined }) =>
            data !== undefined && knownOf(data, column) === 'joined',
        },
      }
    : {}),
});

/** The catalogue's columns in the operator's order, widths and choice; columns that are new since then come last. */
export const columnDefs = (resource: Resource, layout: ColumnLayout | undefined): ColDef<Row>[] => {
  const kept = new Map((layout ?? []).map((entry, place) => [entry.id, { ...entry, place }]));
  const place = (column: Column, at: number) => kept.get(column.id)?.place ?? 1000 + at;
  const added = [...kept.keys()].filter((id) => !resource.columns.some((column) => column.id === id));
  return [...resource.columns, ...added.map((id) => columnOf(resource, id))]
    .map((column, at) => ({ column, place: place(column, at) }))
    .sort((a, b) => a.place - b.place)
    .map(({ column }) => ({
      colId: column.id,
      headerName: titleWithZone(resource, column),
      width: kept.get(column.id)?.width ?? column.width ?? 160,
      pinned: (kept.get(column.id)?.pinned ?? column.id === namingColumn(resource)) ? 'left' : null,
      hide: kept.get(column.id)?.hidden ?? column.hidden ?? false,
      sortable: true,
      resizable: true,
      minWidth: 60,
      type: column.kind === 'number' ? 'rightAligned' : [],
      ...drawnBy(column),
      valueFormatter: ({ data, api, column: place }) => {
        return data ? (unreadableCell(data, isFirst(api, place)) ?? cellText(column, data)) : '';
      },
      valueGetter: ({ data }) => (data ? (unreadableText(data) ?? textOf(column, data)) : ''),
      tooltipValueGetter: ({ data, value }) => {
        if (!data || unreadableText(data)) return typeof value === 'string' ? shownText(value, 500) : null;
        return cellHint(column, data);
      },
    }));
};

/** The columns that only the copy can fill. */
export const joinedIds = ({ columns }: Resource): string[] =>
  columns.filter(({ joins }) => joins !== undefined).map(({ id }) => id);

/** The layout that shows just these columns, in their order. */
export const layoutFor = (resource: Resource, ids: readonly string[]): ColumnLayout => [
  ...ids.map((id) => ({ id, hidden: false })),
  ...resource.columns.filter(({ id }) => !ids.includes(id)).map(({ id }) => ({ id, hidden: true })),
];

/** A layout from the grid's own state, without the grid's own columns. */
export const layoutOf = (states: readonly ColumnState[]): ColumnLayout =>
  states
    .filter(({ colId }) => !isGridsOwn(colId))
    .map(({ colId, width, hide, pinned }) => ({
      id: colId,
      ...(width ? { width } : {}),
      pinned: Boolean(pinned),
      hidden: hide ?? false,
    }));

/** The state of columns that have just been given to a grid. */
const statesOf = (defs: readonly ColDef<Row>[]): ColumnState[] =>
  defs.map(({ colId = '', width, hide, pinned }) => ({
    colId,
    width: width ?? 160,
    hide: hide ?? false,
    pinned: pinned ?? null,
  }));

/** True where a grid has its columns as a layout of its list says. */
export const isLaidOut = (
  grid: GridApi<Row>,
  resource: Resource,
  layout: ColumnLayout | undefined,
): boolean =>
  JSON.stringify(layoutOf(grid.getColumnState())) ===
  JSON.stringify(layoutOf(statesOf(columnDefs(resource, layout))));

/** Gives a grid the columns of a layout, in their order and widths. */
export const layOut = (grid: GridApi<Row>, resource: Resource, layout: ColumnLayout | undefined) => {
  const defs = columnDefs(resource, layout);
  grid.setGridOption('columnDefs', defs);
  grid.applyColumnState({ state: statesOf(defs), applyOrder: true });
};

export { isGridsOwn };
