import { ActionIcon } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { commandOf, usePlace } from './commands';

/** The button of a command. Its words come by the browser's own tooltip: a drawn one is no part of what is drawn first. */
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
    <ActionIcon
      {...(size ? { size } : {})}
      variant="subtle"
      color="gray"
      aria-label={label(t, place)}
      title={label(t, place)}
      onClick={() => act(place)}
    >
      <Icon size={iconSize} stroke={size ? 2 : 1.7} />
    </ActionIcon>
  );
};
