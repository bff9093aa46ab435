import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HarvestReport } from '../../../core/router';
import { canBringMore, isComplete } from '../../../shared/complete';
import { ownResource } from '../../../shared/own-resource';
import { fullTitleInText } from '../../../shared/phrases/catalog-words';
import { moment, number, phrases } from '../../i18n';
import type { ShownOf } from '../../state/jobs';
import { download } from '../download';
import { FileLinks } from '../FileLinks';
import { Lacking, Unjoined } from '../Lacking';
import { TryAgain } from '../ResumeJob';
import styles from '../results.module.css';
import type { ShownKind } from './kind';
import { completeness, joined } from './words';

const { t } = phrases;

type Whole = Pick<HarvestReport, 'mirror' | 'rows'> & { expected: number };

/**
 * Of what the rows of a list are all: of those that a server counts, a copy has, or this computer keeps. Where fewer are in the
 * file, as they match or were counted, all of those were looked through.
 */
const completeText = (list: string, { mirror, rows, expected }: Whole): string => {
  if (mirror) return t('exports.completeCopy', { time: moment(mirror.asOf) });
  const isOwn = ownResource({ resource: list }) !== null;
  if (rows >= expected) return t(isOwn ? 'exports.completeOwn' : 'exports.complete');
  return t(isOwn ? 'exports.completeOwnOf' : 'exports.completeOf', { total: number(expected) });
};

const Result = ({ job, reveals }: { job: ShownOf<'export'>; reveals: boolean }) => {
  const { t } = useTranslation();
  const { result, picked } = job;
  if (!result) return null;

  return (
    <>
      <small>{t('exports.done', { rows: number(result.rows) })}</small>
      <Lacking report={result} picked={picked} />
      {canBringMore(result) && <TryAgain job={job} label={t('exports.again')} />}
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

export const exportKind: ShownKind<ShownOf<'export'>> = {
  running: ({ title }, t) => t('exports.running', { list: fullTitleInText(t, title) }),
  outcome({ rows, result, picked }) {
    if (!result) return { text: t('exports.done', { rows: number(rows) }), bad: false };
    const isWhole = isComplete(result);
    const said = isWhole && (picked || result.expected === null) ? null : isWhole;
    // Nothing was seen to lack: only the count that would prove it did not come.
    const isUncounted = isComplete({ ...result, uncounted: 0 }) && !isWhole;
    const verdict = isUncounted ? t('jobs.notProvable') : completeness(said);
    return { text: joined(t('exports.done', { rows: number(result.rows) }), verdict), bad: !isWhole };
  },
  Result,
};
