import {
  IconArrowsSort,
  IconArrowUpRight,
  IconBraces,
  IconCopy,
  IconExternalLink,
  IconEyeOff,
  IconFilter,
  IconFilterOff,
  IconLayoutSidebarRightExpand,
  IconList,
  IconPin,
  IconPinnedOff,
  IconSortAscending,
  IconSortDescending,
  IconTable,
  IconTool,
} from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import type { Column, Related, Resource } from '../../shared/catalog';
import { conditionFormOf } from '../../shared/conditions';
import type { Condition } from '../../shared/local';
import { columnTitle, relatedTitle, singularOf } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import type { Command, Place } from '../commands/command';
import { copyAndSay } from '../common/copy-link';
import { keysOf } from '../common/keys';
import { textOf } from '../common/values';
import { idBelow, relatedQuery } from '../row/related';
import { openQuery } from '../state/workspace';
import { columnOf } from './columns';
import { isSensitive, pickedRows, sheetOf, shownColumns } from './copied-rows';
import { jsonOf, listOf } from './rows-as-text';

/** A column of a grid. */
export type OnColumn = Place & { column: string; grid: GridApi<Row>; resource: Resource };

/** A cell of a grid. */
export type OnCell = OnColumn & {
  row: Row;
  /** The view that the grid shows. */
  query: Query;
  /** What the cell says, in a few words. */
  said: string;
  /** Where Logto Console shows the row; null where it does not. */
  address: string | null;
  loaded: () => Row[];
  onOpen: (row: Row) => void;
  onFilter: (condition: Condition) => void;
};

const orderOf = ({ grid, column }: OnColumn) => grid.getColumn(column)?.getSort() ?? null;
const isPinned = ({ grid, column }: OnColumn) => grid.getColumn(column)?.isPinned() ?? false;
const sort = ({ grid, column }: OnColumn, way: 'asc' | 'desc' | null) =>
  grid.applyColumnState({ state: [{ colId: column, sort: way }], defaultState: { sort: null } });

export const sortUp: Command<OnColumn> = {
  id: 'sortUp',
  label: (t) => t('gridMenu.sortUp'),
  icon: IconSortAscending,
  when: (at) => orderOf(at) !== 'asc',
  do: (at) => sort(at, 'asc'),
};

export const sortDown: Command<OnColumn> = {
  id: 'sortDown',
  label: (t) => t('gridMenu.sortDown'),
  icon: IconSortDescending,
  when: (at) => orderOf(at) !== 'desc',
  do: (at) => sort(at, 'desc'),
};

export const sortBack: Command<OnColumn> = {
  id: 'sortBack',
  label: (t) => t('local.backToServer'),
  icon: IconArrowsSort,
  when: (at) => orderOf(at) !== null,
  do: (at) => sort(at, null),
};

export const pin: Command<OnColumn> = {
  id: 'pin',
  label: (t) => t('gridMenu.pin'),
  icon: IconPin,
  when: (at) => !isPinned(at),
  do: ({ grid, column }) => grid.setColumnsPinned([column], 'left'),
};

export const unpin: Command<OnColumn> = {
  id: 'unpin',
  label: (t) => t('gridMenu.unpin'),
  icon: IconPinnedOff,
  when: isPinned,
  do: ({ grid, column }) => grid.setColumnsPinned([column], null),
};

export const hide: Command<OnColumn> = {
  id: 'hide',
  label: (t) => t('gridMenu.hide'),
  icon: IconEyeOff,
  do: ({ grid, column }) => grid.setColumnsVisible([column], false),
};

/** A condition on the value of a cell, and the one that leaves its rows out; null where the column cannot be compared. */
const conditionsOn = (resource: Resource, column: Column, row: Row): [Condition, Condition] | null => {
  const value = valueAt(row, column.id);
  const { modes } = conditionFormOf(resource, column.id);
  if (value === null || value === undefined || value === '')
    return [
      { column: column.id, mode: 'empty', value: '' },
      { column: column.id, mode: 'filled', value: '' },
    ];
  if (typeof value === 'object' || !modes.includes('is')) return null;
  const text = String(value);
  const lacks: Condition =
    typeof value === 'boolean'
      ? { column: column.id, mode: 'is', value: String(!value) }
      : { column: column.id, mode: 'differs', value: text };
  return [{ column: column.id, mode: 'is', value: text }, lacks];
};

const columnAt = ({ resource, column }: OnColumn): Column => columnOf(resource, column);

/** The row of another list that a cell names by its id; null where it names none. */
const refAt = (at: OnCell): { list: string; id: string } | null => {
  const { ref } = columnAt(at);
  const id = valueAt(at.row, at.column);
  return ref && typeof id === 'string' && id !== '' ? { list: ref, id } : null;
};
const conditionsAt = (at: OnCell) => conditionsOn(at.resource, columnAt(at), at.row);

export const open: Command<OnCell> = {
  id: 'open',
  label: (t) => t('gridMenu.open'),
  icon: IconLayoutSidebarRightExpand,
  key: keysOf('Enter'),
  do: ({ row, onOpen }) => onOpen(row),
};

/** Something can be done about a row that the server fails on; opening it does. */
export const repair: Command<OnColumn & Pick<OnCell, 'row' | 'onOpen'>> = {
  id: 'repair',
  label: (t) => t('gridMenu.repair'),
  icon: IconTool,
  do: ({ row, onOpen }) => onOpen(row),
};

export const openOther: Command<OnCell> = {
  id: 'openOther',
  label: (t, at) => t('gridMenu.openOther', { what: singularOf(t, refAt(at)?.list ?? '') }),
  icon: IconArrowUpRight,
  when: (at) => refAt(at) !== null,
  do: (at) => {
    const other = refAt(at);
    if (other) openQuery({ profile: at.query.profile, resource: other.list, filters: {} }, other.id);
  },
};

export const openBelow: Command<OnCell & { below: Related }> = {
  id: 'openBelow',
  label: (t, { resource, below }) => t('gridMenu.list', { list: relatedTitle(t, resource.id, below) }),
  icon: IconList,
  do: ({ query, resource, row, below }) =>
    openQuery(relatedQuery(query, below, idBelow(below, row, rowIdOf(resource, row)))),
};

export const openConsole: Command<OnCell> = {
  id: 'openConsole',
  label: (t) => t('gridMenu.console'),
  icon: IconExternalLink,
  when: ({ address }) => address !== null,
  do: ({ address }) => address !== null && window.open(address, '_blank', 'noopener'),
};

export const filterByCell: Command<OnCell> = {
  id: 'filterByCell',
  label: (t, { said }) => t('gridMenu.filterBy', { value: said }),
  icon: IconFilter,
  when: (at) => conditionsAt(at) !== null,
  do: (at) => {
    const [like] = conditionsAt(at) ?? [];
    if (like) at.onFilter(like);
  },
};

export const excludeCell: Command<OnCell> = {
  id: 'excludeCell',
  label: (t, { said }) => t('gridMenu.exclude', { value: said }),
  icon: IconFilterOff,
  when: (at) => conditionsAt(at) !== null,
  do: (at) => {
    const [, unlike] = conditionsAt(at) ?? [];
    if (unlike) at.onFilter(unlike);
  },
};

/** `part`: of the list that a cell has. */
export const filterByPart: Command<OnCell & { part: string }> = {
  id: 'filterByPart',
  label: (t, { part }) => t('gridMenu.filterBy', { value: shownText(part, 30) }),
  icon: IconFilter,
  do: ({ column, part, onFilter }) => onFilter({ column, mode: 'contains', value: part }),
};

/** The rows that are copied: those that are ticked, else that of the cell. */
const rowsAt = ({ grid, row }: OnCell): readonly Row[] => {
  const picked = pickedRows(grid);
  return picked.length > 0 ? picked : [row];
};

export const copyCell: Command<OnCell> = {
  id: 'copyCell',
  label: (t) => t('gridMenu.copyCell'),
  icon: IconCopy,
  key: keysOf('mod+C'),
  when: (at) => textOf(columnAt(at), at.row) !== '',
  do: (at) => void copyAndSay(textOf(columnAt(at), at.row), columnAt(at).sensitive ?? false),
};

export const copyRows: Command<OnCell> = {
  id: 'copyRows',
  label: (t, at) => t('gridMenu.copyRows', { count: rowsAt(at).length }),
  icon: IconTable,
  key: keysOf('mod+C'),
  do: (at) => {
    const columns = shownColumns(at.resource, at.grid);
    void copyAndSay(sheetOf(at.grid, columns, rowsAt(at)), isSensitive(columns));
  },
};

export const copyJson: Command<OnCell> = {
  id: 'copyJson',
  label: (t, at) => t('gridMenu.copyJson', { count: rowsAt(at).length }),
  icon: IconBraces,
  do: (at) => void copyAndSay(jsonOf(rowsAt(at)), true),
};

export const copyColumn: Command<OnCell> = {
  id: 'copyColumn',
  label: (t, { resource, column }) =>
    t('gridMenu.copyColumn', { column: shownText(columnTitle(t, resource.id, column), 40) }),
  icon: IconList,
  do: (at) => {
    const picked = pickedRows(at.grid);
    const rows = picked.length > 0 ? picked : at.loaded();
    void copyAndSay(listOf(columnAt(at), rows), columnAt(at).sensitive ?? false);
  },
};
