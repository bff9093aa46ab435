import { UnstyledButton } from '@mantine/core';
import { IconNotebook } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../shared/profile';
import { useChangesState } from './state';
import { openJournal } from './tenant';

type Props = { profile: Profile; isFront: boolean; className: string | undefined };

/** The way to a tenant's journal, where it can be changed, or was. */
export const JournalLink = ({ profile, isFront, className }: Props) => {
  const { t } = useTranslation();
  const state = useChangesState(profile.kind === 'snapshot' ? undefined : profile.id);
  if (state?.access !== 'read-write' && !state?.journaled && !isFront) return null;
  return (
    <UnstyledButton
      mt={10}
      className={className ?? ''}
      data-current={isFront || undefined}
      aria-current={isFront || undefined}
      onClick={() => openJournal(profile.id)}
    >
      <IconNotebook size={15} stroke={1.7} />
      {t('changing.journal')}
    </UnstyledButton>
  );
};
