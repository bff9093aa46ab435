import { expect, test } from 'vitest';
import { addSimulator, testCore } from '../../doors/testing.ts';
import { startSimulator } from '../../simulator/server.ts';
import { carriersOf } from './carriers.ts';

test('each permission is told with the roles that carry it, at one request a role', async () => {
  await using server = await startSimulator({ users: 10, logs: 5, tied: [0, 0] });
  await using held = testCore();
  const { id } = await addSimulator(held.core, server);
  const before = server.seen.length;
  const carriers = await carriersOf(await held.core.sessionOf(id));
  const { roles, scopesByRole } = server.tenant;
  const expected = new Map<string, string[]>();
  for (const role of roles)
    for (const scope of scopesByRole.get(String(role.id)) ?? [])
      expected.set(scope, [...(expected.get(scope) ?? []), String(role.id)]);
  expect(expected.size).toBeGreaterThan(3);
  const found = Object.entries(carriers).map(([scope, list]) => [scope, list.map((role) => role.id).sort()]);
  expect(Object.fromEntries(found)).toEqual(
    Object.fromEntries([...expected].map(([scope, ids]) => [scope, ids.sort()])),
  );
  const asked = server.seen.slice(before).filter(({ path }) => path.startsWith('/api/'));
  expect(asked.length).toBe(roles.length + 1);
});
