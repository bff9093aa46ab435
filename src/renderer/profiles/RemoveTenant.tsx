import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { AskedTwice } from '../common/AskedTwice';
import { forgetTenant } from '../common/forget';
import { api, errorOf } from '../link/api';
import { closeDialogsOf, dialogsNow } from '../state/dialogs';
import type { KnownProfile } from '../state/profiles';
import { closeTabsOf } from '../state/workspace';

/** Removal is asked twice: it takes the secret along. */
export const RemoveTenant = ({ profile }: { profile: KnownProfile }) => {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const remove = useMutation({
    onMutate: dialogsNow,
    mutationFn: () => api.profiles.remove.mutate({ id: profile.id }),
    onSuccess: async (_done, _none, then) => {
      closeTabsOf(profile.id);
      closeDialogsOf(then);
      forgetTenant(profile.id);
      await queries.invalidateQueries({ queryKey: ['profiles'] });
    },
  });
  return (
    <AskedTwice
      label={t('tenant.remove')}
      title={t('tenant.removeTitle', { name: profile.name })}
      text={t(profile.kind === 'snapshot' ? 'snapshot.removeText' : 'tenant.removeText')}
      error={remove.error && errorOf(remove.error)}
      isPending={remove.isPending}
      onRemove={() => remove.mutate()}
    />
  );
};
