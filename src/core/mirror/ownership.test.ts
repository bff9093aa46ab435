import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { router } from '../router.ts';

let server: Simulator;
let other: Simulator;
let held: TestCore;

beforeEach(async () => {
  server = await startSimulator({ users: 30, logs: 5, tied: [0, 0], seed: 1 });
  other = await startSimulator({ users: 20, logs: 5, tied: [0, 0], seed: 2 });
  held = testCore({ retry: { tries: 1, baseMs: 1, longestMs: 1 } });
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  await other.stop();
});

const door = {
  kind: 'browser' as const,
  chooseFile: async () => null,
  chooseFolder: async () => null,
  downloadUrl: () => null,
};
const caller = () => router.createCaller({ core: held.core, door });
const users = (profile: string) => ({ query: { profile, resource: 'users', filters: {} }, index: 0 });
const copy = async (profile: string) =>
  held.core.jobs.ended((await held.core.startJob('copy', { profile, resources: ['users'] })).id);
const inputOf = (of: Simulator, name: string) => ({
  kind: 'oss' as const,
  name,
  endpoint: of.endpoint,
  appId: of.tokens.apps[0]?.appId ?? '',
});
const files = () => readdirSync(join(held.dataDir, 'mirror'));

test('a tenant with another address does not show the old server’s rows, and shows them again when it is set back', async () => {
  const { id } = await addSimulator(held.core, server, 'Prod');
  await copy(id);
  await caller().profiles.update({
    id,
    input: inputOf(other, 'Prod'),
    secret: other.tokens.apps[0]?.secret ?? '',
    secretPlace: 'memory',
  });
  await other.stop();
  await expect(held.core.pages.page(users(id), {})).rejects.toMatchObject({ code: 'network.refused' });
  const foreign = { code: 'mirror.foreign', detail: { where: server.endpoint } };
  await expect(held.core.pages.fromMirror(users(id))).rejects.toMatchObject(foreign);
  for (const refused of [
    () => caller().mirror.about({ profile: id }),
    () => caller().mirror.search({ profiles: [id], text: 'example' }),
    () => caller().list.page({ ...users(id), mirrored: true }),
  ])
    await expect(refused()).rejects.toMatchObject({ cause: foreign });
  expect(await copy(id)).toMatchObject({ state: 'failed', error: { code: 'mirror.foreign' } });

  await held.core.profiles.update(id, inputOf(server, 'Prod'), server.tokens.apps[0]?.secret, 'memory');
  expect((await held.core.pages.fromMirror(users(id))).total).toBe(30);
});

test('a copy of another address keeps no other tenant’s copy from being searched', async () => {
  const [moved, stays] = [
    await addSimulator(held.core, server, 'Moved'),
    await addSimulator(held.core, other, 'Stays'),
  ];
  await copy(moved.id);
  await copy(stays.id);
  await held.core.profiles.update(moved.id, inputOf(other, 'Moved'), other.tokens.apps[0]?.secret, 'memory');
  const text = String(other.tenant.users[3]?.id);
  const found = await caller().mirror.search({ profiles: [moved.id, stays.id], text });
  expect(found.hits).toMatchObject([{ profile: stays.id, id: text }]);
  expect(found.refused).toEqual([moved.id]);
});

test('rows that an old server still answers are not put into the new one’s copy', async () => {
  const { id } = await addSimulator(held.core, server, 'Prod');
  server.faults.add({ kind: 'latency', ms: 2_000 }, { on: '/api/users', times: 1 });
  const asked = new Promise<void>((resolve) => {
    server.onRequest = ({ path }) => path === '/api/users' && resolve();
  });
  const late = held.core.pages.page(users(id), {});
  await asked;
  await held.core.profiles.update(id, inputOf(other, 'Prod'), other.tokens.apps[0]?.secret, 'memory');
  expect((await late).total).toBe(30);
  expect((await held.core.mirrors.about(held.core.profiles.get(id))).lists).toEqual([]);
});

test('whatever door removes a tenant, nothing of it stays, and the next one of its name begins with nothing', async () => {
  const { id } = await addSimulator(held.core, server, 'Prod');
  await copy(id);
  held.core.settings.changeMirrorPlan(id, { everyHours: 1, keepLogsDays: null });
  writeFileSync(join(held.dataDir, 'mirror', `${id}.damaged-77.sqlite`), 'rows of people');
  writeFileSync(join(held.dataDir, 'mirror', `${id}-2.damaged-77.sqlite`), 'another tenant’s');
  await held.core.profiles.remove(id);
  expect(files()).toEqual([`${id}-2.damaged-77.sqlite`]);
  expect(held.core.settings.mirrorPlans).toEqual({});
  const again = await addSimulator(held.core, other, 'Prod');
  expect(again.id).toBe(id);
  await other.stop();
  await expect(held.core.pages.page(users(id), {})).rejects.toMatchObject({ code: 'network.refused' });
});

test('a file that an earlier program left behind is not inherited', async () => {
  const { id } = await addSimulator(held.core, server, 'Prod');
  await copy(id);
  const left = readFileSync(join(held.dataDir, 'mirror', `${id}.sqlite`));
  await held.core.profiles.remove(id);
  writeFileSync(join(held.dataDir, 'mirror', `${id}.sqlite`), left);
  await addSimulator(held.core, server, 'Prod');
  expect(await caller().mirror.about({ profile: id })).toMatchObject({ lists: [], below: [] });
});

test('a removed copy takes along what was set aside of it', async () => {
  const { id } = await addSimulator(held.core, server, 'Prod');
  await copy(id);
  writeFileSync(join(held.dataDir, 'mirror', `${id}.damaged-77.sqlite`), 'rows of people');
  await caller().mirror.remove({ profile: id });
  expect(files()).toEqual([]);
});

test('a file that another program put in its place is looked at anew', async () => {
  const { id } = await addSimulator(held.core, server, 'Prod');
  await copy(id);
  await using elsewhere = testCore({}, { dataDir: held.dataDir });
  await elsewhere.core.tenants.removeCopy(id);
  expect((await held.core.mirrors.about(held.core.profiles.get(id))).lists).toEqual([]);
});

test('a tenant’s id that is a path leads nowhere', async () => {
  const victim = join(held.dataDir, 'cookies.sqlite');
  const cookies = new DatabaseSync(victim);
  cookies.exec('CREATE TABLE cookies (name TEXT)');
  cookies.close();
  const before = readFileSync(victim);
  mkdirSync(join(held.dataDir, 'mirror'), { recursive: true });
  const listed = readdirSync(held.dataDir).sort();
  for (const profile of ['../cookies', '../new', '/tmp/new', 'a/../../cookies', 'A', '..']) {
    const refused = { code: 'profile.not_found' };
    for (const call of [
      () => caller().mirror.about({ profile }),
      () => caller().mirror.counts({ query: users(profile).query, column: 'name', bucket: null }),
      () => caller().mirror.remove({ profile }),
      () => caller().list.page({ ...users(profile), mirrored: true }),
      () => caller().list.names({ profile, resource: 'users', ids: ['a'] }),
      () => caller().list.row({ profile, resource: 'users', id: 'a' }),
    ])
      await expect(call(), profile).rejects.toMatchObject({ cause: refused });
    // Nor where a caller of the core made a profile of it.
    const made = { id: profile, kind: 'oss' as const, endpoint: 'http://127.0.0.1:9', resource: '' };
    await expect(held.core.mirrors.about(made)).rejects.toMatchObject(refused);
    await expect(held.core.mirrors.remove(made)).rejects.toMatchObject(refused);
  }
  expect(readFileSync(victim).equals(before)).toBe(true);
  expect(readdirSync(held.dataDir).sort()).toEqual(listed);
});
