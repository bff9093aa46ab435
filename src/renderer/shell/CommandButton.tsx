import { ActionIcon } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import type { Icon as IconOf } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { commandOf, usePlace } from './commands';

type Drawn = { label: string; icon: IconOf; size: string | undefined; iconSize: number; onClick: () => void };

const DrawnButton = memo(({ label, icon: Icon, size, iconSize, onClick }: Drawn) => (
  <ActionIcon
    {...(size ? { size } : {})}
    variant="subtle"
    color="gray"
    aria-label={label}
    title={label}
    onClick={onClick}
  >
    <Icon size={iconSize} stroke={size ? 2 : 1.7} />
  </ActionIcon>
));

/** The button of a command. Its words come in the browser's own tooltip: a drawn one is not part of the first draw. */
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
  const { label, icon, do: act } = commandOf(id);
  const give = useCallbackRef(() => act(place));
  return <DrawnButton label={label(t, place)} icon={icon} size={size} iconSize={iconSize} onClick={give} />;
};
