import { ActionIcon, Button, Popover, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { commandOf } from '../commands/commands';
import { usePlace } from '../commands/place';
import { useAppInfo } from '../state/app-info';

/** What this program is, and where its files are: what whoever helps asks first. */
export const About = () => {
  const { t } = useTranslation();
  const data = useAppInfo();
  const about = data?.about;
  const place = usePlace();
  const keys = commandOf('keys');
  return (
    <Popover position="top-start" shadow="md" trapFocus>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('nav.about')}>
          <IconInfoCircle size={16} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown maw={420}>
        {about && (
          <Stack gap="4xs">
            <Text size="sm" fw={600}>
              {`${about.name} ${about.version}`}
            </Text>
            {(['runtime', 'dataDir', 'logFile'] as const).map((part) => (
              <Text key={part} size="xs" style={{ overflowWrap: 'anywhere' }}>
                {`${t(`about.${part}`)}: ${about[part]}`}
              </Text>
            ))}
            <Button size="compact-xs" variant="default" mt="4xs" onClick={() => keys.do(place)}>
              {keys.label(t, place)}
            </Button>
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  );
};
