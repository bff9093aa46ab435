import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './RowPanel.module.css';

/** In the place of what is known of a row, until it is there. */
export const Waiting = () => {
  const { t } = useTranslation();
  return (
    <div className={styles.loading} role="status" aria-label={t('app.loading')}>
      {[70, 55, 80, 45].map((width) => (
        <Skeleton key={width} height={12} width={`${width}%`} my="2xs" />
      ))}
    </div>
  );
};
