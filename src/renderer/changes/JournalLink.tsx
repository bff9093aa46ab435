import { useTranslation } from 'react-i18next';
import { journalList } from '../../shared/journal-view';
import { titleOf } from '../../shared/phrases/catalog-words';
import type { Profile } from '../../shared/profile';
import { ViewIcon } from '../common/resource-icons';
import { SideLink } from '../common/SideLink';
import { openJournal } from '../state/own-views';
import { useChangesState } from './state';

type Props = { profile: Profile; isFront: boolean; className: string | undefined };

/** The way to a tenant's journal, where it can be changed, or was. */
export const JournalLink = ({ profile, isFront, className }: Props) => {
  const { t } = useTranslation();
  const state = useChangesState(profile.kind === 'snapshot' ? undefined : profile.id);
  if (state?.access !== 'read-write' && !state?.journaled && !isFront) return null;
  return (
    <SideLink
      icon={<ViewIcon query={{ resource: journalList }} size={15} />}
      label={titleOf(t, journalList)}
      isFront={isFront}
      className={className}
      onClick={() => openJournal(profile.id)}
    />
  );
};
