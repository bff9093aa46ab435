import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Expiring, ExpiryPart } from '../../core/router';
import { resourceOf } from '../../shared/catalog';
import { explain } from '../../shared/phrases';
import type { Query } from '../../shared/query';
import { shownText } from '../../shared/shown';
import { useRegionName } from '../common/view-side';
import { moment, number, phrases } from '../i18n';
import { openQuery } from '../state/workspace';
import { useCard } from './cards';
import styles from './Home.module.css';
import type { CardProps } from './NumberCards';
import { ageText } from './said';
import { Unlearned } from './Unlearned';

/** Lines at most; the first to end come first. */
const mostShown = 12;

/** The view that has what ends. */
const viewOf = (profile: string, list: string, { of }: Expiring): Query => ({
  profile,
  resource: list,
  filters: {},
  ...(of && resourceOf(list).parent ? { parent: of.id } : {}),
  ...(list === 'organization-invitations'
    ? { where: [{ column: 'status', mode: 'is', value: 'Pending' }] }
    : {}),
});

const endText = ({ expiresAt, status = '', unreadable }: Expiring, now: number): string =>
  unreadable
    ? phrases.t('home.unreadable')
    : expiresAt === null
      ? shownText(status, 60)
      : phrases.t(expiresAt <= now ? 'home.expired' : 'home.expires', { time: moment(expiresAt) });

/** What of a list was not looked at, or why it could not be; null where all of it was. */
const lackOf = ({ list, looked, of, error }: ExpiryPart): string | null => {
  const name = phrases.t(`home.lists.${list}`);
  if (error) return `${name}: ${explain(phrases, error).title}`;
  if (looked === 0 && of !== 0) return phrases.t('home.lookedAtNone', { list: name });
  if (of === null) return phrases.t('home.lookedAtSome', { list: name, looked: number(looked) });
  return looked < of
    ? phrases.t('home.lookedAt', { list: name, looked: number(looked), of: number(of) })
    : null;
};

/** Secrets, certificates and invitations that end soon, the first to end first, and what could not be learned of them. */
export const EndingCard = ({ profile, asks, silent, isAged }: CardProps) => {
  const { t } = useTranslation();
  const { data, error, dataUpdatedAt } = useCard(profile.id, 'expiring', asks);
  const regionName = useRegionName();
  const now = Date.now();
  const found = (data ?? [])
    .flatMap(({ list, found: all }) => all.map((one) => ({ list, one })))
    .sort((a, b) => (a.one.expiresAt ?? 0) - (b.one.expiresAt ?? 0));
  const age = ageText({ asOf: dataUpdatedAt }, now, isAged || error !== null);
  const lacks = (data ?? []).flatMap((part) => lackOf(part) ?? []);
  return (
    <section className={styles.list} aria-label={regionName(t('home.expiring'))}>
      <h2 className={styles.heading}>{t('home.expiring')}</h2>
      {data && age && <small className={styles.age}>{age}</small>}
      {!data && <Unlearned error={error} silent={silent} />}
      {data && found.length === 0 && lacks.length < data.length && (
        <span className={styles.unlearned}>{t('home.nothing')}</span>
      )}
      {found.slice(0, mostShown).map(({ list, one }) => (
        <UnstyledButton
          key={`${list}/${one.of?.id ?? ''}/${one.name}/${one.expiresAt}`}
          className={styles.line}
          onClick={() => openQuery(viewOf(profile.id, list, one))}
        >
          <span className={styles.name} title={shownText(one.of?.name ?? one.name)}>
            {shownText(one.of ? `${one.of.name} · ${one.name}` : one.name, 120)}
          </span>
          <span className={styles.kind}>{t(`home.lists.${list}`)}</span>
          <time className={styles.time} data-past={(one.expiresAt ?? 0) <= now || undefined}>
            {endText(one, now)}
          </time>
        </UnstyledButton>
      ))}
      {found.length > mostShown && (
        <small className={styles.age}>{t('home.more', { count: found.length - mostShown })}</small>
      )}
      {lacks.map((lack) => (
        <small key={lack} className={styles.age}>
          {lack}
        </small>
      ))}
    </section>
  );
};
