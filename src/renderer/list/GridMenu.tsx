import { Menu } from '@mantine/core';
import type { GridApi } from 'ag-grid-community';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, type Resource } from '../../shared/catalog';
import { consoleAddress } from '../../shared/console-address';
import type { Condition } from '../../shared/local';
import type { Profile } from '../../shared/profile';
import type { Query } from '../../shared/query';
import { type Row, rowIdOf, unreadableOf, valueAt } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { CommandItem } from '../commands/CommandItem';
import { canGive } from '../commands/command';
import { commandOf } from '../commands/commands';
import { useHere } from '../commands/place';
import { ContextMenu } from '../common/ContextMenu';
import type { MenuAt } from '../common/menu-at';
import { useName } from '../common/names';
import { partsOf, textOf, wordsOf } from '../common/values';
import { mayApply, relatedId } from '../row/related';
import { useProfile } from '../state/profiles';
import { columnOf } from './columns';
import { pickedRows } from './copied-rows';
import * as commands from './grid-commands';

/**
 * What a menu was asked for: a column's heading, or a cell. `row` is null for a heading, and a place for a row that is waited for. Rows may move while the menu is open: it stays that of
 * the one it was asked for.
 */
export type GridMenuAsked = { at: MenuAt; column: string; row: Row | number | null };

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

const HeaderItems = ({ at }: { at: commands.OnColumn }) => (
  <>
    <CommandItem of={commands.sortUp} at={at} />
    <CommandItem of={commands.sortDown} at={at} />
    <CommandItem of={commands.sortBack} at={at} isOptional />
    <Menu.Divider />
    <CommandItem of={commandOf('filter')} at={at} isKeyless />
    <CommandItem of={commandOf('count')} at={at} isKeyless />
    <Menu.Divider />
    <CommandItem of={commands.pin} at={at} isOptional />
    <CommandItem of={commands.unpin} at={at} isOptional />
    <CommandItem of={commands.hide} at={at} />
    <CommandItem of={commandOf('columns')} at={at} />
  </>
);

/** Parts of a list, e.g. the roles of a member, that its cell offers to filter by. */
const mostParts = 4;

/** Lists below a row that its menu opens: the first ones are what the row is most often looked up for. */
const mostLists = 2;

const CellItems = ({
  at,
  tenant,
  ...props
}: Props & { at: commands.OnColumn; row: Row; tenant: Profile | undefined }) => {
  const { t } = useTranslation();
  const { resource, query, row, grid } = props;
  const column = columnOf(resource, at.column);
  const value = valueAt(row, column.id);
  const name = useName(query.profile, column.ref, typeof value === 'string' ? value : '');
  const text =
    typeof value === 'boolean'
      ? t(value ? 'common.yes' : 'common.no')
      : (name ?? wordsOf(column, value) ?? textOf(column, row));
  const cell: commands.OnCell = {
    ...at,
    ...props,
    said: shownText(text, 30) || t('local.modes.empty'),
    address: tenant ? consoleAddress(tenant, pageResourceOf(resource).id, rowIdOf(resource, row)) : null,
  };
  const parts = column.kind === 'list' ? partsOf(column, row).slice(0, mostParts) : [];
  const below = resource.related.filter((one) => mayApply(one, row)).slice(0, mostLists);
  const isPicked = pickedRows(grid).length > 0;
  return (
    <>
      <CommandItem of={commands.open} at={cell} />
      <CommandItem of={commands.openOther} at={cell} isOptional />
      {below.map((one) => (
        <CommandItem key={relatedId(one)} of={commands.openBelow} at={{ ...cell, below: one }} />
      ))}
      <CommandItem of={commands.openConsole} at={cell} isOptional />
      {canGive(commands.filterByCell, cell) && <Menu.Divider />}
      <CommandItem of={commands.filterByCell} at={cell} isOptional />
      <CommandItem of={commands.excludeCell} at={cell} isOptional />
      {parts.length > 0 && <Menu.Divider />}
      {parts.map((part) => (
        <CommandItem key={part} of={commands.filterByPart} at={{ ...cell, part }} />
      ))}
      <Menu.Divider />
      <CommandItem of={commands.copyCell} at={cell} isOptional isKeyless={isPicked} />
      <CommandItem of={commands.copyRows} at={cell} isKeyless={!isPicked} />
      <CommandItem of={commands.copyJson} at={cell} />
      <CommandItem of={commands.copyColumn} at={cell} />
    </>
  );
};

/** What an operator does. */
const doings = ['pointerdown', 'keydown', 'wheel'] as const;

/** What can be done with a column, or with a cell and its row. */
export const GridMenu = (props: Props) => {
  const { t } = useTranslation();
  const { asked, grid, resource, query, onClose } = props;
  const at = { ...useHere(), column: asked.column, grid, resource };
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
        <CommandItem of={commands.repair} at={{ ...at, row, onOpen: props.onOpen }} />
      ) : row ? (
        <CellItems {...props} at={at} row={row} tenant={tenant} />
      ) : (
        <HeaderItems at={at} />
      )}
    </ContextMenu>
  );
};
