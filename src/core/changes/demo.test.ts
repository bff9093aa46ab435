import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applied, journalOf, planOf } from '../../doors/changes-testing.ts';
import { memoryKeychain, testCore } from '../../doors/testing.ts';

test('changes can be tried on the demo: read-only until they are allowed, and its journal is not a file', async () => {
  await using held = testCore({ keychain: memoryKeychain() });
  const { core, dataDir } = held;
  const { id } = await core.profileFor('demo');
  await expect(core.changes.unlock(id)).rejects.toMatchObject({ code: 'profile.read_only' });
  await core.tenants.allowDemo('read-write');
  await core.changes.unlock(id);
  const { rows } = await core.pages.rows(
    { query: { profile: id, resource: 'users', filters: {} }, page: 1, size: 1 },
    {},
  );
  const plan = await planOf(core, {
    profile: id,
    operation: 'users.update',
    on: { kind: 'ids', ids: [String(rows[0]?.id)] },
    values: { name: 'Tried' },
  });
  expect((await applied(core, plan.id)).result?.outcomes).toMatchObject({ done: 1 });
  expect((await journalOf(core, id)).map(({ after }) => after)).toEqual([{ name: 'Tried' }]);
  expect(existsSync(join(dataDir, 'journals', 'demo.sqlite'))).toBe(false);
  await core.tenants.allowDemo('read-only');
  await expect(core.changes.unlock(id)).rejects.toMatchObject({ code: 'profile.read_only' });
});
