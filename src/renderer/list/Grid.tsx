import type { CellFocusedEvent, CellKeyDownEvent, ColDef, GridApi, RowClickedEvent } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { type UIEvent, useEffect, useMemo, useRef } from 'react';
import type { Resource } from '../../shared/catalog';
import { pageSize } from '../../shared/limits';
import type { Sort } from '../../shared/local';
import { type Row, rowIdOf, unreadableOf } from '../../shared/row';
import { copyText } from '../common/clipboard';
import type { ListSource } from '../rows/source';
import { usePreferences } from '../state/preferences';
import type { ColumnLayout } from '../state/workspace';
import { columnDefs, layoutOf } from './columns';
import styles from './Grid.module.css';
import { registerGridModules } from './grid-modules';
import { gridTheme, rowHeights } from './grid-theme';

type Props = {
  resource: Resource;
  profile: string;
  source: ListSource;
  label: string;
  openRow: string | null;
  layout: ColumnLayout | undefined;
  onLayout: (layout: ColumnLayout) => void;
  /** Order of the loaded rows; null: the server's. */
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  onOpen: (id: string) => void;
  onClose: () => void;
  onReady: (api: GridApi<Row>) => void;
  onPicked: (picked: { id: string; index: number }[]) => void;
};

registerGridModules();

/** How long a keyboard walk rests on a row before the open panel follows it, ms. */
const followMs = 120;

// Objects that stay the same: for another one the grid would make its header anew, and keep something of the old.
const rowSelection = {
  mode: 'multiRow',
  checkboxes: true,
  headerCheckbox: false,
  enableClickSelection: false,
} as const;
const selectionColumn = { width: 34, minWidth: 34, resizable: false, pinned: 'left' } as const;

const rowClassRules = { [styles.pending ?? '']: ({ data }: { data: Row | undefined }) => !data };

/** A virtual grid whose scroll bar stands for the whole list. */
export const Grid = ({
  resource,
  profile,
  source,
  label,
  openRow,
  layout,
  onLayout,
  sort,
  onSort,
  onOpen,
  onClose,
  onReady,
  onPicked,
}: Props) => {
  const grid = useRef<GridApi<Row> | null>(null);
  const following = useRef<ReturnType<typeof setTimeout>>(undefined);
  const scrollTop = useRef(0);
  // Only the first layout makes column definitions; later ones come from the grid itself.
  const first = useRef(layout);
  const columns = useMemo(() => columnDefs(resource, first.current), [resource]);
  const context = useMemo(() => ({ profile }), [profile]);
  const density = usePreferences().preferences?.density ?? 'normal';
  const theme = useMemo(() => gridTheme.withParams({ rowHeight: rowHeights[density] }), [density]);
  const initialState = useRef(
    sort && {
      sort: { sortModel: [{ colId: sort.column, sort: sort.descending ? 'desc' : 'asc' } as const] },
    },
  );
  const latest = useRef({ openRow, onLayout, onOpen, onClose });
  latest.current = { openRow, onLayout, onOpen, onClose };

  useEffect(() => {
    source.onTotal = (total, exact) => grid.current?.setRowCount(total, exact);
  }, [source]);
  useEffect(() => () => clearTimeout(following.current), []);

  const isOpen = (data: Row | undefined) =>
    data !== undefined &&
    latest.current.openRow !== null &&
    rowIdOf(resource, data) === latest.current.openRow;
  const cells = useRef<ColDef<Row>>({
    cellClassRules: { [styles.open ?? '']: ({ data }: { data: Row | undefined }) => isOpen(data) },
  });
  const shown = useRef(openRow);
  useEffect(() => {
    const before = shown.current;
    shown.current = openRow;
    const rowNodes = (grid.current?.getRenderedNodes() ?? []).filter(
      ({ data }) => data && [before, openRow].includes(rowIdOf(resource, data)),
    );
    if (rowNodes.length > 0) grid.current?.refreshCells({ rowNodes, force: true, suppressFlash: true });
  }, [resource, openRow]);

  const open = (data: Row | undefined) => {
    const id = data ? rowIdOf(resource, data) : '';
    if (id) latest.current.onOpen(id);
  };
  const keep = () => {
    const states = grid.current?.getColumnState();
    if (states) latest.current.onLayout(layoutOf(states));
  };
  const onKey = ({ event, data, value, column }: CellKeyDownEvent<Row>) => {
    if (!(event instanceof KeyboardEvent)) return;
    if (event.key === 'Enter') open(data);
    if (event.key === 'Escape') latest.current.onClose();
    if (
      event.key.toLowerCase() === 'c' &&
      (event.ctrlKey || event.metaKey) &&
      !window.getSelection()?.toString()
    ) {
      const { sensitive } = resource.columns.find(({ id }) => id === column.getColId()) ?? {};
      void copyText(typeof value === 'string' ? value : '', sensitive ?? false);
    }
  };
  const follow = ({ rowIndex }: CellFocusedEvent<Row>) => {
    clearTimeout(following.current);
    if (!latest.current.openRow || rowIndex === null) return;
    following.current = setTimeout(
      () => open(grid.current?.getDisplayedRowAtIndex(rowIndex)?.data),
      followMs,
    );
  };

  const scrolled = ({ target }: UIEvent) => {
    if (!(target instanceof HTMLElement)) return;
    source.scrolled(target.scrollTop - scrollTop.current, target.clientHeight);
    scrollTop.current = target.scrollTop;
  };

  return (
    <section className={styles.grid} aria-label={label} onScrollCapture={scrolled}>
      <AgGridReact<Row>
        theme={theme}
        columnDefs={columns}
        defaultColDef={cells.current}
        context={context}
        rowModelType="infinite"
        datasource={source}
        cacheBlockSize={pageSize}
        maxConcurrentDatasourceRequests={Number.MAX_SAFE_INTEGER}
        maxBlocksInCache={30}
        {...(initialState.current ? { initialState: initialState.current } : {})}
        infiniteInitialRowCount={pageSize}
        cacheOverflowSize={pageSize}
        rowBuffer={4}
        rowSelection={rowSelection}
        selectionColumnDef={selectionColumn}
        rowClassRules={rowClassRules}
        // What there is to say where no row is, the view says.
        suppressNoRowsOverlay
        suppressCellFocus={false}
        animateRows={false}
        suppressColumnMoveAnimation
        suppressDragLeaveHidesColumns
        tooltipShowDelay={600}
        enableCellTextSelection
        ensureDomOrder
        onGridReady={({ api }) => {
          grid.current = api;
          onReady(api);
        }}
        onViewportChanged={({ firstRow, lastRow }) => source.see(firstRow, lastRow)}
        onRowClicked={({ data, event }: RowClickedEvent<Row>) => {
          if (!window.getSelection()?.toString() && !event?.defaultPrevented) open(data);
        }}
        onCellKeyDown={(event) => onKey(event as CellKeyDownEvent<Row>)}
        onCellFocused={follow}
        onSelectionChanged={({ api }) =>
          onPicked(
            api
              .getSelectedNodes()
              .flatMap(({ data, rowIndex }) =>
                data && unreadableOf(data) === null
                  ? [{ id: rowIdOf(resource, data), index: source.placeOf(rowIndex ?? 0) }]
                  : [],
              ),
          )
        }
        onSortChanged={({ api }) => {
          const [sorted] = api.getColumnState().filter(({ sort: way }) => way);
          onSort(sorted ? { column: sorted.colId, descending: sorted.sort === 'desc' } : null);
        }}
        onColumnMoved={({ finished }) => finished && keep()}
        onColumnResized={({ finished, source: cause }) => finished && cause !== 'api' && keep()}
        onColumnVisible={keep}
        onColumnPinned={keep}
      />
    </section>
  );
};
