import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stepInWords } from '../../shared/phrases/change-words';
import { api } from '../link/api';
import styles from './Form.module.css';

/** How often it is asked how far a plan is, ms. */
const askedEveryMs = 400;

/** What a plan is asked with, so that it can be told how far it is. */
export const useTicket = (): string => useState(() => crypto.randomUUID())[0];

/** How far a plan is that is being made: lines of a file, rows of a view, objects of so many. */
export const PlanningText = ({ ticket, isPending }: { ticket: string; isPending: boolean }) => {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['changes', 'planning', ticket],
    queryFn: ({ signal }) => api.changes.planning.query({ ticket }, { signal }),
    enabled: isPending,
    refetchInterval: askedEveryMs,
    gcTime: 0,
  });
  return (
    <span className={styles.step} role="status">
      {isPending && (data ? stepInWords(t, data) : t('changing.reviewing'))}
    </span>
  );
};
