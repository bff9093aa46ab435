import { Button, Group, Loader } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shownText } from '../../shared/shown';
import { useCopy } from '../common/clipboard';
import { Dialog } from '../common/Dialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { api, errorOf } from '../link/api';
import { closeMade, useDialogs } from '../state/dialogs';
import styles from './MadeDialog.module.css';
import { noteMade } from './made';

const Secret = ({ label, value }: { label: string; value: string }) => {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  return (
    <li className={styles.secret}>
      <span className={styles.label}>{shownText(label, 80)}</span>
      <code className={styles.value}>{value}</code>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconCopy size={12} />}
        onClick={() => void copy(value, true)}
      >
        {copied ? t('common.copied') : t('common.copy')}
      </Button>
    </li>
  );
};

const Made = ({ job }: { job: string }) => {
  const { t } = useTranslation();
  // The core hands them out once: nothing asks again, and nothing keeps them when this is closed.
  const made = useQuery({
    queryKey: ['changes', 'made', job],
    queryFn: async () => {
      const secrets = await api.changes.made.mutate({ job });
      noteMade(job);
      return secrets;
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return (
    <>
      {made.data?.length !== 0 && <p className={styles.text}>{t('changing.madeText')}</p>}
      {made.isPending && <Loader size="sm" aria-label={t('app.loading')} />}
      {made.error && <ErrorNotice compact error={errorOf(made.error)} />}
      {made.data?.length === 0 && <p className={styles.text}>{t('changing.madeGone')}</p>}
      <ul className={styles.secrets}>
        {made.data?.map(({ number, label, value }) => (
          <Secret key={`${number} ${label}`} label={label} value={value} />
        ))}
      </ul>
      <Group justify="flex-end" mt="sm">
        <Button disabled={made.isPending} onClick={closeMade}>
          {t(made.data?.length === 0 ? 'common.close' : 'changing.madeDone')}
        </Button>
      </Group>
    </>
  );
};

/** Secrets that the server made: shown once. It closes by its button alone. */
export const MadeDialog = () => {
  const { t } = useTranslation();
  const made = useDialogs((state) => state.made);
  return (
    <Dialog
      opened={made !== null}
      onClose={closeMade}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      size={560}
      title={t('changing.madeTitle')}
    >
      {made !== null && <Made key={made} job={made} />}
    </Dialog>
  );
};
