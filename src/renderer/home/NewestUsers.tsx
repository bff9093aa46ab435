import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shownText } from '../../shared/shown';
import { useRegionName } from '../common/view-side';
import { moment } from '../i18n';
import { openQuery } from '../state/workspace';
import { useCard } from './cards';
import styles from './Home.module.css';
import type { CardProps } from './NumberCards';
import { ageText } from './said';
import { Unlearned } from './Unlearned';

/** The users who came last; each opens in the list of users. */
export const NewestUsers = ({ profile, asks, silent, isAged }: CardProps) => {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const { data, error } = useCard(profile.id, 'users', asks);
  const age = data ? ageText(data, Date.now(), isAged || error !== null) : null;
  return (
    <section className={styles.list} aria-label={regionName(t('home.newest'))}>
      <h2 className={styles.heading}>{t('home.newest')}</h2>
      {age && <small className={styles.age}>{age}</small>}
      {!data && <Unlearned error={error} silent={silent} />}
      {data?.newest.length === 0 && <span className={styles.unlearned}>{t('home.noUsers')}</span>}
      {data?.newest.map(({ id, name, createdAt }) => (
        <UnstyledButton
          key={id}
          className={styles.line}
          onClick={() => openQuery({ profile: profile.id, resource: 'users', filters: {} }, id)}
        >
          <span className={styles.name}>{shownText(name, 120)}</span>
          {createdAt !== null && <time className={styles.time}>{moment(createdAt)}</time>}
        </UnstyledButton>
      ))}
    </section>
  );
};
