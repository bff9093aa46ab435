import type { RowOf } from '../../catalog/row-of.ts';
import type { Row } from '../../row.ts';
import type { Target } from '../change.ts';
import type { EditField, Operation } from './operation.ts';
import { lookAt, lookThrough, send } from './request.ts';
import { filledIn, rowCreate, rowDelete, rowUpdate } from './rows.ts';
import { objectOf, rowOf, text } from './values.ts';

const look = ({ id }: Target) => lookAt('/api/hooks/{id}', { id });

/** Events that servers send of their own (WRITES), and those of what users do; a newer server may have others. */
const events: readonly string[] = [
  'PostRegister',
  'PostSignIn',
  'PostResetPassword',
  ...Object.entries({
    User: ['Created', 'Deleted', 'Data.Updated', 'SuspensionStatus.Updated'],
    Role: ['Created', 'Deleted', 'Data.Updated', 'Scopes.Updated'],
    Scope: ['Created', 'Deleted', 'Data.Updated'],
    Organization: ['Created', 'Deleted', 'Data.Updated', 'Membership.Updated'],
    OrganizationRole: ['Created', 'Deleted', 'Data.Updated', 'Scopes.Updated'],
    OrganizationScope: ['Created', 'Deleted', 'Data.Updated'],
  }).flatMap(([of, what]) => what.map((name) => `${of}.${name}`)),
];

const fields: readonly EditField[] = [
  { id: 'name', kind: 'text', longest: 256 },
  { id: 'events', kind: 'texts', offered: events },
  { id: 'config.url', kind: 'url', longest: 2_048 },
  /** Keys of receivers stand in them: they stay as they are, and no change holds them. */
  { id: 'config.headers', kind: 'json', secret: true, hidden: true },
  { id: 'config.retries', kind: 'number', hidden: true },
  { id: 'enabled', kind: 'boolean' },
];

/** The row with a reference in the place of its headers: the server takes `config` as a whole (WRITES). */
const withoutHeaders = (row: Row | null): Row | null => {
  const config = objectOf(row?.config);
  if (!row || config.headers === undefined) return row;
  return { ...row, config: { ...config, headers: { secret: 'present', field: 'config.headers' } } };
};

const update: Operation = {
  ...rowUpdate({
    id: 'hooks.update',
    resource: 'hooks',
    bulk: true,
    fields,
    look,
    rowIn: (seen) => withoutHeaders(rowOf(seen)),
    request: ({ id }, body) => send('patch', '/api/hooks/{id}', { id }, body),
  }),
};

const create = rowCreate({
  id: 'hooks.create',
  resource: 'hooks',
  fields: fields.map((field) =>
    ['name', 'events', 'config.url'].includes(field.id) ? { ...field, required: true } : field,
  ),
  twins: () => lookThrough('/api/hooks', {}),
  isTwin: (row, { after }) => row.name === after.name,
  undoneBy: 'hooks.delete',
  request: ({ after }) => send('post', '/api/hooks', {}, filledIn(after)),
});

const remove = rowDelete({
  id: 'hooks.delete',
  resource: 'hooks',
  losses: () => ['oldKey', 'createdAt'],
  shown: ['name', 'events', 'enabled'],
  look,
  request: ({ id }) => send('delete', '/api/hooks/{id}', { id }),
  saves: (target) => [look(target)],
  recreate: (target, saved, entry) => {
    const row: RowOf<'hooks'> | null = rowOf(saved);
    const config = objectOf(row?.config);
    return (
      row && {
        operation: 'hooks.create',
        target: { ...target, id: '' },
        after: {
          ...filledIn({ name: row.name, events: row.events, enabled: row.enabled }),
          config: {
            ...config,
            ...(config.headers === undefined
              ? {}
              : { headers: { secret: 'saved', entry, field: 'config.headers' } }),
          },
        },
      }
    );
  },
});

/** Sends one delivery of each event to the hook's own address; nothing of the tenant changes. */
const test: Operation = {
  id: 'hooks.test',
  resource: 'hooks',
  kind: 'act',
  bulk: false,
  fields: [],
  losses: () => [],
  undoable: 'never',
  blind: true,
  looks: ({ target }) => [look(target)],
  present: (_, seen) => {
    const row = withoutHeaders(rowOf(seen));
    return row && { events: row.events ?? [], config: row.config ?? {} };
  },
  isDone: () => false,
  requests: ({ target, before }) => [
    send('post', '/api/hooks/{id}/test', { id: target.id }, { events: before.events, config: before.config }),
  ],
  inverse: () => null,
};

const newKey: Operation = {
  id: 'hooks.newSigningKey',
  resource: 'hooks',
  kind: 'act',
  bulk: false,
  fields: [],
  losses: () => ['oldKey'],
  undoable: 'never',
  blind: true,
  looks: ({ target }) => [look(target)],
  present: (_, seen) => {
    const row: RowOf<'hooks'> | null = rowOf(seen);
    return row && { name: text(row.name) };
  },
  isDone: () => false,
  requests: ({ target }) => [send('patch', '/api/hooks/{id}/signing-key', { id: target.id })],
  inverse: () => null,
  shows: { at: 'signingKey', label: 'name' },
};

/** Webhooks. */
export const hookOperations: readonly Operation[] = [update, create, remove, test, newKey];
