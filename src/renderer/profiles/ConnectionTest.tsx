import { Loader } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionStep } from '../../core/router';
import { connectionSteps } from '../../shared/connection-steps';
import type { ErrorValue } from '../../shared/errors';
import { ErrorNotice } from '../common/ErrorNotice';
import { intoView } from '../common/into-view';
import { api, errorOf } from '../link/api';
import { CapabilityNotes } from './CapabilityNotes';
import styles from './ConnectionTest.module.css';

export type TestRun = { steps: ConnectionStep[]; running: boolean; error: ErrorValue | null };
type Asked = Parameters<typeof api.profiles.prepareTest.mutate>[0];

/** Runs connection tests; a new run forgets the one before. */
export const useConnectionTest = () => {
  const [run, setRun] = useState<TestRun | null>(null);
  const start = async (asked: Asked) => {
    setRun({ steps: [], running: true, error: null });
    try {
      const id = await api.profiles.prepareTest.mutate(asked);
      const subscription = api.profiles.test.subscribe(
        { id },
        {
          onData: (step) => setRun((now) => now && { ...now, steps: [...now.steps, step] }),
          onError: (error) => {
            subscription.unsubscribe();
            setRun((now) => now && { ...now, running: false, error: errorOf(error) });
          },
          onComplete: () => setRun((now) => now && { ...now, running: false }),
        },
      );
    } catch (error) {
      setRun({ steps: [], running: false, error: errorOf(error) });
    }
  };
  return { run, start, forget: () => setRun(null) };
};

const Mark = ({ step, waiting }: { step: ConnectionStep | undefined; waiting: boolean }) => {
  if (!step) return waiting ? <Loader size={14} /> : <IconCircleDashed size={16} className={styles.idle} />;
  if (step.state === 'ok') return <IconCircleCheck size={16} className={styles.ok} />;
  if (step.state === 'failed') return <IconCircleX size={16} className={styles.failed} />;
  return <IconCircleDashed size={16} className={styles.idle} />;
};

const noteOf = (step: ConnectionStep, t: TFunction): string => {
  if (step.state === 'skipped') return t('connection.skipped');
  if (step.id === 'page' && step.note) return t('connection.notes.page', { count: Number(step.note) });
  if (step.note === 'proxy') return t('connection.notes.proxy');
  return step.note;
};

/** The steps of a connection test, each with its result and time, and where it fails the reason and the next step. */
export const ConnectionTest = ({ run }: { run: TestRun }) => {
  const { t } = useTranslation();
  return (
    <section ref={intoView} className={styles.test} aria-label={t('connection.title')} aria-live="polite">
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
              {step?.error && (
                <div ref={intoView} className={styles.reason}>
                  <ErrorNotice compact error={step.error} />
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {run.error && <ErrorNotice compact error={run.error} />}
    </section>
  );
};
