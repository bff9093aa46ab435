import { Anchor, Skeleton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessGroup, Permission, Unread, Way } from '../../shared/access';
import { explain } from '../../shared/phrases';
import { titleInText } from '../../shared/phrases/catalog-words';
import { shownText } from '../../shared/shown';
import { useRegionName } from '../common/view-side';
import { moment, phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { openQuery } from '../state/workspace';
import styles from './Access.module.css';
import { PartError } from './PartError';

/** From this many permissions on there is a box to find one. */
const findFrom = 8;
/** Ways that are shown of one permission; a role in hundreds of organizations gives hundreds. */
const mostWays = 12;

type Props = { profile: string; list: 'users' | 'applications'; id: string };

/** What a user or an application may do, by API resource, each permission with the roles that give it. */
export const Access = ({ profile, list, id }: Props) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const found = useQuery({
    queryKey: ['access', profile, list, id],
    queryFn: ({ signal }) => api.list.access.query({ profile, list, id }, { signal }),
  });
  if (found.error)
    return (
      <div className={styles.access}>
        <PartError error={errorOf(found.error)} onRetry={() => void found.refetch()} />
      </div>
    );
  if (!found.data)
    return (
      <div className={styles.access} role="status" aria-label={t('app.loading')}>
        <Skeleton height={12} width="45%" my="3xs" />
        <Skeleton height={12} width="80%" my="3xs" />
        <Skeleton height={12} width="70%" my="3xs" />
      </div>
    );
  const { groups, unread, roles, asOf } = found.data;
  const permissions = groups.reduce((sum, group) => sum + group.permissions.length, 0);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (group: AccessGroup, { name, ways }: Permission) => {
    const all = [
      group.resource?.name,
      group.resource?.indicator,
      name,
      ...ways.flatMap(({ role, organization }) => [role.name, organization?.name]),
    ]
      .join(' ')
      .toLowerCase();
    return words.every((word) => all.includes(word));
  };
  const shown = groups.flatMap((group) => {
    const kept = group.permissions.filter((one) => fits(group, one));
    return kept.length > 0 ? [{ ...group, permissions: kept }] : [];
  });
  return (
    <div className={styles.access}>
      <p className={styles.sum}>
        {permissions > 0
          ? t('access.sum', {
              permissions: t('access.permissions', { count: permissions }),
              roles: t('access.roles', { count: roles }),
            })
          : t(unread.length > 0 ? 'access.noneRead' : roles > 0 ? 'access.rolesWithout' : 'access.none')}
        {asOf !== null && <> {t('row.fromCopy', { time: moment(asOf) })}</>}
      </p>
      {unread.length > 0 && <UnreadLists unread={unread} />}
      {permissions >= findFrom && (
        <TextInput
          my="3xs"
          aria-label={t('access.find')}
          placeholder={t('access.find')}
          leftSection={<IconSearch size={13} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {shown.map((group) => (
        <Group key={group.resource?.id ?? ''} profile={profile} group={group} />
      ))}
      {permissions > 0 && shown.length === 0 && <p className={styles.quiet}>{t('access.notFound')}</p>}
    </div>
  );
};

const UnreadLists = ({ unread }: { unread: readonly Unread[] }) => {
  const { t } = useTranslation();
  return (
    <div className={styles.unread} role="status">
      <strong>{t('access.incomplete')}</strong>
      <ul>
        {unread.slice(0, 10).map(({ list, of, error }) => (
          <li key={`${list}/${of ?? ''}`}>
            {of === null
              ? t('access.unreadList', { list: titleInText(t, list) })
              : t('access.unreadOf', { list: titleInText(t, list), name: shownText(of, 120) })}
            {': '}
            {explain(phrases, error).title}
          </li>
        ))}
      </ul>
    </div>
  );
};

const Group = ({ profile, group }: { profile: string; group: AccessGroup }) => {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const title = group.resource ? shownText(group.resource.name, 200) : t('access.ofOrganization');
  return (
    <section aria-label={regionName(title)}>
      <h3 className={styles.resource}>
        {title}
        {group.resource?.indicator && <small>{shownText(group.resource.indicator, 300)}</small>}
      </h3>
      <table className={styles.permissions}>
        <thead>
          <tr>
            <th scope="col">{t('access.permission')}</th>
            <th scope="col">{t('access.through')}</th>
          </tr>
        </thead>
        <tbody>
          {group.permissions.map((one) => (
            <tr key={one.id}>
              <th scope="row">{shownText(one.name, 200)}</th>
              <td>
                {one.ways.slice(0, mostWays).map((way) => (
                  <WayLine key={`${way.role.id}/${way.organization?.id ?? ''}`} profile={profile} way={way} />
                ))}
                {one.ways.length > mostWays && (
                  <span className={styles.quiet}>
                    {t('access.moreWays', { count: one.ways.length - mostWays })}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Named = ({ profile, resource, of }: { profile: string; resource: string; of: Way['role'] }) => {
  const { t } = useTranslation();
  const name = shownText(of.name, 200);
  return (
    <Anchor
      component="button"
      fz="inherit"
      aria-label={t('row.openRow', { name })}
      onClick={() => openQuery({ profile, resource, filters: {} }, of.id)}
    >
      {name}
    </Anchor>
  );
};

const WayLine = ({ profile, way: { role, organization } }: { profile: string; way: Way }) => {
  const { t } = useTranslation();
  return (
    <span className={styles.way}>
      <Named profile={profile} resource={organization ? 'organization-roles' : 'roles'} of={role} />
      {organization && (
        <>
          {` ${t('access.in')} `}
          <Named profile={profile} resource="organizations" of={organization} />
        </>
      )}
    </span>
  );
};
