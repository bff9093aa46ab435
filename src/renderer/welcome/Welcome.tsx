import { UnstyledButton } from '@mantine/core';
import { IconFlask, IconFolderOpen, IconLock, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { demoProfileId } from '../../shared/profile';
import { arriving } from '../common/arriving';
import { addTenant, openSnapshot } from '../state/dialogs';
import { useProfiles } from '../state/profiles';
import { openQuery } from '../state/workspace';
import styles from './Welcome.module.css';

// Nobody without tenants needs it.
const TenantTable = arriving(async () => (await import('../home/TenantTable')).TenantTable);

/** The first page: add a tenant, look around, or pick up where you left off. */
export const Welcome = () => {
  const { t } = useTranslation();
  const { profiles } = useProfiles();
  const stored = profiles.filter(({ id }) => id !== demoProfileId);
  return (
    <div className={styles.page} data-region="main" tabIndex={-1}>
      <div className={styles.column} data-tenants={stored.length > 0 || undefined}>
        <h1 className={styles.title}>{t('welcome.title')}</h1>
        <p className={styles.lead}>{t('welcome.lead')}</p>
        {stored.length > 0 && (
          <>
            <h2 className={styles.heading}>{t('welcome.tenants')}</h2>
            <TenantTable profiles={stored} />
          </>
        )}
        <div className={styles.ways}>
          <UnstyledButton
            className={styles.way}
            data-primary={stored.length === 0 || undefined}
            onClick={addTenant}
          >
            <IconPlus size={20} stroke={1.7} />
            <span>
              <strong>{t('welcome.add')}</strong>
              <small>{t('welcome.addHint')}</small>
            </span>
          </UnstyledButton>
          <UnstyledButton
            className={styles.way}
            onClick={() => openQuery({ profile: demoProfileId, resource: 'users', filters: {} })}
          >
            <IconFlask size={20} stroke={1.7} />
            <span>
              <strong>{t('welcome.demo')}</strong>
              <small>{t('welcome.demoHint')}</small>
            </span>
          </UnstyledButton>
          <UnstyledButton className={styles.way} onClick={() => openSnapshot()}>
            <IconFolderOpen size={20} stroke={1.7} />
            <span>
              <strong>{t('welcome.snapshot')}</strong>
              <small>{t('welcome.snapshotHint')}</small>
            </span>
          </UnstyledButton>
        </div>
        <p className={styles.note}>
          <IconLock size={13} />
          {t('welcome.secrets')}
        </p>
      </div>
    </div>
  );
};
