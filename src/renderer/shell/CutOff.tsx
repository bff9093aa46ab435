import { Button, Center, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { loadAnyway } from '../state/workspace';

/** In the place of a view that was loading when the last run was cut off. */
export const CutOff = ({ tabId }: { tabId: string }) => {
  const { t } = useTranslation();
  return (
    <Center h="100%" role="status" data-region="main" tabIndex={-1}>
      <Stack gap="3xs" align="center">
        <Text fw={600}>{t('cutOff.title')}</Text>
        <Text size="sm" c="dimmed">
          {t('cutOff.text')}
        </Text>
        <Button variant="default" mt="3xs" onClick={() => loadAnyway(tabId)}>
          {t('cutOff.load')}
        </Button>
      </Stack>
    </Center>
  );
};
