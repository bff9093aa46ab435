import type { PlannedRequest, Values } from '../change.ts';
import type { Holders, Seen } from './operation.ts';
import { lookThrough, newId, send } from './request.ts';
import { idsOf, objectOf, rowsIn, rowsOf, text, texts } from './values.ts';

/** Members that one request gives a role: more hold up the whole server (WRITES, bulk). */
const membersAtOnce = 250;

const has = (rows: unknown, id: string): boolean => rowsIn(rows).some((role) => role.id === id);

/** Organizations in which somebody has an organization role, or gets it on joining. */
export const roleHolders: Holders = {
  isUse: true,
  list: () => lookThrough('/api/organizations', {}),
  looks: ({ id: role }, { id: organization }) => {
    const id = text(organization);
    return [
      // Servers that do not know the parameter give all members.
      lookThrough('/api/organizations/{id}/users', { id }, { params: [['organizationRoleId', role]] }),
      lookThrough('/api/organizations/{id}/applications', { id }),
      lookThrough('/api/organizations/{id}/jit/roles', { id }),
    ];
  },
  kept: ({ id }, { id: organization, name }, seen) => {
    const [users, applications] = [0, 1].map((at) =>
      rowsOf(seen, at)
        .filter((row) => has(row.organizationRoles, id))
        .map((row) => ({ id: row.id, name: row.name || row.username || row.primaryEmail || row.id })),
    );
    const isJit = rowsOf(seen, 2).some((role) => role.id === id);
    if (!users?.length && !applications?.length && !isJit) return null;
    return { id: organization, name, users, applications, isJit };
  },
};

/** Invitations that are still open and give the role. */
export const roleInvitations: Holders = {
  isUse: true,
  list: () => lookThrough('/api/organization-invitations', {}, { paged: false }),
  kept: ({ id }, row) =>
    row.status === 'Pending' && has(row.organizationRoles, id) ? { id: row.id, name: row.invitee } : null,
};

/** Who had the role, by organizations, as making it anew takes it. */
export const holdersIn = (seen: Seen | undefined): Values =>
  Object.fromEntries(
    rowsOf([seen ?? null]).map(({ id, users, applications, isJit }) => [
      text(id),
      { userIds: idsOf(rowsIn(users)), applicationIds: idsOf(rowsIn(applications)), isJit: isJit === true },
    ]),
  );

const slices = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / membersAtOnce) }, (_, at) =>
    ids.slice(at * membersAtOnce, (at + 1) * membersAtOnce),
  );

/** Gives a role that was made anew to who had it. */
export const givenAgain = (holders: unknown): PlannedRequest[] =>
  Object.entries(objectOf(holders)).flatMap(([id, value]) => {
    const { userIds, applicationIds, isJit } = objectOf(value);
    const organizationRoleIds = [newId];
    return [
      ...slices(texts(userIds)).map((some) =>
        send('post', '/api/organizations/{id}/users/roles', { id }, { userIds: some, organizationRoleIds }),
      ),
      ...slices(texts(applicationIds)).map((some) =>
        send(
          'post',
          '/api/organizations/{id}/applications/roles',
          { id },
          { applicationIds: some, organizationRoleIds },
        ),
      ),
      ...(isJit === true
        ? [send('post', '/api/organizations/{id}/jit/roles', { id }, { organizationRoleIds })]
        : []),
    ];
  });

/** What a delete of the role takes along. */
export const takenWithRole = (holders: Seen | undefined) => {
  const organizations = rowsOf([holders ?? null]);
  const all = (field: string) => organizations.flatMap((row) => rowsIn(row[field]));
  return {
    users: all('users'),
    applications: all('applications'),
    rules: organizations.filter(({ isJit }) => isJit === true),
  };
};
