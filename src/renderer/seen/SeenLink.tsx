import { UnstyledButton } from '@mantine/core';
import { IconClipboardList } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../shared/profile';
import { seenList } from '../../shared/seen-changes';
import { openQuery } from '../state/workspace';

type Props = { profile: Profile; isFront: boolean; className: string | undefined };

/** The way to what changed on a tenant; a snapshot is one moment, of which nothing can change. */
export const SeenLink = ({ profile, isFront, className }: Props) => {
  const { t } = useTranslation();
  if (profile.kind === 'snapshot' && !isFront) return null;
  return (
    <UnstyledButton
      mt={10}
      className={className ?? ''}
      data-current={isFront || undefined}
      aria-current={isFront || undefined}
      onClick={() => openQuery({ profile: profile.id, resource: seenList, filters: {} })}
    >
      <IconClipboardList size={15} stroke={1.7} />
      {t('seen.title')}
    </UnstyledButton>
  );
};
