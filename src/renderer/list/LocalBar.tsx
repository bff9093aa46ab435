import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MirroredList } from '../../core/router';
import type { Resource } from '../../shared/catalog';
import type { Query } from '../../shared/query';
import { shownText } from '../../shared/shown';
import { moment, number } from '../i18n';
import { columnOf } from './columns';
import styles from './LocalBar.module.css';
import { conditionsInWords } from './local-words';
import type { ListState } from './source';

type Props = {
  resource: Resource;
  query: Query;
  state: ListState;
  /** The mirrored list that answers for all rows, where it does. */
  whole: MirroredList | null;
  onLoadAll: () => void;
  onStop: () => void;
  onClear: () => void;
};

/** Says plainly within which rows a local filter or order holds, and offers the rest. */
export const LocalBar = ({ resource, query, state, whole: mirrored, onLoadAll, onStop, onClear }: Props) => {
  const { t } = useTranslation();
  const { where = [], sort } = query;
  if (where.length === 0 && !sort) return <div />;
  const { total, capped, loadedRows, loadingAll } = state;
  const whole = mirrored !== null || (total !== null && !capped && loadedRows >= total);
  const said = [
    ...(where.length > 0 ? [conditionsInWords(t, resource, where)] : []),
    ...(sort ? [t('local.sorted', { column: shownText(columnOf(resource, sort.column).title, 60) })] : []),
  ].join(', ');
  return (
    <div className={styles.bar} role="status" data-testid="local">
      <strong>{t('local.matching', { count: (mirrored ? state.total : state.matching) ?? 0 })}</strong>
      <span>
        {mirrored
          ? t('mirror.answered', {
              rows: number(mirrored.rows),
              time: moment(mirrored.wholeAt ?? mirrored.seenAt),
            })
          : whole
            ? t('local.withinAll', { count: loadedRows })
            : t('local.within', {
                loaded: number(loadedRows),
                total: total === null ? '…' : `${number(total)}${capped ? '+' : ''}`,
              })}
      </span>
      <span className={styles.said} title={said}>
        {said}
      </span>
      <span className={styles.actions}>
        {!whole && !loadingAll && (
          <Button size="compact-xs" variant="light" onClick={onLoadAll}>
            {t('local.loadAll')}
          </Button>
        )}
        {loadingAll && (
          <>
            <span>{t('local.loading')}</span>
            <Button size="compact-xs" variant="default" onClick={onStop}>
              {t('local.stop')}
            </Button>
          </>
        )}
        <Button size="compact-xs" variant="subtle" onClick={onClear}>
          {where.length > 0 ? t('local.clear') : t('local.backToServer')}
        </Button>
      </span>
    </div>
  );
};
