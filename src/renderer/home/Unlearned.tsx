import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import { shownText } from '../../shared/shown';
import { phrases } from '../i18n';
import { errorOf } from '../link/api';
import styles from './Home.module.css';

/** Why a card has nothing to say, or that it is on its way. */
export const Unlearned = ({ error, silent }: { error: unknown; silent: boolean }) => {
  const { t } = useTranslation();
  if (silent) return <span className={styles.unlearned}>{t('home.notAsked')}</span>;
  if (!error) return <span className={styles.waiting} aria-label={t('app.loading')} role="status" />;
  const { title, remedy, details } = explain(phrases, errorOf(error));
  return (
    <span className={styles.unlearned} title={shownText([remedy, ...details].join(' · '), 600)}>
      {title}
    </span>
  );
};
