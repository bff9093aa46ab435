import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { titleOf } from '../../shared/phrases/catalog-words';
import { shownText } from '../../shared/shown';
import { Dialog } from '../common/Dialog';
import { closeLink, useDialogs } from '../state/dialogs';
import { useProfiles } from '../state/profiles';
import { openQuery } from '../state/workspace';

/** Says what a link would open, and opens it only where the operator wants it. */
export const LinkDialog = () => {
  const { t } = useTranslation();
  const link = useDialogs((state) => state.link);
  const { profiles } = useProfiles();
  if (!link) return null;
  const { query, asked } = link;
  const tenant = profiles.find(({ id }) => id === query.profile)?.name ?? query.profile;
  const values = Object.values(query.filters).flat().filter(Boolean);
  return (
    <Dialog
      opened
      onClose={closeLink}
      title={t('links.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="sm">
        <Text size="sm">
          {asked === 'demo' ? t('links.demo') : t('links.expression')} {t('links.care')}
        </Text>
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {shownText([tenant, titleOf(t, query.resource), ...values].join(' · '), 600)}
        </Text>
        <Group gap="2xs" justify="flex-end">
          <Button variant="default" data-autofocus onClick={closeLink}>
            {t('common.cancel')}
          </Button>
          <Button
            onClick={() => {
              closeLink();
              openQuery(query, undefined, { keep: true });
            }}
          >
            {t('links.open')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};
