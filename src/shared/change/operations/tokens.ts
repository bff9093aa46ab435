import type { Target } from '../change.ts';
import type { Operation } from './operation.ts';
import { lookAt, lookThrough, send } from './request.ts';
import { filledIn, rowCreate } from './rows.ts';
import { picked, rowOf, text } from './values.ts';

const look = ({ id }: Target) => lookAt('/api/one-time-tokens/{id}', { id });

const create: Operation = {
  ...rowCreate({
    id: 'one-time-tokens.create',
    resource: 'one-time-tokens',
    fields: [
      { id: 'email', kind: 'email', required: true, longest: 128 },
      { id: 'expiresIn', kind: 'number', least: 1, most: 31_536_000 },
      { id: 'context', kind: 'json', hidden: true },
    ],
    twins: ({ after }) => lookThrough('/api/one-time-tokens', {}, { params: [['email', text(after.email)]] }),
    isTwin: (row, { after }) => row.email === after.email,
    undoneBy: 'one-time-tokens.delete',
    request: ({ after }) => send('post', '/api/one-time-tokens', {}, filledIn(after)),
  }),
  shows: { at: 'token', label: 'email' },
};

const status: Operation['present'] = (_, seen) => {
  const row = rowOf(seen);
  return row && picked(row, ['email', 'status']);
};

const revoke: Operation = {
  id: 'one-time-tokens.revoke',
  resource: 'one-time-tokens',
  kind: 'act',
  bulk: true,
  fields: [],
  losses: () => [],
  undoable: 'never',
  looks: ({ target }) => [look(target)],
  present: status,
  isDone: (_, now) => now?.status === 'revoked',
  requests: ({ target }) => [
    send('put', '/api/one-time-tokens/{id}/status', { id: target.id }, { status: 'revoked' }),
  ],
  inverse: () => null,
};

const remove: Operation = {
  id: 'one-time-tokens.delete',
  resource: 'one-time-tokens',
  kind: 'delete',
  bulk: true,
  fields: [],
  losses: () => [],
  undoable: 'never',
  looks: ({ target }) => [look(target)],
  present: status,
  isDone: (_, now) => now === null,
  requests: ({ target }) => [send('delete', '/api/one-time-tokens/{id}', { id: target.id })],
  inverse: () => null,
};

/** One-time tokens: links by which an email signs in once. */
export const oneTimeTokenOperations: readonly Operation[] = [create, revoke, remove];
