import { useTranslation } from 'react-i18next';
import type { HarvestReport, Lack } from '../../core/router';
import { isComplete } from '../../shared/complete';
import { shownText } from '../../shared/shown';
import { moment, number } from '../i18n';
import styles from './results.module.css';

type Joined = NonNullable<HarvestReport['joined']>;

/** Places of lacking rows that a job names; the manifest has all. */
const shownLacks = 4;

/** Where rows lack: below which row, of which time, how many. */
const Lacks = ({ lacks }: { lacks: Lack[] }) => {
  const { t } = useTranslation();
  return (
    <>
      {lacks.slice(0, shownLacks).map(({ kind, rows, parent, time, place }) => {
        const { from = null, to = null } = time ?? {};
        const where = [
          ...(parent ? [t('exports.lackOf', { parent: shownText(parent.name || parent.id, 40) })] : []),
          ...(place === undefined ? [] : [t('exports.lackAt', { place: number(place + 1) })]),
          ...(from === null && to === null
            ? []
            : [`${from === null ? '…' : moment(from)} – ${to === null ? '…' : moment(to)}`]),
        ];
        // Without a place the sum above has said it.
        if (where.length === 0) return null;
        const key = [kind, parent?.id, place, from, to].join('/');
        return (
          <small key={key}>
            {[...(rows === null ? [] : [t('exports.lackRows', { count: rows })]), ...where].join(' · ')}
          </small>
        );
      })}
      {lacks.length > shownLacks && (
        <small>{t('exports.lackMore', { count: lacks.length - shownLacks })}</small>
      )}
    </>
  );
};

type Props = {
  report: HarvestReport;
  picked?: boolean;
  /** The list that it is of, where several are told one after the other. */
  list?: string | undefined;
};

/** What a report says of rows that it lacks: how many, why and where. */
export const Lacking = ({ report, picked = false, list }: Props) => {
  const { t } = useTranslation();
  const missing = picked
    ? t('exports.missingPicked', { count: report.missing })
    : t('exports.missing', { count: report.missing, expected: number(report.expected ?? report.rows) });
  return (
    <>
      {list && !isComplete(report) && <small>{list}</small>}
      {report.missing > 0 && <small className={styles.bad}>{missing}</small>}
      {report.unproven > 0 && (
        <small className={styles.bad}>{t('exports.unproven', { count: report.unproven })}</small>
      )}
      {report.unreadable > 0 && (
        <>
          <small className={styles.bad}>{t('exports.unreadable', { count: report.unreadable })}</small>
          <small>{t('exports.unreadableCure')}</small>
        </>
      )}
      {report.uncounted > 0 && <small className={styles.bad}>{t('exports.uncounted')}</small>}
      <Lacks lacks={report.lacks} />
    </>
  );
};

/** The columns that were not read completely, and of which roles or organizations. */
export const Unjoined = ({ joined: { whole, lacks = [] } }: { joined: Joined }) => {
  const { t } = useTranslation();
  if (whole) return null;
  if (lacks.length === 0) return <small className={styles.bad}>{t('exports.notJoined')}</small>;
  return lacks.map(({ column, of }) => {
    const names = of.slice(0, shownLacks).map((name) => shownText(name, 40));
    const all = [...names, ...(of.length > shownLacks ? ['…'] : [])].join(', ');
    return (
      <small key={column} className={styles.bad}>
        {of.length === 0
          ? t('exports.notJoinedColumn', { column })
          : t('exports.notJoinedOf', { column, names: all })}
      </small>
    );
  });
};
