import type { PlannedRequest, Target, Values } from '../change.ts';
import { secretRefOf } from '../secrets.ts';
import { ruleHolders, rulesIn, withAccessRules } from './access-rules.ts';
import type { EditField, Operation, Seen, Stated } from './operation.ts';
import { lookAt, lookThrough, newId, send } from './request.ts';
import { filledIn, rowCreate, rowDelete, rowUpdate } from './rows.ts';
import { takenRows } from './taken.ts';
import { identifierFields, rivalsOf, userFields } from './user-fields.ts';
import { idsOf, kept, objectOf, rowOf, rowsOf, text, texts } from './values.ts';

const look = ({ id }: Target) => lookAt('/api/users/{userId}', { userId: id });
const identifiers = identifierFields.map(({ id }) => id);

/** Nothing is left by which the user could sign in: no identifier, no identity. */
const lastIdentifier: Operation['guard'] = ({ after }, seen) => {
  const row = rowOf(seen);
  const emptied = identifiers.find((id) => id in after && kept(after[id]) === null);
  if (!row || !emptied) return null;
  const left = identifiers.some((id) => kept(id in after ? after[id] : row[id]) !== null);
  const identities = Object.keys(objectOf(row.identities)).length;
  return left || identities > 0 ? null : { guard: 'last-identifier', about: emptied };
};

const update = rowUpdate({
  id: 'users.update',
  resource: 'users',
  bulk: true,
  fields: userFields,
  cures: ['name'],
  look,
  request: ({ id }, body) => send('patch', '/api/users/{userId}', { userId: id }, body),
  rivals: rivalsOf,
  guard: lastIdentifier,
});

const suspend = rowUpdate({
  id: 'users.suspend',
  resource: 'users',
  bulk: true,
  fields: [{ id: 'isSuspended', kind: 'boolean', required: true }],
  losses: ({ after }) => (after.isSuspended === true ? ['sessions', 'tokens'] : []),
  look,
  request: ({ id }, { isSuspended }) =>
    send('patch', '/api/users/{userId}/is-suspended', { userId: id }, { isSuspended }),
});

/** What a user is given besides its row, after it is made. */
const belongings: readonly EditField[] = [
  { id: 'isSuspended', kind: 'boolean' },
  { id: 'roleIds', kind: 'ids', ref: 'roles' },
  /** Ids of organizations, each with the ids of the roles there. */
  {
    id: 'organizations',
    kind: 'json',
    shape: 'memberships',
    names: { keys: 'organizations', each: { ids: 'organization-roles' } },
  },
  { id: 'identities', kind: 'json', hidden: true },
];
const belongingIds = belongings.map(({ id }) => id);

const madeWith = ({ after }: Pick<Stated, 'after'>): PlannedRequest[] => {
  const userId = newId;
  const { isSuspended, identities, organizations } = after;
  const roleIds = texts(after.roleIds);
  return [
    ...Object.entries(objectOf(identities)).map(([target, identity]) =>
      send('put', '/api/users/{userId}/identities/{target}', { userId, target }, identity),
    ),
    ...(roleIds.length > 0 ? [send('post', '/api/users/{userId}/roles', { userId }, { roleIds })] : []),
    ...Object.entries(objectOf(organizations)).flatMap(([id, roles]) => [
      send('post', '/api/organizations/{id}/users', { id }, { userIds: [userId] }),
      ...(texts(roles).length > 0
        ? [
            send(
              'post',
              '/api/organizations/{id}/users/{userId}/roles',
              { id, userId },
              { organizationRoleIds: texts(roles) },
            ),
          ]
        : []),
    ]),
    // Last: what comes after would be done to somebody who cannot sign in anyway.
    ...(isSuspended === true
      ? [send('patch', '/api/users/{userId}/is-suspended', { userId }, { isSuspended })]
      : []),
  ];
};

const ofRow = (after: Values): Values =>
  Object.fromEntries(Object.entries(filledIn(after)).filter(([id]) => !belongingIds.includes(id)));

/** True of a user with an identifier that was asked for; emails are one whatever their case (WRITES). */
const isTwin = (row: Readonly<Record<string, unknown>>, { after }: Pick<Stated, 'after'>): boolean =>
  identifiers.some((id) => {
    const asked = text(after[id]);
    return asked !== '' && text(row[id]).toLowerCase() === asked.toLowerCase();
  });

const plainCreate = rowCreate({
  id: 'users.create',
  resource: 'users',
  fields: [
    ...userFields,
    { id: 'password', kind: 'password', secret: true },
    { id: 'passwordDigest', kind: 'text', secret: true, hidden: true },
    {
      id: 'passwordAlgorithm',
      kind: 'choice',
      hidden: true,
      options: ['Argon2i', 'Argon2id', 'Argon2d', 'SHA1', 'SHA256', 'MD5', 'Bcrypt', 'Legacy'],
    },
    ...belongings,
  ],
  losses: ({ after }) => (secretRefOf(after.password) ? ['leakUnchecked'] : []),
  twins: rivalsOf,
  isTwin,
  rivals: rivalsOf,
  undoneBy: 'users.delete',
  request: ({ after }) => send('post', '/api/users', {}, ofRow(after)),
});

const create: Operation = withAccessRules(
  { ...plainCreate, requests: (change) => [...plainCreate.requests(change), ...madeWith(change)] },
  'users',
);

const userSaves = ({ id }: Target) => {
  const userId = id;
  return [
    lookAt('/api/users/{userId}', { userId }, [['includePasswordHash', 'true']]),
    lookThrough('/api/users/{userId}/roles', { userId }),
    lookThrough('/api/users/{userId}/organizations', { userId }, { paged: false }),
  ];
};

const recreated = (target: Target, saved: readonly Seen[], entry: number) => {
  const row = rowOf(saved);
  if (!row) return null;
  const organizations = Object.fromEntries(
    rowsOf(saved, 2).map((one) => [
      text(one.id),
      idsOf(Array.isArray(one.organizationRoles) ? one.organizationRoles : []),
    ]),
  );
  const fields = ['username', 'primaryEmail', 'primaryPhone', 'name', 'avatar', 'customData', 'profile'];
  const after = {
    ...Object.fromEntries(fields.flatMap((id) => (kept(row[id]) === null ? [] : [[id, row[id]]]))),
    ...(typeof row.passwordDigest === 'string' && row.passwordAlgorithm
      ? {
          passwordDigest: { secret: 'saved', entry, field: 'passwordDigest' },
          passwordAlgorithm: row.passwordAlgorithm,
        }
      : {}),
    identities: objectOf(row.identities),
    roleIds: idsOf(rowsOf(saved, 1)),
    organizations,
    isSuspended: row.isSuspended === true,
    ...rulesIn(saved, 3),
  };
  return { operation: 'users.create', target: { ...target, id: '' }, after };
};

const remove = rowDelete({
  id: 'users.delete',
  resource: 'users',
  bulk: true,
  losses: () => [
    'createdAt',
    'sessions',
    'mfa',
    'accessTokens',
    'invitations',
    'ssoIdentities',
    'accessRules',
  ],
  shown: ['name', ...identifiers],
  look,
  request: ({ id }) => send('delete', '/api/users/{userId}', { userId: id }),
  saves: userSaves,
  holders: [ruleHolders('users')],
  takes: (_, saved) => [
    takenRows('user-roles', rowsOf(saved, 1)),
    takenRows('user-organizations', rowsOf(saved, 2)),
    takenRows('application-access-control', rowsOf(saved, 3)),
    takenRows(
      'user-social-identities',
      Object.keys(objectOf(rowOf(saved)?.identities)).map((id) => ({ id })),
    ),
  ],
  recreate: recreated,
});

/** Users as rows: made, edited, suspended, deleted. */
export const userOperations: readonly Operation[] = [update, suspend, create, remove];
