import { useTranslation } from 'react-i18next';
import { fullTitleInText, fullTitleOf } from '../../../shared/phrases/catalog-words';
import { number, phrases } from '../../i18n';
import type { ShownOf } from '../../state/jobs';
import { FileLinks } from '../FileLinks';
import { Lacking } from '../Lacking';
import { TryAgain } from '../ResumeJob';
import styles from '../results.module.css';
import type { ShownKind } from './kind';
import { completeness, joined } from './words';

const { t } = phrases;

const writtenOf = (files: readonly { state: string }[]) =>
  files.filter(({ state }) => state !== 'absent').length;

const Result = ({ job, reveals }: { job: ShownOf<'folder'>; reveals: boolean }) => {
  const { t } = useTranslation();
  const { files = [] } = job.result ?? {};
  const titles = (state: string) =>
    files
      .filter((file) => file.state === state)
      .map(({ name }) => fullTitleOf(t, name))
      .join(', ');
  return (
    <>
      <small>{t('folder.done', { count: writtenOf(files), rows: number(job.rows) })}</small>
      {titles('incomplete') && (
        <small className={styles.bad}>{t('mirror.notWhole', { lists: titles('incomplete') })}</small>
      )}
      {files.map(
        ({ name, report }) => report && <Lacking key={name} report={report} list={fullTitleOf(t, name)} />,
      )}
      <TryAgain job={job} label={t('exports.again')} />
      {titles('absent') && <small>{t('folder.absent', { lists: titles('absent') })}</small>}
      <FileLinks job={job} reveals={reveals} />
    </>
  );
};

export const folderKind: ShownKind<ShownOf<'folder'>> = {
  running: ({ title }, t) => t('folder.running', { list: fullTitleInText(t, title) }),
  outcome({ rows, result }) {
    const { files = [] } = result ?? {};
    const isWhole = files.every(({ state }) => state !== 'incomplete');
    const done = t('folder.done', { count: writtenOf(files), rows: number(rows) });
    return { text: joined(done, completeness(isWhole || null)), bad: !isWhole };
  },
  Result,
};
