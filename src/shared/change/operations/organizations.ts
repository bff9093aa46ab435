import type { PlannedRequest, Target, Values } from '../change.ts';
import { ruleHolders, rulesIn, withAccessRules } from './access-rules.ts';
import { firstOnly, inUse } from './in-use.ts';
import { keepingRoles } from './keeping-roles.ts';
import type { EditField, Holders, Operation, Seen, Stated } from './operation.ts';
import { lookAt, lookThrough, newId, send } from './request.ts';
import { rolesById, rolesThere } from './roles-there.ts';
import { filledIn, rowCreate, rowDelete, rowUpdate } from './rows.ts';
import { setOperations } from './sets.ts';
import { takenRows } from './taken.ts';
import { idsOf, objectOf, rowOf, rowsOf, text, texts } from './values.ts';

const look = ({ id }: Target) => lookAt('/api/organizations/{id}', { id });

const picture = (id: string): EditField => ({
  id: `branding.${id}`,
  kind: 'url',
  nullable: true,
  longest: 2_048,
});

const fields: readonly EditField[] = [
  { id: 'name', kind: 'text', required: true, longest: 128 },
  { id: 'description', kind: 'text', nullable: true, longest: 256 },
  { id: 'isMfaRequired', kind: 'boolean' },
  picture('logoUrl'),
  picture('darkLogoUrl'),
  picture('favicon'),
  picture('darkFavicon'),
  { id: 'customData', kind: 'json', parts: true },
];
/** When it is edited, none has to be given. */
const optional = (all: readonly EditField[]): EditField[] =>
  all.map((field) => ({ ...field, required: false }));

const update = rowUpdate({
  id: 'organizations.update',
  resource: 'organizations',
  bulk: true,
  fields: optional(fields),
  look,
  request: ({ id }, body) => send('patch', '/api/organizations/{id}', { id }, body),
});

/** What an organization has besides its row: given after it is made. */
const belongings: readonly EditField[] = [
  /** Ids of members, each with the ids of its roles. */
  {
    id: 'members',
    kind: 'json',
    hidden: true,
    names: { keys: 'users', each: { ids: 'organization-roles' } },
  },
  { id: 'applicationIds', kind: 'ids', ref: 'applications', hidden: true },
  /** Their roles there, by their ids. */
  {
    id: 'applicationRoles',
    kind: 'json',
    hidden: true,
    names: { keys: 'applications', each: { ids: 'organization-roles' } },
  },
  { id: 'emailDomains', kind: 'texts', hidden: true },
  { id: 'jitRoleIds', kind: 'ids', ref: 'organization-roles', hidden: true },
  { id: 'ssoConnectorIds', kind: 'ids', ref: 'sso-connectors', hidden: true },
  { id: 'createdAt', kind: 'number', hidden: true },
];
const belongingIds = belongings.map(({ id }) => id);

/** Members that one request adds: more hold up the whole server (WRITES, bulk). */
const membersAtOnce = 250;

const slices = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / membersAtOnce) }, (_, at) =>
    ids.slice(at * membersAtOnce, (at + 1) * membersAtOnce),
  );

const madeWith = ({ after }: Pick<Stated, 'after'>): PlannedRequest[] => {
  const id = newId;
  const members = Object.entries(objectOf(after.members));
  const some = (ids: unknown, request: (ids: string[]) => PlannedRequest) =>
    texts(ids).length > 0 ? [request(texts(ids))] : [];
  return [
    ...slices(members.map(([userId]) => userId)).map((userIds) =>
      send('post', '/api/organizations/{id}/users', { id }, { userIds }),
    ),
    ...members.flatMap(([userId, roles]) =>
      some(roles, (organizationRoleIds) =>
        send('post', '/api/organizations/{id}/users/{userId}/roles', { id, userId }, { organizationRoleIds }),
      ),
    ),
    ...some(after.applicationIds, (applicationIds) =>
      send('post', '/api/organizations/{id}/applications', { id }, { applicationIds }),
    ),
    ...rolesThere(after.applicationRoles).map(([applicationId, organizationRoleIds]) =>
      send(
        'post',
        '/api/organizations/{id}/applications/{applicationId}/roles',
        { id, applicationId },
        { organizationRoleIds },
      ),
    ),
    ...texts(after.emailDomains).map((emailDomain) =>
      send('post', '/api/organizations/{id}/jit/email-domains', { id }, { emailDomain }),
    ),
    ...some(after.jitRoleIds, (organizationRoleIds) =>
      send('post', '/api/organizations/{id}/jit/roles', { id }, { organizationRoleIds }),
    ),
    ...some(after.ssoConnectorIds, (ssoConnectorIds) =>
      send('post', '/api/organizations/{id}/jit/sso-connectors', { id }, { ssoConnectorIds }),
    ),
    // It can be set, unlike the ID, but not when it is made (WRITES).
    ...(typeof after.createdAt === 'number'
      ? [send('patch', '/api/organizations/{id}', { id }, { createdAt: after.createdAt })]
      : []),
  ];
};

const ofRow = (after: Values): Values =>
  Object.fromEntries(Object.entries(filledIn(after)).filter(([id]) => !belongingIds.includes(id)));

const plainCreate = rowCreate({
  id: 'organizations.create',
  resource: 'organizations',
  fields: [
    ...fields,
    { id: 'color', kind: 'json', hidden: true },
    { id: 'customCss', kind: 'text', hidden: true },
    ...belongings,
  ],
  twins: ({ after }) => lookThrough('/api/organizations', {}, { params: [['q', text(after.name)]] }),
  isTwin: ({ name }, { after }) => name === after.name,
  undoneBy: 'organizations.delete',
  request: ({ after }) => send('post', '/api/organizations', {}, ofRow(after)),
});

const create: Operation = withAccessRules(
  { ...plainCreate, requests: (change) => [...plainCreate.requests(change), ...madeWith(change)] },
  'organizations',
);

const recreated = (target: Target, saved: readonly Seen[]) => {
  const row = rowOf(saved);
  if (!row) return null;
  const members = rowsOf(saved, 1).map((one) => [
    text(one.id),
    idsOf(Array.isArray(one.organizationRoles) ? one.organizationRoles : []),
  ]);
  const own = [
    'name',
    'description',
    'isMfaRequired',
    'color',
    'branding',
    'customCss',
    'customData',
    'createdAt',
  ];
  return {
    operation: 'organizations.create',
    target: { ...target, id: '' },
    after: {
      ...filledIn(Object.fromEntries(own.map((id) => [id, row[id]]))),
      members: Object.fromEntries(members),
      applicationIds: idsOf(rowsOf(saved, 2)),
      applicationRoles: rolesById(rowsOf(saved, 2)),
      emailDomains: idsOf(rowsOf(saved, 3), 'emailDomain'),
      jitRoleIds: idsOf(rowsOf(saved, 4)),
      ssoConnectorIds: idsOf(rowsOf(saved, 5)),
      ...rulesIn(saved, 7),
    },
  };
};

/** They are for its id, and cannot be made again as they were. */
const invitations: Holders = {
  list: ({ id }) =>
    lookThrough('/api/organization-invitations', {}, { paged: false, params: [['organizationId', id]] }),
  kept: (_, { id, invitee }) => ({ id, name: invitee }),
};

const remove = rowDelete({
  id: 'organizations.delete',
  resource: 'organizations',
  bulk: true,
  losses: () => ['invitations', 'accessRules'],
  shown: ['name', 'description'],
  look,
  besides: ({ id }) => [
    lookThrough('/api/organizations/{id}/users', { id }, { paged: false, params: firstOnly }),
    lookThrough('/api/organizations/{id}/applications', { id }, { paged: false, params: firstOnly }),
  ],
  guard: inUse('organization-users', 'organization-applications'),
  request: ({ id }) => send('delete', '/api/organizations/{id}', { id }),
  saves: ({ id }) => [
    lookAt('/api/organizations/{id}', { id }),
    lookThrough('/api/organizations/{id}/users', { id }),
    lookThrough('/api/organizations/{id}/applications', { id }),
    lookThrough('/api/organizations/{id}/jit/email-domains', { id }),
    lookThrough('/api/organizations/{id}/jit/roles', { id }),
    lookThrough('/api/organizations/{id}/jit/sso-connectors', { id }),
  ],
  holders: [invitations, ruleHolders('organizations')],
  takes: (_, saved) => [
    takenRows('organization-users', rowsOf(saved, 1)),
    takenRows('organization-applications', rowsOf(saved, 2)),
    takenRows('organization-jit-domains', rowsOf(saved, 3)),
    takenRows('organization-jit-roles', rowsOf(saved, 4)),
    takenRows('organization-jit-sso-connectors', rowsOf(saved, 5)),
    takenRows('organization-invitations', rowsOf(saved, 6), false),
    takenRows('application-access-control', rowsOf(saved, 7)),
  ],
  recreate: recreated,
});

const members = keepingRoles(
  setOperations({
    resource: 'organizations',
    list: 'organization-users',
    field: { id: 'userIds', kind: 'ids', ref: 'users' },
    look: ({ id }) => lookThrough('/api/organizations/{id}/users', { id }),
    add: {
      id: 'organizations.addMembers',
      bulk: false,
      chunk: { field: 'userIds', size: membersAtOnce },
      request: ({ id }, userIds) => send('post', '/api/organizations/{id}/users', { id }, { userIds }),
    },
    remove: {
      id: 'organizations.removeMembers',
      bulk: false,
      chunk: { field: 'userIds', size: membersAtOnce },
      request: ({ id }, userId) => send('delete', '/api/organizations/{id}/users/{userId}', { id, userId }),
    },
  }),
  { ids: 'userIds', list: 'users' },
  ({ id }, userId, organizationRoleIds) =>
    send('post', '/api/organizations/{id}/users/{userId}/roles', { id, userId }, { organizationRoleIds }),
);

const applications = keepingRoles(
  setOperations({
    resource: 'organizations',
    list: 'organization-applications',
    field: { id: 'applicationIds', kind: 'ids', ref: 'applications' },
    look: ({ id }) => lookThrough('/api/organizations/{id}/applications', { id }),
    add: {
      id: 'organizations.addApplications',
      request: ({ id }, applicationIds) =>
        send('post', '/api/organizations/{id}/applications', { id }, { applicationIds }),
    },
    remove: {
      id: 'organizations.removeApplications',
      request: ({ id }, applicationId) =>
        send('delete', '/api/organizations/{id}/applications/{applicationId}', { id, applicationId }),
    },
  }),
  { ids: 'applicationIds', list: 'applications' },
  ({ id }, applicationId, organizationRoleIds) =>
    send(
      'post',
      '/api/organizations/{id}/applications/{applicationId}/roles',
      { id, applicationId },
      { organizationRoleIds },
    ),
);

const domains = setOperations({
  resource: 'organizations',
  list: 'organization-jit-domains',
  field: { id: 'emailDomains', kind: 'texts' },
  look: ({ id }) => lookThrough('/api/organizations/{id}/jit/email-domains', { id }),
  idAt: 'emailDomain',
  add: {
    id: 'organizations.addEmailDomains',
    // One each: a repeat is refused (WRITES, JIT).
    request: ({ id }, names) =>
      names.map((emailDomain) =>
        send('post', '/api/organizations/{id}/jit/email-domains', { id }, { emailDomain }),
      ),
  },
  remove: {
    id: 'organizations.removeEmailDomains',
    request: ({ id }, emailDomain) =>
      send('delete', '/api/organizations/{id}/jit/email-domains/{emailDomain}', { id, emailDomain }),
  },
});

const jitRoles = setOperations({
  resource: 'organizations',
  list: 'organization-jit-roles',
  field: { id: 'jitRoleIds', kind: 'ids', ref: 'organization-roles' },
  look: ({ id }) => lookThrough('/api/organizations/{id}/jit/roles', { id }),
  add: {
    id: 'organizations.addJitRoles',
    request: ({ id }, organizationRoleIds) =>
      send('post', '/api/organizations/{id}/jit/roles', { id }, { organizationRoleIds }),
  },
  remove: {
    id: 'organizations.removeJitRoles',
    request: ({ id }, organizationRoleId) =>
      send('delete', '/api/organizations/{id}/jit/roles/{organizationRoleId}', { id, organizationRoleId }),
  },
});

const jitConnectors = setOperations({
  resource: 'organizations',
  list: 'organization-jit-sso-connectors',
  field: { id: 'ssoConnectorIds', kind: 'ids', ref: 'sso-connectors' },
  look: ({ id }) => lookThrough('/api/organizations/{id}/jit/sso-connectors', { id }),
  add: {
    id: 'organizations.addSsoConnectors',
    request: ({ id }, ssoConnectorIds) =>
      send('post', '/api/organizations/{id}/jit/sso-connectors', { id }, { ssoConnectorIds }),
  },
  remove: {
    id: 'organizations.removeSsoConnectors',
    request: ({ id }, ssoConnectorId) =>
      send('delete', '/api/organizations/{id}/jit/sso-connectors/{ssoConnectorId}', { id, ssoConnectorId }),
  },
});

/** The same of applications: roles that one has there. */
const applicationRoles = setOperations({
  resource: 'organization-applications',
  list: 'organization-application-roles',
  field: { id: 'organizationRoleIds', kind: 'ids', ref: 'organization-roles' },
  look: ({ id, parent }) =>
    lookThrough('/api/organizations/{id}/applications/{applicationId}/roles', {
      id: parent,
      applicationId: id,
    }),
  add: {
    id: 'organization-applications.addRoles',
    request: ({ id, parent }, organizationRoleIds) =>
      send(
        'post',
        '/api/organizations/{id}/applications/{applicationId}/roles',
        { id: parent, applicationId: id },
        { organizationRoleIds },
      ),
  },
  remove: {
    id: 'organization-applications.removeRoles',
    request: ({ id, parent }, organizationRoleId) =>
      send('delete', '/api/organizations/{id}/applications/{applicationId}/roles/{organizationRoleId}', {
        id: parent,
        applicationId: id,
        organizationRoleId,
      }),
  },
});

/** Organizations, with their members, applications and just-in-time rules. */
export const organizationOperations: readonly Operation[] = [
  update,
  create,
  remove,
  ...members,
  ...applications,
  ...applicationRoles,
  ...domains,
  ...jitRoles,
  ...jitConnectors,
];
