import { ActionIcon, Button, Group, Popover, Select, Stack, Text, Tooltip } from '@mantine/core';
import { IconFilter, IconPlus, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { conditionFormOf, readValue } from '../../shared/conditions';
import { type Condition, type LocalMode, modesWithoutValue } from '../../shared/local';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { pathsIn, type Row } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { ConditionValue } from './ConditionValue';
import { columnOf } from './columns';
import { modeName } from './local-words';

// A list outside of the popover would count as outside of it: choosing from it would close the popover.
const inPlace = { withinPortal: false };

type Props = {
  profile: string;
  resource: Resource;
  where: readonly Condition[];
  /** The mirror answers, for all rows; else the loaded rows are looked through. */
  mirrored: boolean;
  loadedRows: () => Row[];
  onChange: (where: readonly Condition[]) => void;
};

/** The condition on another column: its comparison, and what was entered, only where they fit there, too. */
const movedTo = (resource: Resource, { column, mode, value }: Condition, id: string): Condition => {
  const [before, after] = [conditionFormOf(resource, column), conditionFormOf(resource, id)];
  const kept = after.modes.includes(mode) ? mode : (after.modes[0] ?? mode);
  const isSame = JSON.stringify(before.form) === JSON.stringify(after.form);
  const isText = (kind: string) => ['text', 'any', 'phone', 'address', 'structure'].includes(kind);
  const fitting = isSame || (isText(before.form.kind) && isText(after.form.kind));
  // Who asks for suspended users means those who are: one choice less.
  const usual = after.form.kind === 'boolean' ? 'true' : '';
  return { column: id, mode: kept, value: fitting ? value : usual };
};

const Builder = ({
  profile,
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
  const [start = resource.rowId] = listed;
  const [usual = 'contains'] = conditionFormOf(resource, start).modes;
  const blank: Condition = { column: start, mode: usual, value: '' };
  const [conditions, setConditions] = useState<readonly Condition[]>(where.length > 0 ? where : [blank]);
  const set = (at: number, changes: Partial<Condition>) =>
    setConditions(conditions.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  /** A condition without a value that needs one was begun and left: it asks nothing. */
  const isWhole = ({ mode, value }: Condition) => modesWithoutValue.includes(mode) || value.trim() !== '';
  const readOf = ({ column, mode, value }: Condition) =>
    readValue(conditionFormOf(resource, column), mode, value);
  const [tried, setTried] = useState(false);
  const faultOf = (condition: Condition) => (isWhole(condition) ? readOf(condition).fault : null);
  const apply = () => {
    setTried(true);
    if (conditions.some((condition) => faultOf(condition) !== null)) return;
    onChange(
      conditions.filter(isWhole).map((condition) => ({ ...condition, value: readOf(condition).value ?? '' })),
    );
    onDone();
  };
  return (
    <Stack gap={8} component="section" aria-label={t('local.title')}>
      <Text size="xs" c="dimmed">
        {t(mirrored ? 'local.hintMirrored' : 'local.hint')}
      </Text>
      {conditions.map(({ column, mode, value }, at) => {
        const known = columnOf(resource, column);
        const form = conditionFormOf(resource, column);
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
                label: shownText(columnTitle(t, resource.id, id), 60),
              }))}
              value={column}
              onChange={(id) => id && set(at, movedTo(resource, { column, mode, value }, id))}
            />
            <Select
              w={145}
              aria-label={t('local.mode')}
              allowDeselect={false}
              comboboxProps={inPlace}
              // One that does not fit is kept where an older view has it.
              data={[...new Set([...form.modes, mode])].map((id) => ({
                value: id,
                label: modeName(t, known, id),
              }))}
              value={mode}
              onChange={(id) => set(at, { mode: id as LocalMode })}
            />
            <ConditionValue
              key={column}
              profile={profile}
              form={form}
              mode={mode}
              value={value}
              fault={tried ? faultOf({ column, mode, value }) : null}
              first={at === 0}
              onChange={(next) => set(at, { value: next })}
              onEnter={apply}
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
  // In a list of options that is open, Escape closes that list alone.
  const closeOnEscape = ({ key, target }: KeyboardEvent) => {
    const isInList = target instanceof Element && target.getAttribute('aria-expanded') === 'true';
    if (key === 'Escape' && !isInList) setOpened(false);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={590}
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
      closeOnEscape={false}
    >
      <Popover.Target>
        <Tooltip label={t('local.filter')} disabled={opened}>
          <ActionIcon
            variant={count > 0 ? 'light' : 'default'}
            size={30}
            aria-label={t('local.filter')}
            data-act="filter"
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconFilter size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown onKeyDownCapture={closeOnEscape}>
        <Builder key={JSON.stringify(props.where)} {...props} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
};
