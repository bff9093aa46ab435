import { Loader } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionStep } from '../../core/router';
import { connectionSteps } from '../../shared/connection-steps';
import type { Profile } from '../../shared/profile';
import { ErrorNotice } from '../common/ErrorNotice';
import { intoView } from '../common/into-view';
import { api, errorOf } from '../link/api';
import { CapabilityNotes } from './CapabilityNotes';
import styles from './ConnectionTest.module.css';
import { type Outcome, outcomeOf, type TestRun } from './test-run';

type Asked = Parameters<typeof api.profiles.prepareTest.mutate>[0];

/** Runs connection tests; a new run, or a change of what is entered (`forget`), leaves the one before alone. */
export const useConnectionTest = () => {
  const [run, setRun] = useState<TestRun | null>(null);
  /** The number of the run that is shown: what an older one still says is heard no more. */
  const current = useRef(0);
  useEffect(
    () => () => {
      current.current += 1;
    },
    [],
  );
  /** `onEnd` is told what the run came to, unless it was forgotten before its end. */
  const start = async (asked: Asked, onEnd?: (outcome: Outcome) => void) => {
    current.current += 1;
    const mine = current.current;
    let now: TestRun = { steps: [], running: true, error: null };
    const show = (change: Partial<TestRun>) => {
      if (mine !== current.current) return;
      now = { ...now, ...change };
      setRun(now);
      const outcome = outcomeOf(now);
      if (outcome) onEnd?.(outcome);
    };
    show({});
    try {
      const id = await api.profiles.prepareTest.mutate(asked);
      const subscription = api.profiles.test.subscribe(
        { id },
        {
          onData: (step) => show({ steps: [...now.steps, step] }),
          onError: (error) => {
            subscription.unsubscribe();
            show({ running: false, error: errorOf(error) });
          },
          onComplete: () => show({ running: false }),
        },
      );
    } catch (error) {
      show({ running: false, error: errorOf(error) });
    }
  };
  const forget = () => {
    current.current += 1;
    setRun(null);
  };
  return { run, start, forget };
};

/** What a test came to, in a line: `Connected: 26,000 users, read-only`. `at`: the name of the field that says why not. */
export const verdictOf = (outcome: Outcome, access: Profile['access'], t: TFunction, at?: string): string => {
  if (!outcome.connected) return at ? t('connection.failedAt', { field: at }) : t('connection.failed');
  const allowed = t(access === 'read-only' ? 'tenant.readOnly' : 'connection.readWrite');
  return outcome.users === null
    ? t('connection.connected', { access: allowed })
    : t('connection.connectedUsers', {
        users: t('connection.notes.page', { count: outcome.users }),
        access: allowed,
      });
};

const Mark = ({ step, waiting }: { step: ConnectionStep | undefined; waiting: boolean }) => {
  if (!step) return waiting ? <Loader size={14} /> : <IconCircleDashed size={16} className={styles.idle} />;
  if (step.state === 'ok') return <IconCircleCheck size={16} className={styles.ok} />;
  if (step.state === 'failed') return <IconCircleX size={16} className={styles.failed} />;
  return <IconCircleDashed size={16} className={styles.idle} />;
};

const noteOf = (step: ConnectionStep, t: TFunction): string => {
  if (step.state === 'skipped') return t('connection.skipped');
  if (step.id === 'page' && step.state === 'ok' && !step.note) return t('connection.notes.uncounted');
  if (step.id === 'page' && step.note) return t('connection.notes.page', { count: Number(step.note) });
  if (step.note === 'proxy') return t('connection.notes.proxy');
  return step.note;
};

type Props = {
  run: TestRun;
  access: Profile['access'];
  /** The name of the field at which the reason of a failure stands; else it stands at its step. */
  at: string | undefined;
};

/** What a connection test came to, and its steps, each with its result and time. */
export const ConnectionTest = ({ run, access, at }: Props) => {
  const { t } = useTranslation();
  const outcome = outcomeOf(run);
  return (
    <section ref={intoView} className={styles.test} aria-label={t('connection.title')} aria-live="polite">
      {/* Its line is there from the start: what is in sight stays there when the verdict comes. */}
      <strong className={outcome ? styles[outcome.connected ? 'ok' : 'failed'] : undefined}>
        {outcome ? verdictOf(outcome, access, t, at) : t('connection.title')}
      </strong>
      <ol className={styles.steps}>
        {connectionSteps.map((id, place) => {
          const step = run.steps.find((done) => done.id === id);
          return (
            <li key={id} className={styles.step} data-state={step?.state ?? 'waiting'}>
              <span className={styles.line}>
                <Mark step={step} waiting={run.running && place === run.steps.length} />
                <span className={styles.title}>{t(`connection.steps.${id}`)}</span>
                {step && <span className={styles.note}>{noteOf(step, t)}</span>}
                {step && step.state !== 'skipped' && (
                  <span className={styles.time}>{t('connection.ms', { ms: step.ms })}</span>
                )}
              </span>
              {step?.found && (
                <div ref={intoView} className={styles.offers}>
                  <CapabilityNotes found={step.found} />
                </div>
              )}
              {step?.error && !at && (
                <div ref={intoView} className={styles.reason}>
                  <ErrorNotice compact error={step.error} />
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {run.error && !at && <ErrorNotice compact error={run.error} />}
    </section>
  );
};
