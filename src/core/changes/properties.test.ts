import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applied, type Changeable, journalOf, openChangeable } from '../../doors/changes-testing.ts';
import { sized } from '../../doors/full.ts';
import type { ApiPath } from '../../shared/catalog/paths.ts';
import type { Simulator } from '../../simulator/server.ts';
import type { PlanItem } from './plan.ts';

let server: Changeable['server'];
let held: Changeable['held'];
let profile: string;
let close: Changeable['close'];

beforeEach(async () => {
  ({ server, held, profile, close } = await openChangeable(12));
});
afterEach(() => close());

type Row = Record<string, unknown> & { id: string };

/** All that the changes below can touch, as the API gives it, in an order of its own. */
const snapshot = async () => {
  const { api } = await held.core.sessionOf(profile);
  const list = async (path: ApiPath, ids: Record<string, string> = {}) => {
    const params = [
      ['page', '1'],
      ['page_size', '100'],
    ] as const;
    const { body } = await api.read(path, { path: ids, params });
    const rows = body as Row[];
    return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  };
  const idsOf = (rows: Row[]) => rows.map(({ id }) => id);
  const users = (await list('/api/users')).map(({ updatedAt: _, ...row }) => row);
  const roles = await list('/api/roles');
  const organizations = await list('/api/organizations');
  const below: Record<string, unknown> = {};
  for (const { id } of roles) {
    below[`users of ${id}`] = idsOf(await list('/api/roles/{id}/users', { id }));
    below[`scopes of ${id}`] = idsOf(await list('/api/roles/{id}/scopes', { id }));
  }
  for (const { id } of organizations)
    below[`members of ${id}`] = (await list('/api/organizations/{id}/users', { id })).map((row) => [
      row.id,
      (row.organizationRoles as Row[]).map((role) => role.id).sort(),
    ]);
  const organizationRoles = await list('/api/organization-roles');
  const rows = (all: Row[]) =>
    all.map(
      ({ usersCount: _, featuredUsers: __, applicationsCount: ___, featuredApplications: ____, ...row }) =>
        row,
    );
  return { users, roles: rows(roles), organizations: rows(organizations), organizationRoles, below };
};

const text = fc
  .oneof(fc.string({ maxLength: 20 }), fc.string({ unit: 'grapheme', maxLength: 20 }), fc.constant(''))
  .filter((value) => !value.includes('\0') && value.isWellFormed());
const word = fc.stringMatching(/^[a-z]{3,10}$/);
const json = fc
  .dictionary(word, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
  .map(
    (value) =>
      JSON.parse(JSON.stringify(value).replaceAll('-0', '0').replaceAll('\\u0000', '')) as Record<
        string,
        unknown
      >,
  );
const userValues = fc.record(
  {
    name: fc.oneof(text, fc.constant(null)),
    username: fc.oneof(fc.stringMatching(/^[a-z_][a-z0-9_]{1,12}$/), fc.constant(null)),
    primaryEmail: fc.oneof(fc.emailAddress({ size: 'small' }), fc.constant(null)),
    'profile.givenName': fc.oneof(text, fc.constant(null)),
    'profile.address.locality': word,
    'customData.plan': fc
      .jsonValue({ maxDepth: 1 })
      .map((value) => JSON.parse(JSON.stringify(value).replaceAll('-0', '0')) as unknown),
    customData: json,
  },
  { requiredKeys: [] },
);

/** What one change is made of: its kind, and the places of the objects that it concerns. */
const anyItem = fc.record({
  kind: fc.nat(12),
  at: fc.nat(30),
  other: fc.nat(30),
  more: fc.nat(30),
  values: userValues,
  word,
  json,
  isIt: fc.boolean(),
});
type Any = typeof anyItem extends fc.Arbitrary<infer One> ? One : never;

/** One change of any kind, to an object of any place: what is not there, or not allowed, is refused. */
const itemOf = (
  tenant: Simulator['tenant'],
  { kind, at, other, more, values, word: name, json: data, isIt }: Any,
): PlanItem => {
  const idOf = (rows: readonly Record<string, unknown>[], place: number) =>
    String(rows[place % Math.max(1, rows.length)]?.id ?? 'none');
  const [userId, otherId] = [idOf(tenant.users, at), idOf(tenant.users, other)];
  const organizationId = idOf(tenant.organizations, other);
  const roleIds = [...new Set([idOf(tenant.roles, other), idOf(tenant.roles, more)])];
  const item = (operation: string, id: string, own: Record<string, unknown>, parent = ''): PlanItem => ({
    operation,
    target: { resource: operation.split('.')[0] ?? '', id, parent, label: '' },
    values: own,
  });
  const organizationRoleIds = [idOf(tenant.lists.organizationRoles as Record<string, unknown>[], more)];
  const items: PlanItem[] = [
    item('users.update', userId, values),
    item('users.suspend', userId, { isSuspended: isIt }),
    item('users.addRoles', userId, { roleIds }),
    item('users.removeRoles', userId, { roleIds }),
    item('users.addToOrganization', userId, {
      organizationId,
      organizationRoleIds: isIt ? organizationRoleIds : [],
    }),
    item('users.removeFromOrganization', userId, { organizationId }),
    item('users.create', '', {
      ...values,
      username: `${name}_made`,
      roleIds: isIt ? roleIds.slice(0, 1) : [],
    }),
    item('organizations.update', organizationId, { name, customData: data }),
    item('organizations.create', '', { name: `${name} ltd`, description: isIt ? name : '' }),
    item('roles.update', roleIds[0] ?? '', { description: name, isDefault: isIt }),
    item('roles.create', '', { name: `${name} role`, description: name, type: 'User' }),
    item('roles.addUsers', roleIds[0] ?? '', { userIds: [...new Set([userId, otherId])] }),
    item('roles.removeUsers', roleIds[0] ?? '', { userIds: [...new Set([userId, otherId])] }),
  ];
  return items[kind] ?? items[0] ?? item('users.update', userId, {});
};

const forced = ['empties-set', 'last-identifier', 'in-use'] as const;

test('whatever is planned and applied, undoing restores it exactly', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyItem, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 3 }),
      async (jobs) => {
        const { core } = held;
        const before = await snapshot();
        const runs: string[] = [];
        for (const items of jobs) {
          const plan = await core.changes.planItems(
            profile,
            items.map((item) => itemOf(server.tenant, item)),
            { title: 'import', forced },
          );
          if (plan.counts.change + plan.counts.create === 0) continue;
          const job = await applied(core, plan.id, { stopAfter: 1_000 });
          expect(job.state).toBe('done');
          runs.push(job.result?.run ?? '');
        }
        for (const run of runs.toReversed()) {
          const made = (await journalOf(core, profile)).filter(({ job }) => job === run);
          if (!made.some(({ outcome }) => outcome === 'done' || outcome === 'partly')) continue;
          // What a job before it left may be what a guard holds back: a user without any identifier.
          const undo = await core.changes.undo(profile, { job: run }, { forced });
          expect(undo.counts.refused).toBe(0);
          if (undo.counts.change + undo.counts.create + undo.counts.delete === 0) continue;
          const job = await applied(core, undo.id);
          expect(job.result?.outcomes).toMatchObject({
            moved: 0,
            'not-done': 0,
            partly: 0,
            unknown: 0,
            refused: 0,
          });
        }
        expect(await snapshot()).toEqual(before);
      },
    ),
    // A run is hundreds of requests: what fails is not made smaller.
    { numRuns: sized(200, 6), endOnFailure: true },
  );
}, 600_000);
