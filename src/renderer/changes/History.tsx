import { Button } from '@mantine/core';
import { IconNotebook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../common/ErrorNotice';
import { moment } from '../i18n';
import { api, errorOf } from '../link/api';
import { openJournal } from '../state/own-views';
import styles from './Journal.module.css';
import { JournalEntryView } from './JournalEntryView';
import { OutcomeMark } from './OutcomeMark';
import { entryTitle } from './words';

/** Entries that the panel shows; the rest are in the journal. */
const shownEntries = 30;

/** What was changed of one object from this computer. */
export const History = ({ profile, resource, id }: { profile: string; resource: string; id: string }) => {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  const found = useQuery({
    queryKey: ['changes', 'journal', profile, 'of', id],
    queryFn: ({ signal }) =>
      api.changes.journal.query({ profile, object: id, offset: 0, limit: shownEntries }, { signal }),
  });
  if (found.error) return <ErrorNotice compact error={errorOf(found.error)} />;
  const { total = 0, entries = [] } = found.data ?? {};
  const shown = entries.find((entry) => entry.id === open) ?? entries[0];
  if (!found.data) return null;
  return (
    <>
      <p className={styles.lead}>{t(total === 0 ? 'changing.historyNone' : 'changing.journalWhy')}</p>
      {entries.length > 1 && (
        <div className={styles.past} role="listbox" aria-label={t('changing.history')}>
          {entries.map((entry) => (
            <button
              key={entry.id}
              type="button"
              role="option"
              aria-selected={entry === shown}
              className={styles.pastLine}
              onClick={() => setOpen(entry.id)}
            >
              {entryTitle(entry)}
              <OutcomeMark outcome={entry.outcome ?? 'open'} />
              <small>{moment(entry.sentAt)}</small>
            </button>
          ))}
        </div>
      )}
      {shown && <JournalEntryView heading="h3" key={shown.id} profile={profile} entry={shown} />}
      {total > 0 && (
        <p className={styles.lead}>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconNotebook size={12} />}
            onClick={() => openJournal(profile, { object: [`${resource}/${id}`] })}
          >
            {t('changing.showJournal')}
          </Button>
        </p>
      )}
    </>
  );
};
