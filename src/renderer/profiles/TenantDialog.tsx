import { Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { moment } from '../i18n';
import { closeDialogs, useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import { RemoveTenant } from './RemoveTenant';
import { TenantForm } from './TenantForm';

/** Adding a tenant, or changing one. */
export const TenantDialog = () => {
  const { t } = useTranslation();
  const tenant = useDialogs((state) => state.tenant);
  const profile = useProfile(tenant?.id ?? undefined);
  const known = tenant !== null && (tenant.id === null || profile !== undefined);
  return (
    <Modal
      opened={known}
      onClose={closeDialogs}
      size={620}
      title={profile ? t('tenant.edit', { name: profile.name }) : t('tenant.new')}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {known && profile?.kind === 'snapshot' && (
        <Stack gap={10}>
          <Text size="sm">
            {t('snapshot.about', { endpoint: profile.endpoint, time: moment(profile.takenAt ?? 0) })}
          </Text>
          <RemoveTenant profile={profile} />
        </Stack>
      )}
      {known && profile?.kind !== 'snapshot' && (
        <TenantForm key={tenant.id ?? 'new'} profile={profile ?? null} />
      )}
    </Modal>
  );
};
