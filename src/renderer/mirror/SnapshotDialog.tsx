import { Button, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { IconFolderOpen } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../common/Dialog';
import { ErrorNotice } from '../common/ErrorNotice';
import { api, errorOf } from '../link/api';
import { useAppInfo } from '../state/app-info';
import { closeSnapshot, closeSnapshotOf, dialogsNow, useDialogs } from '../state/dialogs';
import { openQuery } from '../state/workspace';

const Opening = ({ given }: { given: string }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [path, setPath] = useState(given);
  const [passphrase, setPassphrase] = useState('');
  const info = useAppInfo();
  const choose = useMutation({
    mutationFn: () => api.snapshots.choose.mutate(),
    onSuccess: (chosen) => chosen && setPath(chosen),
  });
  const open = useMutation({
    onMutate: dialogsNow,
    mutationFn: () => api.snapshots.open.mutate({ path: path.trim(), passphrase: passphrase || null }),
    onSuccess: async ({ id }, _none, then) => {
      await queries.invalidateQueries({ queryKey: ['profiles'] });
      closeSnapshotOf(then);
      openQuery({ profile: id, resource: 'users', filters: {} });
    },
  });
  const error = open.error ? errorOf(open.error) : null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        open.mutate();
      }}
    >
      <Stack gap="xs">
        <Text size="sm">{t('snapshot.openText')}</Text>
        <Group gap="2xs" align="flex-end" wrap="nowrap">
          <TextInput
            flex={1}
            label={t('snapshot.path')}
            placeholder={t('snapshot.pathHint')}
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            spellCheck={false}
            data-autofocus
          />
          {info?.door === 'desktop' && (
            <Button
              variant="default"
              leftSection={<IconFolderOpen size={14} />}
              loading={choose.isPending}
              onClick={() => choose.mutate()}
            >
              {t('snapshot.choose')}
            </Button>
          )}
        </Group>
        <PasswordInput
          label={t('snapshot.passphrase')}
          description={t('snapshot.passphraseOpenHint')}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
          autoComplete="off"
        />
        {error && <ErrorNotice compact error={error} />}
        <Group justify="flex-end" gap="2xs" wrap="nowrap">
          <Text size="xs" c="dimmed" role="status" flex={1}>
            {open.isPending && t('snapshot.opening')}
          </Text>
          <Button variant="default" onClick={closeSnapshot}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" disabled={path.trim() === ''} loading={open.isPending}>
            {t('snapshot.open')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

/** Opens a snapshot as a tenant that is only read. */
export const SnapshotDialog = () => {
  const { t } = useTranslation();
  const given = useDialogs((state) => state.snapshot);
  return (
    <Dialog
      opened={given !== null}
      onClose={closeSnapshot}
      size={560}
      title={t('snapshot.openTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {given !== null && <Opening key={given} given={given} />}
    </Dialog>
  );
};
