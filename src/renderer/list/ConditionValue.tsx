import { ActionIcon, Autocomplete, NumberInput, Popover, Select, TextInput } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import '@mantine/dates/styles.layer.css';
import { IconCalendar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ConditionForm, readValue, type ValueFault } from '../../shared/conditions';
import { type LocalMode, modesWithoutValue, networkModes } from '../../shared/local';
import { wordOfValue } from '../../shared/phrases/value-words';
import { isEnter } from '../common/keys';
import { typedOver } from '../common/typed-over';
import { RefSelect } from '../search/RefSelect';

// A list outside of the popover would count as outside of it: choosing from it would close the popover.
const inPlace = { withinPortal: false };

type Props = {
  profile: string;
  form: ConditionForm;
  mode: LocalMode;
  value: string;
  fault: ValueFault | null;
  /** The cursor starts here. */
  first: boolean;
  onChange: (value: string) => void;
  onEnter: () => void;
};

const Moment = ({ value, fault, first, onChange, onEnter }: Omit<Props, 'form' | 'mode' | 'profile'>) => {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const day = /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] ?? null;
  return (
    <TextInput
      flex={1}
      aria-label={t('local.value')}
      placeholder={t('local.timeValue')}
      value={value}
      error={fault && t(`local.faults.${fault}`)}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => isEnter(event) && onEnter()}
      data-autofocus={first || undefined}
      rightSection={
        <Popover opened={opened} onChange={setOpened} withinPortal={false} shadow="md" position="bottom-end">
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('local.calendar')}
              onClick={() => setOpened(!opened)}
            >
              <IconCalendar size={14} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown>
            <DatePicker
              size="xs"
              value={day}
              {...(day ? { defaultDate: day } : {})}
              onChange={(picked) => {
                if (picked) onChange(picked);
                setOpened(false);
              }}
            />
          </Popover.Dropdown>
        </Popover>
      }
    />
  );
};

/** Where the value of a condition is entered, as its column wants it. */
export const ConditionValue = (props: Props) => {
  const { t } = useTranslation();
  const { profile, form, mode, value, fault, first, onChange, onEnter } = props;
  const { form: kind } = form;
  const error = fault && t(`local.faults.${fault}`);
  const common = { flex: 1, 'aria-label': t('local.value'), 'data-autofocus': first || undefined };
  if (modesWithoutValue.includes(mode)) return <TextInput {...common} disabled value="" readOnly />;
  // What only has to be in it is text, whatever the column is.
  const isPart = mode === 'contains' || mode === 'lacks';
  switch (isPart || networkModes.includes(mode) ? 'text' : kind.kind) {
    case 'boolean':
      return (
        <Select
          {...common}
          comboboxProps={inPlace}
          placeholder={t('local.choose')}
          allowDeselect={false}
          data={[
            { value: 'true', label: t('common.yes') },
            { value: 'false', label: t('common.no') },
          ]}
          value={readValue(form, mode, value).value}
          error={error}
          onChange={(next) => onChange(next ?? '')}
        />
      );
    case 'choice':
      if (kind.kind !== 'choice') return null;
      return kind.open ? (
        <Autocomplete
          {...common}
          size="xs"
          comboboxProps={inPlace}
          placeholder={t('local.choose')}
          data={[...kind.options]}
          limit={30}
          value={value}
          error={error}
          onChange={onChange}
          onKeyDown={(event) => isEnter(event) && onEnter()}
        />
      ) : (
        <Select
          {...common}
          comboboxProps={inPlace}
          {...typedOver}
          nothingFoundMessage={t('changing.nothingFound')}
          placeholder={t('local.choose')}
          // What an older view has is kept, though it is none of the options.
          data={[...new Set([...kind.options, ...(value ? [value] : [])])].map((option) => ({
            value: option,
            label: wordOfValue(t, kind.words, option) ?? option,
          }))}
          value={value || null}
          error={error}
          onChange={(next) => onChange(next ?? '')}
        />
      );
    case 'reference':
      return kind.kind === 'reference' ? (
        <RefSelect
          flex={1}
          profile={profile}
          resource={kind.resource}
          label={t('local.value')}
          value={value}
          error={error}
          onChange={onChange}
        />
      ) : null;
    case 'moment':
      return <Moment {...{ value, fault, first, onChange, onEnter }} />;
    case 'number':
      return (
        <NumberInput
          {...common}
          size="xs"
          hideControls
          value={value}
          error={error}
          onChange={(next) => onChange(String(next))}
          onKeyDown={(event) => isEnter(event) && onEnter()}
        />
      );
    default:
      return (
        <TextInput
          {...common}
          placeholder={networkModes.includes(mode) ? t('local.networkValue') : t('local.value')}
          error={error}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          onKeyDown={(event) => isEnter(event) && onEnter()}
        />
      );
  }
};
