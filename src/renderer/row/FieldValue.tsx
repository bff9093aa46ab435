import { ActionIcon, Anchor } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../shared/catalog';
import { fieldInWords } from '../../shared/field-words';
import { columnTitle, singularOf } from '../../shared/phrases/catalog-words';
import { eventInWords } from '../../shared/phrases/event-words';
import {
  durationText,
  durationUnitOf,
  isAddress,
  isColor,
  isoMoment,
  isReadable,
  isSet,
  rawDuration,
  type Table,
  tableOf,
} from '../../shared/readable-value';
import { relativeText } from '../../shared/relative-time';
import { knownOf, type Row, valueAt } from '../../shared/row';
import { shownJson, shownText } from '../../shared/shown';
import { useCopy } from '../common/clipboard';
import { useName } from '../common/names';
import { textOf, Value } from '../common/values';
import { clock, moment, number, phrases } from '../i18n';
import { openQuery } from '../state/workspace';
import styles from './Fields.module.css';
import { Picture } from './Picture';

/** A row by its name, which opens it. */
export const RowLink = ({ profile, resource, id }: { profile: string; resource: string; id: string }) => {
  const { t } = useTranslation();
  const name = useName(profile, resource, id);
  return (
    <Anchor
      component="button"
      fz="inherit"
      title={name ? shownText(id) : undefined}
      aria-label={t('row.openRow', { name: `${singularOf(t, resource)} ${shownText(name ?? id, 300)}` })}
      onClick={() => openQuery({ profile, resource, filters: {} }, id)}
    >
      {shownText(name ?? id, 300)}
    </Anchor>
  );
};

/** Copies a value; `name`: what it is called. */
export const CopyValue = ({ text, name, sensitive }: { text: string; name: string; sensitive: boolean }) => {
  const { t } = useTranslation();
  const { copied, copy } = useCopy();
  const label = copied ? t('common.copied') : t('row.copyValue', { name });
  return (
    <ActionIcon
      size={18}
      variant="subtle"
      color="gray"
      className={styles.copy ?? ''}
      aria-label={label}
      title={label}
      onClick={() => void copy(text, sensitive)}
    >
      {copied ? <IconCheck size={12} /> : <IconCopy size={12} />}
    </ActionIcon>
  );
};

type MomentProps = { ms: number; raw?: number | string; zoneAbove?: boolean };

/** A moment (unix ms), with its zone unless a heading names it; how the server has it for whoever hovers. */
export const Moment = ({ ms, raw = ms, zoneAbove = false }: MomentProps) => (
  <time
    className={styles.time}
    title={`${moment(ms)}\n${relativeText(ms, Date.now(), phrases.language)}\n${raw}`}
  >
    {zoneAbove ? clock(ms) : moment(ms)}
  </time>
);

type PlainProps = { path: string; name: string; value: unknown; sensitive?: boolean | undefined };

type TableProps = { path: string; table: Table; sensitive: boolean };

const TableValue = ({ path, table: { columns, rows }, sensitive }: TableProps) => (
  <table className={styles.table}>
    <thead>
      <tr>
        {columns.map((key) => (
          <th key={key}>{shownText(fieldInWords(key), 200)}</th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a list may have the same part twice
        <tr key={at}>
          {columns.map((key) => (
            <td key={key}>
              <PlainValue path={`${path}.${key}`} name={key} value={row[key]} sensitive={sensitive} />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  </table>
);

/** A value by what it is: yes or no, a duration in words, a color, an address, a date, the parts of an object. */
export const PlainValue = ({ path, name, value, sensitive = false }: PlainProps): ReactNode => {
  const { t } = useTranslation();
  if (!isSet(value)) return <span className={styles.none}>–</span>;
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'number') {
    const unit = durationUnitOf(path);
    if (!unit) return number(value);
    return <span title={rawDuration(value, unit)}>{durationText(value, unit, phrases.language)}</span>;
  }
  if (typeof value === 'string') {
    const time = isoMoment(value);
    if (time !== null) return <Moment ms={time} raw={value} />;
    if (isColor(value))
      return (
        <span className={styles.color}>
          <span className={styles.swatch} style={{ background: value }} aria-hidden />
          {value}
        </span>
      );
    if (isAddress(value))
      return (
        <>
          {shownText(value)} <CopyValue text={value} name={name} sensitive={sensitive} />
        </>
      );
    return shownText(value);
  }
  if (Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number')) {
    if (!value.some((part) => typeof part === 'string' && isAddress(part)))
      return value.map((part) => shownText(String(part))).join(', ');
    return (
      <ul className={styles.parts}>
        {value.map((part, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list may have the same part twice
          <li key={at}>
            <PlainValue path={path} name={name} value={part} sensitive={sensitive} />
          </li>
        ))}
      </ul>
    );
  }
  if (isReadable(value))
    return (
      <dl className={styles.nested}>
        {Object.entries(value).map(([key, part]) => {
          // What an operator keeps in custom data is called as they call it.
          const title = path.startsWith('customData') ? key : fieldInWords(key);
          return (
            <div key={key}>
              <dt>{shownText(title, 200)}</dt>
              <dd>
                <PlainValue path={`${path}.${key}`} name={title} value={part} sensitive={sensitive} />
              </dd>
            </div>
          );
        })}
      </dl>
    );
  const table = tableOf(value);
  if (table) return <TableValue path={path} table={table} sensitive={sensitive} />;
  return <pre className={styles.json}>{shownJson(value)}</pre>;
};

type Props = { profile: string; list: string; column: Column; row: Row };

/** The value of a column of a row, as it is read in a panel or on a page. */
export const FieldValue = ({ profile, list, column, row }: Props): ReactNode => {
  const { t } = useTranslation();
  const { id, kind, ref } = column;
  const value = valueAt(row, id);
  const name = columnTitle(t, list, id);
  const isSensitive = column.sensitive === true;
  if (!isSet(value)) {
    const known = knownOf(row, column);
    if (known === 'sent') return <span className={styles.none}>{column.joins ? t('common.none') : '–'}</span>;
    return <span className={styles.none}>{t(known === 'joined' ? 'row.notCopied' : 'row.notSent')}</span>;
  }
  if (kind === 'event' && typeof value === 'string')
    return (
      <>
        {shownText(eventInWords(t, value))}
        <br />
        <small className={styles.none}>{shownText(value)}</small>
      </>
    );
  if (kind === 'time' && typeof value === 'number') return <Moment ms={value} />;
  if (kind === 'seconds' && typeof value === 'number') return <Moment ms={value * 1_000} raw={value} />;
  if (kind === 'picture' && typeof value === 'string')
    return (
      <>
        <Picture profile={profile} address={value} name={name} />
        {shownText(value)} <CopyValue text={value} name={name} sensitive={isSensitive} />
      </>
    );
  if (ref && typeof value === 'string') return <RowLink profile={profile} resource={ref} id={value} />;
  if (
    column.words ||
    kind === 'names' ||
    kind === 'outcome' ||
    kind === 'id' ||
    (kind === 'list' && column.part)
  )
    return <Value column={column} row={row} />;
  return <PlainValue path={id} name={name} value={value} sensitive={isSensitive} />;
};

/** A column's value for the clipboard. */
export const copiedText = (column: Column, row: Row): string => {
  const value = valueAt(row, column.id);
  return typeof value === 'string' ? value : textOf(column, row);
};
