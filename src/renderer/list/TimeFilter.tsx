import '@mantine/dates/styles.css';
import { Button, Group, Popover, Select, Stack } from '@mantine/core';
import { DateTimePicker } from '@mantine/dates';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { timeSpans } from '../../shared/query';
import { moment } from '../i18n';

type Props = { title: string; values: readonly string[]; onChange: (values: string[]) => void };

const picked = (text: string | undefined): string | null =>
  text ? dayjs(Number(text)).format('YYYY-MM-DD HH:mm:ss') : null;

/** A span back from now, or two moments of the operator's choice. */
export const TimeFilter = ({ title, values, onChange }: Props) => {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [from, setFrom] = useState<string | null>(picked(values.length === 2 ? values[0] : undefined));
  const [to, setTo] = useState<string | null>(picked(values[1]));
  const custom = values.length === 2;
  const range = custom
    ? values.map((value) => (value ? moment(Number(value)) : '…')).join(' – ')
    : t('list.time.custom');
  const spans = Object.keys(timeSpans) as ('1h' | '24h' | '7d' | '30d')[];
  const apply = () => {
    const ms = (text: string | null) => (text ? String(dayjs(text).valueOf()) : '');
    setOpened(false);
    onChange(from || to ? [ms(from), ms(to)] : []);
  };
  const wrong = Boolean(from && to && dayjs(from).isAfter(to));
  return (
    <Popover opened={opened} onDismiss={() => setOpened(false)} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <Select
          aria-label={title}
          w={custom ? 290 : 140}
          allowDeselect={false}
          data={[
            { value: '', label: t('list.time.all') },
            ...spans.map((span) => ({ value: span, label: t(`list.time.${span}`) })),
            { value: 'custom', label: range },
          ]}
          value={custom ? 'custom' : (values[0] ?? '')}
          onChange={(value) => (value === 'custom' ? setOpened(true) : onChange(value ? [value] : []))}
          onOptionSubmit={(value) => value === 'custom' && setOpened(true)}
        />
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs" w={240}>
          <DateTimePicker
            size="xs"
            label={t('list.time.from')}
            value={from}
            onChange={setFrom}
            withSeconds
            clearable
            valueFormat="YYYY-MM-DD HH:mm:ss"
            popoverProps={{ withinPortal: false }}
          />
          <DateTimePicker
            size="xs"
            label={t('list.time.to')}
            value={to}
            onChange={setTo}
            withSeconds
            clearable
            valueFormat="YYYY-MM-DD HH:mm:ss"
            popoverProps={{ withinPortal: false }}
          />
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
