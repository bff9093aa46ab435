import type { Row } from '../../row.ts';
import type { Target, Values } from '../change.ts';
import { ending } from './endings.ts';
import type { EditField, Holders, Naming, Operation } from './operation.ts';
import { lookAt, lookThrough, newId, send } from './request.ts';
import { rolesById, rolesThere } from './roles-there.ts';
import { filledIn, rowCreate, rowDelete, rowUpdate } from './rows.ts';
import { setOperations } from './sets.ts';
import { takenRows } from './taken.ts';
import { idsOf, rowOf, rowsOf, text, texts } from './values.ts';

const look = ({ id }: Target) => lookAt('/api/applications/{id}', { id });

const lookAtSecrets = ({ id }: Pick<Target, 'id'>) =>
  lookThrough('/api/applications/{id}/secrets', { id }, { paged: false });

const fields: readonly EditField[] = [
  { id: 'name', kind: 'text', longest: 256 },
  { id: 'description', kind: 'text', nullable: true, longest: 1_024 },
  { id: 'oidcClientMetadata.redirectUris', kind: 'urls' },
  { id: 'oidcClientMetadata.postLogoutRedirectUris', kind: 'urls' },
  { id: 'oidcClientMetadata.backchannelLogoutUri', kind: 'url', nullable: true },
  { id: 'oidcClientMetadata.backchannelLogoutSessionRequired', kind: 'boolean' },
  { id: 'oidcClientMetadata.logoUri', kind: 'url', nullable: true },
  { id: 'customClientMetadata.corsAllowedOrigins', kind: 'urls' },
  { id: 'customClientMetadata.idTokenTtl', kind: 'number', least: 1 },
  { id: 'customClientMetadata.refreshTokenTtl', kind: 'number', least: 1 },
  { id: 'customClientMetadata.refreshTokenTtlInDays', kind: 'number', least: 1, most: 180 },
  { id: 'customClientMetadata.alwaysIssueRefreshToken', kind: 'boolean' },
  { id: 'customClientMetadata.rotateRefreshToken', kind: 'boolean' },
  { id: 'customClientMetadata.allowTokenExchange', kind: 'boolean' },
  { id: 'customClientMetadata.isDeviceFlow', kind: 'boolean' },
  { id: 'customClientMetadata.maxAllowedGrants', kind: 'number', least: 1 },
  { id: 'customClientMetadata.tenantId', kind: 'text', hidden: true },
  { id: 'customData', kind: 'json', parts: true },
];

const update = rowUpdate({
  id: 'applications.update',
  resource: 'applications',
  fields,
  look,
  request: ({ id }, body) => send('patch', '/api/applications/{id}', { id }, body),
});

/** What rules of access control name. */
const ruleNames = {
  userIds: { ids: 'users' },
  userRoleIds: { ids: 'roles' },
  organizationIds: { ids: 'organizations' },
  organizationRoleRules: {
    rows: {
      at: 'organizationId',
      list: 'organizations',
      idsAt: 'organizationRoleIds',
      idsOf: 'organization-roles',
    },
  },
} as const satisfies Readonly<Record<string, Naming>>;

/** What it is given after it is made. */
const belongingIds = [
  'roleIds',
  'organizationIds',
  'organizationRoles',
  'accessControl',
  'appLevelAccessControlEnabled',
];

const plainCreate = rowCreate({
  id: 'applications.create',
  resource: 'applications',
  fields: [
    ...fields.map((field) => (field.id === 'name' ? { ...field, required: true } : field)),
    {
      id: 'type',
      kind: 'choice',
      required: true,
      options: ['Native', 'SPA', 'Traditional', 'MachineToMachine'],
      words: 'application',
    },
    { id: 'isThirdParty', kind: 'boolean' },
    { id: 'roleIds', kind: 'ids', ref: 'roles', hidden: true },
    { id: 'organizationIds', kind: 'ids', ref: 'organizations', hidden: true },
    /** Its roles in these, by their ids. */
    {
      id: 'organizationRoles',
      kind: 'json',
      shape: 'memberships',
      names: { keys: 'organizations', each: { ids: 'organization-roles' } },
      hidden: true,
    },
    /** Who may use it, and whether that is held. */
    { id: 'accessControl', kind: 'json', names: { parts: ruleNames }, hidden: true },
    { id: 'appLevelAccessControlEnabled', kind: 'boolean', hidden: true },
  ],
  twins: ({ after }) => lookThrough('/api/applications', {}, { params: [['search', text(after.name)]] }),
  isTwin: (row, { after }) => row.name === after.name,
  undoneBy: 'applications.delete',
  request: ({ after }) =>
    send(
      'post',
      '/api/applications',
      {},
      Object.fromEntries(Object.entries(filledIn(after)).filter(([id]) => !belongingIds.includes(id))),
    ),
});

const create: Operation = {
  ...plainCreate,
  requests: (change) => {
    const roleIds = texts(change.after.roleIds);
    return [
      ...plainCreate.requests(change),
      ...(roleIds.length > 0
        ? [send('post', '/api/applications/{applicationId}/roles', { applicationId: newId }, { roleIds })]
        : []),
      ...texts(change.after.organizationIds).map((id) =>
        send('post', '/api/organizations/{id}/applications', { id }, { applicationIds: [newId] }),
      ),
      ...rolesThere(change.after.organizationRoles).map(([id, organizationRoleIds]) =>
        send(
          'post',
          '/api/organizations/{id}/applications/{applicationId}/roles',
          { id, applicationId: newId },
          { organizationRoleIds },
        ),
      ),
      ...(change.after.accessControl === undefined
        ? []
        : [
            send(
              'put',
              '/api/applications/{applicationId}/access-control',
              { applicationId: newId },
              change.after.accessControl,
            ),
          ]),
      // After its rules: without any it is refused (WRITES).
      ...(change.after.appLevelAccessControlEnabled === true
        ? [send('patch', '/api/applications/{id}', { id: newId }, { appLevelAccessControlEnabled: true })]
        : []),
    ];
  },
};

const ruleIds = ['userIds', 'userRoleIds', 'organizationIds', 'organizationRoleRules'];

/** Who may use a deleted application, where it had rules. */
const accessOf = (row: Row, rules: Row | null): Values => {
  const lists = Object.fromEntries(ruleIds.map((id) => [id, rules?.[id] ?? []]));
  if (!Object.values(lists).some((list) => Array.isArray(list) && list.length > 0)) return {};
  return {
    accessControl: lists,
    ...(row.appLevelAccessControlEnabled === true ? { appLevelAccessControlEnabled: true } : {}),
  };
};

/** Named before they are gone; their values cannot be given again, so none is saved. */
const secretNames: Holders = {
  list: lookAtSecrets,
  kept: (_, { name }) => ({ id: name, name }),
};

const remove = rowDelete({
  id: 'applications.delete',
  resource: 'applications',
  losses: () => ['newSecret', 'createdAt', 'appSettings'],
  shown: ['name', 'type', 'description'],
  look,
  besides: ({ id }) => [lookThrough('/api/applications/{id}/organizations', { id })],
  guard: (_, seen) => {
    const [, organizations] = seen;
    return Array.isArray(organizations) && organizations.length > 0
      ? { guard: 'in-use', about: 'application-organizations' }
      : null;
  },
  request: ({ id }) => send('delete', '/api/applications/{id}', { id }),
  saves: ({ id }) => [
    look({ resource: 'applications', id, parent: '', label: '' }),
    lookThrough('/api/applications/{applicationId}/roles', { applicationId: id }),
    lookThrough('/api/applications/{id}/organizations', { id }),
    // Older servers have none.
    lookAt('/api/applications/{applicationId}/access-control', { applicationId: id }),
  ],
  holders: [secretNames],
  takes: (_, saved) => [
    takenRows('application-roles', rowsOf(saved, 1)),
    takenRows('application-organizations', rowsOf(saved, 2)),
    takenRows('application-secrets', rowsOf(saved, 4), false),
  ],
  recreate: (target, saved) => {
    const row = rowOf(saved);
    const own = [
      'name',
      'type',
      'description',
      'oidcClientMetadata',
      'customClientMetadata',
      'customData',
      'isThirdParty',
    ];
    return (
      row && {
        operation: 'applications.create',
        target: { ...target, id: '' },
        after: {
          ...filledIn(Object.fromEntries(own.map((id) => [id, row[id]]))),
          roleIds: idsOf(rowsOf(saved, 1)),
          organizationIds: idsOf(rowsOf(saved, 2)),
          organizationRoles: rolesById(rowsOf(saved, 2)),
          ...accessOf(row, rowOf(saved, 3)),
        },
      }
    );
  },
});

const roles = setOperations({
  resource: 'applications',
  list: 'application-roles',
  field: { id: 'roleIds', kind: 'ids', ref: 'roles' },
  look: ({ id }) => lookThrough('/api/applications/{applicationId}/roles', { applicationId: id }),
  add: {
    id: 'applications.addRoles',
    request: ({ id }, roleIds) =>
      send('post', '/api/applications/{applicationId}/roles', { applicationId: id }, { roleIds }),
  },
  // One by one: the PUT of all of them is refused, and yet removes (WRITES, dangerous 1).
  remove: {
    id: 'applications.removeRoles',
    request: ({ id }, roleId) =>
      send('delete', '/api/applications/{applicationId}/roles/{roleId}', { applicationId: id, roleId }),
  },
});

const createSecret: Operation = {
  id: 'applications.createSecret',
  resource: 'applications',
  // It is added to; nobody is locked out by it.
  kind: 'add',
  bulk: false,
  fields: [
    { id: 'name', kind: 'text', required: true, longest: 256 },
    { id: 'expiresAt', kind: 'time', nullable: true },
  ],
  losses: () => [],
  undoable: 'exactly',
  looks: ({ target }) => [lookAtSecrets(target)],
  present: ({ after }, seen) => {
    const [rows] = seen;
    if (rows === null || rows === undefined) return null;
    return Array.isArray(rows) && rows.some(({ name }) => name === after.name) ? { name: after.name } : {};
  },
  isDone: ({ after }, now) => now?.name === after.name,
  requests: ({ target, after }) => [
    send('post', '/api/applications/{id}/secrets', { id: target.id }, filledIn(after)),
  ],
  inverse: ({ target, after }) => ({
    operation: 'applications.deleteSecrets',
    target,
    after: { names: texts([after.name]) },
  }),
  guard: ({ after, before }) =>
    before.name === undefined ? null : { guard: 'taken', about: text(after.name) },
  shows: { at: 'value', label: 'name' },
};

const deleteSecrets = ending({
  id: 'applications.deleteSecrets',
  resource: 'applications',
  bulk: false,
  field: { id: 'names', kind: 'texts', ref: 'application-secrets', required: true },
  losses: () => ['oldSecret'],
  look: lookAtSecrets,
  idAt: 'name',
  request: ({ id }, name) => send('delete', '/api/applications/{id}/secrets/{name}', { id, name }),
});

/** What stands where an application has none of the kind that it was made with before secrets had names (WRITES). */
const noLegacy = 'internal:';

/** The secret without a name that older applications were made with: it works at once no more, and cannot be made again. */
const deleteLegacySecret: Operation = {
  id: 'applications.deleteLegacySecret',
  resource: 'applications',
  kind: 'remove',
  bulk: false,
  fields: [],
  losses: () => ['oldSecret'],
  undoable: 'never',
  looks: ({ target }) => [look(target)],
  present: (_, seen) => {
    const row = rowOf(seen);
    const secret = text(row?.secret);
    return row && { legacy: secret !== '' && !secret.startsWith(noLegacy) };
  },
  isDone: (_, now) => now === null || now.legacy === false,
  requests: ({ target }) => [send('delete', '/api/applications/{id}/legacy-secret', { id: target.id })],
  inverse: () => null,
};

const rules: readonly EditField[] = [
  { id: 'userIds', kind: 'ids', ref: 'users' },
  { id: 'userRoleIds', kind: 'ids', ref: 'roles' },
  { id: 'organizationIds', kind: 'ids', ref: 'organizations' },
  { id: 'organizationRoleRules', kind: 'objects', shape: 'rules', names: ruleNames.organizationRoleRules },
];

/** Who may use it: the server takes the four lists at once (WRITES), so all of them are in the change. */
const setAccess: Operation = {
  ...rowUpdate({
    id: 'applications.setAccessControl',
    resource: 'applications',
    fields: rules,
    look: ({ id }) => lookAt('/api/applications/{applicationId}/access-control', { applicationId: id }),
    isSilent: true,
    request: ({ id }, body) =>
      send('put', '/api/applications/{applicationId}/access-control', { applicationId: id }, body),
  }),
  edits: 'application-access-control',
  all: (seen) => {
    const row = rowOf(seen);
    return Object.fromEntries(rules.map(({ id }) => [id, row?.[id] ?? []]));
  },
  empties: ({ before, after }) => {
    const count = (values: Readonly<Record<string, unknown>>) =>
      rules.reduce((sum, { id }) => sum + (Array.isArray(values[id]) ? values[id].length : 0), 0);
    return count(before) > 0 && count(after) === 0 ? 'application-access-control' : null;
  },
};

const limitAccess = rowUpdate({
  id: 'applications.limitAccess',
  resource: 'applications',
  fields: [{ id: 'appLevelAccessControlEnabled', kind: 'boolean', required: true }],
  look,
  request: ({ id }, body) => send('patch', '/api/applications/{id}', { id }, body),
});

/** Applications, with their secrets, roles and who may use them. */
export const applicationOperations: readonly Operation[] = [
  update,
  create,
  remove,
  ...roles,
  createSecret,
  deleteSecrets,
  deleteLegacySecret,
  limitAccess,
  setAccess,
];
