import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { failedSignIns } from '../../shared/failures';
import { TenantLabel, TenantMark } from '../common/TenantMark';
import { showMirror } from '../state/dialogs';
import type { KnownProfile } from '../state/profiles';
import { openQuery, showHome, showTenant } from '../state/workspace';
import { refreshHome, useCard, useReach } from './cards';
import { ReachMark } from './ReachMark';
import { agoText, countText, failuresText, whyUnknown } from './said';
import styles from './TenantTable.module.css';
import { Unlearned } from './Unlearned';

/** A number that opens the view behind it. */
const Cell = ({
  text,
  why,
  label,
  onClick,
}: {
  text: string | null;
  why?: string | null;
  label: string;
  onClick: () => void;
}) => (
  <UnstyledButton
    className={styles.cell}
    aria-label={`${label}: ${[text, why].filter(Boolean).join(' ')}`}
    title={why ?? undefined}
    onClick={onClick}
  >
    {text ?? '–'}
  </UnstyledButton>
);

const TenantLine = ({ profile }: { profile: KnownProfile }) => {
  const { t } = useTranslation();
  const { id } = profile;
  const { reach, asks, silent } = useReach(profile, true);
  const users = useCard(id, 'users', asks);
  const failures = useCard(id, 'failures', asks);
  const copy = useCard(id, 'copy', true);
  const expiring = useCard(id, 'expiring', asks);
  const failed = failures.data ? failuresText(failures.data) : null;
  const ending = expiring.data?.reduce((sum, { found }) => sum + found.length, 0);
  const isEndingKnown = expiring.data?.every(
    ({ error, looked, of }) => !error && of !== null && looked >= of,
  );
  const nothing = (error: unknown) => (silent ? '–' : <Unlearned error={error} silent={false} />);
  return (
    <tr>
      <th scope="row" className={styles.tenant}>
        <UnstyledButton
          className={styles.open}
          title={`${profile.name}\n${profile.endpoint}`}
          onClick={() => showTenant(id)}
        >
          <TenantMark profile={profile} size={20} />
          <span className={styles.name}>
            <strong>{profile.name}</strong>
            <small>{profile.endpoint}</small>
          </span>
          <TenantLabel profile={profile} />
        </UnstyledButton>
      </th>
      <td>
        <UnstyledButton
          className={styles.cell}
          onClick={() => {
            if (reach.state === 'failed') void refreshHome(profile);
            else showHome(id);
          }}
        >
          <ReachMark reach={reach} />
        </UnstyledButton>
      </td>
      <td className={styles.number}>
        {users.data ? (
          <Cell
            label={t('home.users')}
            text={countText(users.data)}
            why={users.data.total === null ? whyUnknown(users.data) : null}
            onClick={() => openQuery({ profile: id, resource: 'users', filters: {} })}
          />
        ) : (
          nothing(users.error)
        )}
      </td>
      <td className={styles.number}>
        {failed ? (
          <Cell
            label={t('home.failures')}
            text={failed.text}
            why={failed.of}
            onClick={() => openQuery(failedSignIns(id))}
          />
        ) : (
          nothing(failures.error)
        )}
      </td>
      <td className={styles.number}>
        {ending !== undefined ? (
          <Cell
            label={t('home.ends')}
            // Of what was not looked at, nothing is known.
            text={isEndingKnown ? String(ending) : t('home.atLeast', { count: ending })}
            onClick={() => showHome(id)}
          />
        ) : (
          nothing(expiring.error)
        )}
      </td>
      <td>
        {copy.data ? (
          <Cell
            label={t('home.copy')}
            text={
              copy.data.wholeAt !== null
                ? agoText(copy.data.wholeAt, Date.now())
                : t(copy.data.seenAt === null ? 'home.copyNone' : 'home.copyPartial')
            }
            onClick={() => showMirror(id)}
          />
        ) : (
          <Unlearned error={copy.error} silent={false} />
        )}
      </td>
    </tr>
  );
};

/** All tenants at a glance. Who was not reached is asked again by a click, not by itself. */
export const TenantTable = ({ profiles }: { profiles: readonly KnownProfile[] }) => {
  const { t } = useTranslation();
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('home.tenant')}</th>
            <th scope="col">{t('home.server')}</th>
            <th scope="col" className={styles.number}>
              {t('home.users')}
            </th>
            <th scope="col" className={styles.number}>
              {t('home.failures')}
            </th>
            <th scope="col" className={styles.number} title={t('home.expiring')}>
              {t('home.ends')}
            </th>
            <th scope="col">{t('home.copy')}</th>
          </tr>
        </thead>
        <tbody>
          {profiles.map((profile) => (
            <TenantLine key={profile.id} profile={profile} />
          ))}
        </tbody>
      </table>
    </div>
  );
};
