import { useQueryClient } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { findResource } from '../../shared/catalog';
import type { Target, Values } from '../../shared/change/change';
import { isEndless } from '../../shared/change/endless';
import { type EditField, findOperation, type Operation } from '../../shared/change/operations';
import { columnTitle } from '../../shared/phrases/catalog-words';
import { type Row, rowIdOf } from '../../shared/row';
import { shownText } from '../../shared/shown';
import { choicesKey } from '../common/found-rows';
import { nameOf, useNamed } from '../common/names';
import { rowInWords } from '../common/row-words';
import { isTime, textOf } from '../common/values';
import { moment } from '../i18n';
import { isTaken, linesOf, type ShownValue, shownValue } from './before-after';
import styles from './Changed.module.css';
import { choicesOf } from './choices';
import { usePermissions } from './permissions';
import { membershipsOf } from './shapes';
import { fieldTitle, optionText } from './words';

type Props = {
  profile: string;
  change: { operation: string; target: Target; before: Values; after: Values };
};

type IdsProps = { profile: string; list: string; parent: string | undefined; ids: readonly string[] };

const Ids = ({ profile, list, parent, ids }: IdsProps) => {
  const kept = useQueryClient();
  const resource = findResource(list);
  // Rows below an object, such as sessions, were read to be chosen from: nothing is asked for their names.
  const rows =
    (parent && kept.getQueryData<{ rows: Row[] }>(choicesKey(profile, { list, parent }))?.rows) || [];
  const names = useNamed(() =>
    JSON.stringify(
      ids.slice(0, 100).map((id) => {
        const row = resource && rows.find((one) => rowIdOf(resource, one) === id);
        return row ? rowInWords(profile, resource, row) : (nameOf(profile, list, id) ?? id);
      }),
    ),
  );
  const shown = JSON.parse(names) as string[];
  return (
    <>
      {shown.map((name, at) => (
        <span key={ids[at]} className={styles.id} title={shownText(ids[at] ?? '')}>
          {shownText(name, 80)}
        </span>
      ))}
      {ids.length > shown.length && <span>{`+ ${ids.length - shown.length}`}</span>}
    </>
  );
};

/** Stands for the list of all permissions, which the API has not. */
const permissions = 'permissions';

/** A value that no operation edits, by the kind of its column. */
const byColumn = (list: string, path: string, value: unknown): unknown => {
  const column = findResource(list)?.columns.find(({ id }) => id === path);
  return column && isTime(column) && typeof value === 'number'
    ? textOf({ ...column, id: 'value' }, { value })
    : value;
};

/** A value as words say it: of an enumeration, or a moment. */
const inWords = (field: EditField | undefined, value: unknown): unknown => {
  if (field?.words) return typeof value === 'string' ? optionText(field, value) : value;
  return field?.kind === 'time' && typeof value === 'number' ? moment(value) : value;
};

const Shown = ({
  profile,
  list,
  parent,
  value,
}: {
  profile: string;
  list: string | undefined;
  parent: string | undefined;
  value: ShownValue;
}) => {
  const { t } = useTranslation();
  switch (value.kind) {
    case 'none':
      return <span className={styles.none}>{t('changing.notThere')}</span>;
    case 'secret':
      return <span className={styles.none}>{t(`changing.secretValue.${value.where}`)}</span>;
    case 'unread':
      return <span className={styles.none}>{t('changing.unreadValue')}</span>;
    case 'ids':
      if (list === permissions) return <Permissions profile={profile} ids={value.ids} />;
      return list ? (
        <Ids profile={profile} list={list} parent={parent} ids={value.ids} />
      ) : (
        value.ids.join(', ')
      );
    case 'json':
      return <pre className={styles.json}>{shownText(value.text, 4_000)}</pre>;
    case 'text':
      if (value.text === 'true' || value.text === 'false')
        return t(value.text === 'true' ? 'common.yes' : 'common.no');
      return <span className={styles.text}>{shownText(value.text, 2_000)}</span>;
  }
};

/** Organizations by their names, each with the roles there. */
const Memberships = ({ profile, value }: { profile: string; value: unknown }) => {
  const lines = membershipsOf(JSON.stringify(value));
  const names = useNamed(() =>
    JSON.stringify(
      lines.slice(0, 100).map(({ organization, roles }) => {
        const named = roles.map((role) => nameOf(profile, 'organization-roles', role) ?? role);
        const name = nameOf(profile, 'organizations', organization) ?? organization;
        return named.length > 0 ? `${name}: ${named.join(', ')}` : name;
      }),
    ),
  );
  return (JSON.parse(names) as string[]).map((line, at) => (
    <span key={lines[at]?.organization} className={styles.id}>
      {shownText(line, 160)}
    </span>
  ));
};

/** Permissions by their names, each with its API resource. */
const Permissions = ({ profile, ids }: { profile: string; ids: readonly string[] }) => {
  const { data = [] } = usePermissions(profile);
  return ids.map((id) => {
    const found = data.find((one) => one.id === id);
    return (
      <span key={id} className={styles.id} title={shownText(id)}>
        {found ? shownText(`${found.name} (${found.resource})`, 120) : shownText(id)}
      </span>
    );
  });
};

const isMemberships = (operation: Operation | undefined, path: string, value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  operation?.fields.some(({ id, shape }) => id === path && shape === 'memberships') === true;

/** What an operation's field is called by in a plan: rows of a list, permissions, words, a moment. */
const fieldAt = (operation: Operation | undefined, path: string): EditField | undefined =>
  operation?.fields.find(({ id }) => id === path);

/** The list whose rows name the ids of a field. */
const namedBy = (field: EditField | undefined): string | undefined => {
  if (!field || (field.kind !== 'ids' && field.kind !== 'id')) return undefined;
  return field.shape === 'permissions' ? permissions : field.ref;
};

/** A path breaks after its dots, where the line is too short for it. */
const Dotted = ({ text }: { text: string }) =>
  text.split(/(?<=\.)(?=\S)/).map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no other
    <Fragment key={at}>
      {at > 0 && <wbr />}
      {part}
    </Fragment>
  ));

/** A change, field by field: what was, what shall be. */
export const Changed = ({ profile, change }: Props) => {
  const { t } = useTranslation();
  const operation = findOperation(change.operation);
  const lines = linesOf(change, operation?.kind);
  if (lines.length === 0) return null;
  return (
    <div className={styles.frame}>
      <dl className={styles.lines}>
        <dt className={styles.head}>{t('changing.field')}</dt>
        <dd className={styles.head}>{t('changing.was')}</dd>
        <dd className={styles.head}>{t('changing.willBe')}</dd>
        {lines.map((line) => {
          const { path, before, after } = line;
          const field = fieldAt(operation, path);
          const list = namedBy(field);
          const choices = operation && field && choicesOf(operation, field, change.target);
          const parent = choices?.list === list ? choices?.parent : undefined;
          const title = fieldTitle(path);
          const said = (value: unknown) => {
            const words = field ? inWords(field, value) : byColumn(change.target.resource, path, value);
            return shownValue(words, list !== undefined);
          };
          const [was, is] = [said(before), said(after)];
          return (
            <Fragment key={path}>
              <dt>
                <Dotted text={title === path ? columnTitle(t, change.target.resource, path) : title} />
              </dt>
              <dd className={styles.before} data-field={path}>
                {operation?.kind === 'add' && list && was.kind === 'none' ? (
                  <span className={styles.none}>{t('changing.othersStay')}</span>
                ) : (
                  <Shown profile={profile} list={list} parent={parent} value={was} />
                )}
              </dd>
              <dd className={styles.after} data-field={path}>
                {isTaken(operation?.kind, line) ? (
                  <span className={styles.gone}>
                    {t(operation?.kind === 'delete' ? 'changing.gone' : 'changing.takenAway')}
                  </span>
                ) : isMemberships(operation, path, after) ? (
                  <Memberships profile={profile} value={after} />
                ) : (
                  <Shown profile={profile} list={list} parent={parent} value={is} />
                )}
              </dd>
            </Fragment>
          );
        })}
        {isEndless(change) && (
          <>
            <dt>{fieldTitle('expiresAt')}</dt>
            <dd className={styles.before} />
            <dd className={styles.after} data-field="expiresAt">
              {t('changing.never')}
            </dd>
          </>
        )}
      </dl>
    </div>
  );
};
