import { useIsFetching } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { UnlockChip } from '../changes/UnlockChip';
import { RefreshButton } from '../commands/RefreshButton';
import { TenantLabel, TenantMark } from '../common/TenantMark';
import { moment } from '../i18n';
import type { KnownProfile } from '../state/profiles';
import { homeKey, refreshHome, useReach } from './cards';
import { EndingCard } from './EndingCard';
import styles from './Home.module.css';
import { NewestUsers } from './NewestUsers';
import { NumberCards } from './NumberCards';
import { ReachMark } from './ReachMark';

/** A tenant at a glance: each number says of when it is, what could not be learned, and opens the view behind it. */
export const HomeView = ({ profile, front }: { profile: KnownProfile; front: boolean }) => {
  const { t } = useTranslation();
  const { reach, asks, silent } = useReach(profile, front);
  const isAsking = useIsFetching({ queryKey: homeKey(profile.id) }) > 0;
  const card = { profile, asks, silent, isAged: reach.state === 'failed' };
  return (
    <article
      className={styles.page}
      aria-label={t('home.open', { tenant: profile.name })}
      data-region="main"
      tabIndex={-1}
    >
      <header className={styles.head}>
        <TenantMark profile={profile} size={26} />
        <div className={styles.who}>
          <h1 className={styles.title}>{profile.name}</h1>
          <span className={styles.address}>{profile.endpoint}</span>
        </div>
        <TenantLabel profile={profile} />
        <UnlockChip profile={profile} />
        <span className={styles.reach}>
          <ReachMark reach={reach} />
          {reach.state === 'reached' && <small>{t('home.asOf', { time: moment(reach.at) })}</small>}
        </span>
        <RefreshButton loading={isAsking} onRefresh={() => void refreshHome(profile)} />
      </header>
      <NumberCards {...card} />
      <div className={styles.columns}>
        <EndingCard {...card} />
        <NewestUsers {...card} />
      </div>
    </article>
  );
};
