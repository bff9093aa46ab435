import { ActionIcon } from '@mantine/core';
import { useCallbackRef } from '@mantine/hooks';
import type { Icon as IconOf } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from './command';
import { usePlace } from './place';

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

type Props = { of: Command; size?: string; iconSize?: number };

/** The button of a command. Its words come in the browser's own tooltip: a drawn one is not part of the first draw. */
export const CommandButton = ({ of, size, iconSize = 16 }: Props) => {
  const { t } = useTranslation();
  const place = usePlace();
  const give = useCallbackRef(() => of.do(place));
  return (
    <DrawnButton label={of.label(t, place)} icon={of.icon} size={size} iconSize={iconSize} onClick={give} />
  );
};
