import { Anchor, Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { findResource } from '../../shared/catalog';
import type { JournalEntry } from '../../shared/change/journal';
import { explain } from '../../shared/phrases';
import { whyInWords } from '../../shared/phrases/reason-words';
import { shownText } from '../../shared/shown';
import { ErrorNotice } from '../common/ErrorNotice';
import { moment, phrases } from '../i18n';
import { api, errorOf } from '../link/api';
import { openJournal } from '../state/own-views';
import { openQuery } from '../state/workspace';
import { changesEnded } from './applied';
import { Changed } from './Changed';
import styles from './Journal.module.css';
import { entryName, entryObject, mayLookAgain, mayUndo } from './journal-asked';
import { OutcomeMark } from './OutcomeMark';
import { useUndo } from './planned';
import { entryTitle, planTitle } from './words';

/** Asks what became of entries that nobody knows of. */
export const useLookAgain = (profile: string) =>
  useMutation({
    mutationFn: (entries: number[]) => api.changes.lookAgain.mutate({ profile, entries }),
    onSettled: () => changesEnded(profile),
  });

type Props = {
  profile: string;
  entry: JournalEntry /** Its level in the page that it stands in. */;
  heading: 'h2' | 'h3';
};

/** One entry of the journal: what was asked, when and by whom, what came of it, and the ways back. */
export const JournalEntryView = ({ profile, entry, heading: Heading }: Props) => {
  const { t } = useTranslation();
  const undo = useUndo(profile);
  const look = useLookAgain(profile);
  const name = shownText(entryName(entry), 120);
  const object = entryObject(entry);
  const resource = findResource(entry.target.resource);
  const page = resource?.rowsOf ?? resource?.id;
  const facts: [string, string][] = [
    [t('changing.entryNumber'), String(entry.id)],
    [t('changing.columns.time'), moment(entry.sentAt)],
    ...(entry.settledAt === null
      ? []
      : [[t('changing.settled'), moment(entry.settledAt)] satisfies [string, string]]),
    [
      t('changing.columns.who'),
      `${shownText(entry.user, 60)} · ${shownText(entry.host, 60)} · ${t(`changing.via.${entry.door}`)}`,
    ],
    [t('changing.requestOf'), `${entry.request.method} ${shownText(entry.request.path, 300)}`],
  ];
  const said = [
    ...(entry.status === null ? [] : [t('changing.status', { status: entry.status })]),
    ...(entry.requestId ? [t('status.requestId', { id: shownText(entry.requestId, 60) })] : []),
    ...(entry.undoes === null ? [] : [t('changing.undoes', { id: entry.undoes })]),
    ...(entry.undoneBy === null ? [] : [t('changing.undone', { id: entry.undoneBy })]),
    ...(entry.savedUntil === null ? [] : [t('changing.savedUntil', { time: moment(entry.savedUntil) })]),
  ];
  const error = undo.error ?? look.error;
  const why = entry.error && whyInWords(t, entry.error.detail);
  return (
    <article className={styles.entry} aria-label={t('changing.entry', { id: entry.id })}>
      <Heading className={styles.title}>
        {entryTitle(entry)}
        <OutcomeMark outcome={entry.outcome ?? 'open'} />
      </Heading>
      <p className={styles.object}>
        {page && object !== '' ? (
          <Anchor
            component="button"
            fz="inherit"
            aria-label={t('changing.openObject', { name })}
            onClick={() => openQuery({ profile, resource: page, filters: {} }, object)}
          >
            {name}
          </Anchor>
        ) : (
          name
        )}
        {object !== '' && object !== name && <code>{object}</code>}
      </p>
      <Changed profile={profile} change={entry} />
      {entry.error && (
        <p className={styles.bad}>
          {explain(phrases, entry.error).title}
          {why && `: ${shownText(why, 300)}`}
        </p>
      )}
      {entry.outcome === 'unknown' && <p className={styles.said}>{t('changing.unknownEntry')}</p>}
      <dl className={styles.facts}>
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {said.length > 0 && <p className={styles.said}>{said.join(' · ')}</p>}
      <div className={styles.buttons}>
        {mayUndo(entry) && (
          <Button
            size="compact-xs"
            variant="default"
            loading={undo.isPending}
            onClick={() => undo.mutate({ entries: [entry.id] })}
          >
            {t('changing.undo')}
          </Button>
        )}
        {mayLookAgain(entry) && (
          <Button
            size="compact-xs"
            variant="default"
            loading={look.isPending}
            onClick={() => look.mutate([entry.id])}
          >
            {t('changing.lookAgain')}
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          title={planTitle(entry.title)}
          onClick={() => openJournal(profile, { job: [entry.job] })}
        >
          {t('changing.ofJob')}
        </Button>
      </div>
      {look.data?.settled === 0 && <p className={styles.said}>{t('changing.lookedNone')}</p>}
      {error && <ErrorNotice compact error={errorOf(error)} profileId={profile} />}
    </article>
  );
};
