import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Popover,
  SegmentedControl,
  Stack,
  TextInput,
} from '@mantine/core';
import { IconPin } from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import { memo, useReducer, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { pathsIn, type Row } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { commandOf } from '../commands/commands';
import { useAct } from '../commands/place';
import type { ListSource } from '../rows/source';
import { useSourceState } from '../rows/source-state';
import { usePreferences } from '../state/preferences';
import type { ColumnLayout } from '../state/workspace';
import { columnDefs, layOut, layoutOf } from './columns';
import { type Density, rowHeights } from './grid-theme';
import { CommandTool } from './Tool';

const densities = Object.keys(rowHeights) as Density[];

/** Rows that are looked through for what they have. */
const mostLooked = 200;

type Props = {
  resource: Resource;
  /** The grid now; null before it is there. */
  grid: () => GridApi<Row> | null;
  layout: ColumnLayout | undefined;
  onLayout: (layout: ColumnLayout | null) => void;
  /** What its rows have beyond the catalogue can be a column too. */
  source: ListSource;
};

/** Columns by their names: the catalogue's, the ones that were added, then what the loaded rows have besides. */
const Choices = ({ resource, grid: gridNow, layout, onLayout, source }: Props) => {
  const { t } = useTranslation();
  const grid = gridNow();
  useSourceState(source);
  // What is pinned is the grid's to say.
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  const { preferences, choose } = usePreferences();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState(() => pathsIn(source.loaded(mostLooked)));
  // Opened before the first rows came: they are looked at as soon as they are there.
  if (found.length === 0) {
    const now = pathsIn(source.loaded(mostLooked));
    if (now.length > 0) setFound(now);
  }
  const listed = resource.columns.map(({ id }) => id);
  const added = (layout ?? []).map(({ id }) => id).filter((id) => !listed.includes(id));
  const more = found.filter((id) => !listed.includes(id) && !added.includes(id) && id !== 'tenantId');
  const word = typed.trim().toLowerCase();
  const columns = [...listed, ...added, ...more]
    .map((id) => ({ id, title: columnTitle(t, resource.id, id) }))
    .filter(
      ({ id, title }) => !word || id.toLowerCase().includes(word) || title.toLowerCase().includes(word),
    );
  const isShown = (id: string) => {
    const kept = layout?.find((entry) => entry.id === id);
    const column = resource.columns.find((one) => one.id === id);
    return !(kept?.hidden ?? (column ? (column.hidden ?? false) : true));
  };
  const show = (id: string, shown: boolean) => {
    if (!grid) return;
    if (grid.getColumn(id)) grid.setColumnsVisible([id], shown);
    else {
      const now = layoutOf(grid.getColumnState());
      grid.setGridOption('columnDefs', columnDefs(resource, [...now, { id, hidden: false }]));
    }
    // Whoever asks for a column wants to see it, wherever in the grid it is.
    if (shown) grid.ensureColumnVisible(id);
    // The grid tells its change a moment later: the tick must not wait for that.
    onLayout(layoutOf(grid.getColumnState()));
  };
  const isPinned = (id: string) => grid?.getColumn(id)?.isPinned() ?? false;
  const pin = (id: string, pinned: boolean) => {
    grid?.setColumnsPinned([id], pinned ? 'left' : null);
    if (grid) onLayout(layoutOf(grid.getColumnState()));
    drawAgain();
  };
  const reset = () => {
    if (grid) layOut(grid, resource, undefined);
    onLayout(null);
  };
  return (
    <Stack gap="3xs">
      <TextInput
        aria-label={t('list.findColumn')}
        placeholder={t('list.findColumn')}
        value={typed}
        data-autofocus
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Stack gap="3xs" mah={400} style={{ overflowY: 'auto' }}>
        {columns.map(({ id, title }) => (
          <Group key={id} gap="4xs" wrap="nowrap" justify="space-between" mih={18}>
            <Checkbox
              size="xs"
              label={shownText(title, 80)}
              checked={isShown(id)}
              onChange={(event) => show(id, event.currentTarget.checked)}
            />
            {isShown(id) && (
              <ActionIcon
                size={18}
                variant={isPinned(id) ? 'light' : 'subtle'}
                {...(isPinned(id) ? {} : { color: 'gray' })}
                aria-label={t('list.pin', { column: shownText(title, 80) })}
                aria-pressed={isPinned(id)}
                onClick={() => pin(id, !isPinned(id))}
              >
                <IconPin size={12} />
              </ActionIcon>
            )}
          </Group>
        ))}
      </Stack>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('list.density')}
        value={preferences?.density ?? 'normal'}
        onChange={(density) => choose({ density: density as Density })}
        data={densities.map((density) => ({ value: density, label: t(`list.densities.${density}`) }))}
      />
      <Checkbox
        size="xs"
        label={t('list.relativeTimes')}
        checked={preferences?.times === 'relative'}
        onChange={(event) => choose({ times: event.currentTarget.checked ? 'relative' : 'dates' })}
      />
      <Button variant="subtle" size="compact-xs" onClick={reset}>
        {t('list.columnsReset')}
      </Button>
    </Stack>
  );
};

/** Which columns are shown; their order and widths are changed in the grid itself. */
export const ColumnPicker = memo((props: Props) => {
  const [opened, setOpened] = useState(false);
  useAct('columns', () => setOpened((before) => !before));
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" width={260} trapFocus>
      <Popover.Target>
        <CommandTool of={commandOf('columns')} />
      </Popover.Target>
      <Popover.Dropdown>
        <Choices {...props} />
      </Popover.Dropdown>
    </Popover>
  );
});
