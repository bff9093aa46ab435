import { findResource } from '../../shared/catalog/index.ts';
import { type Named, namedIn, namingOf, withoutGone } from '../../shared/change/operations/naming.ts';
import type { EditField, Look } from '../../shared/change/operations/operation.ts';
import { isSegment, lookAt, lookThrough } from '../../shared/change/operations/request.ts';
import { idsOf, rowsOf, texts } from '../../shared/change/operations/values.ts';
import { mostTakenNames, type Taken } from '../../shared/change/plan.ts';
import type { Session } from '../client/session.ts';
import { inParallel, readUsers } from './batch.ts';
import { textHidden } from './hidden.ts';
import type { PlanItem } from './plan.ts';
import { operationOf } from './plan-about.ts';
import { type LookHow, seenBy } from './present.ts';

/** Reads at once; past four a server gains little (WRITES, cost). */
const atOnce = 4;

/** Rows of a list that are asked for one by one; of more the whole list is read. */
const mostSingle = 20;

/** How it is found out which rows of a list there are. Users are asked for a hundred at a time. */
const lists: Readonly<Record<string, { one: (id: string) => Look; all: () => Look }>> = {
  roles: {
    one: (id) => lookAt('/api/roles/{id}', { id }),
    all: () => lookThrough('/api/roles', {}),
  },
  organizations: {
    one: (id) => lookAt('/api/organizations/{id}', { id }),
    all: () => lookThrough('/api/organizations', {}),
  },
  'organization-roles': {
    one: (id) => lookAt('/api/organization-roles/{id}', { id }),
    all: () => lookThrough('/api/organization-roles', {}),
  },
  'organization-scopes': {
    one: (id) => lookAt('/api/organization-scopes/{id}', { id }),
    all: () => lookThrough('/api/organization-scopes', {}),
  },
  applications: {
    one: (id) => lookAt('/api/applications/{id}', { id }),
    all: () => lookThrough('/api/applications', {}),
  },
  'sso-connectors': {
    one: (id) => lookAt('/api/sso-connectors/{id}', { id }),
    all: () => lookThrough('/api/sso-connectors', {}),
  },
  resources: {
    one: (id) => lookAt('/api/resources/{id}', { id }),
    all: () => lookThrough('/api/resources', {}),
  },
};

const userLook = (userId: string) => lookAt('/api/users/{userId}', { userId });

/** The permissions of all API resources, by their ids. */
const permissionsIn = async (session: Session, how: LookHow): Promise<string[]> => {
  const resources = rowsOf([await seenBy(session, lookThrough('/api/resources', {}), how)]);
  const scopes = await inParallel(idsOf(resources), atOnce, (resourceId) =>
    seenBy(session, lookThrough('/api/resources/{resourceId}/scopes', { resourceId }), how),
  );
  return scopes.flatMap((seen) => idsOf(rowsOf([seen])));
};

/** Which of these ids of a list are there; of a list that cannot be asked all. Throws `DeskError`. */
const standingOf = async (
  session: Session,
  list: string,
  ids: readonly string[],
  how: LookHow,
): Promise<ReadonlySet<string>> => {
  if (list === 'permissions') return new Set(await permissionsIn(session, how));
  const isThere = async (look: (id: string) => Promise<unknown>) => {
    const found = await inParallel(ids.filter(isSegment), atOnce, async (id) =>
      (await look(id)) === null ? [] : [id],
    );
    return new Set(found.flat());
  };
  if (list === 'users') {
    const look = await readUsers(session, ids.filter(isSegment).map(userLook), how);
    return isThere((id) => look(userLook(id)));
  }
  const asked = lists[list];
  if (!asked) return new Set(ids);
  if (ids.length > mostSingle) return new Set(idsOf(rowsOf([await seenBy(session, asked.all(), how)])));
  return isThere((id) => seenBy(session, asked.one(id), how));
};

/** True of what puts something back; of what takes away, what is gone is gone. */
const givesBack = ({ operation, refused }: PlanItem): boolean =>
  refused === undefined && ['create', 'add', 'update'].includes(operationOf(operation).kind);

const valuesNamed = ({ operation, values }: PlanItem): { field: EditField; named: Named[] }[] =>
  operationOf(operation).fields.flatMap((field) => {
    const naming = namingOf(field);
    return naming && values[field.id] !== undefined
      ? [{ field, named: namedIn(naming, values[field.id]) }]
      : [];
  });

/** What an item is below, or is about by a field of its own: without that there is nothing to be made. */
const ownersOf = ({ operation, target, values }: PlanItem): Named[] => {
  const { resource, fields } = operationOf(operation);
  const above = findResource(resource)?.parent?.resource;
  return [
    ...(above && target.parent !== '' ? [{ list: above, id: target.parent }] : []),
    ...fields.flatMap(({ id, kind, ref }) =>
      kind === 'id' && ref ? texts([values[id]]).map((one) => ({ list: ref, id: one })) : [],
    ),
  ];
};

/** What is gone, as a plan tells it. `names`: what was called how while it was there, by ids. */
const lacking = (gone: readonly Named[], names: ReadonlyMap<string, string>): Taken[] =>
  [...Map.groupBy(gone, ({ list }) => list)].map(([list, some]) => {
    const ids = [...new Set(some.map(({ id }) => id))];
    return {
      list: list === 'permissions' ? 'resource-scopes' : list,
      count: ids.length,
      names: ids.slice(0, mostTakenNames).map((id) => textHidden(names.get(id) || id).slice(0, 256)),
      isBack: false,
    };
  });

/**
 * What undoes entries, without what was deleted meanwhile: roles, organizations, and others that something is given back
 * to. A plan says what lacks, before; sent with it, the first request that names it would end the change half done.
 * Throws `DeskError` where it cannot be read.
 */
export const standingItems = async (
  session: Session,
  items: readonly PlanItem[],
  how: LookHow = {},
): Promise<PlanItem[]> => {
  const open = items.filter(givesBack);
  const named = open.flatMap((item) => [...valuesNamed(item).flatMap((one) => one.named), ...ownersOf(item)]);
  const standing = new Map<string, ReadonlySet<string>>();
  for (const [list, some] of Map.groupBy(named, (one) => one.list))
    standing.set(list, await standingOf(session, list, [...new Set(some.map(({ id }) => id))], how));
  const isGone = ({ list, id }: Named) => standing.get(list)?.has(id) === false;
  return items.map((item) => {
    if (!givesBack(item)) return item;
    const owner = ownersOf(item).find(isGone);
    if (owner) return { ...item, refused: { guard: 'holder-gone' as const, about: owner.id } };
    const fields = valuesNamed(item);
    const gone = fields.flatMap((one) => one.named.filter(isGone));
    if (gone.length === 0) return item;
    const values = { ...item.values };
    for (const { field } of fields) {
      const naming = namingOf(field);
      if (naming) values[field.id] = withoutGone(naming, values[field.id], isGone);
    }
    const { kind, fields: all } = operationOf(item.operation);
    const isEmpty = all.some(
      ({ id, required }) => required && texts(item.values[id]).length > 0 && texts(values[id]).length === 0,
    );
    // Nothing is left to be put back.
    if (isEmpty && kind === 'add')
      return { ...item, refused: { guard: 'holder-gone' as const, about: gone[0]?.id ?? '' } };
    return { ...item, values, lacks: lacking(gone, item.names ?? new Map()) };
  });
};
