import { useTranslation } from 'react-i18next';
import { fullTitleInText, fullTitleOf } from '../../../shared/phrases/catalog-words';
import { phrases } from '../../i18n';
import type { ShownOf } from '../../state/jobs';
import { Lacking } from '../Lacking';
import { TryAgain } from '../ResumeJob';
import styles from '../results.module.css';
import type { ShownKind } from './kind';
import { joined } from './words';

const { t } = phrases;

const Result = ({ job }: { job: ShownOf<'copy'> }) => {
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
      <TryAgain job={job} label={t('exports.again')} />
    </>
  );
};

export const copyKind: ShownKind<ShownOf<'copy'>> = {
  running: ({ title }, t) => t('mirror.copying', { list: fullTitleInText(t, title) }),
  ended: (_job, t, tenant) => `${t('mirror.of')}: ${tenant}`,
  outcome({ rows, result }) {
    const isWhole = (result?.lists ?? []).every(({ whole, absent }) => whole || absent);
    return {
      text: joined(t('mirror.copied', { count: rows }), isWhole ? null : t('jobs.notComplete')),
      bad: !isWhole,
    };
  },
  Result,
};
