import type { PlannedRequest, Target } from '../change.ts';
import type { EditField, Operation } from './operation.ts';
import { rolesById, rolesThere } from './roles-there.ts';
import { objectOf, rowsOf, texts, without } from './values.ts';

/** Roles in an organization of what is taken out of it, by their ids: being in it again does not bring them back (WRITES). */
const fieldOf = (list: string): EditField => ({
  id: 'rolesThere',
  kind: 'json',
  hidden: true,
  names: { keys: list, each: { ids: 'organization-roles' } },
});

/** Those of an object whose keys are among these. */
const only = (value: unknown, ids: readonly string[]) =>
  Object.fromEntries(Object.entries(objectOf(value)).filter(([id]) => ids.includes(id)));

/**
 * The same operations on a set, of which taking out keeps the roles there, and putting in again gives them. `ids`: the
 * field with the ids, of rows of `list`; `give`: the request that gives one of them its roles.
 */
export const keepingRoles = (
  [add, remove]: readonly [Operation, Operation],
  { ids, list }: { ids: string; list: string },
  give: (target: Target, id: string, organizationRoleIds: string[]) => PlannedRequest,
): readonly [Operation, Operation] => [
  {
    ...add,
    fields: [...add.fields, fieldOf(list)],
    requests(change) {
      const added = without(texts(change.after[ids]), texts(change.before[ids]));
      return [
        ...add.requests(change),
        ...rolesThere(only(change.after.rolesThere, added)).map(([id, roles]) =>
          give(change.target, id, roles),
        ),
      ];
    },
  },
  {
    ...remove,
    losses: () => ['memberRoles'],
    present(change, seen) {
      const present = remove.present(change, seen);
      if (present === null) return null;
      const roles = only(rolesById(rowsOf(seen)), texts(present[ids]));
      return Object.keys(roles).length > 0 ? { ...present, rolesThere: roles } : present;
    },
    inverse(made) {
      const draft = remove.inverse(made);
      if (!draft) return null;
      const roles = only(made.before.rolesThere, texts(draft.after[ids]));
      return Object.keys(roles).length > 0
        ? { ...draft, after: { ...draft.after, rolesThere: roles } }
        : draft;
    },
  },
];
