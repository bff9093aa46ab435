import { useTranslation } from 'react-i18next';
import { fullTitleOf } from '../../../shared/phrases/catalog-words';
import { number, phrases } from '../../i18n';
import type { ShownOf } from '../../state/jobs';
import { FileLinks } from '../FileLinks';
import styles from '../results.module.css';
import type { ShownKind } from './kind';
import { joined } from './words';

const { t } = phrases;

/** Its file waits where the browser, or the system's file manager, finds it. */
const Result = ({ job, reveals }: { job: ShownOf<'snapshot'>; reveals: boolean }) => {
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

export const snapshotKind: ShownKind<ShownOf<'snapshot'>> = {
  running: ({ title }, t) => t('snapshot.running', { tenant: title }),
  outcome({ rows, result }) {
    // Of lists that are not in it nobody knows here: only a part of one that is can be told.
    const isPart = result?.manifest.lists.some(({ wholeAt }) => wholeAt === null) ?? false;
    return {
      text: joined(t('exports.done', { rows: number(rows) }), isPart ? t('jobs.notComplete') : null),
      bad: isPart,
    };
  },
  Result,
};
