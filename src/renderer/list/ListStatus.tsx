import { Button } from '@mantine/core';
import { useTimeout } from '@mantine/hooks';
import { IconCopyPlus } from '@tabler/icons-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../shared/profile';
import { UnlockChip } from '../changes/UnlockChip';
import { Age, Requests, StatusFrame } from '../common/StatusBar';
import status from '../common/StatusBar.module.css';
import { moment, number } from '../i18n';
import type { ListState } from '../rows/list-state';
import { showMirror } from '../state/dialogs';
import styles from './ListStatus.module.css';

type Props = {
  state: ListState;
  /** When the server last said that there is nothing newer, unix ms; 0 where that is not asked. */
  checkedAt: number;
  profile: Profile;
  front: boolean;
  picked: number;
  /** False while the typed text is not a search yet: the previous search's rows are not its answer. */
  isAnswered: boolean;
};

/** The way to the tenant's offline copy. */
const CopyButton = memo(({ profile }: { profile: string }) => {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      color="gray"
      className={styles.mirror}
      leftSection={<IconCopyPlus size={12} />}
      title={t('mirror.open')}
      onClick={() => showMirror(profile)}
    >
      <span className={styles.mirrorLabel}>{t('mirror.open')}</span>
    </Button>
  );
});

/** A list's first answer may be so late before it is said to be waited for, ms. */
const lateMs = 700;

/** Says of a list of which nothing is known that it was asked for, once that takes a while. */
const Waiting = () => {
  const { t } = useTranslation();
  const [isLate, setLate] = useState(false);
  useTimeout(() => setLate(true), lateMs, { autoInvoke: true });
  return (
    <span role="status" data-testid="waiting">
      {isLate && t('status.waiting')}
    </span>
  );
};

/** The line below a grid: how much there is, how much is here, how old it is, and what it costs the server. */
export const ListStatus = ({ state, checkedAt, profile, front, picked, isAnswered }: Props) => {
  const { t } = useTranslation();
  const all =
    state.total === null || !isAnswered
      ? ''
      : state.capped
        ? t('status.rowsText', { text: `${number(state.total)}+` })
        : t(state.mirror && !state.mirror.whole ? 'status.rowsCopied' : 'status.rows', {
            count: state.total,
          });
  const isWaiting = state.fetchedAt === null && state.error === null;
  const rows = all !== '' && state.matching !== null ? t('status.filteredFrom', { rows: all }) : all;
  return (
    <StatusFrame profile={profile}>
      <span className={styles.unlock}>
        <UnlockChip profile={profile} />
      </span>
      <span className={status.facts}>
        <span data-testid="rows" aria-live={front ? 'polite' : 'off'}>
          {rows}
        </span>
        {isAnswered && !isWaiting && (
          <span data-testid="loaded">{t('status.loaded', { count: state.loadedRows })}</span>
        )}
        {picked > 0 && <span>{t('list.selected', { count: picked })}</span>}
      </span>
      <CopyButton profile={profile.id} />
      <span className={status.end}>
        {state.byPosition && (
          <span data-hint={t('capabilities.byPositionHint')} data-testid="by-position">
            {t('capabilities.byPosition')}
          </span>
        )}
        {state.until !== null && (
          <span data-testid="pinned" title={moment(state.until)}>
            {t('status.pinned', { time: moment(state.until) })}
          </span>
        )}
        {state.error?.detail.requestId && (
          <span title={state.error.detail.requestId}>
            {t('status.requestId', { id: state.error.detail.requestId })}
          </span>
        )}
        <Requests profile={profile.id} front={front} />
        {state.seen && (
          <span role="status" data-testid="seen">
            {t(state.error ? 'status.seen' : 'status.seenUpdating')}
          </span>
        )}
        {isWaiting && isAnswered && <Waiting />}
        {state.fetchedAt !== null && (
          <span data-testid="age">
            <Age at={state.mirror?.asOf ?? Math.max(state.fetchedAt, checkedAt)} />
          </span>
        )}
      </span>
    </StatusFrame>
  );
};
