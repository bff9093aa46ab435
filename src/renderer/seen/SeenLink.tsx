import { useTranslation } from 'react-i18next';
import { titleOf } from '../../shared/phrases/catalog-words';
import type { Profile } from '../../shared/profile';
import { seenList } from '../../shared/seen-changes';
import { ViewIcon } from '../common/resource-icons';
import { SideLink } from '../common/SideLink';
import { openSeen } from '../state/own-views';

type Props = { profile: Profile; isFront: boolean; className: string | undefined };

/** The way to what changed on a tenant; a snapshot is one moment, of which nothing can change. */
export const SeenLink = ({ profile, isFront, className }: Props) => {
  const { t } = useTranslation();
  if (profile.kind === 'snapshot' && !isFront) return null;
  return (
    <SideLink
      icon={<ViewIcon query={{ resource: seenList }} size={15} />}
      label={titleOf(t, seenList)}
      isFront={isFront}
      className={className}
      onClick={() => openSeen(profile.id)}
    />
  );
};
