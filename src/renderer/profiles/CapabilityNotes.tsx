import { useTranslation } from 'react-i18next';
import { capabilityWords, type FoundOfTenant } from '../../shared/capability-words';
import styles from './ConnectionTest.module.css';

/** What differs on a tenant from what this program knows, a line each. */
export const CapabilityNotes = ({ found }: { found: FoundOfTenant }) => {
  const { i18n, t } = useTranslation();
  const words = capabilityWords(i18n, found);
  return (
    <ul className={styles.found} aria-label={t('capabilities.title')}>
      {(words.length > 0 ? words : [t('capabilities.all')]).map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
};
