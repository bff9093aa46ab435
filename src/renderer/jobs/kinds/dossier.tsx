import { useTranslation } from 'react-i18next';
import { fullTitleInText } from '../../../shared/phrases/catalog-words';
import { goneInWords, sectionTitle } from '../../../shared/phrases/dossier-words';
import { shownText } from '../../../shared/shown';
import { phrases } from '../../i18n';
import type { ShownOf } from '../../state/jobs';
import { FileLinks } from '../FileLinks';
import styles from '../results.module.css';
import type { ShownKind } from './kind';
import { completeness } from './words';

/** Whether it has all, and what it lacks. */
const Result = ({ job, reveals }: { job: ShownOf<'dossier'>; reveals: boolean }) => {
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

export const dossierKind: ShownKind<ShownOf<'dossier'>> = {
  running: ({ title }, t) => t('dossier.running', { list: fullTitleInText(t, title) }),
  outcome({ result }) {
    const isWhole = result?.manifest.complete ?? false;
    return { text: completeness(isWhole) ?? '', bad: !isWhole };
  },
  Result,
};
