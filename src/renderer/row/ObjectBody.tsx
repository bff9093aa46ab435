import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RowChanges } from '../changes/RowChanges';
import { ErrorNotice } from '../common/ErrorNotice';
import { ObjectSections } from './ObjectSections';
import { SaidErrors } from './PartError';
import styles from './RowPanel.module.css';
import { askAgain } from './related';
import type { Shown } from './use-object';

/** What is known of a row below its head: that it is gone or could not be read, what can be done to it, its sections. */
export const ObjectBody = ({ shown, children }: { shown: Shown; children?: ReactNode }) => {
  const { t } = useTranslation();
  const { query, id, listed, resource, row, error, isWhole } = shown;
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
      {!row && !error && (
        <div className={styles.loading} role="status" aria-label={t('app.loading')}>
          {[70, 55, 80, 45].map((width) => (
            <Skeleton key={width} height={12} width={`${width}%`} my="2xs" />
          ))}
        </div>
      )}
      {row && (
        <SaidErrors value={error ? [error.code] : []}>
          <RowChanges
            profile={query.profile}
            listed={listed}
            parent={query.parent}
            page={resource}
            id={id}
            row={row}
            isWhole={isWhole}
          >
            <ObjectSections shown={shown} />
          </RowChanges>
        </SaidErrors>
      )}
    </>
  );
};
