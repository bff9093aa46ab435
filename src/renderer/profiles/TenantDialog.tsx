import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '../i18n';
import { closeDialogs, useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import { RemoveTenant } from './RemoveTenant';
import { TenantForm } from './TenantForm';

/** Adding a tenant, or changing one. What was entered is thrown away only when that is meant. */
export const TenantDialog = () => {
  const { t } = useTranslation();
  const tenant = useDialogs((state) => state.tenant);
  const profile = useProfile(tenant?.id ?? undefined);
  const entered = useRef(false);
  const [isLeaving, setLeaving] = useState(false);
  const known = tenant !== null && (tenant.id === null || profile !== undefined);
  return (
    <>
      <Modal
        opened={known}
        onClose={() => (entered.current ? setLeaving(true) : closeDialogs())}
        size={620}
        title={profile ? t('tenant.edit', { name: profile.name }) : t('tenant.new')}
        closeOnClickOutside={false}
        closeOnEscape={!isLeaving}
        closeButtonProps={{ 'aria-label': t('common.close') }}
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
      </Modal>
      {/* Mounted only now: else it would hear the same Escape, and close at once. */}
      {known && isLeaving && (
        <Modal
          opened
          onClose={() => setLeaving(false)}
          size={380}
          zIndex={300}
          title={t('tenant.discardTitle')}
          closeButtonProps={{ 'aria-label': t('common.close') }}
        >
          <Stack gap="md">
            <Text size="sm">{t(profile ? 'tenant.discardEdits' : 'tenant.discardText')}</Text>
            <Group gap="2xs" justify="flex-end">
              <Button variant="default" data-autofocus onClick={() => setLeaving(false)}>
                {t('changing.keepEditing')}
              </Button>
              <Button
                color="red.9"
                onClick={() => {
                  setLeaving(false);
                  closeDialogs();
                }}
              >
                {t('changing.discard')}
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </>
  );
};
