import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSimulator, jobOf, type TestCore, testCore } from '../../doors/testing.ts';
import type { DossierFormat } from '../../shared/dossier.ts';
import { eras } from '../../simulator/eras.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import type { Dossier } from './dossier.ts';
import { findOne } from './find.ts';

let server: Simulator;
let held: TestCore;
let profile: string;
let folder: string;

const open = async (options: SimulatorOptions = {}) => {
  server = await startSimulator({ users: 30, logs: 2_000, tied: [0, 0], ...options });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-dossier-'));
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A user with roles, organizations and logs. */
const someone = () => {
  const { tenant } = server;
  const isIn = (map: ReadonlyMap<string, ReadonlySet<string>>, id: string) =>
    [...map.values()].some((ids) => ids.has(id));
  const found = tenant.users.find(
    ({ id, primaryEmail }) =>
      primaryEmail !== null && isIn(tenant.usersByRole, id) && isIn(tenant.usersByOrganization, id),
  );
  if (!found) throw new Error('the tenant has nobody with roles and organizations');
  return found;
};

const make = async (
  user: string,
  format: DossierFormat = 'json',
  more: { mirrored?: boolean; profile?: string; zone?: string } = {},
) => {
  const path = join(folder, `dossier.${format}`);
  const asked = { profile, user, format, mirrored: false, ...more };
  const { id } = await held.core.startJob('dossier', asked, { path });
  const job = jobOf(await held.core.jobs.ended(id), 'dossier');
  return { job, path };
};
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Dossier;
const stateOf = ({ manifest }: Dossier, id: string) =>
  manifest.sections.find((section) => section.id === id)?.state;

describe.each(eras)('of a user of Logto %s', (era) => {
  test('has everything that the tenant has of it, proved, and nothing of anybody else', async () => {
    await open({ era });
    const { id, primaryEmail } = someone();
    const { job, path } = await make(id);
    expect(job.error).toBeNull();
    const dossier = read(path);
    expect(dossier).toMatchObject({
      kind: 'logto-desk-dossier',
      version: 1,
      manifest: { source: 'server', asOf: null, complete: true, userAtEnd: null, user: { id } },
      user: { id, primaryEmail },
    });
    const lacked = era === '1.30' ? ['user-configs', 'user-grants', 'user-sessions'] : [];
    for (const list of lacked) expect([list, stateOf(dossier, list)]).toEqual([list, 'absent']);
    for (const { id: list, state, count } of dossier.manifest.sections) {
      expect([list, ['complete', 'absent'].includes(state)]).toEqual([list, true]);
      expect(dossier.sections[list]).toHaveLength(count);
    }
    // As the tenant has them.
    const { tenant } = server;
    const logs = Array.from({ length: tenant.logs.length }, (_, at) => tenant.logs.row(at)).filter(
      ({ payload }) => payload.userId === id,
    );
    expect(logs.length).toBeGreaterThan(10);
    expect(dossier.sections.logs?.map((row) => row.id).sort()).toEqual(logs.map((row) => row.id).sort());
    const parentsOf = (map: ReadonlyMap<string, ReadonlySet<string>>) =>
      [...map].filter(([, ids]) => ids.has(id)).map(([parent]) => parent);
    const roles = parentsOf(tenant.usersByRole);
    expect(dossier.sections['user-roles']?.map((row) => row.id).sort()).toEqual(roles.sort());
    const organizations = parentsOf(tenant.usersByOrganization);
    expect(dossier.sections['user-organizations']?.map((row) => row.id).sort()).toEqual(organizations.sort());
    const scopes = roles.flatMap((role) => tenant.scopesByRole.get(role) ?? []);
    expect(dossier.sections['role-scopes']?.map((row) => row.id).sort()).toEqual(scopes.sort());
    for (const row of dossier.sections['organization-user-roles'] ?? [])
      expect(organizations).toContain(row.parentId);
    for (const row of dossier.sections['organization-invitations'] ?? [])
      expect([row.invitee, row.acceptedUserId]).toContain(row.invitee === primaryEmail ? primaryEmail : id);
    // Others are ids only.
    expect(dossier.names.users).toBeUndefined();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['dossier.json']);
  });
});

test('a list that fails is named with the reason, the rest is there, and it is not called complete', async () => {
  await open();
  const { id } = someone();
  server.faults.add({ kind: 'status', status: 500 }, { on: `/api/users/${id}/grants`, times: 99 });
  server.faults.add(
    { kind: 'status', status: 403, body: { code: 'auth.forbidden', message: 'no' } },
    { on: `/api/users/${id}/roles`, times: 99 },
  );
  const { job, path } = await make(id);
  expect(job.error).toBeNull();
  const dossier = read(path);
  expect(dossier.manifest.complete).toBe(false);
  expect(stateOf(dossier, 'user-grants')).toBe('failed');
  // Nobody knows of which roles there would be permissions.
  expect([stateOf(dossier, 'user-roles'), stateOf(dossier, 'role-scopes')]).toEqual(['failed', 'failed']);
  const errors = Object.fromEntries(dossier.manifest.sections.map((one) => [one.id, one.errors]));
  expect(errors['user-grants']).toMatchObject([{ code: 'http.server', detail: { status: 500 } }]);
  expect(errors['user-roles']).toMatchObject([{ code: 'http.forbidden' }]);
  expect(stateOf(dossier, 'logs')).toBe('complete');
  const page = readFileSync((await make(id, 'html')).path, 'utf8');
  expect(page).toContain('<p class="bad">Not complete: ');
  expect(page).toContain('HTTP 500');
});

test('one organization that fails leaves its list incomplete, and says which it was', async () => {
  await open();
  const { id } = someone();
  const [organization] = [...server.tenant.usersByOrganization].find(([, ids]) => ids.has(id)) ?? [];
  server.faults.add(
    { kind: 'status', status: 500 },
    { on: `/api/organizations/${organization}/users/${id}/roles`, times: 99 },
  );
  const dossier = read((await make(id)).path);
  const section = dossier.manifest.sections.find((one) => one.id === 'organization-user-roles');
  expect(section?.errors).toMatchObject([{ code: 'http.server', of: { id: organization } }]);
  expect(['incomplete', 'failed']).toContain(section?.state);
  expect(dossier.manifest.complete).toBe(false);
});

test('a user who is deleted while the lists are read makes it incomplete; one who is not there makes none', async () => {
  await open();
  const { id } = someone();
  let asked = 0;
  server.faults.add(
    { kind: 'status', status: 404, body: { code: 'entity.not_found', message: 'gone' } },
    { on: ({ path }) => path === `/api/users/${id}` && ++asked > 1, times: 99 },
  );
  const { path } = await make(id);
  expect(read(path).manifest).toMatchObject({ complete: false, userAtEnd: { code: 'http.not_found' } });
  rmSync(path);
  const { job } = await make('nobodyatall0');
  expect(job).toMatchObject({ state: 'failed', error: { code: 'http.not_found' } });
  expect(readdirSync(folder)).toEqual([]);
});

test('a server that nobody reaches ends it, and leaves no file', async () => {
  await open();
  const { id } = someone();
  server.faults.add({ kind: 'cut' }, { on: ({ path }) => path !== `/api/users/${id}`, times: 999 });
  const { job } = await make(id);
  expect(job).toMatchObject({ state: 'failed', error: { code: expect.stringContaining('network.') } });
  expect(readdirSync(folder)).toEqual([]);
});

test('cancelled, it leaves no file; a place that cannot be written is refused before anything is asked', async () => {
  await open();
  const { id } = someone();
  const { promise, resolve } = Promise.withResolvers<void>();
  let isHeld = false;
  const on = ({ path }: { path: string }) => {
    isHeld ||= path === '/api/logs';
    return path === '/api/logs';
  };
  server.faults.add({ kind: 'held', until: promise }, { on, times: 99 });
  const path = join(folder, 'dossier.json');
  const job = await held.core.startJob(
    'dossier',
    { profile, user: id, format: 'json', mirrored: false },
    { path },
  );
  await expect.poll(() => isHeld).toBe(true);
  const cancelling = held.core.jobs.cancel(job.id);
  resolve();
  await cancelling;
  expect(held.core.jobs.find(job.id)).toMatchObject({ state: 'cancelled' });
  expect(readdirSync(folder)).toEqual([]);
  await expect(
    held.core.startJob(
      'dossier',
      { profile, user: id, format: 'json', mirrored: false },
      { path: join(folder, 'no', 'f.json') },
    ),
  ).rejects.toMatchObject({ code: 'export.not_writable' });
});

test('from the offline copy and from a snapshot, without a server, it says how old it is and what they have not', async () => {
  await open();
  const { core } = held;
  const { id } = someone();
  expect(
    (await core.jobs.ended((await core.startJob('copy', { profile, belowUsers: true })).id)).error,
  ).toBeNull();
  const place = join(folder, 't.logtodesk');
  expect(
    (
      await core.jobs.ended(
        (
          await core.startJob('snapshot', { profile, passphrase: null }, { path: place })
        ).id,
      )
    ).error,
  ).toBeNull();
  const { id: snapshot } = await core.openSnapshot(place, null);
  const online = read((await make(id)).path);
  await server.stop();
  for (const [more, source] of [
    [{ mirrored: true }, 'copy'],
    [{ profile: snapshot }, 'snapshot'],
  ] as const) {
    const { job, path } = await make(id, 'json', more);
    expect(job.error).toBeNull();
    const dossier = read(path);
    expect(dossier.manifest.source).toBe(source);
    expect(Date.parse(dossier.manifest.asOf ?? '')).toBeLessThanOrEqual(Date.now());
    for (const list of ['user-roles', 'user-organizations', 'user-mfa', 'logs', 'user-grants'])
      expect(dossier.sections[list]?.map((row) => row.id).sort(), list).toEqual(
        online.sections[list]?.map((row) => row.id).sort(),
      );
    for (const section of dossier.manifest.sections)
      if (section.state === 'notCopied') expect(dossier.manifest.complete).toBe(false);
    const page = readFileSync((await make(id, 'html', more)).path, 'utf8');
    expect(page).toContain('Data from');
  }
});

test('what a tenant writes into its texts stays text on the page, and nothing on it comes from elsewhere', async () => {
  await open();
  const user = someone();
  const hostile = `</style><script>alert(1)</script><img src="https://evil.test/x" onerror='a()'>\u202Egpj.exe\u200E&amp;`;
  Object.assign(user, {
    name: hostile.slice(0, 120),
    username: 'x_y',
    customData: { [hostile]: hostile, deep: [{ a: hostile }] },
    avatar: 'https://evil.test/beacon.png',
  });
  const { path } = await make(user.id, 'html', { zone: 'Asia/Seoul' });
  const page = readFileSync(path, 'utf8');
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain('⟨U+202E⟩gpj.exe');
  expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200e\u200f]/);
  const tags = new Set([...page.matchAll(/<([a-z][a-z0-9]*)/g)].map(([, name]) => name));
  for (const tag of ['script', 'img', 'link', 'iframe', 'object', 'form', 'svg'])
    expect(tags.has(tag), tag).toBe(false);
  expect(page.match(/<style>/g)).toHaveLength(1);
  expect(page.match(/<\/style>/g)).toHaveLength(1);
  expect(page).not.toMatch(/<[^>]*\s(?:src|on\w+)=/);
  expect([...page.matchAll(/href="([^"]*)"/g)].every(([, to]) => to?.startsWith('#'))).toBe(true);
  expect(page).toContain(`default-src 'none'`);
  // Whole dates, in the zone that was asked for.
  expect(page).toMatch(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC\+09:00/);
  // JSON has all of it as it is.
  expect(read((await make(user.id)).path).user.customData).toEqual(user.customData);
});

test('a user is found by id, email, username and phone; of several it says who they are', async () => {
  await open();
  const find = (text: string) =>
    findOne(text, (list) => held.core.pages.find(profile, list, { mirrored: false }));
  const user = someone();
  expect(await find(user.id)).toBe(user.id);
  expect(await find(String(user.primaryEmail).toUpperCase())).toBe(user.id);
  await expect(find('nobody@nowhere.test')).rejects.toMatchObject({ code: 'dossier.nobody' });
  const [one, other] = server.tenant.users.filter(({ id }) => id !== user.id);
  if (!one || !other) throw new Error('too few users');
  Object.assign(one, { username: 'twin' });
  Object.assign(other, { id: other.id, primaryPhone: '821011112222' });
  expect(await find('twin')).toBe(one.id);
  Object.assign(one, { primaryPhone: '441011112222' });
  const refused = await find('01011112222').catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'dossier.several' });
  expect(JSON.stringify((refused as { detail: object }).detail)).toContain(one.id);
  expect(existsSync(join(folder, 'dossier.json'))).toBe(false);
});
