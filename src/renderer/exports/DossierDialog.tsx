import { Button, Checkbox, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DossierFormat } from '../../shared/dossier';
import { shownText } from '../../shared/shown';
import { Dialog } from '../common/Dialog';
import { DialogActions } from '../common/DialogActions';
import { ErrorNotice } from '../common/ErrorNotice';
import { useStarting } from '../common/starting';
import { api, errorOf } from '../link/api';
import { useAppInfo } from '../state/app-info';
import { chosenZone } from '../state/chosen-zone';
import { closeDialogs, type DossierOf, useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';

const DossierForm = ({ profile, user }: DossierOf) => {
  const { t } = useTranslation();
  const info = useAppInfo();
  const [typed, setTyped] = useState('');
  const [format, setFormat] = useState<DossierFormat>('html');
  const [mirrored, setMirrored] = useState(false);
  const isSnapshot = useProfile(profile)?.kind === 'snapshot';
  const start = useStarting(() =>
    api.dossiers.start.mutate({
      profile,
      user: user?.id ?? typed.trim(),
      find: user === null,
      format,
      mirrored: mirrored && !isSnapshot,
      zone: chosenZone(),
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (user !== null || typed.trim() !== '') start.mutate();
      }}
    >
      <Stack gap="md">
        <Text size="sm">{t('dossier.what')}</Text>
        {user === null && (
          <TextInput
            label={t('dossier.user')}
            description={t('dossier.userHint')}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            maxLength={256}
            data-autofocus
          />
        )}
        <Radio.Group
          label={t('dossier.form')}
          value={format}
          onChange={(value) => setFormat(value === 'json' ? 'json' : 'html')}
        >
          <Stack gap="3xs" mt="3xs">
            <Radio
              size="xs"
              value="html"
              data-autofocus={user !== null || undefined}
              label={t('dossier.html')}
              description={t('dossier.htmlHint')}
            />
            <Radio size="xs" value="json" label={t('dossier.json')} description={t('dossier.jsonHint')} />
          </Stack>
        </Radio.Group>
        {!isSnapshot && (
          <Checkbox
            size="xs"
            label={t('dossier.fromCopy')}
            checked={mirrored}
            onChange={(event) => setMirrored(event.currentTarget.checked)}
          />
        )}
        {start.error && <ErrorNotice compact error={errorOf(start.error)} />}
        <DialogActions onCancel={closeDialogs}>
          <Button type="submit" loading={start.isPending} disabled={user === null && typed.trim() === ''}>
            {t(info?.door === 'browser' ? 'dossier.startBrowser' : 'dossier.start')}
          </Button>
        </DialogActions>
      </Stack>
    </form>
  );
};

/** Everything known of one user, into one file. */
export const DossierDialog = () => {
  const { t } = useTranslation();
  const of = useDialogs((state) => state.dossier);
  return (
    <Dialog
      opened={of !== null}
      onClose={closeDialogs}
      size={480}
      title={of?.user ? t('dossier.title', { user: shownText(of.user.name, 60) }) : t('dossier.any')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {of && <DossierForm {...of} />}
    </Dialog>
  );
};
