import { Button } from '@mantine/core';
import { IconCloudOff, IconFileZip } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { moment } from '../i18n';
import styles from './OfflineNotice.module.css';

/** Says that the server was not reached, or that there is none behind a snapshot, and how old what is shown is. */
export const OfflineNotice = ({
  mirror,
  isSnapshot,
  onRetry,
}: {
  mirror: { asOf: number; whole: boolean };
  isSnapshot: boolean;
  onRetry: () => void;
}) => {
  const { t } = useTranslation();
  const time = moment(mirror.asOf);
  if (isSnapshot)
    return (
      <div className={styles.notice} role="status" data-testid="snapshot">
        <IconFileZip size={15} />
        <span>{mirror.whole ? t('snapshot.asOf', { time }) : t('snapshot.asOfPartly', { time })}</span>
      </div>
    );
  return (
    <div className={styles.notice} role="status" data-testid="offline">
      <IconCloudOff size={15} />
      <span>{mirror.whole ? t('mirror.offline', { time }) : t('mirror.offlinePartly', { time })}</span>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  );
};
