import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Counted, Known, Trend } from '../../core/router';
import { failedSignIns } from '../../shared/failures';
import { titleOf } from '../../shared/phrases/catalog-words';
import { moment, number } from '../i18n';
import { showMirror } from '../state/dialogs';
import type { KnownProfile } from '../state/profiles';
import { openQuery } from '../state/workspace';
import { useCard } from './cards';
import styles from './Home.module.css';
import { ageText, agoText, changeText, countText, failuresText, whyUnknown } from './said';
import { Unlearned } from './Unlearned';

export type CardProps = {
  profile: KnownProfile;
  /** The tenant is worth asking. */
  asks: boolean;
  /** Nobody answers there. */
  silent: boolean;
  /** What is shown may be older than it seems. */
  isAged: boolean;
};

type Shown = { title: string; open: () => void; error: unknown; silent: boolean; isAged: boolean };

/** A card: what is counted, its number or why there is none, and what else is to be said. A click opens the view behind it. */
const Card = ({
  title,
  open,
  error,
  silent,
  isAged,
  known,
  children,
}: Shown & { known: Known | undefined; children: ReactNode }) => {
  const { t } = useTranslation();
  const age = known ? ageText(known, Date.now(), isAged) : null;
  return (
    <UnstyledButton
      className={styles.card}
      onClick={open}
      title={known ? t('home.asOf', { time: moment(known.asOf) }) : undefined}
    >
      <span className={styles.label}>{title}</span>
      {known ? children : <Unlearned error={error} silent={silent} />}
      {age && <small className={styles.age}>{age}</small>}
    </UnstyledButton>
  );
};

const Big = ({ text, why }: { text: string | null; why?: string }) => {
  const { t } = useTranslation();
  return text === null ? (
    <span className={styles.unlearned}>{why ?? t('home.unknown')}</span>
  ) : (
    <strong className={styles.number}>{text}</strong>
  );
};

const CountCard = ({
  list,
  data,
  ...shown
}: Omit<Shown, 'title'> & { list: string; data: Counted | undefined }) => {
  const { t } = useTranslation();
  return (
    <Card {...shown} title={titleOf(t, list)} known={data}>
      {data && <Big text={countText(data)} why={whyUnknown(data)} />}
    </Card>
  );
};

/** Numbers of several times in one card. */
const Trends = ({ of }: { of: readonly (readonly [string, Trend])[] }) => {
  const { t } = useTranslation();
  return (
    <span className={styles.trends}>
      {of.map(([name, trend]) => {
        const change = changeText(trend);
        return (
          <span key={name} className={styles.trend}>
            {trend.count === null ? (
              <span className={styles.unlearned}>{t('home.unknown')}</span>
            ) : (
              <strong className={styles.number}>{number(trend.count)}</strong>
            )}
            <small>
              {name}
              {change && <span title={t('home.change', { change })}>{change}</span>}
            </small>
          </span>
        );
      })}
    </span>
  );
};

/** A tenant in numbers. */
export const NumberCards = ({ profile, asks, silent, isAged }: CardProps) => {
  const { t } = useTranslation();
  const { id } = profile;
  const how = { silent, isAged };
  const users = useCard(id, 'users', asks);
  const organizations = useCard(id, 'organizations', asks);
  const applications = useCard(id, 'applications', asks);
  const logs = useCard(id, 'logs', asks);
  const newUsers = useCard(id, 'newUsers', asks);
  const active = useCard(id, 'activeUsers', asks);
  const failures = useCard(id, 'failures', asks);
  const copy = useCard(id, 'copy', true);
  const list = (resource: string) => () => openQuery({ profile: id, resource, filters: {} });
  const failed = failures.data && failuresText(failures.data);
  return (
    <section className={styles.cards} aria-label={t('home.open', { tenant: profile.name })}>
      <CountCard {...users} {...how} list="users" open={list('users')} />
      <CountCard {...organizations} {...how} list="organizations" open={list('organizations')} />
      <CountCard {...applications} {...how} list="applications" open={list('applications')} />
      <CountCard {...logs} {...how} list="logs" open={list('logs')} />
      <Card
        title={t('home.failures')}
        open={() => openQuery(failedSignIns(id))}
        error={failures.error}
        {...how}
        known={failures.data}
      >
        <Big text={failed?.text ?? null} {...(failed?.of ? { why: failed.of } : {})} />
        {failed?.text != null && failed.of && <small className={styles.age}>{failed.of}</small>}
      </Card>
      <Card
        title={t('home.newUsers')}
        open={list('new-users')}
        error={newUsers.error}
        {...how}
        known={newUsers.data}
      >
        {newUsers.data && (
          <Trends
            of={[
              [t('home.today'), newUsers.data.today],
              [t('home.week'), newUsers.data.week],
            ]}
          />
        )}
      </Card>
      <Card
        title={t('home.active')}
        open={list('active-users')}
        error={active.error}
        {...how}
        known={active.data}
      >
        {active.data && (
          <Trends
            of={[
              [t('home.today'), active.data.day],
              [t('home.week'), active.data.week],
              [t('home.month'), active.data.month],
            ]}
          />
        )}
      </Card>
      <UnstyledButton className={styles.card} onClick={() => showMirror(id)}>
        <span className={styles.label}>{t('home.copy')}</span>
        {copy.data ? (
          <>
            <strong className={styles.number} data-words>
              {copy.data.wholeAt !== null
                ? agoText(copy.data.wholeAt, Date.now())
                : t(copy.data.seenAt === null ? 'home.copyNone' : 'home.copyPartial')}
            </strong>
            {copy.data.lists > 0 && (
              <small className={styles.age}>{t('home.copyLists', { count: copy.data.lists })}</small>
            )}
          </>
        ) : (
          <Unlearned error={copy.error} silent={false} />
        )}
      </UnstyledButton>
    </section>
  );
};
