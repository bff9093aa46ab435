import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../common/ErrorNotice';
import { forgetTenant } from '../common/forget';
import { api, errorOf } from '../link/api';
import { closeDialogsOf, dialogsNow } from '../state/dialogs';
import type { KnownProfile } from '../state/profiles';
import { closeTabsOf } from '../state/workspace';

/** Removal is asked twice: it takes the secret along. */
export const RemoveTenant = ({ profile }: { profile: KnownProfile }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = useMutation({
    onMutate: dialogsNow,
    mutationFn: () => api.profiles.remove.mutate({ id: profile.id }),
    onSuccess: async (_done, _none, then) => {
      closeTabsOf(profile.id);
      forgetTenant(profile.id);
      closeDialogsOf(then);
      await queries.invalidateQueries({ queryKey: ['profiles'] });
    },
  });
  if (!asking) {
    return (
      <Button
        variant="subtle"
        color="red"
        leftSection={<IconTrash size={14} />}
        onClick={() => setAsking(true)}
      >
        {t('tenant.remove')}
      </Button>
    );
  }
  return (
    <Alert
      color="red"
      variant="light"
      p="xs"
      title={t('tenant.removeTitle', { name: profile.name })}
      w="100%"
    >
      <Stack gap="2xs">
        {t(profile.kind === 'snapshot' ? 'snapshot.removeText' : 'tenant.removeText')}
        {remove.error && <ErrorNotice compact error={errorOf(remove.error)} />}
        <Group gap="2xs">
          <Button color="red" onClick={() => remove.mutate()} loading={remove.isPending}>
            {t('common.remove')}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
