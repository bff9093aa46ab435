import { useTranslation } from 'react-i18next';
import { explain } from '../../shared/phrases';
import { reasonInWords, whyInWords } from '../../shared/phrases/reason-words';
import centered from '../common/Centered.module.css';
import { phrases } from '../i18n';
import { around, type LineMistakeAt } from './line-mistake';
import styles from './Mistake.module.css';

/** What is wrong: our own rule, or what an error says. */
const inWords = (reason: LineMistakeAt['reason']): string => {
  if (!('detail' in reason)) return reasonInWords(phrases.t, reason);
  const why = reason.code === 'query.invalid' ? whyInWords(phrases.t, reason.detail) : undefined;
  return why ?? explain(phrases, reason).title;
};

/** A search line that cannot be read, with a mark at its mistake; in place of rows, which would not answer it. */
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
      <span>{t('search.mistake', { column: mistake.column, reason: inWords(mistake.reason) })}</span>
      <span>{t('search.mistakeHint')}</span>
    </div>
  );
};
