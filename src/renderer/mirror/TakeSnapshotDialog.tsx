import { Button, Group, PasswordInput, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shortestPassphrase } from '../../shared/limits';
import { Dialog } from '../common/Dialog';
import { DialogActions } from '../common/DialogActions';
import { ErrorNotice } from '../common/ErrorNotice';
import { useStarting } from '../common/starting';
import { api, errorOf } from '../link/api';
import { closeDialogs, showMirror, useDialogs } from '../state/dialogs';
import { useJobs } from '../state/jobs';
import { useProfile } from '../state/profiles';
import { CopiedLists, copiedLists } from './CopiedLists';
import styles from './MirrorDialog.module.css';
import { useMirror } from './mirror';
import { passphraseMistake } from './passphrase';

/** Asks how a snapshot is protected, and says what will be in it; only then for a place. */
const TakingForm = ({ profile }: { profile: string }) => {
  const { t } = useTranslation();
  const { about } = useMirror(profile);
  const [protection, setProtection] = useState('encrypted');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const isEncrypted = protection === 'encrypted';
  const mistake = isEncrypted ? passphraseMistake(passphrase, again) : null;
  const start = useStarting(() =>
    api.snapshots.start.mutate({ profile, passphrase: isEncrypted ? passphrase : null }),
  );
  const isCopying = useJobs(({ jobs }) =>
    jobs.some((job) => job.kind === 'copy' && job.state === 'running' && job.profile === profile),
  );
  const lists = about.data ? copiedLists(t, about.data) : [];
  const partial = lists.filter(({ wholeAt, since }) => wholeAt === null || since !== null);
  const failure = about.error ?? start.error;
  if (about.data && lists.length === 0)
    return (
      <Stack gap="xs">
        <Text size="sm">{t('snapshot.nothing')}</Text>
        <Group justify="flex-end" gap="2xs">
          <Button variant="default" onClick={closeDialogs}>
            {t('common.cancel')}
          </Button>
          <Button onClick={() => showMirror(profile)}>{t('mirror.open')}</Button>
        </Group>
      </Stack>
    );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setIsChecked(true);
        if (!mistake) start.mutate();
      }}
    >
      <Stack gap="sm">
        {about.data && (
          <>
            <Text size="sm">
              {t('snapshot.text', {
                lists: t('snapshot.lists', { count: lists.length }),
                rows: t('snapshot.rows', { count: lists.reduce((sum, { rows }) => sum + rows, 0) }),
              })}
            </Text>
            <CopiedLists lists={[...partial, ...lists.filter((list) => !partial.includes(list))]} />
            {isCopying && (
              <Text size="sm" className={styles.partial} data-testid="still-copied">
                {t('snapshot.copying')}
              </Text>
            )}
            {partial.length > 0 && (
              <>
                <Text size="sm" className={styles.partial} data-testid="partial">
                  {t('mirror.notWhole', { lists: partial.map(({ title }) => title).join(', ') })}
                </Text>
                <Text size="xs" c="dimmed">
                  {t('snapshot.partlyHint')}
                </Text>
              </>
            )}
          </>
        )}
        <Radio.Group label={t('snapshot.protection')} value={protection} onChange={setProtection}>
          <Stack gap="2xs" mt="3xs">
            <Radio
              size="xs"
              value="encrypted"
              label={t('snapshot.encrypted')}
              description={t('snapshot.encryptedHint')}
              data-autofocus
            />
            {isEncrypted && (
              <Group gap="2xs" ml="lg" grow align="flex-start">
                <PasswordInput
                  label={t('snapshot.passphrase')}
                  description={t('snapshot.passphraseShort', { count: shortestPassphrase })}
                  error={
                    (isChecked || passphrase !== '') &&
                    mistake?.kind === 'short' &&
                    t('snapshot.passphraseTooShort')
                  }
                  value={passphrase}
                  onChange={(event) => setPassphrase(event.currentTarget.value)}
                  autoComplete="new-password"
                />
                <PasswordInput
                  label={t('snapshot.passphraseAgain')}
                  // The boxes of both stand on one line.
                  description={'\u00a0'}
                  error={
                    (isChecked || again !== '') &&
                    mistake?.kind === 'differs' &&
                    t('snapshot.passphraseDiffers')
                  }
                  value={again}
                  onChange={(event) => setAgain(event.currentTarget.value)}
                  autoComplete="new-password"
                />
              </Group>
            )}
            <Radio
              size="xs"
              value="plain"
              label={t('snapshot.plain')}
              description={t('snapshot.plainHint')}
            />
          </Stack>
        </Radio.Group>
        {failure && <ErrorNotice compact error={errorOf(failure)} />}
        <DialogActions onCancel={closeDialogs}>
          <Button type="submit" loading={start.isPending}>
            {t('snapshot.write')}
          </Button>
        </DialogActions>
      </Stack>
    </form>
  );
};

/** Writes the offline copy of a tenant into one file to hand over, once it is known how. */
export const TakeSnapshotDialog = () => {
  const { t } = useTranslation();
  const id = useDialogs((state) => state.taking);
  const profile = useProfile(id ?? undefined);
  return (
    <Dialog
      opened={id !== null && profile !== undefined}
      onClose={closeDialogs}
      size={640}
      title={t('snapshot.title', { tenant: profile?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {profile && <TakingForm key={profile.id} profile={profile.id} />}
    </Dialog>
  );
};
