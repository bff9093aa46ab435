import { Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconLayoutColumns } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import { singularOf } from '../../shared/phrases/catalog-words';
import type { Query } from '../../shared/query';
import { ranks } from '../../shared/rank';
import { shownText } from '../../shared/shown';
import { IconButton } from '../common/IconButton';
import { TenantLabel, TenantMark } from '../common/TenantMark';
import { phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { type KnownProfile, useProfiles } from '../state/profiles';
import { showSideBySide } from '../state/split-tabs';
import type { Shown } from './use-object';

/** Lists whose objects are found by what they are called. */
const found: readonly string[] = ['users', 'organizations', 'roles', 'applications'];

/** What an object is known by on any tenant: its IDs differ. */
const knownBy = ({ resource, row, name }: Shown): string => {
  const values = resource.id === 'users' ? [row?.primaryEmail, row?.username, row?.primaryPhone] : [];
  const text = values.find((value) => typeof value === 'string' && value !== '') ?? name;
  return String(text).trim().slice(0, 200);
};

const say = (message: string, title?: string) =>
  notifications.show({
    color: 'yellow',
    ...(title ? { title } : {}),
    message,
    closeButtonProps: { 'aria-label': phrases.t('common.close') },
  });

/** Finds the object of the same name on another tenant, and shows the two side by side. */
const useElsewhere = (shown: Shown) => {
  const { query, resource, id } = shown;
  const text = knownBy(shown);
  const what = { singular: singularOf(phrases.t, resource.id), name: shownText(text, 80) };
  return useMutation({
    mutationFn: async ({ id: profile }: KnownProfile) => api.list.lookUp.query({ profile, text }),
    onError: (error, { name }) =>
      say(explain(phrases, errorOf(error)).title, phrases.t('elsewhere.notAsked', { tenant: name })),
    onSuccess: ({ hits, more: isCut, failed, partly }, { id: profile, name: tenant }) => {
      const own: Query = { profile: query.profile, resource: resource.id, object: id, filters: {} };
      const list: Query = { profile, resource: resource.id, filters: {} };
      const same = hits.filter((hit) => hit.resource === resource.id && hit.rank === ranks.exact);
      const [one, ...more] = same;
      if (one && more.length === 0) return showSideBySide(own, { ...list, object: one.id });
      if (one) return showSideBySide(own, { ...list, filters: { keyword: [text] } });
      if (failed.some((other) => other.resource === resource.id) || partly || isCut)
        return say(phrases.t('elsewhere.notSeen', { ...what, tenant }));
      say(phrases.t('elsewhere.none', { ...what, tenant }));
    },
  });
};

/** The way to the same object on another tenant: is a role there what it is here? */
export const ElsewhereMenu = ({ shown }: { shown: Shown }) => {
  const { t } = useTranslation();
  const { query, resource, row } = shown;
  const others = useProfiles().profiles.filter(({ id }) => id !== query.profile);
  const look = useElsewhere(shown);
  if (!row || others.length === 0 || !found.includes(resource.id)) return null;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <IconButton label={t('elsewhere.open')} loading={look.isPending}>
          <IconLayoutColumns size={16} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('elsewhere.beside')}</Menu.Label>
        {others.map((profile) => (
          <Menu.Item
            key={profile.id}
            leftSection={<TenantMark profile={profile} size={14} />}
            rightSection={<TenantLabel profile={profile} />}
            onClick={() => look.mutate(profile)}
          >
            {profile.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
