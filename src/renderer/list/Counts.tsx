import { Button, Group, Progress, Select, Stack, Text, UnstyledButton } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { memo, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { Column, Resource } from '../../shared/catalog';
import { booleanWord } from '../../shared/conditions';
import { countedFirst } from '../../shared/failures';
import { type Condition, type Counting, countsOf, type TimeBucket, timeBuckets } from '../../shared/local';
import { explain } from '../../shared/phrases';
import { columnTitle, titleOf } from '../../shared/phrases/catalog-words';
import { wordOfValue } from '../../shared/phrases/value-words';
import { type Query, type TimeBounds, timeBounds } from '../../shared/query';
import type { Row } from '../../shared/row';
import { holdsForAll, type Looked, readsByItself } from '../../shared/scope';
import { scopeText } from '../../shared/scope-words';
import { shownText } from '../../shared/shown';
import { bucketText, timeSeries } from '../../shared/time-series';
import type { Zone } from '../../shared/zone';
import { commandOf } from '../commands/commands';
import { useAct } from '../commands/place';
import { arriving } from '../common/arriving';
import { Dialog } from '../common/Dialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { useName } from '../common/names';
import { useTimeLeft } from '../common/time-left';
import { openedByTyping } from '../common/typed-over';
import { moment, number, percent, phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import type { ListState } from '../rows/list-state';
import { isReadByTime, lookedByCounting, lookedOf } from '../rows/looked';
import { Scan, type ScanProgress } from '../rows/scan';
import { useZone } from '../state/chosen-zone';
import styles from './Counts.module.css';
import { columnOf } from './columns';
import { CommandTool } from './Tool';

/** Values that are shown; an export has all of them. */
const shownValues = 200;

type Props = {
  resource: Resource;
  /** How the tenant's server takes bounds of time; null while that is not known. */
  bounds: TimeBounds | null;
  query: Query;
  /** Its filters with their time as it was when the view was opened. */
  filters: Query['filters'];
  /** All of the list is in the mirror: it counts, and for all rows. */
  mirrored: boolean;
  /** Rows that are here and fit. */
  rows: () => Row[];
  /** What is known of the list now. */
  state: () => ListState;
  isAnswered: boolean;
  hasFailed: boolean;
  onFilter: (condition: Condition) => void;
  onExport: (counts: Counting) => void;
};

const TimeChart = arriving(
  async () => (await import('./TimeChart')).default,
  <div style={{ height: 150 }} />,
);

/** The counting of all rows of a view, begun by hand or, where it costs little, by itself. */
const useCountingAll = (query: Query, state: ListState, counts: Counting, byItself: boolean) => {
  const [progress, setProgress] = useState<ScanProgress | null>(null);
  const scan = useRef<Scan | null>(null);
  const stop = () => scan.current?.stop();
  const start = () => {
    stop();
    const { until, mirror } = state;
    const one = new Scan(
      { query, counts, mirrored: mirror !== null, ...(until === null ? {} : { until }) },
      () => scan.current === one && setProgress(one.progress),
    );
    scan.current = one;
    setProgress(one.progress);
    void one.run();
  };
  const key = JSON.stringify(counts);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each column, as the view was when it was chosen
  useEffect(() => {
    if (byItself) start();
    return () => {
      stop();
      scan.current = null;
      setProgress(null);
    };
  }, [key]);
  return { progress, start, stop };
};

/** Says that only a part was counted, and offers the rest. */
const PartBand = ({
  looked,
  progress,
  onCount,
  onStop,
}: {
  looked: Looked;
  progress: ScanProgress | null;
  onCount: () => void;
  onStop: () => void;
}) => {
  const { t } = useTranslation();
  const left = useTimeLeft(looked, progress?.elapsedMs ?? 0);
  const { running, lookedAt, total, copy, read } = looked;
  return (
    <div className={styles.part} role="status" data-testid="part">
      <span>
        {progress?.error && `${explain(phrases, progress.error).title} `}
        {t('scope.countPart', { scope: scopeText(t, looked) })}
        {left && running && ` ${left}`}
      </span>
      {running && (
        <>
          <Progress
            w={90}
            size="sm"
            value={total ? (100 * lookedAt) / total : 100}
            animated={!total}
            aria-label={t('scope.progress')}
          />
          <Button size="compact-xs" variant="default" onClick={onStop}>
            {t('scope.stop')}
          </Button>
        </>
      )}
      {/* All that can be read was: counting again comes to the same. */}
      {!running && !(read && (copy || total === null)) && (
        <Button size="compact-xs" onClick={onCount}>
          {t('scope.countAll')}
        </Button>
      )}
    </div>
  );
};

/** A value that rows are counted under; an id of another row is its name, and the id of one that has none. */
const CountedValue = ({ profile, column, value }: { profile: string; column: Column; value: string }) => {
  const name = useName(profile, column.ref, value);
  const flag = column.kind === 'boolean' ? booleanWord(value) : null;
  const word = flag === null ? null : phrases.t(flag ? 'common.yes' : 'common.no');
  const hour = column.kind === 'time' && value.includes('T') ? bucketText(value) : null;
  const said = name ?? word ?? hour ?? wordOfValue(phrases.t, column.words, value);
  // What does not fit is shown on hovering, as is the value behind a name.
  const shown = shownText(said ?? value, 120);
  return <span title={said ? `${shown} · ${shownText(value)}` : shown}>{shown}</span>;
};

/** Days of which each hour has room in a chart. */
const hourlyMs = 8 * 24 * 3_600_000;

/** What moments within a view's time are counted by, until something else is chosen. */
const usualBucket = (time: readonly string[], zone: Zone): TimeBucket => {
  const now = Date.now();
  const { from, to } = timeBounds(time, now, zone);
  return from !== null && (to ?? now) - from <= hourlyMs ? 'hour' : 'day';
};

const Content = ({
  by,
  resource,
  bounds,
  query,
  filters,
  mirrored,
  rows: rowsHere,
  state,
  onFilter,
  onExport,
}: Props & { by: string | undefined }) => {
  const { t } = useTranslation();
  const [id, setId] = useState(() => by ?? countedFirst(query));
  const column = columnOf(resource, id);
  const zone = useZone();
  const [usual] = useState(() => usualBucket(filters.time ?? [], zone));
  const [chosen, setChosen] = useState<TimeBucket | null>(null);
  const bucket = column.kind === 'time' ? (chosen ?? usual) : null;
  const counting = { column: id, bucket, ...(bucket === null ? {} : { zone }) };
  const asked = useQuery({
    queryKey: ['mirror', query.profile, 'counts', query, counting],
    queryFn: ({ signal }) => api.mirror.counts.query({ query, ...counting }, { signal }),
    enabled: mirrored,
  });
  const [rows] = useState(rowsHere);
  const [opened] = useState(state);
  // A search that is still running then continues for the list, not for the part shown here.
  const ended = opened.scan?.state === 'running' ? null : opened.scan;
  const here = lookedOf({ ...opened, scan: ended, matching: rows.length });
  const isAllHere = holdsForAll(here) && (ended === null || rows.length === ended.matches);
  const byItself =
    !mirrored && !isAllHere && readsByItself({ ...here, read: null }, isReadByTime(resource, bounds));
  const { progress, start, stop } = useCountingAll({ ...query, filters }, opened, counting, byItself);
  const further = progress && (progress.state === 'done' || progress.lookedAt >= here.lookedAt);
  const looked = progress ? lookedByCounting(opened, further ? progress : { ...progress, ...here }) : here;
  const counts = mirrored
    ? (asked.data?.counts ?? [])
    : further && progress.counts
      ? progress.counts
      : countsOf(rows, counting);
  const sum = mirrored ? (asked.data?.total ?? 0) : looked.matches;
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return (
    <Stack gap="xs">
      <Group gap="2xs" align="flex-end">
        <Select
          flex={1}
          // Open from the start its list would lie over the counts.
          {...openedByTyping}
          label={t('counts.by')}
          data-autofocus
          nothingFoundMessage={t('local.noColumn')}
          allowDeselect={false}
          // What is in no row, only the mirror can count.
          data={resource.columns
            .filter(({ joins }) => mirrored || joins === undefined)
            .map(({ id: value }) => ({ value, label: columnTitle(t, resource.id, value) }))}
          value={id}
          onChange={(value) => value && setId(value)}
        />
        {bucket !== null && (
          <Select
            w={120}
            label={t('counts.bucket')}
            allowDeselect={false}
            data={timeBuckets.map((value) => ({ value, label: t(`counts.buckets.${value}`) }))}
            value={bucket}
            onChange={(value) => setChosen(value as TimeBucket)}
          />
        )}
        {bucket !== null && (
          <Text size="xs" c="dimmed" pb="2xs">
            {t('list.time.zone', { zone })}
          </Text>
        )}
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={counts.length === 0}
          onClick={() => onExport(counting)}
        >
          {t('counts.export')}
        </Button>
      </Group>
      {asked.error && (
        <ErrorNotice compact error={errorOf(asked.error)} onRetry={() => void asked.refetch()} />
      )}
      {mirrored || (isAllHere && !progress) || (holdsForAll(looked) && !looked.running) ? (
        <Text size="xs" c="dimmed">
          {mirrored
            ? t('mirror.answered', { rows: number(sum), time: moment(asked.data?.asOf ?? Date.now()) })
            : t('scope.countedWithin', { scope: scopeText(t, looked) })}
        </Text>
      ) : (
        <PartBand looked={looked} progress={progress} onCount={start} onStop={stop} />
      )}
      {/* What the shares are of, where that is not all that was looked at. */}
      {!mirrored && sum !== looked.lookedAt && (
        <Text size="xs" fw={600} data-testid="matching">
          {t('scope.matching', { count: sum })}
        </Text>
      )}
      {bucket !== null && (
        <TimeChart
          series={timeSeries(counts, bucket, zone)}
          label={t('counts.title', { list: titleOf(t, resource.id) })}
          note={filters.time?.some(Boolean) ? t('counts.edges') : null}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys */}
      <div className={styles.scroll} tabIndex={0}>
        <ul className={styles.counts} aria-label={t('counts.title', { list: titleOf(t, resource.id) })}>
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
                {value === null ? (
                  t('counts.none')
                ) : (
                  <CountedValue profile={query.profile} column={column} value={value} />
                )}
              </UnstyledButton>
              <span className={styles.bar} aria-hidden>
                <span style={{ width: `${(100 * count) / most}%` }} />
              </span>
              <span className={styles.number}>{number(count)}</span>
              <span className={styles.share}>{percent(count / Math.max(1, sum), 1)}</span>
            </li>
          ))}
        </ul>
      </div>
    </Stack>
  );
};

/** How many rows of a view have each value of a column; a value narrows the view to its rows. */
export const Counts = memo((props: Props) => {
  const { t } = useTranslation();
  // Made when it is first asked for: each list has one, and of most of them nobody asks.
  const [isMade, setMade] = useState(false);
  const [opened, setOpened] = useState(false);
  const { isAnswered, hasFailed, mirrored } = props;
  // Counting begins with the rows that are here: before the first answer nobody knows what there is to count.
  const isAwaited = !isAnswered && !hasFailed && !mirrored;
  const isLacking = !isAnswered && hasFailed && !mirrored;
  const [by, setBy] = useState<string>();
  const open = useCallbackRef((column?: string) => {
    // It notes where the focus was when it opens, which is after it was made.
    flushSync(() => setMade(true));
    setBy(column);
    setOpened(true);
  });
  useAct('count', isLacking ? null : open);
  return (
    <>
      <CommandTool of={commandOf('count')} word={t('counts.word')} disabled={isLacking} />
      {isMade && (
        <Dialog
          opened={opened}
          onClose={() => setOpened(false)}
          size={620}
          title={t('counts.title', { list: titleOf(t, props.resource.id) })}
          closeButtonProps={{ 'aria-label': t('common.close') }}
        >
          {opened && isAwaited && (
            <Progress size="sm" value={100} animated aria-label={t('scope.progress')} />
          )}
          {opened && !isAwaited && (
            <Content
              {...props}
              by={by}
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
        </Dialog>
      )}
    </>
  );
});
