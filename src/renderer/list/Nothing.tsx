import { Button, Progress } from '@mantine/core';
import { IconFilterOff, IconPlayerStop, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { purposeOf } from '../../shared/phrases/catalog-words';
import { holdsForAll, type Looked, requestsFor } from '../../shared/scope';
import { nothingText, scopeText } from '../../shared/scope-words';
import styles from '../common/Centered.module.css';
import { useTimeLeft } from '../common/time-left';

type Props = {
  list: string;
  /** The list is read by windows of time. */
  byTime: boolean;
  looked: Looked;
  filtered: boolean;
  elapsedMs: number;
  /** Null where the server itself held the filters against all rows. */
  onSearchAll: (() => void) | null;
  onStop: () => void;
  onClear: () => void;
};

/** Said in the place of rows: which rows were looked at in vain, and the way to look at the rest. */
export const Nothing = ({
  list,
  byTime,
  looked,
  filtered,
  elapsedMs,
  onSearchAll,
  onStop,
  onClear,
}: Props) => {
  const { t } = useTranslation();
  const left = useTimeLeft(looked, elapsedMs);
  const { running, lookedAt, total, read, copy } = looked;
  const isAll = holdsForAll(looked);
  if (!filtered) {
    // A copy of only some rows says nothing about the others.
    const partly = copy !== null && !copy.whole;
    const purpose = partly ? null : purposeOf(t, list);
    return (
      <div className={styles.centered} role="status" data-testid="empty">
        <strong>{t(partly ? 'list.emptyCopy' : 'list.empty')}</strong>
        {purpose && <span>{purpose.is}</span>}
        <span>{purpose?.next ?? t(partly ? 'list.emptyCopyHint' : 'list.emptyHint')}</span>
      </div>
    );
  }
  return (
    <div className={styles.centered} role="status" data-testid="nothing">
      <strong>{nothingText(t, looked)}</strong>
      {isAll && lookedAt > 0 && <span>{t('scope.lookedThrough', { scope: scopeText(t, looked) })}</span>}
      {running && (
        <>
          <Progress
            w={260}
            size="sm"
            value={total ? (100 * lookedAt) / total : 100}
            animated={!total}
            aria-label={t('scope.progress')}
          />
          {left && <span>{left}</span>}
        </>
      )}
      {!isAll && !running && onSearchAll && !(copy && read) && (
        <>
          <Button leftSection={<IconSearch size={14} />} onClick={onSearchAll}>
            {t(read ? 'scope.searchAgain' : 'scope.searchAll')}
          </Button>
          {!copy && (
            <span>
              {total === null
                ? t('scope.searchCostUnknown')
                : t('scope.searchCost', { count: requestsFor(total, byTime) })}
            </span>
          )}
        </>
      )}
      {running && (
        <Button variant="default" leftSection={<IconPlayerStop size={14} />} onClick={onStop}>
          {t('scope.stop')}
        </Button>
      )}
      <Button
        variant={isAll ? 'default' : 'subtle'}
        leftSection={<IconFilterOff size={14} />}
        onClick={onClear}
      >
        {t('list.clear')}
      </Button>
    </div>
  );
};
