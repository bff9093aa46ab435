import { ActionIcon, Button, Group, Popover, Select, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconFilter, IconPlus, IconTrash } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column, Resource } from '../../shared/catalog';
import {
  type Condition,
  type LocalMode,
  localModes,
  modesWithoutValue,
  networkModes,
} from '../../shared/local';
import { isNetwork } from '../../shared/network';
import { pathsIn, type Row } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { columnOf } from './columns';
import { modeName } from './local-words';

// A list outside of the popover would count as outside of it: choosing from it would close the popover.
const inPlace = { withinPortal: false };

type Props = {
  resource: Resource;
  where: readonly Condition[];
  /** The mirror answers, for all rows; else the loaded rows are looked through. */
  mirrored: boolean;
  loadedRows: () => Row[];
  onChange: (where: readonly Condition[]) => void;
};

const isTime = ({ kind }: Column) => kind === 'time' || kind === 'seconds';

/** Addresses are compared with networks; so may be any column that the catalogue does not know. */
const modesFor = (resource: Resource, { id, kind }: Column, chosen: LocalMode): LocalMode[] => {
  const listed = resource.columns.some((column) => column.id === id);
  return localModes.filter(
    (mode) => mode === chosen || kind === 'ip' || !listed || !networkModes.includes(mode),
  );
};

const placeholderOf = (t: TFunction, column: Column, mode: LocalMode): string => {
  if (networkModes.includes(mode)) return t('local.networkValue');
  return isTime(column) ? t('local.timeValue') : t('local.value');
};

const Builder = ({
  resource,
  where,
  mirrored,
  loadedRows,
  onChange,
  onDone,
}: Props & {
  onDone: () => void;
}) => {
  const { t } = useTranslation();
  const listed = resource.columns.map(({ id }) => id);
  const [more] = useState(() => pathsIn(loadedRows()).filter((id) => !listed.includes(id)));
  const blank: Condition = { column: listed[0] ?? resource.rowId, mode: 'contains', value: '' };
  const [conditions, setConditions] = useState<readonly Condition[]>(where.length > 0 ? where : [blank]);
  const set = (at: number, changes: Partial<Condition>) =>
    setConditions(conditions.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  const isWhole = ({ mode, value }: Condition) => modesWithoutValue.includes(mode) || value !== '';
  const isWrong = ({ mode, value }: Condition) =>
    networkModes.includes(mode) && value !== '' && !isNetwork(value);
  const apply = () => {
    if (conditions.some(isWrong)) return;
    onChange(conditions.filter(isWhole));
    onDone();
  };
  return (
    <Stack gap={8} component="section" aria-label={t('local.title')}>
      <Text size="xs" c="dimmed">
        {t(mirrored ? 'local.hintMirrored' : 'local.hint')}
      </Text>
      {conditions.map(({ column, mode, value }, at) => {
        const known = columnOf(resource, column);
        return (
          // Conditions have no identity but their place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <Group key={at} gap={6} wrap="nowrap" align="flex-start">
            <Select
              w={190}
              searchable
              aria-label={t('local.column')}
              allowDeselect={false}
              comboboxProps={inPlace}
              data={[...new Set([...listed, ...more, column])].map((id) => ({
                value: id,
                label: shownText(columnOf(resource, id).title, 60),
              }))}
              value={column}
              onChange={(id) => id && set(at, { column: id })}
            />
            <Select
              w={145}
              aria-label={t('local.mode')}
              allowDeselect={false}
              comboboxProps={inPlace}
              data={modesFor(resource, known, mode).map((id) => ({
                value: id,
                label: modeName(t, known, id),
              }))}
              value={mode}
              onChange={(id) => set(at, { mode: id as LocalMode })}
            />
            <TextInput
              flex={1}
              aria-label={t('local.value')}
              placeholder={placeholderOf(t, known, mode)}
              error={isWrong({ column, mode, value }) && t('local.notNetwork')}
              disabled={modesWithoutValue.includes(mode)}
              value={modesWithoutValue.includes(mode) ? '' : value}
              onChange={(event) => set(at, { value: event.currentTarget.value })}
              onKeyDown={(event) => event.key === 'Enter' && apply()}
              data-autofocus={at === 0 || undefined}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={30}
              aria-label={t('local.remove')}
              onClick={() => setConditions(conditions.filter((_, index) => index !== at))}
            >
              <IconTrash size={14} />
            </ActionIcon>
          </Group>
        );
      })}
      <Group justify="space-between">
        <Button
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          onClick={() => setConditions([...conditions, blank])}
        >
          {t('local.add')}
        </Button>
        <Group gap={8}>
          <Button
            variant="default"
            onClick={() => {
              onChange([]);
              onDone();
            }}
          >
            {t('local.clear')}
          </Button>
          <Button onClick={apply}>{t('local.apply')}</Button>
        </Group>
      </Group>
    </Stack>
  );
};

/** Conditions on any column, which the loaded rows are looked through for. */
export const LocalFilter = (props: Props) => {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const count = props.where.length;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={590}
      shadow="md"
      trapFocus
      withRoles={false}
    >
      <Popover.Target>
        <Tooltip label={t('local.filter')} disabled={opened}>
          <ActionIcon
            variant={count > 0 ? 'light' : 'default'}
            size={30}
            aria-label={t('local.filter')}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconFilter size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Builder key={JSON.stringify(props.where)} {...props} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
};
