import { ActionIcon, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { commandOf, usePlace } from './commands';

/** The button of a command. */
export const CommandButton = ({
  id,
  size,
  iconSize = 16,
}: {
  id: Parameters<typeof commandOf>[0];
  size?: string;
  iconSize?: number;
}) => {
  const { t } = useTranslation();
  const place = usePlace();
  const { label, icon: Icon, do: act } = commandOf(id);
  return (
    <Tooltip label={label(t, place)}>
      <ActionIcon
        {...(size ? { size } : {})}
        variant="subtle"
        color="gray"
        aria-label={label(t, place)}
        onClick={() => act(place)}
      >
        <Icon size={iconSize} stroke={size ? 2 : 1.7} />
      </ActionIcon>
    </Tooltip>
  );
};
