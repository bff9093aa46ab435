import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorValue } from '../../shared/errors';
import { ErrorNotice } from '../common/ErrorNotice';
import styles from './Overview.module.css';

/** Errors that stand above the parts of an object, by their codes. */
export const SaidErrors = createContext<readonly ErrorValue['code'][]>([]);

/** Why a part of an object was not read; where that is said above it, that it was not. */
export const PartError = ({ error, onRetry }: { error: ErrorValue; onRetry: () => void }) => {
  const { t } = useTranslation();
  const isSaid = useContext(SaidErrors).includes(error.code);
  if (isSaid) return <span className={styles.quiet}>{t('row.notRead')}</span>;
  return <ErrorNotice compact error={error} onRetry={onRetry} />;
};
