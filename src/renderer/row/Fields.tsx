import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../shared/catalog';
import { eventInWords } from '../../shared/event-words';
import { columnTitle, singularOf } from '../../shared/phrases/catalog-words';
import { knownOf, type Row, valueAt } from '../../shared/row';
import { shownJson, shownText } from '../../shared/shown';
import { useName } from '../common/names';
import { Value } from '../common/values';
import { openQuery } from '../state/workspace';
import styles from './Fields.module.css';
import { Picture } from './Picture';

type Props = { profile: string; list: string; columns: readonly Column[]; row: Row };

/** The catalogue's columns, then what the row carries beyond them: a newer server's fields are shown, not dropped. */
const fieldsOf = (columns: readonly Column[], row: Row): Column[] => {
  const covered = new Set(columns.map(({ id }) => id.split('.')[0]));
  const more = Object.keys(row).filter((key) => !covered.has(key) && key !== 'tenantId');
  // A column that stands for a whole object is left to its parts and to the JSON.
  const whole = columns.filter(({ id }) => !columns.some((other) => other.id.startsWith(`${id}.`)));
  return [
    ...whole,
    ...more.map((id): Column => ({ id, kind: typeof row[id] === 'object' ? 'json' : 'text' })),
  ];
};

const isFilled = (value: unknown) =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  !(typeof value === 'object' && Object.keys(value).length === 0);

/** A row by its name, which opens it. */
export const RowLink = ({ profile, resource, id }: { profile: string; resource: string; id: string }) => {
  const { t } = useTranslation();
  const name = useName(profile, resource, id);
  return (
    <Anchor
      component="button"
      fz="inherit"
      title={name ? id : undefined}
      aria-label={t('row.openRow', { name: `${singularOf(t, resource)} ${name ?? id}` })}
      onClick={() => openQuery({ profile, resource, filters: {} }, id)}
    >
      {shownText(name ?? id, 300)}
    </Anchor>
  );
};

const Field = ({ profile, list, column, row }: Omit<Props, 'columns'> & { column: Column }) => {
  const { t } = useTranslation();
  const value = valueAt(row, column.id);
  if (!isFilled(value)) {
    const known = knownOf(row, column);
    if (known === 'sent') return <span className={styles.none}>{column.joins ? t('common.none') : '–'}</span>;
    return <span className={styles.none}>{t(known === 'joined' ? 'row.notCopied' : 'row.notSent')}</span>;
  }
  if (column.kind === 'json') return <pre className={styles.json}>{shownJson(value)}</pre>;
  if (column.kind === 'event' && typeof value === 'string')
    return (
      <>
        {shownText(eventInWords(value))}
        <br />
        <small className={styles.none}>{shownText(value)}</small>
      </>
    );
  if (column.kind === 'boolean' && typeof value === 'boolean')
    return value ? t('common.yes') : t('common.no');
  if (column.kind === 'picture' && typeof value === 'string')
    return (
      <>
        <Picture profile={profile} address={value} name={columnTitle(t, list, column.id)} />
        {shownText(value)}
      </>
    );
  if (column.ref && typeof value === 'string')
    return <RowLink profile={profile} resource={column.ref} id={value} />;
  return <Value column={column} row={row} />;
};

/** A row's readable fields: filled ones first, the empty ones named below. */
export const Fields = ({ profile, list, columns, row }: Props) => {
  const { t } = useTranslation();
  const fields = fieldsOf(columns, row);
  const filled = fields.filter(({ id }) => isFilled(valueAt(row, id)));
  const empty = fields.filter(({ id }) => !isFilled(valueAt(row, id)));
  return (
    <dl className={styles.fields}>
      {[...filled, ...empty].map((column) => (
        <div key={column.id} className={styles.field}>
          <dt>{shownText(columnTitle(t, list, column.id))}</dt>
          <dd>
            <Field profile={profile} list={list} column={column} row={row} />
          </dd>
        </div>
      ))}
    </dl>
  );
};
