import type { RowOf } from '../../catalog/row-of.ts';
import type { Target } from '../change.ts';
import { ending } from './endings.ts';
import type { Operation } from './operation.ts';
import { lookAt, lookThrough, send } from './request.ts';
import { objectOf, rowOf, rowsOf, same, text, texts } from './values.ts';

const look = ({ id }: Target) => lookAt('/api/users/{userId}', { userId: id });

/** The old one is not known to anybody, and a digest cannot be set on a user who is there (WRITES). */
const setPassword: Operation = {
  id: 'users.setPassword',
  resource: 'users',
  kind: 'act',
  bulk: false,
  fields: [{ id: 'password', kind: 'password', required: true, secret: true }],
  losses: () => ['password', 'sessionsStay', 'leakUnchecked'],
  undoable: 'never',
  blind: true,
  looks: ({ target }) => [look(target)],
  present: (_, seen) => {
    const row: RowOf<'users'> | null = rowOf(seen);
    return row && { hasPassword: row.hasPassword ?? null };
  },
  isDone: ({ before }, now) => before.hasPassword === false && now?.hasPassword === true,
  requests: ({ target, after }) => [
    send('patch', '/api/users/{userId}/password', { userId: target.id }, { password: after.password }),
  ],
  inverse: () => null,
};

const identityOf = (seen: Parameters<Operation['present']>[1], target: string): unknown =>
  objectOf(rowOf(seen)?.identities)[target] ?? null;

const identityPresent: Operation['present'] = ({ after }, seen) => {
  const row = rowOf(seen);
  return row && { identity: identityOf(seen, text(after.target)) };
};

const targetField = { id: 'target', kind: 'text', required: true, longest: 64, shape: 'provider' } as const;

/** Links an identity, or puts another in its place. One at a time for a user: the server reads and writes all of them. */
const link: Operation = {
  id: 'users.linkIdentity',
  resource: 'users',
  kind: 'add',
  bulk: false,
  fields: [targetField, { id: 'identity', kind: 'json', required: true, shape: 'identity' }],
  losses: () => [],
  undoable: 'exactly',
  looks: ({ target }) => [look(target)],
  present: identityPresent,
  isDone: ({ after }, now) => same(now?.identity, after.identity),
  requests: ({ target, after }) => [
    send(
      'put',
      '/api/users/{userId}/identities/{target}',
      { userId: target.id, target: text(after.target) },
      after.identity,
    ),
  ],
  inverse: ({ target, before, after }) =>
    before.identity === null
      ? { operation: 'users.unlinkIdentity', target, after: { target: after.target } }
      : {
          operation: 'users.linkIdentity',
          target,
          after: { target: after.target, identity: before.identity },
        },
};

const unlink: Operation = {
  id: 'users.unlinkIdentity',
  resource: 'users',
  kind: 'remove',
  bulk: true,
  fields: [{ ...targetField, ref: 'user-social-identities' }],
  own: {
    field: 'target',
    of: (seen) => Object.keys(objectOf(rowOf(seen)?.identities)).map((id) => ({ id, name: '' })),
  },
  losses: () => ['socialTokens'],
  undoable: 'exactly',
  looks: ({ target }) => [look(target)],
  // With the provider: both are what goes.
  present: (change, seen) => {
    const present = identityPresent(change, seen);
    return present?.identity ? { target: change.after.target, ...present } : present;
  },
  isDone: (_, now) => now === null || now.identity === null,
  requests: ({ target, after }) => [
    send('delete', '/api/users/{userId}/identities/{target}', {
      userId: target.id,
      target: text(after.target),
    }),
  ],
  inverse: ({ target, before, after }) =>
    before.identity === null
      ? null
      : {
          operation: 'users.linkIdentity',
          target,
          after: { target: after.target, identity: before.identity },
        },
  guard: ({ after }, seen) => {
    const row: RowOf<'users'> | null = rowOf(seen);
    if (!row || row.username || row.primaryEmail || row.primaryPhone) return null;
    const others = Object.keys(objectOf(row.identities)).filter((one) => one !== after.target);
    return others.length === 0 ? { guard: 'last-identifier', about: text(after.target) } : null;
  },
};

const lookAtFactors = ({ id }: Target) =>
  lookThrough('/api/users/{userId}/mfa-verifications', { userId: id }, { paged: false });

/** Which factor it made, the server does not say, and one of a kind is all that a user has (WRITES). */
const createMfa: Operation = {
  id: 'users.createMfa',
  resource: 'users',
  kind: 'act',
  bulk: false,
  fields: [{ id: 'type', kind: 'choice', options: ['Totp', 'BackupCode'], words: 'factor', required: true }],
  losses: () => [],
  undoable: 'never',
  looks: ({ target }) => [lookAtFactors(target)],
  present: ({ after }, seen) => {
    if (seen[0] === null) return null;
    return rowsOf(seen).some(({ type }) => type === after.type) ? { type: after.type } : {};
  },
  isDone: ({ after }, now) => now?.type === after.type,
  requests: ({ target, after }) => [
    send('post', '/api/users/{userId}/mfa-verifications', { userId: target.id }, { type: after.type }),
  ],
  inverse: () => null,
  guard: ({ after, before }, seen) => {
    if (before.type !== undefined) return { guard: 'taken', about: text(after.type) };
    return after.type === 'BackupCode' && rowsOf(seen).length === 0
      ? { guard: 'backup-alone', about: '' }
      : null;
  },
  shows: { at: ['secret', 'codes'], label: 'type' },
};

const removeMfa = ending({
  id: 'users.removeMfa',
  resource: 'users',
  field: { id: 'verificationIds', kind: 'ids', ref: 'user-mfa' },
  losses: () => ['mfa'],
  look: lookAtFactors,
  idAt: 'id',
  request: ({ id }, verificationId) =>
    send('delete', '/api/users/{userId}/mfa-verifications/{verificationId}', { userId: id, verificationId }),
});

/** A session's tokens live on unless they are asked to end with it (WRITES). */
const revokeSessions = ending({
  id: 'users.revokeSessions',
  resource: 'users',
  volatile: true,
  field: { id: 'sessionIds', kind: 'ids', ref: 'user-sessions' },
  how: [{ id: 'withTokens', kind: 'boolean' }],
  losses: ({ after }) => ['sessions', ...(after.withTokens === true ? ['tokens' as const] : [])],
  look: ({ id }) =>
    lookThrough('/api/users/{userId}/sessions', { userId: id }, { paged: false, rowsAt: 'sessions' }),
  idAt: 'payload.uid',
  request: ({ id }, sessionId, { withTokens }) =>
    send(
      'delete',
      '/api/users/{userId}/sessions/{sessionId}',
      { userId: id, sessionId },
      undefined,
      withTokens === true ? '?revokeGrantsTarget=all' : '',
    ),
});

const revokeGrants = ending({
  id: 'users.revokeGrants',
  resource: 'users',
  volatile: true,
  field: { id: 'grantIds', kind: 'ids', ref: 'user-grants' },
  losses: () => ['tokens'],
  look: ({ id }) =>
    lookThrough('/api/users/{userId}/grants', { userId: id }, { paged: false, rowsAt: 'grants' }),
  idAt: 'id',
  request: ({ id }, grantId) =>
    send('delete', '/api/users/{userId}/grants/{grantId}', { userId: id, grantId }),
});

const lookAtTokens = ({ id }: Target) =>
  lookThrough('/api/users/{userId}/personal-access-tokens', { userId: id }, { paged: false });

const deleteTokens = ending({
  id: 'users.deleteAccessTokens',
  resource: 'users',
  field: { id: 'names', kind: 'texts', ref: 'user-access-tokens' },
  losses: () => ['accessTokens'],
  look: lookAtTokens,
  idAt: 'name',
  // By the body: a name may be anything.
  request: ({ id }, name) =>
    send('post', '/api/users/{userId}/personal-access-tokens/delete', { userId: id }, { name }),
});

const createToken: Operation = {
  id: 'users.createAccessToken',
  resource: 'users',
  kind: 'act',
  bulk: false,
  fields: [
    { id: 'name', kind: 'text', required: true, longest: 128 },
    { id: 'expiresAt', kind: 'time', nullable: true },
  ],
  losses: () => [],
  undoable: 'exactly',
  looks: ({ target }) => [lookAtTokens(target)],
  present: ({ after }, seen) => {
    const [rows] = seen;
    if (rows === null || rows === undefined) return null;
    const isThere = Array.isArray(rows) && rows.some(({ name }) => name === after.name);
    return isThere ? { name: after.name } : {};
  },
  isDone: ({ after }, now) => now?.name === after.name,
  requests: ({ target, after }) => [
    send('post', '/api/users/{userId}/personal-access-tokens', { userId: target.id }, after),
  ],
  inverse: ({ target, after }) => ({
    operation: 'users.deleteAccessTokens',
    target,
    after: { names: texts([after.name]) },
  }),
  guard: ({ after, before }) =>
    before.name === undefined ? null : { guard: 'taken', about: text(after.name) },
  shows: { at: 'value', label: 'name' },
};

/** The identifiers that somebody tried too often; what is given, is what the user has. */
const liftLockout: Operation = {
  id: 'users.liftLockout',
  resource: 'users',
  kind: 'act',
  bulk: true,
  fields: [{ id: 'targets', kind: 'texts' }],
  losses: () => [],
  undoable: 'never',
  blind: true,
  looks: ({ target }) => [look(target)],
  present: (_, seen) => (rowOf(seen) ? {} : null),
  isDone: () => false,
  requests: ({ after }) => [
    send(
      'post',
      '/api/sentinel-activities/delete',
      {},
      { targetType: 'User', targets: texts(after.targets) },
    ),
  ],
  inverse: () => null,
  all: (seen) => {
    const row: RowOf<'users'> | null = rowOf(seen);
    return { targets: texts([row?.username, row?.primaryEmail, row?.primaryPhone]) };
  },
};

/** How a user signs in, and what lets it in: password, identities, factors, sessions, grants, tokens, lockouts. */
export const userSecurityOperations: readonly Operation[] = [
  setPassword,
  link,
  unlink,
  createMfa,
  removeMfa,
  revokeSessions,
  revokeGrants,
  createToken,
  deleteTokens,
  liftLockout,
];
