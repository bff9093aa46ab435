import {
  ActionIcon,
  Button,
  Group,
  Modal,
  Select,
  Stack,
  Text,
  Tooltip,
  UnstyledButton,
} from '@mantine/core';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Resource } from '../../shared/catalog';
import { type Condition, countsOf, type TimeBucket, timeBuckets } from '../../shared/local';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { timeSeries } from '../../shared/time-series';
import { api, errorOf } from '../api';
import { ErrorNotice } from '../errors/ErrorNotice';
import { moment, number } from '../i18n';
import styles from './Counts.module.css';
import { columnOf } from './columns';

/** Values that are shown; an export has all of them. */
const shownValues = 200;

type Props = {
  resource: Resource;
  query: Query;
  /** All of the list is in the mirror: it counts, and for all rows. */
  mirrored: boolean;
  loadedRows: () => Row[];
  total: number | null;
  onFilter: (condition: Condition) => void;
  onExport: (counts: { column: string; bucket: TimeBucket | null }) => void;
};

const TimeChart = lazy(() => import('./TimeChart'));

const Content = ({ resource, query, mirrored, loadedRows, total, onFilter, onExport }: Props) => {
  const { t } = useTranslation();
  const [id, setId] = useState(
    resource.columns.find(({ kind }) => kind === 'outcome' || kind === 'event' || kind === 'boolean')?.id ??
      resource.columns[0]?.id ??
      resource.rowId,
  );
  const column = columnOf(resource, id);
  const [chosen, setChosen] = useState<TimeBucket>('day');
  const bucket = column.kind === 'time' ? chosen : null;
  const asked = useQuery({
    queryKey: ['mirror', query.profile, 'counts', query, id, bucket],
    queryFn: ({ signal }) => api.mirror.counts.query({ query, column: id, bucket }, { signal }),
    enabled: mirrored,
  });
  const [rows] = useState(loadedRows);
  const counts = mirrored ? (asked.data?.counts ?? []) : countsOf(rows, id, bucket);
  const sum = mirrored ? (asked.data?.total ?? 0) : rows.length;
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <Stack gap={10}>
      <Group gap={8} align="flex-end">
        <Select
          flex={1}
          searchable
          label={t('counts.by')}
          allowDeselect={false}
          // What is in no row, only the mirror can count.
          data={resource.columns
            .filter(({ joins }) => mirrored || joins === undefined)
            .map(({ id: value, title }) => ({ value, label: title }))}
          value={id}
          onChange={(value) => value && setId(value)}
        />
        {column.kind === 'time' && (
          <Select
            w={120}
            label={t('counts.bucket')}
            allowDeselect={false}
            data={timeBuckets.map((value) => ({ value, label: t(`counts.buckets.${value}`) }))}
            value={chosen}
            onChange={(value) => setChosen(value as TimeBucket)}
          />
        )}
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={counts.length === 0}
          onClick={() => onExport({ column: id, bucket })}
        >
          {t('counts.export')}
        </Button>
      </Group>
      {asked.error && (
        <ErrorNotice compact error={errorOf(asked.error)} onRetry={() => void asked.refetch()} />
      )}
      <Text size="xs" c="dimmed">
        {mirrored
          ? t('mirror.answered', { rows: number(sum), time: moment(asked.data?.asOf ?? Date.now()) })
          : t('local.within', { loaded: number(sum), total: total === null ? '…' : number(total) })}
      </Text>
      {bucket !== null && (
        <Suspense fallback={<div style={{ height: 150 }} />}>
          <TimeChart
            series={timeSeries(counts, bucket)}
            label={t('counts.title', { list: resource.title })}
          />
        </Suspense>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys */}
      <div className={styles.scroll} tabIndex={0}>
        <ul className={styles.counts} aria-label={t('counts.title', { list: resource.title })}>
          {counts.slice(0, shownValues).map(({ value, count }) => (
            <li key={value ?? ''} className={styles.count}>
              <UnstyledButton
                className={styles.value}
                disabled={bucket !== null}
                onClick={() =>
                  onFilter(
                    value === null
                      ? { column: id, mode: 'empty', value: '' }
                      : { column: id, mode: 'is', value },
                  )
                }
              >
                {value === null ? t('counts.none') : shownText(value, 120)}
              </UnstyledButton>
              <span className={styles.bar} aria-hidden>
                <span style={{ width: `${(100 * count) / most}%` }} />
              </span>
              <span className={styles.number}>{number(count)}</span>
              <span className={styles.share}>{`${((100 * count) / Math.max(1, sum)).toFixed(1)} %`}</span>
            </li>
          ))}
        </ul>
      </div>
    </Stack>
  );
};

/** How many rows of a view have each value of a column; a value narrows the view to its rows. */
export const Counts = (props: Props) => {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const label = t('counts.open');
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon variant="default" size={30} aria-label={label} onClick={() => setOpened(true)}>
          <IconChartBar size={15} />
        </ActionIcon>
      </Tooltip>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        size={620}
        title={t('counts.title', { list: props.resource.title })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        {opened && (
          <Content
            {...props}
            onFilter={(condition) => {
              setOpened(false);
              props.onFilter(condition);
            }}
            onExport={(counts) => {
              setOpened(false);
              props.onExport(counts);
            }}
          />
        )}
      </Modal>
    </>
  );
};
