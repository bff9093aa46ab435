import { Anchor, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { pageResourceOf, resourceOf } from '../../shared/catalog';
import type { RowOf } from '../../shared/catalog/row-of';
import { eventInWords } from '../../shared/phrases/event-words';
import { wordOfValue } from '../../shared/phrases/value-words';
import { isSet } from '../../shared/readable-value';
import { type Row, rowIdOf, rowLabelOf, valueAt } from '../../shared/row';
import { anyText, shownText } from '../../shared/shown';
import { useName } from '../common/names';
import { outcomeOf, textOf } from '../common/values';
import { number } from '../i18n';
import { openQuery } from '../state/workspace';
import { Moment } from './FieldValue';
import styles from './Overview.module.css';

/** Columns whose values say more of a row than its name alone: the roles that it has there, until when it holds. */
const besideNames = ['organizationRoles', 'expiresAt', 'resource.name', 'status'];

const Beside = ({ list, row }: { list: string; row: Row }) => {
  const { t } = useTranslation();
  return besideNames.map((id) => {
    const column = resourceOf(list).columns.find((one) => one.id === id);
    const value = valueAt(row, id);
    if (!column || !isSet(value)) return null;
    return (
      <span key={id} className={styles.quiet}>
        {id === 'expiresAt' && typeof value === 'number' ? (
          <>
            {t('row.until')} <Moment ms={value} />
          </>
        ) : (
          shownText(textOf(column, row), 200)
        )}
      </span>
    );
  });
};

/** Rows by their names, which open them. */
export const Names = ({ profile, list, rows }: { profile: string; list: string; rows: readonly Row[] }) => {
  const { t } = useTranslation();
  const resource = resourceOf(list);
  const page = pageResourceOf(resource);
  return (
    <ul className={styles.names}>
      {rows.map((row, at) => {
        const id = rowIdOf(resource, row);
        const name = shownText(rowLabelOf(resource, row), 200);
        return (
          <li key={id || at}>
            {page.itemPath ? (
              <UnstyledButton
                aria-label={t('row.openRow', { name })}
                onClick={() => openQuery({ profile, resource: page.id, filters: {} }, id)}
              >
                <Anchor component="span" fz="row">
                  {name}
                </Anchor>
              </UnstyledButton>
            ) : (
              <span>{name}</span>
            )}
            <Beside list={list} row={row} />
          </li>
        );
      })}
    </ul>
  );
};

/** A user's MFA factors in words. */
export const Factors = ({ rows }: { rows: readonly RowOf<'user-mfa'>[] }) => {
  const { t } = useTranslation();
  return (
    <ul className={styles.names}>
      {rows.map((row, at) => {
        const factor = anyText(row.type);
        const left = row.remainCodes;
        return (
          <li key={anyText(row.id ?? at)}>
            <span title={shownText(factor)}>{wordOfValue(t, 'factor', factor) ?? shownText(factor)}</span>
            {isSet(row.name) && <span className={styles.quiet}>{shownText(anyText(row.name), 100)}</span>}
            {typeof left === 'number' && (
              <span className={styles.quiet}>{t('row.codesLeft', { count: left, text: number(left) })}</span>
            )}
          </li>
        );
      })}
    </ul>
  );
};

const Other = ({ profile, list, id }: { profile: string; list: string; id: string }) => {
  const name = useName(profile, list, id);
  return <span className={styles.quiet}>{shownText(name ?? id, 80)}</span>;
};

/** Why something failed, as the server says it: its error's message, else its code. */
const reasonOf = (row: Row): string => {
  for (const path of ['payload.error.message', 'payload.error.code', 'payload.error']) {
    const said = valueAt(row, path);
    if (typeof said === 'string' && said !== '') return shownText(said, 120);
  }
  return '';
};

/** Audit logs in words, the newest first; `of`: the list of the object that they are of, which needs no naming. */
export const Events = ({
  profile,
  of,
  rows,
}: {
  profile: string;
  of: string;
  rows: readonly RowOf<'logs'>[];
}) => {
  const { t } = useTranslation();
  const logs = resourceOf('logs');
  // Of a user's events the application tells most, of an application's the user.
  const [other, path] =
    of === 'applications'
      ? (['users', 'payload.userId'] as const)
      : (['applications', 'payload.applicationId'] as const);
  return (
    <ol className={styles.events}>
      {rows.map((row) => {
        const id = rowIdOf(logs, row);
        const words = shownText(eventInWords(t, anyText(row.key)), 200);
        const { good, text } = outcomeOf(row.payload?.result);
        const who = valueAt(row, path);
        return (
          <li key={id}>
            {typeof row.createdAt === 'number' && <Moment ms={row.createdAt} />}
            <span>
              <UnstyledButton
                aria-label={t('row.openRow', { name: words })}
                title={shownText(anyText(row.key))}
                onClick={() => openQuery({ profile, resource: 'logs', filters: {} }, id)}
              >
                <Anchor component="span" fz="row">
                  {words}
                </Anchor>
              </UnstyledButton>{' '}
              {!good && (
                <span className={styles.bad}>{[text, reasonOf(row)].filter(Boolean).join(': ')}</span>
              )}{' '}
              {typeof who === 'string' && who !== '' && <Other profile={profile} list={other} id={who} />}
            </span>
          </li>
        );
      })}
    </ol>
  );
};
