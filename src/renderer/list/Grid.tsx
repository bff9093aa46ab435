import type {
  CellFocusedEvent,
  CellKeyDownEvent,
  ColDef,
  GridApi,
  GridOptions,
  RowClickedEvent,
} from 'ag-grid-community';
import {
  type CSSProperties,
  type KeyboardEvent as KeyPressed,
  type MouseEvent,
  type UIEvent,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { Resource } from '../../shared/catalog';
import { pageSize } from '../../shared/limits';
import type { Condition, Sort } from '../../shared/local';
import { columnTitle } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, type Unreadable, unreadableOf } from '../../shared/row';
import { isModalOpen } from '../common/above';
import { copyText } from '../common/clipboard';
import { isMenuKey, type MenuAt, menuAtPointer, menuBelow } from '../common/menu-at';
import { leaveByTab } from '../common/tabbing';
import { useRegionName } from '../common/view-side';
import { phrases } from '../i18n';
import type { ListSource } from '../rows/source';
import { usePreferences } from '../state/preferences';
import { askRow } from '../state/row-query';
import { useTimes } from '../state/times';
import type { ColumnLayout } from '../state/workspace';
import { columnDefs, isGridsOwn, isLaidOut, joinedIds, layoutOf, namingColumn } from './columns';
import { copyPicked } from './copied-rows';
import { goneToEdge } from './edge-keys';
import { useFollowedLayout } from './follow-layout';
import styles from './Grid.module.css';
import { GridMenu, type GridMenuAsked } from './GridMenu';
import { registerGridModules } from './grid-modules';
import { lookOf } from './grid-theme';
import { pickedFurther } from './pick-further';
import { useRowsAhead } from './rows-ahead';
import { heededBars } from './scroll-bars';
import { replaceSeen, showSeen } from './seen-rows';
import { gridIn } from './spare-grid';

type Props = {
  resource: Resource;
  /** The view that is shown. */
  query: Query;
  source: ListSource;
  /** It stands ready for rows, and is not looked at yet. */
  isAhead: boolean;
  label: string;
  openRow: string | null;
  layout: ColumnLayout | undefined;
  onLayout: (layout: ColumnLayout) => void;
  /** Order of the loaded rows; null: the server's. */
  sort: Sort | null;
  onSort: (sort: Sort | null) => void;
  /** A condition that a cell stands for. */
  onFilter: (condition: Condition) => void;
  onOpen: (id: string) => void;
  /** A row that the server fails on was asked for; null where nothing can be done about it. */
  onUnreadable: ((which: Unreadable) => void) | null;
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
const selectionColumn = {
  // A heading that is only heard: ticks say what they are.
  headerValueGetter: () => phrases.t('list.ticks'),

  width: 34,
  minWidth: 34,
  resizable: false,
  pinned: 'left',
} as const;

/** Keys that came to a cell while a dialog was above it, which takes the focus a moment later than it is there. */
const behindDialog = new WeakSet<KeyboardEvent>();

/** Asked as the key is pressed: the grid tells of it later, when the dialog may be gone. */
const isOfDialog = (event: KeyboardEvent): boolean => {
  const isBehind = isModalOpen();
  if (isBehind) behindDialog.add(event);
  return isBehind;
};

const rowClassRules = { [styles.pending ?? '']: ({ data }: { data: Row | undefined }) => !data };

/** Options that every grid has, whatever it shows. */
const fixed = {
  rowModelType: 'infinite',
  cacheBlockSize: pageSize,
  maxConcurrentDatasourceRequests: Number.MAX_SAFE_INTEGER,
  maxBlocksInCache: 30,
  // One row stands for all that are waited for (see the style): to make them only to make them anew takes as long as to show
  // what comes.
  infiniteInitialRowCount: 1,
  cacheOverflowSize: pageSize,
  rowBuffer: 4,
  rowSelection,
  selectionColumnDef: selectionColumn,
  rowClassRules,
  // What there is to say where no row is, the view says.
  suppressNoRowsOverlay: true,
  suppressCellFocus: false,
  animateRows: false,
  suppressColumnMoveAnimation: true,
  suppressDragLeaveHidesColumns: true,
  // In a narrow view the grid would unpin what has no room, and that would be kept as the operator's choice.
  processUnpinnedColumns: () => [],
  tooltipShowDelay: 600,
  enableCellTextSelection: true,
  ensureDomOrder: true,
  // Tab comes to the cell that was left; arrows reach the others, and the header.
  focusGridInnerElement: ({ api }) => {
    const left = api.getFocusedCell();
    const row = left?.rowIndex ?? api.getFirstDisplayedRowIndex();
    const column = left?.column ?? api.getAllDisplayedColumns().find((one) => !isGridsOwn(one.getColId()));
    if (!column || row < 0 || api.getDisplayedRowCount() === 0) return false;
    api.ensureIndexVisible(row);
    api.setFocusedCell(row, column);
    return true;
  },
} satisfies GridOptions<Row>;

/** Does something once the next frame is on the screen. */
const afterPaint = (act: () => void) => requestAnimationFrame(() => setTimeout(act));

/** How often times that are told from now are told anew, ms. */
const relativeMs = 60_000;

/**
 * A virtual grid whose scroll bar stands for the whole list. AG Grid draws it by itself: its cells are text, and a React
 * component for each of hundreds would be most of the time to the first row, and of a frame while scrolling.
 */
export const Grid = (props: Props) => {
  const { resource, source, isAhead, label, openRow, layout, sort } = props;
  const place = useRef<HTMLDivElement>(null);
  const grid = useRef<GridApi<Row> | null>(null);
  const ahead = useRowsAhead(props.query.profile, resource);
  /** Whether a panel was open when a row was last clicked. */
  const wasOpen = useRef(false);
  const following = useRef<ReturnType<typeof setTimeout>>(undefined);
  const bars = useRef(heededBars(() => grid.current)).current;
  const tops = useRef(new WeakMap<Element, number>()).current;
  const density = usePreferences().preferences?.density ?? 'normal';
  const times = useTimes((state) => state.times);
  const latest = useRef(props);
  latest.current = props;

  const isOpen = (data: Row | undefined) =>
    data !== undefined &&
    latest.current.openRow !== null &&
    rowIdOf(resource, data) === latest.current.openRow;
  const open = (data: Row | undefined) => {
    const id = data ? rowIdOf(resource, data) : '';
    if (!id) return;
    askRow(latest.current.query.profile, resource.id, id);
    latest.current.onOpen(id);
  };
  const ask = (data: Row | undefined) => {
    const which = unreadableOf(data);
    if (which) latest.current.onUnreadable?.(which);
    else open(data);
  };
  const keep = ({ source: cause }: { source: string }) => {
    // Where columns came from what was kept, there is nothing to keep.
    if (cause === 'gridOptionsChanged') return;
    const { current: own } = grid;
    if (own && !isLaidOut(own, resource, latest.current.layout))
      latest.current.onLayout(layoutOf(own.getColumnState()));
  };
  const onKey = ({ event, data, value, column }: CellKeyDownEvent<Row>) => {
    if (!(event instanceof KeyboardEvent)) return;
    if (behindDialog.has(event)) return;
    if (event.key === 'Enter') ask(data);
    const copies = event.key.toLowerCase() === 'c' && (event.ctrlKey || event.metaKey);
    if (copies && !window.getSelection()?.toString()) {
      if (grid.current && copyPicked(resource, grid.current)) return;
      const { sensitive } = resource.columns.find(({ id }) => id === column.getColId()) ?? {};
      void copyText(typeof value === 'string' ? value : '', sensitive ?? false);
    }
  };
  const follow = ({ rowIndex }: CellFocusedEvent<Row>) => {
    clearTimeout(following.current);
    if (rowIndex === null) return;
    if (!latest.current.openRow) return ahead.ask(grid.current?.getDisplayedRowAtIndex(rowIndex)?.data);
    following.current = setTimeout(() => {
      // A panel that was closed meanwhile does not come back.
      if (latest.current.openRow) open(grid.current?.getDisplayedRowAtIndex(rowIndex)?.data);
    }, followMs);
  };

  // Made once: of what changes later, its own effects tell it. Only the first layout makes column definitions.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useLayoutEffect(() => {
    if (!place.current) return;
    const api = gridIn(
      place.current,
      { ...fixed, ...lookOf(density) },
      {
        columnDefs: columnDefs(resource, layout),
        defaultColDef: {
          // With Alt they are the window's: they go from tab to tab.
          suppressKeyboardEvent: (key) =>
            isOfDialog(key.event) || key.event.altKey || goneToEdge(key) || pickedFurther(key),
          cellClassRules: {
            [styles.open ?? '']: ({ data }: { data: Row | undefined }) => isOpen(data),
            [styles.suspended ?? '']: ({ data, colDef }: { data: Row | undefined; colDef: ColDef<Row> }) =>
              data?.isSuspended === true && colDef.colId === namingColumn(resource),
          },
        },
        context: { profile: props.query.profile },
        ...(sort && {
          initialState: {
            sort: { sortModel: [{ colId: sort.column, sort: sort.descending ? 'desc' : 'asc' }] },
          },
        }),
        onViewportChanged: ({ firstRow, lastRow }) => latest.current.source.see(firstRow, lastRow),
        onBodyScroll: ({ direction, api: own }) => {
          const rowHeight = own.getGridOption('rowHeight') ?? 1;
          if (direction === 'vertical')
            latest.current.source.top = Math.floor(own.getVerticalPixelRange().top / rowHeight);
        },
        onRowClicked: ({ data, event }: RowClickedEvent<Row>) => {
          // The grid tells of a click a moment later: a panel that was closed meanwhile stays closed.
          if (wasOpen.current && latest.current.openRow === null) return;
          if (!window.getSelection()?.toString() && !event?.defaultPrevented) ask(data);
        },
        onCellMouseOver: ({ data }) => ahead.ask(data),
        onCellMouseOut: ahead.leave,
        onCellKeyDown: (event) => onKey(event as CellKeyDownEvent<Row>),
        onCellFocused: follow,
        onSelectionChanged: ({ api: own }) =>
          latest.current.onPicked(
            own
              .getSelectedNodes()
              .flatMap(({ data, rowIndex }) =>
                data && unreadableOf(data) === null
                  ? [{ id: rowIdOf(resource, data), index: latest.current.source.placeOf(rowIndex ?? 0) }]
                  : [],
              ),
          ),
        onSortChanged: ({ api: own }) => {
          const [sorted] = own.getColumnState().filter(({ sort: way }) => way);
          latest.current.onSort(sorted ? { column: sorted.colId, descending: sorted.sort === 'desc' } : null);
        },
        onColumnMoved: (moved) => moved.finished && keep(moved),
        onColumnResized: (resized) => resized.finished && resized.source !== 'api' && keep(resized),
        onColumnVisible: keep,
        onColumnPinned: keep,
      },
    );
    grid.current = api;
    latest.current.onReady(api);
    return () => {
      clearTimeout(following.current);
      bars.stop();
      ahead.stop();
      grid.current = null;
      api.destroy();
    };
  }, []);

  useEffect(() => (place.current ? leaveByTab(place.current) : undefined), []);
  const given = useRef<ListSource | null>(null);
  useLayoutEffect(() => {
    // The rows are shown first: for its scroll bar the grid has all of them laid out.
    source.onTotal = (total, exact) =>
      afterPaint(() => given.current === source && grid.current?.setRowCount(total, exact));
    source.onJoined = () => grid.current?.refreshCells({ columns: joinedIds(resource), force: true });
    source.onFresh = (before) => {
      if (grid.current) replaceSeen(grid.current, resource, before);
    };
    if (!grid.current || given.current === source || isAhead) return;
    given.current = source;
    grid.current.setGridOption('datasource', source);
    if (source.seen && place.current) showSeen(grid.current, place.current, source.seen);
  }, [resource, source, isAhead]);
  useFollowedLayout(grid, resource, layout, props.query.columns !== undefined);
  const looks = useRef(density);
  useLayoutEffect(() => {
    if (looks.current === density) return;
    looks.current = density;
    grid.current?.updateGridOptions(lookOf(density));
  }, [density]);
  // What is told from now on changes by itself.
  const timed = useRef(times);
  useEffect(() => {
    const draw = () => grid.current?.refreshCells({ force: true, suppressFlash: true });
    if (timed.current !== times) draw();
    timed.current = times;
    if (times !== 'relative') return;
    const tick = setInterval(draw, relativeMs);
    return () => clearInterval(tick);
  }, [times]);
  const shown = useRef(openRow);
  useEffect(() => {
    const before = shown.current;
    shown.current = openRow;
    if (before === openRow) return;
    const rowNodes = (grid.current?.getRenderedNodes() ?? []).filter(
      ({ data }) => data && [before, openRow].includes(rowIdOf(resource, data)),
    );
    if (rowNodes.length > 0) grid.current?.refreshCells({ rowNodes, force: true, suppressFlash: true });
  }, [resource, openRow]);

  const scrolled = ({ target, isTrusted }: UIEvent) => {
    if (!(target instanceof HTMLElement)) return;
    // What is told again is not told a third time.
    if (isTrusted) bars.moved(target);
    // Of each its own: the header and the bar below have none.
    source.scrolled(target.scrollTop - (tops.get(target) ?? 0), target.clientHeight);
    tops.set(target, target.scrollTop);
  };

  const regionName = useRegionName();
  const [menu, setMenu] = useState<GridMenuAsked | null>(null);
  /** Asks for the menu of a cell or a heading; what lies around them has none. */
  const askMenu = (event: MouseEvent | KeyPressed, target: Element, at: MenuAt) => {
    const cell = target.closest('[col-id]');
    const column = cell?.getAttribute('col-id') ?? '';
    if (!cell || isGridsOwn(column)) return;
    event.preventDefault();
    // The key that opens a menu must not come to it as one pressed outside.
    event.stopPropagation();
    const place = cell.closest('[row-index]')?.getAttribute('row-index');
    const row = place ? (grid.current?.getDisplayedRowAtIndex(Number(place))?.data ?? Number(place)) : null;
    setMenu({ at, column, row });
  };
  return (
    <section
      className={styles.grid}
      style={
        {
          '--desk-suspended': JSON.stringify(columnTitle(phrases.t, 'users', 'isSuspended')),
        } as CSSProperties
      }
      aria-label={regionName(label)}
      data-region="grid"
      onScrollCapture={scrolled}
      // Text is selected by dragging: with Shift it would be all from the last click on.
      onMouseDownCapture={({ shiftKey }) => shiftKey && getSelection()?.removeAllRanges()}
      onClickCapture={() => {
        wasOpen.current = openRow !== null;
      }}
      onContextMenu={(event) =>
        // What is selected as text is copied by the system's own menu.
        !window.getSelection()?.toString() &&
        event.target instanceof Element &&
        askMenu(event, event.target, menuAtPointer(event))
      }
      onKeyDown={(event) =>
        isMenuKey(event) &&
        event.target instanceof Element &&
        askMenu(event, event.target, menuBelow(event.target))
      }
    >
      <div ref={place} className={styles.grid} />
      {menu && grid.current && (
        <GridMenu
          asked={menu}
          grid={grid.current}
          resource={resource}
          query={props.query}
          loaded={() => source.loaded(Number.MAX_SAFE_INTEGER)}
          onOpen={ask}
          canRepair={props.onUnreadable !== null}
          onFilter={props.onFilter}
          onClose={() => setMenu(null)}
        />
      )}
    </section>
  );
};
