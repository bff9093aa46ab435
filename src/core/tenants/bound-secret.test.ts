import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testCore } from '../../doors/testing.ts';
import type { ProfileInput } from '../../shared/profile.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { router } from '../router.ts';
import { entryOf, readEntry } from './bound-secret.ts';
import { type Keychain, loadKeytar, osKeychain } from './keychain.ts';

const secret = 'Zq7-stored-secret';
let server: Simulator;
/** What a thief's server was sent. */
let stolen: string[];
const thief = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => (body += chunk));
  request.on('end', () => {
    stolen.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
    response.end('{}');
  });
});
let elsewhere = '';

beforeAll(async () => {
  server = await startSimulator({
    users: 5,
    logs: 5,
    apps: [{ appId: 'app', secret, managementRole: true }],
  });
  thief.listen(0, '127.0.0.1');
  await once(thief, 'listening');
  elsewhere = `http://127.0.0.1:${(thief.address() as AddressInfo).port}`;
});
afterAll(async () => {
  thief.close();
  thief.closeAllConnections();
  await server.stop();
});

const own = (): ProfileInput => ({ kind: 'oss', name: 'Prod', endpoint: server.endpoint, appId: 'app' });
const hostile = (): ProfileInput => ({ kind: 'oss', name: 'Prod', endpoint: elsewhere, appId: 'app' });

const callerOf = ({ core }: ReturnType<typeof testCore>) =>
  router.createCaller({
    core,
    door: { kind: 'browser', chooseFile: async () => null, chooseFolder: async () => null },
  });

/** All that a page can try to have the secret of `id` sent to the thief. */
const attack = async (held: ReturnType<typeof testCore>, id: string) => {
  const page = callerOf(held);
  const refused: string[] = [];
  const attempt = async (work: () => Promise<unknown>) => {
    await work().catch((error) => refused.push(error.cause?.code ?? error.code));
  };
  const tested = async (asked: { profile: string; input: ProfileInput }) => {
    const test = await page.profiles.prepareTest(asked);
    for await (const step of await page.profiles.test({ id: test }))
      if (step.error) refused.push(step.error.code);
  };
  const query = { profile: id, resource: 'users', filters: {} };
  for (const input of [hostile(), { ...hostile(), appId: 'another' }]) {
    await attempt(() => tested({ profile: id, input }));
    await attempt(() => page.profiles.update({ id, input, secretPlace: 'keychain' }));
    await attempt(() => page.profiles.update({ id, input, secretPlace: 'memory' }));
    await attempt(() => page.list.page({ query, index: 0 }));
  }
  await attempt(() => tested({ profile: 'demo', input: hostile() }));
  return refused;
};

const basic = Buffer.from(`app:${secret}`).toString('base64');
const expectNothingStolen = () => {
  const sent = stolen.join('\n');
  expect(sent).not.toContain(secret);
  expect(sent).not.toContain(basic);
};

test('a page that may call everything cannot make the core send a stored secret elsewhere', async () => {
  for (const place of ['keychain', 'memory'] as const) {
    stolen = [];
    await using held = testCore();
    const { id } = await held.core.profiles.add(own(), secret, place);
    expect(await attack(held, id)).toContain('secret.elsewhere');
    expect(stolen).toEqual([]);
    // It still serves its own address, under another name too.
    await held.core.profiles.update(id, { ...own(), name: 'Production' }, undefined, place);
    const query = { profile: id, resource: 'users', filters: {} };
    expect((await callerOf(held).list.page({ query, index: 0 })).rows).toHaveLength(5);
  }
});

test('an address entered with a secret in memory does not get the keychain’s after a restart', async () => {
  stolen = [];
  const service = `logto-desk-test-${randomUUID()}`;
  // One bound entry, and one of an earlier version, which is bound to nothing.
  for (const old of [false, true]) {
    await using held = testCore({}, { service });
    const { id } = await held.core.profiles.add(own(), secret, 'keychain');
    if (old) await osKeychain(service, loadKeytar).set(id, secret);
    await callerOf(held).profiles.update({ id, input: hostile(), secret: 'bogus', secretPlace: 'memory' });
    const next = testCore({}, { service, dataDir: held.dataDir });
    const query = { profile: id, resource: 'users', filters: {} };
    await expect(callerOf(next).list.page({ query, index: 0 })).rejects.toMatchObject({
      cause: { code: 'secret.elsewhere' },
    });
    await next.core.stop();
  }
  expectNothingStolen();
});

test('settings that another program changed do not take the secret along', async () => {
  stolen = [];
  await using held = testCore();
  const { id } = await held.core.profiles.add(own(), secret, 'keychain');
  held.core.settings.changeProfiles((all) => all.map((one) => ({ ...one, endpoint: elsewhere })));
  const query = { profile: id, resource: 'users', filters: {} };
  await expect(callerOf(held).list.page({ query, index: 0 })).rejects.toMatchObject({
    cause: { code: 'secret.elsewhere' },
  });
  expect(stolen).toEqual([]);
});

test('an entry of an earlier version serves its tenant, and is bound when it is first read', async () => {
  stolen = [];
  const service = `logto-desk-test-${randomUUID()}`;
  await using held = testCore({}, { service });
  const { id } = await held.core.profiles.add(own(), secret, 'keychain');
  // As an earlier version left it.
  held.core.settings.changeProfiles((all) => all.map(({ secretBound: _, ...one }) => one));
  const keychain = osKeychain(service, loadKeytar);
  await keychain.set(id, secret);
  expect(await attack(held, id)).toContain('secret.elsewhere');
  expect(stolen).toEqual([]);
  expect(await held.core.secrets.get(held.core.profiles.get(id))).toBe(secret);
  expect(readEntry((await keychain.get(id)) ?? '')).toEqual({
    secret,
    binding: { token: `${server.endpoint}/oidc/token`, app: 'app' },
  });
});

test('the secret is stored before the address, and both stay as they were when either fails', async () => {
  const kept = new Map<string, string>();
  let broken = false;
  const keychain: Keychain = {
    get: async (account) => kept.get(account) ?? null,
    set: async (account, entry) => {
      if (broken) throw new Error('refused');
      kept.set(account, entry);
    },
    delete: async (account) => void kept.delete(account),
  };
  await using held = testCore({ keychain });
  const { core } = held;
  const before = await core.profiles.add(own(), secret, 'keychain');
  broken = true;
  await expect(core.profiles.update(before.id, hostile(), 'new', 'keychain')).rejects.toThrow('refused');
  expect(core.profiles.list()).toEqual([before]);
  broken = false;
  const { changeProfiles } = core.settings;
  core.settings.changeProfiles = () => {
    expect(kept.get(before.id)).toContain('"new"');
    throw new Error('disk full');
  };
  await expect(core.profiles.update(before.id, hostile(), 'new', 'keychain')).rejects.toThrow('disk full');
  core.settings.changeProfiles = changeProfiles;
  expect(kept.get(before.id)).toBe(entryOf(secret, { token: `${server.endpoint}/oidc/token`, app: 'app' }));
  expect(core.profiles.list()).toEqual([before]);
});

test('a secret that looks like an entry is still a secret', () => {
  for (const odd of ['{"secret":"x"}', '{', '[]', 'null', '"x"'])
    expect(readEntry(odd)).toEqual({ secret: odd, binding: null });
  const binding = { token: 'https://a.example/oidc/token', app: 'a' };
  expect(readEntry(entryOf('{"logtoDesk":1}', binding))).toEqual({ secret: '{"logtoDesk":1}', binding });
});
