import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';

let server: Simulator;
let held: TestCore;
let profile: string;

beforeEach(async () => {
  server = await startSimulator({ users: 120, logs: 0, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

test('a tenant is opened once, by its id as by its name', async () => {
  const { tenants } = held.core;
  const tenant = await tenants.open(profile);
  expect(await tenants.open('TEST')).toBe(tenant);
  expect(tenant.server().profile).toEqual(tenant.profile);
});

test('what another program made of a profile is what is open next', async () => {
  const { tenants } = held.core;
  const before = await tenants.open(profile);
  const other = testCore({}, { dataDir: held.dataDir });
  const { name, endpoint, appId } = other.core.profiles.get(profile);
  await other.core.profiles.update(
    profile,
    { kind: 'oss', name, endpoint: endpoint.replace('127.0.0.1', 'localhost'), appId },
    'another secret',
    'memory',
  );
  const after = await tenants.open(profile);
  expect(after).not.toBe(before);
  expect(after.server().profile.endpoint).toContain('localhost');
  await other.core.stop();
});

test('a removed tenant is there no more, and nothing of it: its copy, its plan, what runs for it', async () => {
  const { tenants, jobs, settings } = held.core;
  const { rows, copy } = await tenants.open(profile);
  await rows.page({ query: { profile, resource: 'users', filters: {} }, index: 0 }, {});
  await expect.poll(() => copy.names('users', [server.tenant.users[0]?.id ?? ''])).not.toEqual({});
  settings.changeMirrorPlan(profile, { everyHours: 1, keepLogsDays: null });
  server.faults.add({ kind: 'hang' }, { on: '/api/users', times: 9_999 });
  const { id } = await held.core.startJob('copy', { profile, resources: ['users'] });
  await tenants.remove(profile);
  expect(jobs.find(id)).toMatchObject({ state: 'cancelled' });
  expect(settings.mirrorPlans).toEqual({});
  expect(existsSync(join(held.dataDir, 'mirror', `${profile}.sqlite`))).toBe(false);
  await expect(tenants.open(profile)).rejects.toMatchObject({ code: 'profile.not_found' });
});
