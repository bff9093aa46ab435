import { useQuery } from '@tanstack/react-query';
import { memo, type ReactNode, useEffect, useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '../../shared/profile';
import { api } from '../link/api';
import styles from './StatusBar.module.css';
import { TenantLabel, TenantMark } from './TenantMark';
import { useRegionName } from './view-side';

/** How long ago something was read, in words that keep up; `at`: unix ms. */
export const Age = ({ at }: { at: number }) => {
  const { t } = useTranslation();
  const [, again] = useReducer((times: number) => times + 1, 0);
  useEffect(() => {
    const timer = setInterval(again, 5_000);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((Date.now() - at) / 1000));
  if (seconds < 5) return t('status.fresh');
  if (seconds < 60) return t('status.seconds', { count: seconds });
  if (seconds < 3600) return t('status.minutes', { count: Math.floor(seconds / 60) });
  return t('status.hours', { count: Math.floor(seconds / 3600) });
};

/** How many requests the tenant was sent in the last ten seconds, as long as its view is in front. */
export const Requests = memo(({ profile, front }: { profile: string; front: boolean }) => {
  const { t } = useTranslation();
  const { data: count = 0 } = useQuery({
    queryKey: ['requests'],
    queryFn: () => api.app.requests.query(),
    refetchInterval: 2_000,
    enabled: front,
    subscribed: front,
    select: (sent) => sent[profile] ?? 0,
  });
  return <span>{t('status.requests', { count })}</span>;
});

const StatusTenant = memo(({ profile }: { profile: Profile }) => (
  <span className={styles.tenant}>
    <TenantMark profile={profile} size={14} />
    <span className={styles.name}>{profile.name}</span>
    <TenantLabel profile={profile} />
  </span>
));

/** The line below a view: whose it is, then what the view has to say. */
export const StatusFrame = ({ profile, children }: { profile: Profile; children: ReactNode }) => {
  const { t } = useTranslation();
  const regionName = useRegionName();
  return (
    <section
      className={styles.bar}
      aria-label={regionName(t('status.region'))}
      data-region="status"
      tabIndex={-1}
    >
      <StatusTenant profile={profile} />
      {children}
    </section>
  );
};

type Props = {
  profile: Profile;
  front: boolean;
  /** When what is shown was read, unix ms; null before it was. */
  readAt: number | null;
  children?: ReactNode;
};

/** The line below a view of a single object: whose it is, how old, and what it costs the server. */
export const StatusBar = ({ profile, front, readAt, children }: Props) => (
  <StatusFrame profile={profile}>
    {children}
    <span className={styles.end}>
      <Requests profile={profile.id} front={front} />
      {readAt !== null && (
        <span data-testid="age">
          <Age at={readAt} />
        </span>
      )}
    </span>
  </StatusFrame>
);
