import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shownText } from '../../shared/shown';
import { DialogActions } from '../common/DialogActions';
import { ErrorNotice } from '../common/ErrorNotice';
import { moment, number } from '../i18n';
import { api, errorOf } from '../link/api';
import { closeDialogs, useDialogs } from '../state/dialogs';
import { AskDialog } from './AskDialog';
import { FileChooser } from './FileChooser';
import { useHandOver } from './hand-over';
import styles from './Import.module.css';
import { usePlanning } from './planned';
import { planTitle } from './words';

type Handed = { file: string; name: string };

const PlanFileForm = ({ profile }: { profile: string }) => {
  const { t } = useTranslation();
  const [handed, setHanded] = useState<Handed | null>(null);
  const [source, setSource] = useState<Handed | null>(null);
  const hand = useHandOver((file, name) => {
    setSource(null);
    setHanded({ file, name });
    open.reset();
  });
  const handSource = useHandOver((file, name) => setSource({ file, name }));
  const about = useQuery({
    queryKey: ['changes', 'plan-file', handed?.file],
    queryFn: ({ signal }) => api.imports.planAbout.query({ file: handed?.file ?? '' }, { signal }),
    enabled: handed !== null,
    gcTime: 0,
    retry: false,
  });
  const open = usePlanning(async (file: string) => ({
    about: await api.imports.openPlan.mutate({ profile, file, ...(source ? { source: source.file } : {}) }),
    asked: null,
  }));
  const error = hand.error ?? about.error ?? handSource.error ?? open.error;
  const { data } = about;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (handed && data) open.mutate(handed.file);
      }}
    >
      <Stack gap="xs">
        <FileChooser
          label={t('importing.planFile')}
          hint={t('importing.planHint')}
          accept=".json,application/json"
          name={handed?.name ?? null}
          isPending={hand.isPending || about.isFetching}
          onChoose={(file) => hand.mutate({ file, before: handed?.file ?? null })}
        />
        {data && (
          <dl className={styles.facts}>
            <dt>{t('importing.planDoes')}</dt>
            <dd>
              {planTitle(data.title)} ·{' '}
              {t('importing.changes', { count: data.changes, rows: number(data.changes) })}
            </dd>
            <dt>{t('importing.planFor')}</dt>
            <dd>
              {shownText(data.tenant.name, 60)} · {shownText(data.tenant.endpoint, 200)}
            </dd>
            <dt>{t('importing.planRead')}</dt>
            <dd>{moment(data.readAt)}</dd>
          </dl>
        )}
        {data?.source && (
          <FileChooser
            label={t('importing.sourceFile', { name: shownText(data.source, 80) })}
            hint={t('importing.sourceHint', { name: shownText(data.source, 80) })}
            accept="*"
            name={source?.name ?? null}
            isPending={handSource.isPending}
            onChoose={(file) => handSource.mutate({ file, before: source?.file ?? null })}
          />
        )}
        {error && <ErrorNotice compact error={errorOf(error)} profileId={profile} />}
        <DialogActions onCancel={closeDialogs}>
          <Button
            type="submit"
            disabled={!data || (data.source !== null && source === null)}
            loading={open.isPending}
          >
            {t('changing.review')}
          </Button>
        </DialogActions>
      </Stack>
    </form>
  );
};

/** Opens a plan that somebody saved as a file: it is held against the tenant as it is now, and reviewed like any. */
export const OpenPlanDialog = () => {
  const { t } = useTranslation();
  const profile = useDialogs((state) => state.planFile);
  return (
    <AskDialog profile={profile} size={560} title={t('importing.openPlan')}>
      {profile !== null && <PlanFileForm key={profile} profile={profile} />}
    </AskDialog>
  );
};
