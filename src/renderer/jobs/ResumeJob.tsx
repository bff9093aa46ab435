import { Anchor, Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { askChangesState } from '../state/changing';
import type { ShownJob } from '../state/jobs';
import { useProfile } from '../state/profiles';
import styles from './results.module.css';

/**
 * Resumes a job, or asks again for what it lacks. Of changes it asks for what the core asks for by now: that the tenant is
 * unlocked, and its name where it was labelled production since.
 */
export const ResumeJob = ({ job, label }: { job: ShownJob; label: string }) => {
  const { t } = useTranslation();
  const profile = useProfile(job.profile);
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState<string | null>(null);
  const resume = useMutation({
    mutationFn: async ({ unlocks = false }: { unlocks?: boolean }) => {
      if (unlocks) await api.changes.unlock.mutate({ profile: job.profile });
      return api.jobs.resume.mutate({ id: job.id, ...(wanted === null ? {} : { confirm: typed }) });
    },
    onError(thrown) {
      const { code, detail } = errorOf(thrown);
      if (code === 'changes.confirm') setWanted(detail.where ?? '');
    },
    onSettled: askChangesState,
  });
  const error = resume.error && errorOf(resume.error);
  const isLocked = error?.code === 'changes.locked';
  const said = error && error.code !== 'changes.confirm' && (
    <small className={styles.bad}>{explain(phrases, error).title}</small>
  );
  if (wanted === null)
    return (
      <>
        <Anchor
          component="button"
          fz="xs"
          ta="left"
          disabled={resume.isPending}
          onClick={() => resume.mutate({ unlocks: isLocked })}
        >
          {isLocked ? t('changing.unlockAndResume') : label}
        </Anchor>
        {said}
      </>
    );
  return (
    <form
      className={styles.confirm}
      onSubmit={(event) => {
        event.preventDefault();
        resume.mutate({ unlocks: isLocked });
      }}
    >
      <TextInput
        size="xs"
        ref={(input) => {
          // It takes the place of the button that was pressed.
          if (input && typed === '') input.focus();
        }}
        label={t('changing.confirmLabel', { name: wanted })}
        description={t('changing.confirmHint', { label: profile?.label ?? '' })}
        value={typed}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button
        type="submit"
        size="xs"
        disabled={typed.normalize('NFC').trim() !== wanted}
        loading={resume.isPending}
      >
        {isLocked ? t('changing.unlockAndResume') : label}
      </Button>
      {said}
    </form>
  );
};

/** Asks again for the rows that an ended job lacks, where that can be done. */
export const TryAgain = ({ job, label }: { job: ShownJob; label: string }) =>
  job.resumable && job.state === 'done' ? <ResumeJob job={job} label={label} /> : null;
