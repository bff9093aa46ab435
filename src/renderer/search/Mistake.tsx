import { useTranslation } from 'react-i18next';
import centered from '../common/Centered.module.css';
import { around, type LineMistakeAt } from './line-mistake';
import styles from './Mistake.module.css';

/** A search line that cannot be read, with a mark at its mistake; in the place of rows, which are no answer to it. */
export const Mistake = ({ mistake }: { mistake: LineMistakeAt }) => {
  const { t } = useTranslation();
  const { text, before } = around(mistake);
  return (
    <div className={centered.centered} role="alert" data-testid="mistake">
      <strong>{t('search.mistakeTitle')}</strong>
      <pre className={styles.line}>
        {text}
        {'\n'}
        <span className={styles.mark}>{`${' '.repeat(before)}^`}</span>
      </pre>
      <span>{t('search.mistake', { column: mistake.column, reason: mistake.reason })}</span>
      <span>{t('search.mistakeHint')}</span>
    </div>
  );
};
