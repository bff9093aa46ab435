import { Image } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shownText } from '../../shared/shown';
import { api } from '../link/api';
import { useProfile } from '../state/profiles';

/** A picture that a row names; nothing where the tenant's settings do not allow it, or where it cannot be had. */
export const Picture = ({ profile, address, name }: { profile: string; address: string; name: string }) => {
  const { t } = useTranslation();
  const allowed = useProfile(profile)?.images ?? false;
  const { data } = useQuery({
    queryKey: ['image', profile, address],
    queryFn: ({ signal }) => api.list.image.query({ profile, address }, { signal }),
    enabled: allowed,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  // The core read it; the page itself asks nobody.
  return data ? (
    <Image
      src={data}
      alt={t('row.picture', { name: shownText(name, 80) })}
      w={36}
      h={36}
      fit="cover"
      radius="sm"
    />
  ) : null;
};
