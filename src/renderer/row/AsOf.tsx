import { useTranslation } from 'react-i18next';
import { moment } from '../i18n';
import styles from './Overview.module.css';

/** From this age on, ms, what stands here from before says how old it is. */
const agedMs = 30_000;

/** How old is what stands here from before, read at a moment (unix ms); nothing of what was read just now. */
export const AsOf = ({ at, isUpdating }: { at: number; isUpdating: boolean }) => {
  const { t } = useTranslation();
  if (Date.now() - at <= agedMs) return null;
  return (
    <p className={styles.age} title={moment(at)}>
      {t(isUpdating ? 'row.asOfUpdating' : 'row.asOf', { time: moment(at) })}
    </p>
  );
};
