import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import { shownText } from '../../shared/shown';
import { phrases } from '../i18n';
import type { Reach } from './cards';
import styles from './Home.module.css';

/** Whether a tenant answers, and how fast; why it does not. */
export const ReachMark = ({ reach }: { reach: Reach }) => {
  const { t } = useTranslation();
  switch (reach.state) {
    case 'asking':
      return <span className={styles.mark}>{t('home.asking')}</span>;
    case 'snapshot':
      return <span className={styles.mark}>{t('home.snapshot')}</span>;
    case 'reached':
      return (
        <span className={styles.mark} data-state="good">
          {t('home.reached', { ms: reach.ms })}
        </span>
      );
    case 'failed': {
      const { title, remedy, details } = explain(phrases, reach.error);
      return (
        <span
          className={styles.mark}
          data-state="bad"
          title={shownText([remedy, ...details].join(' · '), 600)}
        >
          {title}
        </span>
      );
    }
  }
};
