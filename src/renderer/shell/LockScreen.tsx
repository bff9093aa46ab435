import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { unlock } from '../state/lock';
import { focusRestored } from './going-there';
import styles from './LockScreen.module.css';

/** All that is shown while the app is locked. */
export const LockScreen = () => {
  const { t } = useTranslation();
  useEffect(() => focusRestored, []);
  return (
    <main className={styles.page}>
      <div className={styles.column}>
        <IconLock size={34} stroke={1.5} />
        <h1 className={styles.title}>{t('lock.title')}</h1>
        <p className={styles.text}>{t('lock.text')}</p>
        <Button size="sm" onClick={() => void unlock()} data-autofocus autoFocus>
          {t('lock.unlock')}
        </Button>
      </div>
    </main>
  );
};
