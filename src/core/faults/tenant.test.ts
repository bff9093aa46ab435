import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import type { Fault } from '../../simulator/faults.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { countNewer, listPage } from '../rows/listing.ts';

/** What a tenant can do to views and jobs that are under way, and what comes of it. */
let server: Simulator;
let held: TestCore;
let profile: string;
let folder: string;

beforeEach(async () => {
  server = await startSimulator({ users: 1_200, logs: 300, tied: [0, 0] });
  held = testCore({ retry: { tries: 4, baseMs: 1, longestMs: 2_000 } });
  profile = (await addSimulator(held.core, server)).id;
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-faults-'));
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const users = () => ({ profile, resource: 'users', filters: {} });
const page = async (index: number) =>
  listPage(await held.core.sessionOf(profile), { query: users(), index }, Date.now);
const tokenRequests = () => server.seen.filter(({ path }) => path === '/oidc/token').length;

/** An export that `interfere` meets once 300 rows were written. */
const exported = async (interfere: () => void) => {
  const path = join(folder, 'users.ndjson');
  let pages = 0;
  server.onRequest = ({ path: asked }) => {
    if (asked !== '/api/users') return;
    pages += 1;
    if (pages === 4) interfere();
  };
  const started = await held.core.startJob(
    'export',
    { query: users(), format: 'ndjson', columns: 'all', bom: false },
    { path },
  );
  return { job: await held.core.jobs.ended(started.id), path };
};

const idsIn = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);

/** Faults that pass: the export is as complete as without them. */
const passing: [name: string, interfere: () => void][] = [
  ['the token is revoked', () => server.tokens.revokeAll()],
  [
    'a storm of 429 with Retry-After',
    () => storm({ kind: 'status', status: 429, headers: { 'retry-after': '0' } }, 3),
  ],
  ['a storm of 429 without Retry-After', () => storm({ kind: 'status', status: 429 }, 3)],
  ['a burst of 502', () => storm({ kind: 'status', status: 502 }, 3)],
  ['a burst of 503 in HTML', () => storm({ kind: 'html', status: 503 }, 3)],
  ['connections that are cut', () => storm({ kind: 'cut' }, 3)],
  ['bodies that are cut', () => storm({ kind: 'half' }, 3)],
];
/** A request has four tries: three faults in a row, whichever requests they meet, are passed. */
const storm = (fault: Fault, times: number) => server.faults.add(fault, { on: '/api/users', times });

test.each(passing)('during an export: %s; it ends complete', async (_name, interfere) => {
  const { job, path } = await exported(interfere);
  expect(job).toMatchObject({ state: 'done', result: { rows: 1_200, missing: 0 } });
  expect(new Set(idsIn(path)).size).toBe(1_200);
});

/** Faults that last: the export fails with the reason, and nothing stands in its place. */
const lasting: [name: string, interfere: () => void, code: string][] = [
  [
    'the secret is rotated',
    () => {
      for (const app of server.tokens.apps) app.secret = 'another';
      server.tokens.revokeAll();
    },
    'token.wrong_secret',
  ],
  [
    'the app is deleted',
    () => {
      server.tokens.apps.splice(0);
      server.tokens.revokeAll();
    },
    'token.unknown_app',
  ],
  [
    'the app loses its role',
    () => {
      for (const app of server.tokens.apps) app.managementRole = false;
      server.tokens.revokeAll();
    },
    'token.missing_role',
  ],
  [
    'the server fails',
    () => storm({ kind: 'status', status: 500, body: { message: 'x' } }, 999),
    'http.server',
  ],
  ['the tenant is gone', () => storm({ kind: 'status', status: 404 }, 999), 'http.not_found'],
  ['429 without an end', () => storm({ kind: 'status', status: 429 }, 9_999), 'http.rate_limited'],
  ['a firewall steps in', () => storm({ kind: 'html', status: 403 }, 999), 'http.unreadable'],
  ['the server goes away', () => void server.stop(), 'network.refused'],
];

test.each(lasting)(
  'during an export: %s; it says why, and can be given up',
  async (_name, interfere, code) => {
    const { job, path } = await exported(interfere);
    expect(job).toMatchObject({ state: 'failed', error: { code } });
    expect(existsSync(path)).toBe(false);
    await expect.poll(() => held.core.jobs.find(job.id)?.resumable).toBe(true);
    await held.core.dismiss(job.id);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('during an export: this computer’s clock jumps; every row comes', async () => {
  let jump = 0;
  await using jumping = testCore({ clock: () => Date.now() + jump });
  const { id } = await addSimulator(jumping.core, server);
  server.onRequest = () => {
    jump = jump === 0 ? -36 * 3_600_000 : jump < 0 ? 36 * 3_600_000 : 0;
  };
  for (const resource of ['users', 'logs']) {
    const job = await jumping.core.startJob(
      'export',
      { query: { profile: id, resource, filters: {} }, format: 'ndjson', columns: 'all', bom: false },
      { path: join(folder, resource) },
    );
    const { result, error } = await jumping.core.jobs.ended(job.id);
    expect(error).toBeNull();
    expect(result).toMatchObject({ missing: 0, unproven: 0 });
    const rows = readFileSync(join(folder, resource), 'utf8').split('\n').filter(Boolean);
    expect(rows.length).toBeGreaterThanOrEqual(
      resource === 'users' ? server.tenant.users.length : server.tenant.logs.length,
    );
  }
});

test('a token that is revoked while scrolling is renewed once, for all pages that wait', async () => {
  await page(0);
  server.tokens.revokeAll();
  const pages = await Promise.all([1, 2, 3, 4, 5].map(page));
  expect(pages.map(({ rows }) => rows.length)).toEqual([100, 100, 100, 100, 100]);
  expect(tokenRequests()).toBe(2);
});

test.each([-1, 1])(
  'a server whose clock is %i day off shows the same rows, and what is new',
  async (days) => {
    const offset = days * 86_400_000;
    await using other = await startSimulator({
      users: 300,
      logs: 300,
      tied: [0, 0],
      anchor: Date.now() + offset,
      clock: () => Date.now() + offset,
    });
    const { id } = await addSimulator(held.core, other, 'Off');
    const session = await held.core.sessionOf(id);
    const logs = { profile: id, resource: 'logs', filters: {} };
    const first = await listPage(session, { query: logs, index: 0 }, Date.now);
    expect(first.rows).toHaveLength(100);
    other.tenant.insertLog((first.until ?? 0) + 5, 'RevokeToken', {});
    expect(await countNewer(session, logs, first.until ?? 0, Date.now)).toMatchObject({ count: 1 });
    const again = await listPage(session, { query: logs, index: 0, until: first.until ?? 0 }, Date.now);
    expect(again.rows).toEqual(first.rows);
    // The token is kept: its life is counted from when it was asked for, on our own clock.
    expect(other.seen.filter(({ path }) => path === '/oidc/token')).toHaveLength(1);
  },
);

test('a redirect to another host is refused, and that host hears nothing', async () => {
  await using other = await startSimulator({ users: 1, logs: 1 });
  server.faults.add(
    { kind: 'status', status: 307, headers: { location: `${other.endpoint}/api/users?x=secret` } },
    { on: '/api/users' },
  );
  await expect(page(0)).rejects.toMatchObject({ code: 'network.redirected' });
  server.tokens.revokeAll();
  server.faults.add(
    { kind: 'status', status: 307, headers: { location: `${other.endpoint}/oidc/token` } },
    { on: '/oidc/token' },
  );
  await expect(page(0)).rejects.toMatchObject({ code: 'network.redirected' });
  expect(other.seen).toEqual([]);
});

test('a secret that another program removed from the keychain is named, and can be entered again', async () => {
  await held.core.profiles.update(
    profile,
    { kind: 'oss', name: 'Test', endpoint: server.endpoint, appId: server.tokens.apps[0]?.appId ?? '' },
    server.tokens.apps[0]?.secret,
    'keychain',
  );
  await held.core.tenants.changed(profile);
  expect((await page(0)).rows).toHaveLength(100);
  await held.core.secrets.delete(profile);
  await held.core.tenants.changed(profile);
  await expect(page(0)).rejects.toMatchObject({ code: 'secret.missing' });
  await held.core.secrets.set(held.core.profiles.get(profile), server.tokens.apps[0]?.secret ?? '', 'memory');
  expect((await page(0)).rows).toHaveLength(100);
});
