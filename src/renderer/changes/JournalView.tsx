import { ActionIcon, Button, Checkbox, VisuallyHidden } from '@mantine/core';
import { IconArrowBackUp, IconEye, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outcomes } from '../../shared/change/change';
import type { JournalEntry } from '../../shared/change/journal';
import { operations } from '../../shared/change/operations';
import { journalAsked } from '../../shared/journal-asked';
import type { JournalFilter } from '../../shared/journal-view';
import type { Query } from '../../shared/query';
import { shownText } from '../../shared/shown';
import { ExportButton } from '../commands/ExportButton';
import { RefreshButton } from '../commands/RefreshButton';
import { ErrorNotice } from '../common/ErrorNotice';
import { useName } from '../common/names';
import { clock, number } from '../i18n';
import { api, errorOf } from '../link/api';
import { chosenZone } from '../state/chosen-zone';
import { askExport } from '../state/dialogs';
import type { KnownProfile } from '../state/profiles';
import { queries } from '../state/queries';
import { useChosen } from './chosen';
import styles from './Journal.module.css';
import { JournalEntryView, useLookAgain } from './JournalEntryView';
import { entryName, mayLookAgain, mayUndo } from './journal-asked';
import { OutcomeMark } from './OutcomeMark';
import { ChoiceFilter, cell, OwnFilters, OwnFoot, TextFilter, TimeFilter } from './OwnBar';
import { useUndo } from './planned';
import { UnlockChip } from './UnlockChip';
import { WindowedList } from './WindowedList';
import { entryTitle, operationTitle, outcomeText } from './words';

const rowHeight = 30;

type Props = { tabId: string; query: Query; profile: KnownProfile };

const ObjectChip = ({ query, onClear }: { query: Query; onClear: (id: JournalFilter) => void }) => {
  const { t } = useTranslation();
  const [object = ''] = query.filters.object ?? [];
  const [resource = '', ...rest] = object.split('/');
  const id = rest.join('/');
  const name = useName(query.profile, resource || undefined, id) ?? id;
  const chips: [JournalFilter, string][] = [
    ...(id === ''
      ? []
      : [
          ['object', t('changing.onlyObject', { name: shownText(name, 40) })] satisfies [
            JournalFilter,
            string,
          ],
        ]),
    ...(query.filters.job?.[0] ? [['job', t('changing.onlyJob')] satisfies [JournalFilter, string]] : []),
  ];
  return chips.map(([filter, text]) => (
    <span key={filter} className={styles.chip}>
      {text}
      <ActionIcon
        size={16}
        variant="subtle"
        color="gray"
        aria-label={`${t('changing.clear')}: ${text}`}
        onClick={() => onClear(filter)}
      >
        <IconX size={11} />
      </ActionIcon>
    </span>
  ));
};

/** The entry as it is now: of one that was open, what became of it may be known since. */
const useEntry = (profile: string, entry: JournalEntry | null): JournalEntry | null => {
  const { data } = useQuery({
    queryKey: ['changes', 'journal', profile, 'entry', entry?.id],
    queryFn: ({ signal }) =>
      api.changes.journal.query(
        { profile, job: entry?.job ?? '', object: entry?.target.id ?? '', offset: 0, limit: 50 },
        { signal },
      ),
    enabled: entry !== null && entry.outcome === null,
    refetchInterval: ({ state }) =>
      state.data?.entries.some(({ id, outcome }) => id === entry?.id && outcome === null) ? 2_000 : false,
  });
  return data?.entries.find(({ id }) => id === entry?.id) ?? entry;
};

/** What was changed of a tenant from this computer: searched, narrowed, undone, looked at again, taken home. */
export const JournalView = ({ tabId, query, profile }: Props) => {
  const { t } = useTranslation();
  const [total, setTotal] = useState<number | null>(null);
  const { chosen, setChosen, chooseFirst, noteRead } = useChosen<JournalEntry>();
  const entry = useEntry(profile.id, chosen);
  const [picked, setPicked] = useState<ReadonlyMap<number, JournalEntry>>(new Map());
  const undo = useUndo(profile.id);
  const look = useLookAgain(profile.id);
  const exported = () =>
    askExport({
      query,
      until: null,
      total: number(total ?? 0),
      matching: null,
      mirror: null,
      picked: [...picked.keys()].map((id, index) => ({ id: String(id), index })),
    });
  const filters = new OwnFilters<JournalFilter>(tabId, query, () => {
    setPicked(new Map());
    setChosen(null);
  });
  const refresh = () => void queries.invalidateQueries({ queryKey: ['changes', 'journal', profile.id] });
  const noteTotal = useCallback((count: number) => setTotal(count), []);
  const all = [...picked.values()];
  const undone = all.filter(mayUndo);
  const looked = all.filter(mayLookAgain);
  const job = query.filters.job?.[0];
  const error = undo.error ?? look.error;
  const pick = (entry: JournalEntry, on: boolean) => {
    const next = new Map(picked);
    if (on) next.set(entry.id, entry);
    else next.delete(entry.id);
    setPicked(next);
  };
  return (
    <article className={styles.view} aria-label={t('changing.journal')} data-region="main" tabIndex={-1}>
      <VisuallyHidden component="h1">{t('changing.journal')}</VisuallyHidden>
      <div>
        <div className={styles.bar}>
          <TextFilter filters={filters} filter="text" label={t('changing.journalSearch')} />
          <ChoiceFilter
            filters={filters}
            filter="outcome"
            label={t('changing.columns.outcome')}
            width={150}
            any={t('changing.anyOutcome')}
            options={[...outcomes, 'open' as const].map((value) => ({ value, label: outcomeText(value) }))}
          />
          <ChoiceFilter
            filters={filters}
            filter="operation"
            label={t('changing.columns.operation')}
            width={180}
            any={t('changing.anyOperation')}
            searchable
            options={operations.map(({ id }) => ({ value: id, label: operationTitle(id) }))}
          />
          <TimeFilter filters={filters} />
          <ObjectChip query={query} onClear={(filter) => filters.set(filter, null)} />
          <span className={styles.actions}>
            {looked.length > 0 && (
              <Button
                variant="default"
                leftSection={<IconEye size={14} />}
                loading={look.isPending}
                onClick={() => look.mutate(looked.map(({ id }) => id))}
              >
                {t('changing.lookAgain')}
              </Button>
            )}
            {undone.length > 0 && (
              <Button
                leftSection={<IconArrowBackUp size={14} />}
                loading={undo.isPending}
                onClick={() => undo.mutate({ entries: undone.map(({ id }) => id) })}
              >
                {t('changing.undoSelected', { count: undone.length })}
              </Button>
            )}
            {job !== undefined && undone.length === 0 && (
              <Button
                variant="default"
                leftSection={<IconArrowBackUp size={14} />}
                loading={undo.isPending}
                onClick={() => undo.mutate({ job })}
              >
                {t('changing.undoJob')}
              </Button>
            )}
            <RefreshButton onRefresh={refresh} />
            <ExportButton disabled={total === 0} onExport={exported} />
          </span>
        </div>
        {error && <ErrorNotice compact error={errorOf(error)} profileId={profile.id} />}
      </div>
      <div className={styles.body}>
        <div className={styles.rows}>
          <div className={styles.head} aria-hidden>
            <span />
            <span>{`${t('changing.columns.time')} (${chosenZone()})`}</span>
            <span>{t('changing.columns.outcome')}</span>
            <span>{t('changing.columns.operation')}</span>
            <span>{t('changing.columns.object')}</span>
            <span className={styles.who}>{t('changing.columns.who')}</span>
          </div>
          <WindowedList<JournalEntry>
            label={t('changing.journal')}
            queryKey={['changes', 'journal', profile.id, query.filters]}
            load={async (page, signal) => {
              const asked = { profile: profile.id, ...journalAsked(query, Date.now()), ...page };
              const { total: count, entries } = await api.changes.journal.query(asked, { signal });
              noteRead(entries, count);
              return { total: count, items: entries };
            }}
            rowHeight={rowHeight}
            kind="table"
            idOf={({ id }) => String(id)}
            chosen={chosen ? String(chosen.id) : null}
            onChoose={setChosen}
            onTotal={noteTotal}
            onShown={chooseFirst}
            empty={t(filters.isFiltered ? 'changing.journalNone' : 'changing.journalEmpty')}
            render={(entry) => (
              <span className={styles.line} role="presentation">
                <span {...cell}>
                  <Checkbox
                    size="xs"
                    tabIndex={-1}
                    aria-label={t('changing.select', { name: shownText(entryName(entry), 120) })}
                    checked={picked.has(entry.id)}
                    disabled={!mayUndo(entry) && !mayLookAgain(entry)}
                    onClick={(event) => event.stopPropagation()}
                    onChange={({ currentTarget: { checked } }) => pick(entry, checked)}
                  />
                </span>
                <span {...cell} className={styles.quiet}>
                  {clock(entry.sentAt)}
                </span>
                <span {...cell}>
                  <OutcomeMark outcome={entry.outcome ?? 'open'} />
                </span>
                <span {...cell} title={entryTitle(entry)}>
                  {entryTitle(entry)}
                </span>
                <span {...cell} title={shownText(entryName(entry))}>
                  {shownText(entryName(entry), 120)}
                </span>
                <span {...cell} className={`${styles.who} ${styles.quiet}`}>
                  {shownText(entry.user, 60)}
                </span>
              </span>
            )}
          />
        </div>
        <div className={styles.panel}>
          {entry && <JournalEntryView heading="h2" key={entry.id} profile={profile.id} entry={entry} />}
        </div>
      </div>
      <OwnFoot
        profile={profile}
        rows={[
          ...(total === null ? [] : [t('changing.entries', { count: total })]),
          ...(picked.size > 0 ? [t('list.selected', { count: picked.size })] : []),
        ].join(' · ')}
        why={t('changing.journalWhy')}
      >
        <UnlockChip profile={profile} />
      </OwnFoot>
    </article>
  );
};
