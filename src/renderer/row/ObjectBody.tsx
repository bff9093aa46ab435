import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { arriving } from '../common/arriving';
import { ErrorNotice } from '../common/ErrorNotice';
import { Guarded } from '../common/Guarded';
import styles from './RowPanel.module.css';
import { askAgain } from './related';
import type { Shown } from './use-object';
import { Waiting } from './Waiting';

// The forms that change a row, and all that they load, are not part of a list: they come once the list is there.
const RowSections = arriving(async () => (await import('./RowSections')).RowSections, <Waiting />);

/** Fetches what is shown of a row, before one is opened. */
export const arriveSections = () => RowSections.arrive();

/** What is known of a row below its head: that it is gone or could not be read, what can be done to it, its sections. */
export const ObjectBody = ({ shown, children }: { shown: Shown; children?: ReactNode }) => {
  const { t } = useTranslation();
  const { query, row, error } = shown;
  return (
    <>
      {error && error.code === 'http.not_found' && <p className={styles.gone}>{t('row.gone')}</p>}
      {error && error.code !== 'http.not_found' && (
        <div className={styles.error}>
          <ErrorNotice
            compact
            error={error}
            onRetry={() => askAgain(query.profile)}
            profileId={query.profile}
          />
        </div>
      )}
      {children}
      {!row && !error && <Waiting />}
      {row && (
        <Guarded
          failed={(failure, again) => (
            <div className={styles.error}>
              <ErrorNotice error={failure} onRetry={again} />
            </div>
          )}
        >
          <RowSections shown={shown} row={row} />
        </Guarded>
      )}
    </>
  );
};
