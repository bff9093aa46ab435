import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { resourceOf } from '../../shared/catalog/index.ts';
import { type Era, eras } from '../../simulator/eras.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { listPage } from '../rows/listing.ts';
import { documentPath } from './capabilities.ts';
import { lackingOf } from './document.ts';

/** What a tenant can do is learned from it, by its own document and by questions that change nothing. */
let server: Simulator;
let held: TestCore;
let profile: string;

const open = async (era: Era) => {
  server = await startSimulator({ users: 5, logs: 300, tied: [0, 0], era });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const learned = async () => (await held.core.tenants.open(profile)).found();
const documents = () => server.seen.filter(({ path }) => path === documentPath).map(({ status }) => status);
const logs = resourceOf('logs');

describe.each(eras)('Logto %s', (era) => {
  test('tells how it takes time bounds, and which lists it lacks', async () => {
    await open(era);
    const known = await learned();
    expect(known?.timeBounds).toBe({ '1.30': 'ignored', '1.41': 'exclusive', '1.42': 'inclusive' }[era]);
    const lacking = {
      '1.30': [
        'user-sessions',
        'user-grants',
        'user-configs',
        'custom-profile-fields',
        'id-token',
        'oidc-session',
      ],
      '1.41': [],
      '1.42': [],
    }[era];
    expect(known?.lacking?.lists).toEqual(expect.arrayContaining(lacking));
    if (era === '1.42') expect(known?.lacking?.lists).toEqual([]);
    if (era === '1.41')
      for (const id of known?.lacking?.lists ?? []) expect(resourceOf(id).path).toMatch(ofNewest);
    // What the document does not name, the server does not have.
    const session = await held.core.sessionOf(profile);
    for (const resource of (known?.lacking?.lists ?? []).map(resourceOf).filter(({ parent }) => !parent))
      await expect(
        listPage(session, { query: { profile, resource: resource.id, filters: {} }, index: 0 }, Date.now),
      ).rejects.toMatchObject({ code: 'http.not_offered' });
    expect(known?.lacking?.parameters.logs).toEqual(era === '1.30' ? ['start_time', 'end_time'] : undefined);
  });
});

/** Paths that only the newest server has (FACTS older servers). */
const ofNewest = /signing-keys|verification-files|configs\/actions|cimd/;

test('is learned once a session, kept, and read again only when it has changed', async () => {
  await open('1.30');
  await Promise.all([learned(), learned()]);
  await learned();
  expect(documents()).toEqual([200]);
  await held.core.tenants.changed(profile);
  const again = await learned();
  expect(documents()).toEqual([200, 304]);
  expect(again?.lacking?.lists).toContain('user-sessions');
  expect(held.core.settings.capabilitiesOf(profile)).toEqual(again);
  await held.core.profiles.remove(profile);
  expect(held.core.settings.capabilitiesOf(profile)).toBeNull();
});

test('is of the server that it was learned from', async () => {
  await open('1.30');
  await learned();
  await held.core.tenants.changed(profile);
  const before = held.core.settings.capabilitiesOf(profile);
  held.core.settings.changeCapabilities(profile, before && { ...before, endpoint: 'http://127.0.0.1:9' });
  await learned();
  expect(documents()).toEqual([200, 200]);
});

test('is as an earlier session found it where the tenant is not reached', async () => {
  await open('1.41');
  const known = await learned();
  await held.core.tenants.changed(profile);
  await server.stop();
  expect(await learned()).toEqual(known);
});

test('of a server without a document are found by the questions alone', async () => {
  await open('1.30');
  server.faults.add({ kind: 'status', status: 404 }, { on: documentPath, times: 99 });
  expect(await learned()).toMatchObject({ lacking: null, timeBounds: 'ignored' });
});

test('is asked before the first read that depends on it, and no document is waited for', async () => {
  await open('1.41');
  const session = await held.core.sessionOf(profile);
  const query = { profile, resource: 'logs', filters: {} };
  const first = await listPage(session, { query, index: 0 }, Date.now);
  expect(server.seen.filter(({ path }) => path === '/api/logs')).toHaveLength(1);
  await listPage(session, { query, index: 1, until: first.until ?? 0 }, Date.now);
  expect(server.seen.at(-1)?.query.get('end_time')).toBe(String((first.until ?? 0) + 1));
  expect(documents()).toEqual([]);
});

test('how a list takes bounds is asked once, also by two at the same moment', async () => {
  await open('1.41');
  const { capabilities } = await held.core.sessionOf(profile);
  await Promise.all([capabilities.timeBounds(logs), capabilities.timeBounds(logs)]);
  const asked = server.seen.filter(({ path }) => path === '/api/logs').length;
  expect(asked).toBeGreaterThan(0);
  await capabilities.timeBounds(logs);
  expect(server.seen.filter(({ path }) => path === '/api/logs')).toHaveLength(asked);
  // A list that has no time is asked nothing: there is nothing to tell.
  await capabilities.timeBounds(resourceOf('users'));
  expect(server.seen.filter(({ path }) => path === '/api/users')).toHaveLength(0);
});

test('a search that the document has by its own name, or by the name of all of its parameters, is not lacking', () => {
  const documentOf = (...names: string[]) => ({
    paths: { '/api/users': { get: { parameters: names.map((name) => ({ name })) } } },
  });
  expect(lackingOf(documentOf('search_params'))?.parameters.users).toBeUndefined();
  expect(lackingOf(documentOf('search'))?.parameters.users).toBeUndefined();
  expect(lackingOf(documentOf('page'))?.parameters.users).toContain('search');
});

test('of a list without rows is asked again when it may have some', async () => {
  await open('1.41');
  server.tenant.logs.forgetBefore(Number.POSITIVE_INFINITY);
  const { capabilities } = await held.core.sessionOf(profile);
  expect(await capabilities.timeBounds(logs)).toBe('inclusive');
  server.tenant.insertLog(1_795_000_000_000, 'Interaction.Create');
  expect(await capabilities.timeBounds(logs)).toBe('exclusive');
});

test('what is not a document lacks nothing', () => {
  for (const body of [null, 'x', {}, { paths: {} }, { paths: null }]) expect(lackingOf(body)).toBeNull();
});

test('a server that has more than this program knows lacks nothing by it', () => {
  const paths = Object.fromEntries(
    ['/api/users', '/api/logs', '/api/whatever-is-new'].map((path) => [
      path,
      { get: { parameters: [{ name: 'search_params' }, { name: 'new' }, { $ref: '#/x' }, null] } },
    ]),
  );
  const lacking = lackingOf({ paths });
  expect(lacking?.lists).not.toContain('users');
  expect(lacking?.parameters.users).toBeUndefined();
});

describe.each(eras)('time bounds of Logto %s are told', (era) => {
  const expected = { '1.30': 'ignored', '1.41': 'exclusive', '1.42': 'inclusive' }[era];

  test('where pages of one row come without any', async () => {
    await open(era);
    const noRow = { kind: 'status', status: 200, headers: { 'total-number': '300' }, body: [] } as const;
    server.faults.add(noRow, {
      on: ({ path, query }) => path === '/api/logs' && query.get('page_size') === '1',
      times: 99,
    });
    const { capabilities } = await held.core.sessionOf(profile);
    expect(await capabilities.timeBounds(logs)).toBe(expected);
  });

  test('where the server fails on the newest log', async () => {
    await open(era);
    const failing = server.tenant.logs.row(0).id;
    server.failsOn = ({ id }) => id === failing;
    const { capabilities } = await held.core.sessionOf(profile);
    expect(await capabilities.timeBounds(logs)).toBe(expected);
  });
});

test('time bounds of a server that fails on every log, rows or none, are not known', async () => {
  await open('1.42');
  server.faults.add({ kind: 'status', status: 500, body: {} }, { on: '/api/logs', times: 99 });
  const { capabilities } = await held.core.sessionOf(profile);
  await expect(capabilities.timeBounds(logs)).rejects.toMatchObject({ code: 'http.server' });
});
