import { Button, VisuallyHidden } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import type { GridApi } from 'ag-grid-community';
import { type ComponentProps, memo, useEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, resourceOf } from '../../shared/catalog';
import type { Condition } from '../../shared/local';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';
import { holdsForAll } from '../../shared/scope';
import { newerText } from '../../shared/scope-words';
import { isNarrowed } from '../../shared/view';
import { useRounds } from '../changes/rounds';
import { useChangesState } from '../changes/state';
import { atRest } from '../common/at-rest';
import { ErrorNotice } from '../common/ErrorNotice';
import { OfflineNotice } from '../common/OfflineNotice';
import { useViewTitle } from '../common/view-title';
import { number } from '../i18n';
import { errorOf } from '../link/api';
import { useWholeList } from '../mirror/mirror';
import { arriveSections } from '../row/ObjectBody';
import { RowPanel } from '../row/RowPanel';
import type { Local } from '../rows/local-rows';
import { isReadByTime, lookedOf } from '../rows/looked';
import type { ListSource } from '../rows/source';
import { type Narrowing, narrowedBy } from '../search/chips';
import { type LineMistakeAt, refusedIn } from '../search/line-mistake';
import { Mistake } from '../search/Mistake';
import { useCapabilities } from '../state/capabilities';
import { chosenZone } from '../state/chosen-zone';
import { askExport, repairUser, showMirror } from '../state/dialogs';
import { tellShown } from '../state/front';
import type { KnownProfile } from '../state/profiles';
import { askObjectAnew } from '../state/row-query';
import { dropFirstPage } from '../state/seen-lists';
import { type ColumnLayout, keepColumns, keepTab, updateTab, useWorkspace } from '../state/workspace';
import { isGridsOwn, layoutFor } from './columns';
import { FollowFailed } from './Follow';
import { focusRow } from './focus-row';
import { Grid } from './Grid';
import { ListStatus } from './ListStatus';
import { ListTools } from './ListTools';
import styles from './ListView.module.css';
import { LocalBar } from './LocalBar';
import { Nothing } from './Nothing';
import { useNewer, useNewerCopy } from './newer';
import { useSource } from './use-source';

type Props = { tabId: string; query: Query; row: string | null; profile: KnownProfile; front: boolean };

/** Keeps grid and source in step with what is asked of the loaded rows. */
const useLocal = (source: ListSource, { where, sort, zone }: Local, grid: GridApi<Row> | null) => {
  const key = source.isMirrored ? 'mirror' : JSON.stringify([where, sort, zone]);
  const done = useRef({ source, key });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for conditions and order
  useEffect(() => {
    source.onLoaded = () => grid?.refreshInfiniteCache();
    const { source: before, key: asked } = done.current;
    done.current = { source, key };
    // A new source was made with what is asked.
    if (source.isMirrored || before !== source || asked === key) return;
    source.setLocal({ where, sort, ...(zone ? { zone } : {}) });
    grid?.purgeInfiniteCache();
  }, [source, key, grid]);
};

/** One view: filters, grid, panel, status. */
export const ListView = memo(({ tabId, query, row, profile, front }: Props) => {
  const { t } = useTranslation();
  const resource = resourceOf(query.resource);
  const isChangeable = useChangesState(query.profile)?.access === 'read-write';
  const canRepair = isChangeable && pageResourceOf(resource).id === 'users';
  const title = useViewTitle(
    query,
    useWorkspace(({ tabs }) => tabs.find(({ id }) => id === tabId)?.names),
  );
  const [round, setRound] = useState(0);
  const [mistake, setMistake] = useState<LineMistakeAt | null>(null);
  const [grid, setGrid] = useState<GridApi<Row> | null>(null);
  const [picked, setPicked] = useState<{ id: string; index: number }[]>([]);
  // What the API cannot be asked is answered for all rows where all of them are on this computer.
  const whole = useWholeList(query);
  const mirrored = whole !== null && ((query.where ?? []).length > 0 || query.sort !== undefined);
  // What was changed from here is asked for anew.
  const changed = useRounds(({ rounds }) => rounds[query.profile] ?? 0);
  const returned = useWorkspace(({ returns }) => returns[tabId] ?? 0);
  const isAhead = useWorkspace(({ ahead }) => ahead?.id === tabId);
  const { source, state } = useSource(tabId, query, profile.endpoint, {
    mirrored,
    round: round + changed + returned,
    isAhead,
  });
  useLocal(source, query, grid);
  const bounds = useCapabilities(profile)?.timeBounds ?? null;
  useEffect(() => source.learn(bounds), [source, bounds]);
  const filtered = isNarrowed(query);
  const firstFailed = state.error !== null && state.fetchedAt === null;
  const isAnswered = state.fetchedAt !== null;
  useEffect(() => (isAnswered ? atRest(() => void arriveSections()) : undefined), [isAnswered]);

  const refused = state.error && refusedIn(query.filters.search?.[0], state.error);

  // A view that names its columns keeps them to itself; any other shows the operator's layout of the list.
  const own = useWorkspace((workspace) => workspace.columns[resource.id]);
  const layout = useMemo(
    () => (query.columns ? layoutFor(resource, query.columns) : own),
    [resource, query.columns, own],
  );
  const setLayout = useCallbackRef((next: ColumnLayout | null) => {
    if (!query.columns) {
      keepColumns(resource.id, next);
      keepTab(tabId);
    } else {
      const columns = next?.filter(({ hidden }) => !hidden).map(({ id }) => id);
      updateTab(tabId, { query: { ...query, columns } });
    }
  });

  const refresh = useCallbackRef(() => {
    grid?.deselectAll();
    setPicked([]);
    dropFirstPage(query);
    setRound(round + 1);
  });
  const refreshAll = useCallbackRef(() => {
    // Its request goes first: by it the tenant is asked again, where it was not reached a moment ago.
    flushSync(refresh);
    if (row !== null) askObjectAnew(query.profile, row);
  });
  const { newer, isFollowed, setFollowed, failed, checkedAt } = useNewer(query, {
    until: state.until,
    front,
    grid,
    isHeld: picked.length > 0,
    refresh,
  });
  const isNewerCopy = useNewerCopy(mirrored ? whole : null, source, {
    front,
    grid,
    isHeld: picked.length > 0,
    refresh,
  });
  const ask = (changes: Partial<Query>) => {
    // What is picked is known by its place, and places change.
    grid?.deselectAll();
    setPicked([]);
    // Dates in conditions are those of the operator's zone, also for whoever opens the view elsewhere.
    const zone = changes.where || changes.filters?.time ? { zone: chosenZone() } : {};
    updateTab(tabId, { query: { ...query, ...changes, ...zone } });
  };
  const narrow = useCallbackRef(({ filters, where = [] }: Narrowing) => {
    const asked = where.length > 0 ? [...where] : undefined;
    ask(JSON.stringify(asked) === JSON.stringify(query.where) ? { filters } : { filters, where: asked });
  });
  const narrowTo = useCallbackRef((condition: Condition) => narrow(narrowedBy(resource, query, condition)));
  const clearLocal = () => {
    grid?.applyColumnState({ defaultState: { sort: null } });
    ask({ where: undefined, sort: undefined });
  };
  /** The view with the columns that are shown, in their order. */
  const shownQuery = useCallbackRef((): Query => {
    const visible = grid?.getAllDisplayedColumns().map((column) => column.getColId()) ?? [];
    return { ...query, columns: visible.filter((id) => !isGridsOwn(id)) };
  });
  useEffect(() => tellShown(tabId, shownQuery), [tabId, shownQuery]);
  const totalText = state.total === null ? null : `${number(state.total)}${state.capped ? '+' : ''}`;
  const matching = holdsForAll(lookedOf(state)) ? state.matching : null;
  const isEmpty = state.total === 0 || matching === 0;
  const startExport = useCallbackRef(() =>
    askExport({
      query: { ...shownQuery(), filters: source.filters },
      until: state.until,
      total: totalText,
      matching,
      picked,
      mirror: state.mirror,
    }),
  );
  const exportCounts = useCallbackRef<ComponentProps<typeof ListTools>['onExportCounts']>((counts) => {
    const mirror = whole ? { asOf: whole.wholeAt ?? whole.seenAt, whole: true } : state.mirror;
    const until = mirror ? null : state.until;
    const held = { ...query, filters: source.filters };
    askExport({ query: held, until, total: totalText, matching, picked: [], mirror, counts });
  });
  const gridNow = useCallbackRef(() => grid);
  const open = useCallbackRef((id: string | null) => updateTab(tabId, { row: id }));
  const closePanel = useCallbackRef(() => {
    open(null);
    if (row !== null) focusRow(grid, resource, row);
  });

  return (
    <div className={styles.view}>
      <VisuallyHidden component="h1">{title}</VisuallyHidden>
      <ListTools
        query={query}
        resource={resource}
        profile={profile}
        source={source}
        grid={gridNow}
        picked={picked}
        total={
          state.matching === null
            ? totalText
            : `${number(state.matching)}${holdsForAll(lookedOf(state)) ? '' : '+'}`
        }
        bounds={bounds}
        whole={whole !== null}
        mirrored={mirrored}
        isAnswered={isAnswered}
        hasFailed={state.error !== null}
        isEmpty={isEmpty}
        isFollowed={isFollowed}
        layout={layout}
        shownQuery={shownQuery}
        onNarrow={narrow}
        onNarrowTo={narrowTo}
        onMistake={setMistake}
        onRefresh={refreshAll}
        onFollow={setFollowed}
        onLayout={setLayout}
        onExport={startExport}
        onExportCounts={exportCounts}
      />
      {state.mirror && !mirrored ? (
        <OfflineNotice mirror={state.mirror} isSnapshot={profile.kind === 'snapshot'} onRetry={refresh} />
      ) : (
        <div />
      )}
      <div className={styles.body} data-panel={row !== null || undefined}>
        <div className={styles.rows}>
          {/* Above the rows: nothing moves when it comes. */}
          <div className={styles.news}>
            {failed && <FollowFailed error={errorOf(failed)} />}
            {newer.count > 0 && (
              <Button data-hint={t('list.newerHint')} size="compact-xs" radius="xl" onClick={refresh}>
                {newerText(t, newer)}
              </Button>
            )}
            {(state.changed || isNewerCopy) && (
              <Button data-hint={t('list.changedHint')} size="compact-xs" radius="xl" onClick={refresh}>
                {t(state.changed ? 'list.changed' : 'list.synced')}
              </Button>
            )}
          </div>
          <Grid
            key={resource.id}
            resource={resource}
            query={query}
            source={source}
            isAhead={isAhead}
            label={title}
            openRow={row}
            layout={layout}
            onLayout={setLayout}
            sort={query.sort ?? null}
            onSort={(sort) => ask({ sort: sort ?? undefined })}
            onFilter={narrowTo}
            onOpen={open}
            onUnreadable={canRepair ? (which) => repairUser({ profile: query.profile, which }) : null}
            onReady={setGrid}
            onPicked={setPicked}
          />
          {firstFailed && state.error && (
            <div className={styles.over}>
              {refused ? (
                <Mistake mistake={refused} />
              ) : (
                <ErrorNotice
                  error={state.error}
                  onRetry={refresh}
                  onCopy={profile.kind === 'snapshot' ? undefined : () => showMirror(profile.id)}
                  profileId={profile.id}
                />
              )}
            </div>
          )}
          {state.error && !firstFailed && (
            <div className={styles.below}>
              <ErrorNotice
                compact
                error={state.error}
                onRetry={() => grid?.refreshInfiniteCache()}
                profileId={profile.id}
              />
            </div>
          )}
          {(state.matching ?? state.total) === 0 && !firstFailed && !mistake && (
            <div className={styles.over}>
              <Nothing
                list={resource.id}
                byTime={isReadByTime(resource, bounds)}
                looked={lookedOf(state)}
                filtered={filtered}
                onSearchAll={state.matching === null ? null : () => source.searchAll()}
                onStop={() => source.stopSearching()}
                elapsedMs={state.scan?.elapsedMs ?? 0}
                onClear={() => {
                  clearLocal();
                  ask({ filters: {}, where: undefined, sort: undefined });
                }}
              />
            </div>
          )}
          {mistake && (
            <div className={styles.over}>
              <Mistake mistake={mistake} />
            </div>
          )}
        </div>
        {row !== null && (
          <RowPanel
            key={row}
            query={query}
            id={row}
            source={source}
            onOpen={open}
            onNarrow={narrowTo}
            onClose={closePanel}
          />
        )}
      </div>
      <LocalBar
        resource={resource}
        query={query}
        state={state}
        isAnswered={mistake === null}
        copied={mirrored ? whole : null}
        onSearchAll={() => source.searchAll()}
        onStop={() => source.stopSearching()}
        onClear={clearLocal}
      />
      <ListStatus
        state={state}
        checkedAt={checkedAt}
        profile={profile}
        front={front}
        picked={picked.length}
        isAnswered={mistake === null}
      />
    </div>
  );
});
