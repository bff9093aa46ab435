import { Alert, Button, Group, Loader, Stack, Textarea } from '@mantine/core';
import { IconCopy, IconDownload, IconSearch, IconTable } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundEntry, FoundList } from '../../core/router';
import { shownText } from '../../shared/shown';
import { useCopy } from '../common/clipboard';
import { Dialog } from '../common/Dialog';
import { downloadText } from '../common/download';
import { ErrorNotice } from '../common/ErrorNotice';
import { moment, number } from '../i18n';
import { api, errorOf } from '../link/api';
import { askExport, closeDialogs, useDialogs } from '../state/dialogs';
import { useProfile } from '../state/profiles';
import { openQuery } from '../state/workspace';
import styles from './PasteDialog.module.css';

/** Entries of one kind that are listed; the rest is in what is copied and exported. */
const shownEntries = 500;

const linesOf = (entries: readonly FoundEntry[]) => `${entries.map(({ text }) => text).join('\n')}\n`;

const Entries = ({
  title,
  entries,
  found,
}: {
  title: string;
  entries: readonly FoundEntry[];
  found: FoundList;
}) => {
  const { t } = useTranslation();
  const { copy, copied } = useCopy();
  if (entries.length === 0) return null;
  const suspended = new Set(found.suspended);
  const hasSuspended = ({ ids }: FoundEntry) => ids.some((id) => suspended.has(id));
  // Who is suspended is what was asked about, as often as not: among hundreds they stand first.
  const shown = [...entries.filter(hasSuspended), ...entries.filter((entry) => !hasSuspended(entry))];
  return (
    <section className={styles.section} aria-label={title}>
      <Group justify="space-between" gap="2xs">
        <h3 className={styles.title}>{title}</h3>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconCopy size={12} />}
          onClick={() => void copy(linesOf(entries), true)}
        >
          {copied ? t('common.copied') : t('common.copy')}
        </Button>
      </Group>
      <ul className={styles.entries}>
        {shown.slice(0, shownEntries).map(({ text, line, ids }) => (
          <li key={line + text}>
            <span className={styles.text}>{shownText(text, 120)}</span>
            <span className={styles.who}>
              {ids.map((id) => shownText(found.labels[id] ?? id, 60)).join(', ')}
            </span>
            {hasSuspended({ text, line, ids }) && (
              <span className={styles.suspended}>{t('paste.suspended')}</span>
            )}
          </li>
        ))}
        {entries.length > shownEntries && (
          <li className={styles.more}>{t('paste.more', { count: entries.length - shownEntries })}</li>
        )}
      </ul>
    </section>
  );
};

const Result = ({ found }: { found: FoundList }) => {
  const { t } = useTranslation();
  const { entries, repeated, query, suspended } = found;
  const mirror = found.mirror ?? null;
  const one = entries.filter(({ ids }) => ids.length === 1);
  const several = entries.filter(({ ids }) => ids.length > 1);
  const none = entries.filter(({ ids, unread }) => ids.length === 0 && !unread);
  const unread = entries.filter((entry) => entry.unread);
  const users = Object.keys(found.labels).length;
  const partly = mirror !== null && !mirror.whole;
  return (
    <Stack gap="xs" role="status" data-testid="pasted">
      <div className={styles.sums}>
        <strong>
          {t('paste.found', { count: one.length + several.length, of: number(entries.length) })}
        </strong>
        {suspended.length > 0 && <span>{t('paste.suspendedSum', { count: suspended.length })}</span>}
        {repeated.length > 0 && <span>{t('paste.repeated', { count: repeated.length })}</span>}
      </div>
      {mirror && (
        <Alert color="yellow" p="2xs">
          {t(partly ? 'paste.copyPartly' : 'paste.copy', { time: moment(mirror.asOf) })}
        </Alert>
      )}
      <Group gap="2xs">
        <Button
          leftSection={<IconTable size={14} />}
          disabled={!query}
          onClick={() => {
            if (query) openQuery(query, undefined, { keep: true });
            closeDialogs();
          }}
        >
          {t('paste.show', { count: users })}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={!query}
          onClick={() => {
            closeDialogs();
            if (query)
              askExport({ query, until: null, total: number(users), matching: null, picked: [], mirror });
          }}
        >
          {t('paste.exportFound')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={14} />}
          disabled={none.length === 0}
          onClick={() => downloadText('not-found.txt', 'text/plain', linesOf(none))}
        >
          {t('paste.exportMissing')}
        </Button>
      </Group>
      <Entries title={t('paste.unread', { count: unread.length })} entries={unread} found={found} />
      <Entries
        title={t(partly ? 'paste.notCopied' : 'paste.missing', { count: none.length })}
        entries={none}
        found={found}
      />
      <Entries title={t('paste.several', { count: several.length })} entries={several} found={found} />
      <Entries title={t('paste.one', { count: one.length })} entries={one} found={found} />
    </Stack>
  );
};

const Paste = ({ profile, text: given }: { profile: string; text: string }) => {
  const { t } = useTranslation();
  const [text, setText] = useState(given);
  const isSnapshot = useProfile(profile)?.kind === 'snapshot';
  const find = useMutation({
    mutationFn: (asked: string) => api.list.find.query({ profile, text: asked, mirrored: isSnapshot }),
  });
  const { mutate } = find;
  useEffect(() => {
    if (given !== '') mutate(given);
  }, [given, mutate]);
  return (
    <Stack gap="xs">
      <Textarea
        size="xs"
        label={t('paste.label')}
        description={t('paste.hint')}
        placeholder={'kim@example.com\n+82 10-1183-4274\nkim.minjun'}
        autosize
        minRows={4}
        maxRows={find.data ? 4 : 12}
        spellCheck={false}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button
          variant={find.data ? 'default' : 'filled'}
          leftSection={find.isPending ? <Loader size={14} /> : <IconSearch size={14} />}
          disabled={text.trim() === '' || find.isPending}
          onClick={() => mutate(text)}
        >
          {t('paste.find')}
        </Button>
      </Group>
      {find.error && <ErrorNotice compact error={errorOf(find.error)} onRetry={() => mutate(text)} />}
      {find.data && !find.isPending && <Result found={find.data} />}
    </Stack>
  );
};

/** A list of emails, ids, phones or usernames as a search: who was found, who was not, and the way to both. */
export const PasteDialog = () => {
  const { t } = useTranslation();
  const pasted = useDialogs((state) => state.pasted);
  return (
    <Dialog
      opened={pasted !== null}
      onClose={closeDialogs}
      size={640}
      title={t('paste.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {pasted && <Paste {...pasted} />}
    </Dialog>
  );
};
