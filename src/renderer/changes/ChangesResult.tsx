import { Anchor } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { outcomes as all, type Outcome } from '../../shared/change/change';
import { findOperation } from '../../shared/change/operations';
import { sideOf } from '../../shared/change/title';
import { explain } from '../../shared/phrases';
import { shownText } from '../../shared/shown';
import { number, phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { showMade } from '../state/dialogs';
import styles from './ChangesResult.module.css';
import { saveFailed } from './failed-lines';
import { useMade } from './made';
import { useUndo } from './planned';
import { outcomeText } from './words';

type Result = {
  /** The job's id in the journal. */
  run: string;
  outcomes: Readonly<Record<Outcome, number>>;
  stopped: boolean;
  secrets?: number;
  left?: number;
};
type Props = { profile: string; title: string; result: Result; again: ReactNode };

const bad: readonly Outcome[] = ['not-done', 'partly', 'unknown', 'refused'];

/** The way back from all that a run made, as a plan of its own, while something of it stands. */
export const UndoRun = ({ profile, run }: { profile: string; run: string }) => {
  const { t } = useTranslation();
  const undo = useUndo(profile);
  const { data: stands } = useQuery({
    queryKey: ['changes', 'journal', profile, 'stands', run],
    queryFn: ({ signal }) => api.changes.stands.query({ profile, job: run }, { signal }),
  });
  if (stands === false) return null;
  return (
    <>
      <Anchor
        component="button"
        fz="xs"
        ta="left"
        disabled={undo.isPending}
        onClick={() => undo.mutate({ job: run })}
      >
        {t('changing.undo')}
      </Anchor>
      {undo.error && <small className={styles.bad}>{explain(phrases, errorOf(undo.error)).title}</small>}
    </>
  );
};

/** The one object that a run changed, by its name. */
const Only = ({ profile, run }: { profile: string; run: string }) => {
  const { data } = useQuery({
    queryKey: ['changes', 'journal', profile, 'only', run],
    queryFn: ({ signal }) =>
      api.changes.journal.query({ profile, job: run, offset: 0, limit: 1 }, { signal }),
  });
  const target = data?.entries[0]?.target;
  return target && <small>{shownText(target.label || target.id, 120)}</small>;
};

/** What became of a plan: how many changes by outcome, what to do where nobody knows, and the way back. */
export const ChangesResult = ({
  profile,
  title,
  result: { run, outcomes, stopped, secrets = 0, left = 0 },
  again,
}: Props) => {
  const { t } = useTranslation();
  const isShown = useMade(({ shown }) => shown.has(run));
  const failed = useMutation({
    mutationFn: () => api.imports.failed.query({ profile, run }),
    onSuccess: saveFailed,
  });
  return (
    <>
      {all.reduce((sum, outcome) => sum + outcomes[outcome], 0) === 1 && <Only profile={profile} run={run} />}
      {all
        .filter((outcome) => outcomes[outcome] > 0)
        .map((outcome) => (
          <small
            key={outcome}
            className={outcome === 'done' ? styles.good : bad.includes(outcome) ? styles.bad : undefined}
          >
            {t('changes.counted', { outcome: outcomeText(outcome), rows: number(outcomes[outcome]) })}
          </small>
        ))}
      {left > 0 && <small className={styles.bad}>{t('changes.leftOut', { count: left })}</small>}
      {stopped && <small className={styles.bad}>{t('changes.stopped')}</small>}
      {outcomes.unknown > 0 && <small>{t('changing.unknownNext')}</small>}
      {outcomes.moved > 0 && <small>{t('changing.movedNext')}</small>}
      {again}
      {title === 'import' && failed.data?.count !== 0 && (
        <Anchor
          component="button"
          fz="xs"
          ta="left"
          disabled={failed.isPending}
          onClick={() => failed.mutate()}
        >
          {t('importing.saveFailed')}
        </Anchor>
      )}
      {failed.data?.count === 0 && <small>{t('importing.noneFailed')}</small>}
      {failed.error && <small className={styles.bad}>{explain(phrases, errorOf(failed.error)).title}</small>}
      {secrets > 0 && !isShown && (
        <Anchor component="button" fz="xs" ta="left" onClick={() => showMade(run)}>
          {t('changing.showMade')}
        </Anchor>
      )}
      {outcomes.done + outcomes.partly > 0 &&
        findOperation(sideOf(title).operation)?.undoable !== 'never' && (
          <UndoRun profile={profile} run={run} />
        )}
    </>
  );
};
