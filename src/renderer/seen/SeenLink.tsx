import { IconClipboardList } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../shared/profile';
import { SideLink } from '../common/SideLink';
import { openSeen } from '../state/own-views';

type Props = { profile: Profile; isFront: boolean; className: string | undefined };

/** The way to what changed on a tenant; a snapshot is one moment, of which nothing can change. */
export const SeenLink = ({ profile, isFront, className }: Props) => {
  const { t } = useTranslation();
  if (profile.kind === 'snapshot' && !isFront) return null;
  return (
    <SideLink
      icon={<IconClipboardList size={15} stroke={1.7} />}
      label={t('seen.title')}
      isFront={isFront}
      className={className}
      onClick={() => openSeen(profile.id)}
    />
  );
};
