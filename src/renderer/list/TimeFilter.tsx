import '@mantine/dates/styles.layer.css';
import { Button, Group, Popover, Select, Stack, Text } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { spanOf } from '../../shared/moments';
import { clockPattern, clockTime } from '../../shared/zone';
import { closesUppermost } from '../common/above';
import { timeText } from '../common/view-title';
import { moment } from '../i18n';
import { chosenZone, useZone } from '../state/chosen-zone';
import { timeSpans } from './local-words';

type Props = { title: string; values: readonly string[]; onChange: (values: string[]) => void };

/** The moment of one end (unix ms), all of what it names in it; null for none. */
const endOf = (text: string | null | undefined, end: 'from' | 'to'): number | null =>
  text ? (/^\d+$/.test(text) ? Number(text) : (spanOf(text, 0, chosenZone())?.[end] ?? null)) : null;

const picked = (text: string | undefined, end: 'from' | 'to'): string | null => {
  const ms = endOf(text, end);
  return ms === null ? null : clockTime(ms, chosenZone());
};

/** A span back from now, or two moments of the operator's choice. */
export const TimeFilter = ({ title, values, onChange }: Props) => {
  const { t } = useTranslation();
  const zone = useZone();
  const [opened, setOpened] = useState(false);
  const [from, setFrom] = useState<string | null>(
    picked(values.length === 2 ? values[0] : undefined, 'from'),
  );
  const [to, setTo] = useState<string | null>(picked(values[1], 'to'));
  const custom = values.length === 2;
  const [single = ''] = custom ? [] : values;
  /** One time that is none of those offered: a day, a month, a moment. */
  const other = single && !timeSpans.some((span) => span === single) ? [single] : [];
  const range = custom
    ? values
        .map((value, at) => endOf(value, at === 0 ? 'from' : 'to'))
        .map((ms) => (ms === null ? '…' : moment(ms)))
        .join(' – ')
    : t('list.time.custom');
  const apply = () => {
    setOpened(false);
    onChange(from || to ? [String(endOf(from, 'from') ?? ''), String(endOf(to, 'to') ?? '')] : []);
  };
  const box = useRef<HTMLInputElement>(null);
  const leave = () => {
    setOpened(false);
    box.current?.focus();
  };
  const wrong = Boolean(from && to && from > to);
  return (
    <Popover
      opened={opened}
      onDismiss={() => setOpened(false)}
      position="bottom-start"
      shadow="md"
      trapFocus
      closeOnEscape={false}
    >
      <Popover.Target>
        <Select
          ref={box}
          aria-label={title}
          flex={`0 20 ${custom ? 300 : 140}px`}
          miw={110}
          title={custom ? range : undefined}
          allowDeselect={false}
          data={[
            { value: '', label: t('list.time.all') },
            ...timeSpans.map((span) => ({ value: span, label: t(`list.time.${span}`) })),
            ...other.map((time) => ({ value: time, label: timeText([time]) })),
            { value: 'custom', label: range },
          ]}
          value={custom ? 'custom' : single}
          onChange={(value) => (value === 'custom' ? setOpened(true) : onChange(value ? [value] : []))}
          onOptionSubmit={(value) => value === 'custom' && setOpened(true)}
        />
      </Popover.Target>
      <Popover.Dropdown onKeyDownCapture={closesUppermost(leave)}>
        <Stack gap="xs" w={240}>
          <DateTimePicker
            size="xs"
            label={t('list.time.from')}
            value={from}
            onChange={setFrom}
            withSeconds
            clearable
            valueFormat={clockPattern}
            popoverProps={{ withinPortal: false }}
          />
          <DateTimePicker
            size="xs"
            label={t('list.time.to')}
            value={to}
            // A date alone is its whole day.
            defaultTimeValue="23:59:59"
            onChange={setTo}
            withSeconds
            clearable
            valueFormat={clockPattern}
            popoverProps={{ withinPortal: false }}
          />
          <Text size="xs" c="dimmed">
            {t('list.time.zone', { zone })}
          </Text>
          <Group justify="flex-end">
            <Button onClick={apply} disabled={wrong}>
              {t('list.time.apply')}
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
};
