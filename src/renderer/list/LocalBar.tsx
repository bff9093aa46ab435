import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MirroredList } from '../../core/router';
import type { Resource } from '../../shared/catalog';
import { explain } from '../../shared/phrases';
import { columnTitle } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { holdsForAll, mostFound } from '../../shared/scope';
import { countText, scopeText } from '../../shared/scope-words';
import { shownText } from '../../shared/shown';
import { useTimeLeft } from '../common/time-left';
import { moment, phrases } from '../i18n';
import { SyncList } from '../mirror/SyncList';
import type { ListState } from '../rows/list-state';
import { lookedOf } from '../rows/looked';
import styles from './LocalBar.module.css';

type Props = {
  resource: Resource;
  query: Query;
  state: ListState;
  /** Not so while the search line holds a mistake: the numbers are another search's. */
  isAnswered: boolean;
  /** The list in the copy, where that answers, and has all of it. */
  copied: MirroredList | null;
  onSearchAll: () => void;
  onStop: () => void;
  onClear: () => void;
};

/** Which rows a local filter or order was held against, and what came of it. */
const Said = ({ resource, query, state }: Pick<Props, 'resource' | 'query' | 'state'>) => {
  const { t } = useTranslation();
  const { where = [], sort } = query;
  const { scan } = state;
  const looked = lookedOf(state);
  const scope = scopeText(t, looked);
  const sorted = sort && shownText(columnTitle(t, resource.id, sort.column), 60);
  // Names are shown in the place of IDs, which rows are in the order of.
  const isById = resource.columns.some(({ id, ref }) => id === sort?.column && ref !== undefined);
  const said = sorted ? t(isById ? 'local.sortedById' : 'local.sorted', { column: sorted }) : '';
  return (
    <>
      {where.length > 0 ? (
        <>
          <strong>{countText(t, looked)}</strong>
          <span>{scope}</span>
        </>
      ) : (
        <span>{t(looked.running ? 'scope.sortedSoFar' : 'scope.sortedWithin', { scope })}</span>
      )}
      {state.mirror && <span>{t('scope.asOf', { time: moment(state.mirror.asOf) })}</span>}
      {looked.matches > mostFound && <span>{t('scope.shownFirst', { count: mostFound })}</span>}
      {scan?.state === 'stopped' && <span>{t('scope.stopped')}</span>}
      {scan?.state === 'failed' && scan.error && (
        <span className={styles.failed}>{explain(phrases, scan.error).title}</span>
      )}
      <span className={styles.said} title={said}>
        {said}
      </span>
    </>
  );
};

/** The way to the rest of the rows, and back to all of them. */
const Ways = ({
  query,
  state,
  onSearchAll,
  onStop,
  onClear,
}: Pick<Props, 'query' | 'state' | 'onSearchAll' | 'onStop' | 'onClear'>) => {
  const { t } = useTranslation();
  const { scan } = state;
  const looked = lookedOf(state);
  const left = useTimeLeft(looked, scan?.elapsedMs ?? 0);
  const { running, read, copy, matches } = looked;
  const isFiltered = (query.where ?? []).length > 0;
  // Where no row is shown, that is said in their place, and the way to the rest with it.
  const nothing = isFiltered && matches === 0;
  const canSearch = !nothing && !running && !holdsForAll(looked) && !(copy && read);
  return (
    <>
      {canSearch && (
        <Button size="compact-xs" onClick={onSearchAll}>
          {t(read || scan?.state === 'failed' ? 'scope.searchAgain' : 'scope.searchAll')}
        </Button>
      )}
      {running && !nothing && (
        <>
          <Progress
            w={90}
            size="sm"
            value={looked.total ? (100 * looked.lookedAt) / looked.total : 100}
            animated={!looked.total}
            aria-label={t('scope.progress')}
          />
          {left && <span>{left}</span>}
          <Button size="compact-xs" variant="default" onClick={onStop}>
            {t('scope.stop')}
          </Button>
        </>
      )}
      <Button size="compact-xs" variant="subtle" onClick={onClear}>
        {isFiltered ? t('local.clear') : t('local.backToServer')}
      </Button>
    </>
  );
};

/** Says plainly which rows a local filter or order was held against, and offers the rest. */
export const LocalBar = (props: Props) => {
  const { query, state, isAnswered, copied } = props;
  const isAsked = (query.where ?? []).length > 0 || query.sort !== undefined;
  // Before an answer there is nothing to say a number of.
  const isSaid = state.fetchedAt !== null;
  if (!isAsked || !isAnswered || (!isSaid && !copied)) return <div />;
  return (
    <div className={styles.bar} role="status" data-testid="local">
      {isSaid && <Said {...props} />}
      <span className={styles.actions}>
        {copied && <SyncList query={query} since={copied.since} />}
        {isSaid && <Ways {...props} />}
      </span>
    </div>
  );
};
