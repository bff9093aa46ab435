import { Stack, Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EnteringDialog } from '../common/EnteringDialog';
import { moment } from '../i18n';
import { useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import { RemoveTenant } from './RemoveTenant';
import { TenantForm } from './TenantForm';

/** Adding a tenant, or changing one. */
export const TenantDialog = () => {
  const { t } = useTranslation();
  const tenant = useDialogs((state) => state.tenant);
  const profile = useProfile(tenant?.id ?? undefined);
  const entered = useRef(false);
  const known = tenant !== null && (tenant.id === null || profile !== undefined);
  return (
    <EnteringDialog
      opened={known}
      size={620}
      title={profile ? t('tenant.edit', { name: profile.name }) : t('tenant.new')}
      entered={entered}
      discardTitle={t('tenant.discardTitle')}
      discardText={t(profile ? 'tenant.discardEdits' : 'tenant.discardText')}
      closeOnClickOutside={false}
    >
      {known && profile?.kind === 'snapshot' && (
        <Stack gap="xs">
          <Text size="sm">
            {t('snapshot.about', { endpoint: profile.endpoint, time: moment(profile.takenAt ?? 0) })}
          </Text>
          <RemoveTenant profile={profile} />
        </Stack>
      )}
      {known && profile?.kind !== 'snapshot' && (
        <TenantForm key={tenant.id ?? 'new'} profile={profile ?? null} entered={entered} />
      )}
    </EnteringDialog>
  );
};
