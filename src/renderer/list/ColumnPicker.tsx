import { Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconColumns3 } from '@tabler/icons-react';
import type { GridApi } from 'ag-grid-community';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import type { Row } from '../../shared/row';
import { keepColumns, useWorkspace } from '../app/workspace';
import { columnDefs, layoutOf } from './columns';

/** Which columns are shown; their order and widths are changed in the grid itself. */
export const ColumnPicker = ({ resource, grid }: { resource: Resource; grid: GridApi<Row> | null }) => {
  const { t } = useTranslation();
  const layout = useWorkspace((state) => state.columns[resource.id]);
  const isShown = (id: string, hidden = false) =>
    !(layout?.find((entry) => entry.id === id)?.hidden ?? hidden);
  const show = (id: string, shown: boolean) => {
    if (!grid) return;
    grid.setColumnsVisible([id], shown);
    // The grid tells its change a moment later: the tick must not wait for that.
    keepColumns(resource.id, layoutOf(resource, grid.getColumnState()));
  };
  const reset = () => {
    grid?.applyColumnState({
      state: columnDefs(resource, undefined).map(({ colId = '', width, hide }) => ({
        colId,
        width: width ?? 160,
        hide: hide ?? false,
      })),
      applyOrder: true,
    });
    keepColumns(resource.id, null);
  };
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={14} />}>
          {t('list.columns')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={7} mah={420} style={{ overflowY: 'auto' }}>
          {resource.columns.map((column) => (
            <Checkbox
              key={column.id}
              size="xs"
              label={column.title}
              checked={isShown(column.id, column.hidden)}
              onChange={(event) => show(column.id, event.currentTarget.checked)}
            />
          ))}
          <Button variant="subtle" size="compact-xs" onClick={reset}>
            {t('list.columnsReset')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};
