import { Button, Group, MultiSelect, Select, Stack, Text } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { readValue } from '../../shared/conditions';
import type { LocalMode } from '../../shared/local';
import { modeName } from '../../shared/phrases/value-words';
import { pathsIn, type Row } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { typedOver } from '../common/typed-over';
import {
  type Chip,
  type Entered,
  fieldsOf,
  filterOf,
  formOfField,
  isAskedOf,
  isTimeOf,
} from '../search/chips';
import { ConditionValue } from './ConditionValue';
import { columnOf } from './columns';
import { fieldTitle, timeSpans } from './local-words';

// A list outside of the popover would count as outside of it: choosing from it would close the popover.
const inPlace = { withinPortal: false };

type Props = {
  profile: string;
  resource: Resource;
  /** What is edited; of one that is added, its column at most. */
  given: Chip | { field: string | null };
  /** The mirror answers, for all rows; else rows are read and looked through. */
  mirrored: boolean;
  loadedRows: () => Row[];
  onApply: (entered: Entered) => void;
  onRemove: (() => void) | null;
};

const isText = (kind: string) => ['text', 'any', 'phone', 'address', 'structure'].includes(kind);

const blank = (resource: Resource, field: string): Entered => {
  const { form, modes } = formOfField(resource, field);
  // Who asks for suspended users means those who are: one choice less.
  return { field, mode: modes[0] ?? 'contains', values: [form.kind === 'boolean' ? 'true' : ''] };
};

/** The condition on another field: the comparison that was chosen, and what was entered, only where they fit there, too. */
const movedTo = (resource: Resource, { field, mode, values }: Entered, id: string): Entered => {
  const [before, after] = [formOfField(resource, field), formOfField(resource, id)];
  const fresh = blank(resource, id);
  const isSame = JSON.stringify(before.form) === JSON.stringify(after.form);
  const fitting = isSame || (isText(before.form.kind) && isText(after.form.kind));
  const isMeant = mode !== before.modes[0] || (fitting && values.some(Boolean));
  return {
    field: id,
    mode: isMeant && after.modes.includes(mode) ? mode : fresh.mode,
    values: fitting ? values : fresh.values,
  };
};

/** One condition: on what, how it is compared, and with what; it says who answers it. */
export const ConditionEditor = (props: Props) => {
  const { profile, resource, given, mirrored, loadedRows, onApply, onRemove } = props;
  const { t } = useTranslation();
  const [more] = useState(() => pathsIn(loadedRows()));
  const isNew = !('mode' in given);
  const [entered, setEntered] = useState<Entered>(
    isNew ? blank(resource, given.field ?? resource.columns[0]?.id ?? resource.rowId) : given,
  );
  const [tried, setTried] = useState(false);
  const { field, mode, values } = entered;
  const form = formOfField(resource, field);
  const { asked, here } = fieldsOf(resource, [...more, field]);
  const isServer = isAskedOf(resource, field, mode);
  const filter = filterOf(resource, field);
  const several = isServer && filter?.kind === 'choice' && filter.several ? filter.options : null;
  const read = readValue(form, mode, values[0] ?? '');
  const fault = several ? (values.every((value) => value === '') ? 'empty' : null) : read.fault;
  const apply = (now: Entered = entered) => {
    setTried(true);
    const found = readValue(formOfField(resource, now.field), now.mode, now.values[0] ?? '');
    if (several && now === entered) {
      if (!fault) onApply({ ...now, values: now.values.filter(Boolean) });
    } else if (found.fault === null) onApply({ ...now, values: [found.value] });
  };
  /** Who looks for it, and where. */
  const hint = () => {
    if (isServer) return 'local.hintAsked';
    if (mirrored) return 'local.hintMirrored';
    return isTimeOf(resource, field) ? 'local.hintTime' : 'local.hint';
  };
  const optionsOf = (ids: readonly string[]) =>
    ids.map((id) => ({ value: id, label: shownText(fieldTitle(t, resource, id), 60) }));
  const startsAtValue = !isNew || given.field !== null;
  const place = useRef<HTMLDivElement>(null);
  // What is typed next is the value of the column that was chosen.
  const [isChosen, setChosen] = useState(false);
  useEffect(() => {
    if (!isChosen) return;
    place.current?.querySelector<HTMLElement>(`input[aria-label="${t('local.value')}"]`)?.focus();
    setChosen(false);
  }, [isChosen, t]);
  return (
    <Stack ref={place} gap="2xs" component="section" aria-label={t(isNew ? 'local.add' : 'local.edit')}>
      <Select
        {...typedOver}
        aria-label={t('local.column')}
        nothingFoundMessage={t('local.noColumn')}
        allowDeselect={false}
        comboboxProps={inPlace}
        data-autofocus={startsAtValue ? undefined : true}
        data={[
          { group: t('local.askedFields'), items: optionsOf(asked) },
          { group: t('local.hereFields'), items: optionsOf(here) },
        ].filter(({ items }) => items.length > 0)}
        value={field}
        onChange={(id) => id && setEntered(movedTo(resource, entered, id))}
        onOptionSubmit={() => setChosen(true)}
      />
      {form.form.kind === 'moment' && (
        <Group gap="4xs" role="group" aria-label={t('local.spans.title')}>
          {timeSpans.map((span) => (
            <Button
              key={span}
              size="compact-xs"
              variant={mode === 'is' && values[0] === span ? 'light' : 'default'}
              onClick={() => apply({ field, mode: 'is', values: [span] })}
            >
              {t(`list.time.${span}`)}
            </Button>
          ))}
        </Group>
      )}
      <Group gap="3xs" wrap="nowrap" align="flex-start">
        <Select
          w={145}
          aria-label={t('local.mode')}
          allowDeselect={false}
          comboboxProps={inPlace}
          // One that does not fit is kept where an older view has it.
          data={[...new Set([...form.modes, mode])].map((id) => ({
            value: id,
            label: modeName(t, columnOf(resource, field).kind, id),
          }))}
          value={mode}
          onChange={(id) => setEntered({ ...entered, mode: id as LocalMode })}
        />
        {several ? (
          <MultiSelect
            size="xs"
            flex={1}
            aria-label={t('local.value')}
            placeholder={values.every((value) => value === '') ? t('local.choose') : ''}
            comboboxProps={inPlace}
            data={[...several]}
            value={values.filter(Boolean)}
            error={tried && fault && t(`local.faults.${fault}`)}
            data-autofocus={startsAtValue || undefined}
            onChange={(next) => setEntered({ ...entered, values: next })}
          />
        ) : (
          <ConditionValue
            key={field}
            profile={profile}
            form={form}
            mode={mode}
            value={values[0] ?? ''}
            fault={tried ? fault : null}
            first={startsAtValue}
            onChange={(value) => setEntered({ ...entered, values: [value] })}
            onEnter={() => apply()}
          />
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t(hint())}
      </Text>
      <Group justify="flex-end" gap="2xs">
        {onRemove && (
          <Button variant="default" mr="auto" onClick={onRemove}>
            {t('local.removeShort')}
          </Button>
        )}
        <Button onClick={() => apply()}>{t('local.apply')}</Button>
      </Group>
    </Stack>
  );
};
