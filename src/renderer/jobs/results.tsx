import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HarvestReport } from '../../core/router';
import { canBringMore, isComplete } from '../../shared/complete';
import { ownResource } from '../../shared/own-resource';
import { fullTitleOf } from '../../shared/phrases/catalog-words';
import { goneInWords, sectionTitle } from '../../shared/phrases/dossier-words';
import { shownText } from '../../shared/shown';
import { ChangesResult } from '../changes/ChangesResult';
import { moment, number, phrases } from '../i18n';
import { api } from '../link/api';
import type { ShownJob, ShownOf } from '../state/jobs';
import { download } from './jobs';
import { Lacking, Unjoined } from './Lacking';
import { ResumeJob } from './ResumeJob';
import styles from './results.module.css';

/** Ways to a finished file. */
const FileLinks = ({ job, reveals }: { job: ShownJob; reveals: boolean }) => {
  const { t } = useTranslation();
  return (
    <>
      {job.downloads && (
        <Anchor component="button" fz="xs" ta="left" onClick={() => void download(job)}>
          {t(job.kind === 'folder' ? 'folder.download' : 'exports.download')}
        </Anchor>
      )}
      {reveals && (
        <Anchor
          component="button"
          fz="xs"
          ta="left"
          onClick={() => void api.jobs.reveal.mutate({ id: job.id })}
        >
          {t('exports.show')}
        </Anchor>
      )}
    </>
  );
};

/** Asks again for the rows that an ended job lacks, where that can be done. */
const TryAgain = ({ job }: { job: ShownJob }) => {
  const { t } = useTranslation();
  if (!job.resumable || job.state !== 'done') return null;
  return <ResumeJob job={job} label={t(job.kind === 'changes' ? 'exports.resume' : 'exports.again')} />;
};

type Whole = Pick<HarvestReport, 'mirror' | 'rows'> & { expected: number };

/**
 * Of what the rows of a list are all: of those that a server counts, a copy has, or this computer keeps. Where fewer are in the
 * file, as they match or were counted, all of those were looked through.
 */
const completeText = (list: string, { mirror, rows, expected }: Whole): string => {
  if (mirror) return phrases.t('exports.completeCopy', { time: moment(mirror.asOf) });
  const isOwn = ownResource({ resource: list }) !== null;
  if (rows >= expected) return phrases.t(isOwn ? 'exports.completeOwn' : 'exports.complete');
  return phrases.t(isOwn ? 'exports.completeOwnOf' : 'exports.completeOf', { total: number(expected) });
};

/** What an export of a view came to. */
const ExportResult = ({ job, reveals }: { job: ShownOf<'export'>; reveals: boolean }) => {
  const { t } = useTranslation();
  const { result } = job;
  if (!result) return null;

  const picked = job.picked;
  return (
    <>
      <small>{t('exports.done', { rows: number(result.rows) })}</small>
      <Lacking report={result} picked={picked} />
      {canBringMore(result) && <TryAgain job={job} />}
      {result.joined && <Unjoined joined={result.joined} />}
      {result.mended > 0 && <small>{t('exports.mended', { count: result.mended })}</small>}
      {Boolean(result.added) && <small>{t('exports.added', { count: result.added ?? 0 })}</small>}
      {Boolean(result.removed) && <small>{t('exports.removed', { count: result.removed ?? 0 })}</small>}
      {isComplete(result) && !picked && result.expected !== null && (
        <small className={styles.good}>
          {completeText(job.title, { ...result, expected: result.expected })}
        </small>
      )}
      <FileLinks job={job} reveals={reveals} />
      {job.downloads && (
        <Anchor component="button" fz="xs" ta="left" onClick={() => void download(job, 'manifest')}>
          {t('exports.manifest')}
        </Anchor>
      )}
    </>
  );
};

/** What a snapshot came to: its file waits where the browser, or the system's file manager, finds it. */
const SnapshotResult = ({ job, reveals }: { job: ShownOf<'snapshot'>; reveals: boolean }) => {
  const { t } = useTranslation();
  const lists = job.result?.manifest.lists.filter(({ wholeAt }) => wholeAt === null) ?? [];
  const partial = [...new Set(lists.map(({ resource }) => fullTitleOf(t, resource)))];
  return (
    <>
      <small>{t('snapshot.written', { count: job.rows })}</small>
      {partial.length > 0 && (
        <small className={styles.bad}>{t('mirror.notWhole', { lists: partial.join(', ') })}</small>
      )}
      <FileLinks job={job} reveals={reveals} />
    </>
  );
};

/** What an export of several lists came to. */
const FolderResult = ({ job, reveals }: { job: ShownOf<'folder'>; reveals: boolean }) => {
  const { t } = useTranslation();
  const { files = [] } = job.result ?? {};
  const titles = (state: string) =>
    files
      .filter((file) => file.state === state)
      .map(({ name }) => fullTitleOf(t, name))
      .join(', ');
  const written = files.filter(({ state }) => state !== 'absent').length;
  return (
    <>
      <small>{t('folder.done', { count: written, rows: number(job.rows) })}</small>
      {titles('incomplete') && (
        <small className={styles.bad}>{t('mirror.notWhole', { lists: titles('incomplete') })}</small>
      )}
      {files.map(
        ({ name, report }) => report && <Lacking key={name} report={report} list={fullTitleOf(t, name)} />,
      )}
      <TryAgain job={job} />
      {titles('absent') && <small>{t('folder.absent', { lists: titles('absent') })}</small>}
      <FileLinks job={job} reveals={reveals} />
    </>
  );
};

const CopyResult = ({ job }: { job: ShownOf<'copy'> }) => {
  const { t } = useTranslation();
  if (!job.result) return null;
  const { rows, gone, lists } = job.result;
  const parts = lists.filter(({ whole, absent }) => !whole && !absent);
  return (
    <>
      <small>{t('mirror.copied', { count: rows })}</small>
      {gone > 0 && <small>{t('mirror.gone', { count: gone })}</small>}
      {parts.length > 0 && (
        <small className={styles.bad}>
          {t('mirror.notWhole', {
            lists: parts.map(({ resource }) => fullTitleOf(t, resource)).join(', '),
          })}
        </small>
      )}
      {parts.map(
        ({ resource, report }) =>
          report && <Lacking key={resource} report={report} list={fullTitleOf(t, resource)} />,
      )}
      <TryAgain job={job} />
    </>
  );
};

/** What a dossier came to: whether it has all, and what it lacks. */
const DossierResult = ({ job, reveals }: { job: ShownOf<'dossier'>; reveals: boolean }) => {
  const { t } = useTranslation();
  if (!job.result) return null;
  const { rows, manifest } = job.result;
  const titles = (states: readonly string[]) =>
    manifest.sections
      .filter(({ state }) => states.includes(state))
      .map(({ id }) => sectionTitle(t, id))
      .join(', ');
  const lacking = titles(['incomplete', 'failed', 'notCopied']);
  const absent = titles(['absent']);
  const gone = goneInWords(phrases, manifest);
  return (
    <>
      <small>{t('dossier.written', { count: rows, user: shownText(manifest.user.name, 60) })}</small>
      {manifest.complete && (
        <small className={styles.good}>
          {t(manifest.source === 'server' ? 'dossier.complete' : 'dossier.completeCopy')}
        </small>
      )}
      {lacking && <small className={styles.bad}>{t('dossier.notComplete', { lists: lacking })}</small>}
      {gone && <small className={styles.bad}>{gone}</small>}
      {absent && <small>{t('dossier.absentLists', { lists: absent })}</small>}
      <FileLinks job={job} reveals={reveals} />
    </>
  );
};

/** What a finished job came to, by its kind. */
export const results = (job: ShownJob, reveals: boolean) => {
  switch (job.kind) {
    case 'export':
      return <ExportResult job={job} reveals={reveals} />;
    case 'folder':
      return <FolderResult job={job} reveals={reveals} />;
    case 'copy':
      return <CopyResult job={job} />;
    case 'snapshot':
      return <SnapshotResult job={job} reveals={reveals} />;
    case 'dossier':
      return <DossierResult job={job} reveals={reveals} />;
    case 'changes':
      return (
        job.result && (
          <ChangesResult
            profile={job.profile}
            title={job.title}
            result={job.result}
            again={<TryAgain job={job} />}
          />
        )
      );
  }
};
