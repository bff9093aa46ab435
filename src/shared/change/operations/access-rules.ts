import type { Row } from '../../row.ts';
import type { PlannedRequest, Values } from '../change.ts';
import type { Concerned, EditField, Holders, Operation, Seen } from './operation.ts';
import { lookAt, lookThrough, newId, send } from './request.ts';
import { objectOf, rowOf, rowsIn, rowsOf, text, texts } from './values.ts';

/** Lists of rules by what they name. Organization roles are named along with their organizations. */
const listOf = { users: 'userIds', roles: 'userRoleIds', organizations: 'organizationIds' } as const;
export type Ruled = keyof typeof listOf | 'organization-roles';

const look = (applicationId: string) =>
  lookAt('/api/applications/{applicationId}/access-control', { applicationId });

/** How rules of an application name somebody; null where they do not. */
const namedBy = (ruled: Ruled, rules: Row | null, id: string): Values | null => {
  const inOrganizations = rowsIn(rules?.organizationRoleRules);
  if (ruled === 'organization-roles') {
    const organizationIds = inOrganizations
      .filter(({ organizationRoleIds }) => texts(organizationRoleIds).includes(id))
      .map(({ organizationId }) => text(organizationId));
    return organizationIds.length > 0 ? { organizationIds } : null;
  }
  const isListed = texts(rules?.[listOf[ruled]]).includes(id);
  const own = ruled === 'organizations' ? inOrganizations.find((rule) => rule.organizationId === id) : null;
  const roleIds = texts(own?.organizationRoleIds);
  return isListed || roleIds.length > 0 ? { isListed, roleIds } : null;
};

/** Applications with access control that name it. Of those without, rules are not read: each would cost a request. */
export const ruleHolders = (ruled: Ruled): Holders => ({
  list: () => lookThrough('/api/applications', {}),
  looks: (_, { id, appLevelAccessControlEnabled }) =>
    appLevelAccessControlEnabled === true ? [look(text(id))] : [],
  kept: (target, { id, name }, seen) => {
    const named = namedBy(ruled, rowOf(seen), target.id);
    return named && { id, name, named };
  },
});

/** The same as making anew takes it: by applications, where there are any. */
export const rulesIn = (saved: readonly Seen[], at: number): Values => {
  const rows = rowsOf(saved, at);
  return rows.length === 0
    ? {}
    : { accessRules: Object.fromEntries(rows.map(({ id, named }) => [text(id), named])) };
};

const field: EditField = {
  id: 'accessRules',
  kind: 'json',
  hidden: true,
  names: {
    keys: 'applications',
    each: {
      parts: { roleIds: { ids: 'organization-roles' }, organizationIds: { ids: 'organizations' } },
    },
  },
};

const applicationsIn = ({ after }: Pick<Concerned, 'after'>): string[] =>
  Object.keys(objectOf(after.accessRules));

/** The rules as they are, with what was made anew in them. The server takes them as a whole (WRITES, access control). */
const withNew = (ruled: Ruled, rules: unknown, named: unknown): Values => {
  const { userIds, userRoleIds, organizationIds, organizationRoleRules } = objectOf(rules);
  const { isListed, roleIds, organizationIds: inThese } = objectOf(named);
  const now = rowsIn(organizationRoleRules);
  const lists = {
    userIds: texts(userIds),
    userRoleIds: texts(userRoleIds),
    organizationIds: texts(organizationIds),
  };
  if (ruled === 'organization-roles') {
    const those = texts(inThese);
    const others = those.filter((id) => !now.some(({ organizationId }) => organizationId === id));
    return {
      ...lists,
      organizationRoleRules: [
        ...now.map((rule) =>
          those.includes(text(rule.organizationId))
            ? { ...rule, organizationRoleIds: [...texts(rule.organizationRoleIds), newId] }
            : rule,
        ),
        ...others.map((organizationId) => ({ organizationId, organizationRoleIds: [newId] })),
      ],
    };
  }
  const list = listOf[ruled];
  const own = texts(roleIds);
  return {
    ...lists,
    ...(isListed === true ? { [list]: [...lists[list], newId] } : {}),
    organizationRoleRules: [
      ...now,
      ...(own.length > 0 ? [{ organizationId: newId, organizationRoleIds: own }] : []),
    ],
  };
};

/**
 * The same create, which also puts what it makes back into rules of applications. What they are now is part of the state
 * that is looked at: moved since the plan, nothing is sent.
 */
export const withAccessRules = (plain: Operation, ruled: Ruled): Operation => {
  // Where nobody could see what was made, nobody could tell it from the rules either.
  const isSeen = (change: Concerned) => plain.looks(change).length > 0;
  return {
    ...plain,
    fields: [...plain.fields, field],
    looks: (change) => [...plain.looks(change), ...(isSeen(change) ? applicationsIn(change).map(look) : [])],
    present(change, seen) {
      const present = plain.present(change, seen);
      const ids = isSeen(change) ? applicationsIn(change) : [];
      if (present === null || ids.length === 0) return present;
      const first = plain.looks(change).length;
      return {
        ...present,
        accessRules: Object.fromEntries(ids.map((id, at) => [id, rowOf(seen, first + at)])),
      };
    },
    requests(change) {
      const { accessRules, ...after } = change.after;
      const now = objectOf(change.before.accessRules);
      return [
        ...plain.requests({ ...change, after }),
        ...Object.entries(objectOf(accessRules)).flatMap(([applicationId, named]): PlannedRequest[] =>
          now[applicationId]
            ? [
                send(
                  'put',
                  '/api/applications/{applicationId}/access-control',
                  { applicationId },
                  withNew(ruled, now[applicationId], named),
                ),
              ]
            : [],
        ),
      ];
    },
  };
};
