import { Kbd, Menu } from '@mantine/core';
import {
  IconBraces,
  IconChartBar,
  IconColumns3,
  IconCopy,
  IconExternalLink,
  IconEyeOff,
  IconFilter,
  IconFilterOff,
  IconList,
  IconPin,
  IconPinnedOff,
  IconSortAscending,
  IconSortDescending,
  IconTable,
} from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, pageResourceOf, type Resource } from '../../shared/catalog';
import { conditionFormOf } from '../../shared/conditions';
import { consoleAddress } from '../../shared/console-address';
import type { Condition } from '../../shared/local';
import { columnTitle, relatedTitle, singularOf } from '../../shared/phrases/catalog-words';
import type { Profile } from '../../shared/profile';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, unreadableOf, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { ContextMenu } from '../common/ContextMenu';
import { copyAndSay } from '../common/copy-link';
import { keysOf } from '../common/keys';
import type { MenuAt } from '../common/menu-at';
import { nameOf, useName } from '../common/names';
import { partsOf, textOf, wordsOf } from '../common/values';
import { phrases } from '../i18n';
import { idBelow, mayApply, relatedId, relatedQuery } from '../row/related';
import { countBy, filterBy, press } from '../state/front';
import { useProfile } from '../state/profiles';
import { openQuery } from '../state/workspace';
import { columnOf } from './columns';
import { isGridsOwn } from './grids-own';
import { jsonOf, listOf, type Titled, tsvOf } from './rows-as-text';

/** What a menu was asked for: a column's heading, or a cell. */
/**
 * `row` is null for a heading, and a place for a row that is waited for. Rows may move while the menu is open: it stays that of
 * the one it was asked for.
 */
export type GridMenuAsked = { at: MenuAt; column: string; row: Row | number | null };

/** The columns that are shown, in their order. */
const shownColumns = (resource: Resource, grid: GridApi<Row>): Titled[] =>
  grid
    .getAllDisplayedColumns()
    .map((column) => column.getColId())
    .filter((id) => !isGridsOwn(id))
    .map((id) => ({
      column: columnOf(resource, id),
      title: columnTitle(phrases.t, resource.id, id),
    }));

/** Names of users are sensitive where their ids are not. */
const isSensitive = (columns: readonly Titled[]) =>
  columns.some(({ column: { sensitive, ref } }) => sensitive || ref === 'users');

/** Rows of the grid's tenant as a sheet, with the names that its cells show. */
const sheetOf = (grid: GridApi<Row>, columns: readonly Titled[], rows: readonly Row[]): string => {
  const { profile } = grid.getGridOption('context') as { profile: string };
  return tsvOf(columns, rows, (list, id) => nameOf(profile, list, id));
};

/** Rows that are ticked; those that could not be read are none. */
const pickedRows = (grid: GridApi<Row>): Row[] =>
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

type Props = {
  asked: GridMenuAsked;
  grid: GridApi<Row>;
  resource: Resource;
  /** The view that the grid shows. */
  query: Query;
  loaded: () => Row[];
  onOpen: (row: Row) => void;
  /** Something can be done about a row that the server fails on; opening it does. */
  canRepair: boolean;
  onFilter: (condition: Condition) => void;
  onClose: () => void;
};

const HeaderItems = ({ asked, grid, resource }: Props) => {
  const { t } = useTranslation();
  const { column: id } = asked;
  const column = grid.getColumn(id);
  const order = column?.getSort() ?? null;
  const isPinned = column?.isPinned() ?? false;
  const sort = (way: 'asc' | 'desc' | null) =>
    grid.applyColumnState({ state: [{ colId: id, sort: way }], defaultState: { sort: null } });
  return (
    <>
      <Menu.Item
        leftSection={<IconSortAscending size={14} />}
        disabled={order === 'asc'}
        onClick={() => sort('asc')}
      >
        {t('gridMenu.sortUp')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconSortDescending size={14} />}
        disabled={order === 'desc'}
        onClick={() => sort('desc')}
      >
        {t('gridMenu.sortDown')}
      </Menu.Item>
      {order && <Menu.Item onClick={() => sort(null)}>{t('local.backToServer')}</Menu.Item>}
      <Menu.Divider />
      <Menu.Item leftSection={<IconFilter size={14} />} onClick={() => filterBy(id)}>
        {t('gridMenu.filter')}
      </Menu.Item>
      <Menu.Item leftSection={<IconChartBar size={14} />} onClick={() => countBy(id)}>
        {t('gridMenu.countBy', { column: shownText(columnTitle(t, resource.id, id), 40) })}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={isPinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />}
        onClick={() => grid.setColumnsPinned([id], isPinned ? null : 'left')}
      >
        {t(isPinned ? 'gridMenu.unpin' : 'gridMenu.pin')}
      </Menu.Item>
      <Menu.Item leftSection={<IconEyeOff size={14} />} onClick={() => grid.setColumnsVisible([id], false)}>
        {t('gridMenu.hide')}
      </Menu.Item>
      <Menu.Item leftSection={<IconColumns3 size={14} />} onClick={() => press('columns')}>
        {t('list.columns')}
      </Menu.Item>
    </>
  );
};

/** Copying: the cell, the row, the rows that are ticked, the column. */
const CopyItems = ({ grid, resource, asked, loaded, row }: Props & { row: Row }) => {
  const { t } = useTranslation();
  const columns = shownColumns(resource, grid);
  const column = columnOf(resource, asked.column);
  const sensitive = isSensitive(columns);
  const picked = pickedRows(grid);
  const rows = picked.length > 0 ? picked : [row];
  const count = rows.length;
  const item = (label: string, icon: ReactNode, text: () => string, isPersonal: boolean, key?: string) => (
    <Menu.Item
      leftSection={icon}
      rightSection={key ? <Kbd size="xs">{key}</Kbd> : undefined}
      onClick={() => void copyAndSay(text(), isPersonal)}
    >
      {label}
    </Menu.Item>
  );
  const key = keysOf('mod+C').shown;
  const cell = textOf(column, row);
  return (
    <>
      {cell &&
        item(
          t('gridMenu.copyCell'),
          <IconCopy size={14} />,
          () => cell,
          column.sensitive ?? false,
          picked.length === 0 ? key : undefined,
        )}
      {item(
        t('gridMenu.copyRows', { count }),
        <IconTable size={14} />,
        () => sheetOf(grid, columns, rows),
        sensitive,
        picked.length > 0 ? key : undefined,
      )}
      {item(t('gridMenu.copyJson', { count }), <IconBraces size={14} />, () => jsonOf(rows), true)}
      {item(
        t('gridMenu.copyColumn', { column: shownText(columnTitle(t, resource.id, asked.column), 40) }),
        <IconList size={14} />,
        () => listOf(column, picked.length > 0 ? picked : loaded()),
        column.sensitive ?? false,
      )}
    </>
  );
};

/** Parts of a list, e.g. the roles of a member, that its cell offers to filter by. */
const mostParts = 4;

/** Lists below a row that its menu opens: the first ones are what the row is most often looked up for. */
const mostLists = 2;

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

const CellItems = (props: Props & { row: Row; tenant: Profile | undefined }) => {
  const { t } = useTranslation();
  const { resource, query, asked, row, tenant, onOpen, onFilter } = props;
  const { profile } = query;
  const column = columnOf(resource, asked.column);
  const value = valueAt(row, column.id);
  const page = pageResourceOf(resource);
  const address = tenant ? consoleAddress(tenant, page.id, rowIdOf(resource, row)) : null;
  const conditions = conditionsOn(resource, column, row);
  const { ref } = column;
  const name = useName(profile, ref, typeof value === 'string' ? value : '');
  const text =
    typeof value === 'boolean'
      ? t(value ? 'common.yes' : 'common.no')
      : (name ?? wordsOf(column, value) ?? textOf(column, row));
  const said = shownText(text, 30) || t('local.modes.empty');
  const parts = column.kind === 'list' ? partsOf(column, row).slice(0, mostParts) : [];
  const below = resource.related.filter((one) => mayApply(one, row)).slice(0, mostLists);
  return (
    <>
      <Menu.Item rightSection={<Kbd size="xs">{keysOf('Enter').shown}</Kbd>} onClick={() => onOpen(row)}>
        {t('gridMenu.open')}
      </Menu.Item>
      {ref && typeof value === 'string' && value !== '' && (
        <Menu.Item onClick={() => openQuery({ profile, resource: ref, filters: {} }, value)}>
          {t('gridMenu.openOther', { what: singularOf(t, ref) })}
        </Menu.Item>
      )}
      {below.map((one) => (
        <Menu.Item
          key={relatedId(one)}
          leftSection={<IconList size={14} />}
          onClick={() => openQuery(relatedQuery(query, one, idBelow(one, row, rowIdOf(resource, row))))}
        >
          {t('gridMenu.list', { list: relatedTitle(t, resource.id, one) })}
        </Menu.Item>
      ))}
      {address && (
        <Menu.Item
          leftSection={<IconExternalLink size={14} />}
          onClick={() => window.open(address, '_blank', 'noopener')}
        >
          {t('gridMenu.console')}
        </Menu.Item>
      )}
      {conditions && (
        <>
          <Menu.Divider />
          <Menu.Item leftSection={<IconFilter size={14} />} onClick={() => onFilter(conditions[0])}>
            {t('gridMenu.filterBy', { value: said })}
          </Menu.Item>
          <Menu.Item leftSection={<IconFilterOff size={14} />} onClick={() => onFilter(conditions[1])}>
            {t('gridMenu.exclude', { value: said })}
          </Menu.Item>
        </>
      )}
      {parts.length > 0 && <Menu.Divider />}
      {parts.map((part) => (
        <Menu.Item
          key={part}
          leftSection={<IconFilter size={14} />}
          onClick={() => onFilter({ column: column.id, mode: 'contains', value: part })}
        >
          {t('gridMenu.filterBy', { value: shownText(part, 30) })}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <CopyItems {...props} />
    </>
  );
};

/** What an operator does. */
const doings = ['pointerdown', 'keydown', 'wheel'] as const;

/** What can be done with a column, or with a cell and its row. */
export const GridMenu = (props: Props) => {
  const { t } = useTranslation();
  const { asked, grid, query, onClose } = props;
  const tenant = useProfile(query.profile);
  /** The row that came where one was waited for: the menu stays its own. */
  const [came, setCame] = useState<{ asked: GridMenuAsked; row: Row }>();
  const own = came?.asked === asked ? came.row : undefined;
  const standing = typeof asked.row === 'number' ? grid.getDisplayedRowAtIndex(asked.row)?.data : asked.row;
  if (typeof asked.row === 'number' && standing && !own) setCame({ asked, row: standing });
  const row = own ?? standing;
  const isAwaited = row === undefined;
  const forget = useEffectEvent(onClose);
  // Whoever does something else meanwhile no longer waits for it.
  useEffect(() => {
    if (!isAwaited) return;
    const leave = () => forget();
    for (const doing of doings) window.addEventListener(doing, leave, { capture: true });
    return () => {
      for (const doing of doings) window.removeEventListener(doing, leave, { capture: true });
    };
  }, [isAwaited]);
  if (row === undefined) return null;
  const isUnreadable = row !== null && unreadableOf(row) !== null;
  if (isUnreadable && !props.canRepair) return null;
  return (
    <ContextMenu at={asked.at} label={t('gridMenu.label')} onClose={onClose}>
      {row && isUnreadable ? (
        <Menu.Item onClick={() => props.onOpen(row)}>{t('gridMenu.repair')}</Menu.Item>
      ) : row ? (
        <CellItems {...props} row={row} tenant={tenant} />
      ) : (
        <HeaderItems {...props} />
      )}
    </ContextMenu>
  );
};
