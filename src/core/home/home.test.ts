import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { addSimulator, jobOf, type TestCore, testCore } from '../../doors/testing.ts';
import { eras } from '../../simulator/eras.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator/server.ts';
import { readExpiring } from './expiring.ts';
import { readFailures } from './failures.ts';
import { copyAge, readActiveUsers, readCount, readNewUsers, readReach, readUsers } from './home.ts';

let server: Simulator;
let held: TestCore;
let profile: string;

const open = async (options: SimulatorOptions = {}) => {
  server = await startSimulator({ users: 60, logs: 900, tied: [0, 0], ...options });
  held = testCore({ retry: { tries: 1, baseMs: 1, longestMs: 1 } });
  profile = (await addSimulator(held.core, server)).id;
  return held.core.tenants.open(profile);
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const day = 86_400_000;
const failedIn = (from: number) =>
  Array.from({ length: server.tenant.logs.length }, (_, at) => server.tenant.logs.row(at)).filter(
    ({ key, createdAt, payload }) =>
      Number(createdAt) >= from && String(key).includes('SignIn') && payload.result === 'Error',
  ).length;

describe.each(eras)('the home of a tenant of Logto %s', (era) => {
  test('says what the server says, and how many requests it takes', async () => {
    const tenant = await open({ era });
    const { clock } = held.core;
    const how = { priority: 'background' as const };
    expect((await readReach(tenant, clock, how)).ms).toBeGreaterThanOrEqual(0);
    const users = await readUsers(tenant, how);
    expect(users).toMatchObject({ total: 60, capped: false });
    const newest = server.tenant.users.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, 5);
    expect(users.newest.map(({ createdAt }) => createdAt)).toEqual(newest.map(({ createdAt }) => createdAt));
    expect(await readCount(tenant, 'organizations', how)).toMatchObject({
      total: server.tenant.organizations.length,
    });
    // What Logto counts of the last days: with the delta, as it stands in its answer.
    const since = clock() - 7 * day;
    const { week, today } = await readNewUsers(tenant, how);
    expect(week.count).toBe(server.tenant.users.filter(({ createdAt }) => createdAt >= since).length);
    expect(today.change).toEqual(expect.any(Number));
    const monthAgo = clock() - 30 * 86_400_000;
    const { logs } = server.tenant;
    const given = Array.from({ length: logs.length }, (_, at) => logs.row(at)).filter(
      ({ key, createdAt, payload }) =>
        key.startsWith('ExchangeTokenBy.') && createdAt > monthAgo && payload.userId !== undefined,
    );
    const active = new Set(given.map(({ payload }) => payload.userId)).size;
    expect(active).toBeGreaterThan(0);
    expect((await readActiveUsers(tenant, how)).month.count).toBe(active);
    const before = server.seen.length;
    const now = clock();
    const failures = await readFailures(tenant, () => now, how);
    expect(failures.failed).toBe(failedIn(now - day));
    expect(failures.looked).toBe(failures.total);
    expect(server.seen.length - before).toBeLessThan(40);
    const parts = await readExpiring(tenant.rows, clock, how);
    // Servers before 1.42 have no signing keys of SSO connectors.
    const sso = parts.find(({ list }) => list === 'sso-connector-certificates');
    expect(sso?.error?.code ?? null).toBe(era === '1.42' || sso?.of === 0 ? null : 'http.not_offered');
    for (const { list, error } of parts)
      if (list !== 'sso-connector-certificates') expect([list, error]).toEqual([list, null]);
  });
});

test('names what ends within 60 days, and of which application it is', async () => {
  const tenant = await open();
  const now = held.core.clock();
  const clock = () => now;
  const app = server.tenant.applications.find(({ type }) => type === 'Traditional');
  if (!app) throw new Error('no application has secrets');
  const secret = (name: string, expiresAt: number | null) => ({
    tenantId: 'default',
    applicationId: app.id,
    name,
    value: `value-${name}`,
    createdAt: 1,
    expiresAt,
  });
  const rows = [
    secret('soon', clock() + 59 * day),
    secret('later', clock() + 61 * day),
    secret('gone', 1_000),
  ];
  server.tenant.parts.secrets.set(String(app.id), rows);
  const parts = await readExpiring(tenant.rows, clock, {});
  const { found = [] } = parts.find(({ list }) => list === 'application-secrets') ?? {};
  expect(found.filter(({ of }) => of?.id === app.id).map(({ name }) => name)).toEqual(['soon', 'gone']);
  expect(found.find(({ name }) => name === 'soon')).toMatchObject({
    of: { id: app.id, name: app.name },
    expiresAt: clock() + 59 * day,
  });
  expect(JSON.stringify(parts)).not.toContain('value-');
});

/** A certificate that openssl makes, which ends after so many days; as PEM. */
const certificateOf = (days: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-certificate-'));
  const [key, out] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=idp.test', '-days', String(days)];
  const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  execFileSync('openssl', ['req', '-x509', ...made, ...subject, '-keyout', key, '-out', out], {
    stdio: 'ignore',
  });
  const pem = readFileSync(out, 'utf8');
  rmSync(folder, { recursive: true });
  return pem;
};

test('certificates in the configuration of SSO connectors are read: as PEM, as base64, in metadata, and unreadable', async () => {
  const tenant = await open();
  const now = held.core.clock();
  const [soon, later] = [certificateOf(30), certificateOf(90)];
  const bare = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '');
  const inXml = (pem: string) =>
    `<md:KeyDescriptor use="signing"><ds:X509Certificate>\n${bare(pem)}\n</ds:X509Certificate></md:KeyDescriptor>`;
  const [template] = server.tenant.lists.ssoConnectors;
  const configs = {
    Pem: { x509Certificate: soon },
    Bare: { x509Certificate: bare(soon) },
    // Both keys of a provider, of which one is the same certificate.
    Metadata: {
      metadata: `<?xml version="1.0"?>
        <md:EntityDescriptor xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="https://idp.test/saml">
        ${inXml(soon)}${inXml(soon)}${inXml(later)}
        <md:SingleSignOnService Location="https://ops:pw@idp.test/sso"/></md:EntityDescriptor>`,
    },
    Document: { metadata: `<md:EntityDescriptor>${inXml('broken')}</md:EntityDescriptor>` },
    Key: { x509Certificate: '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEI\n-----END PRIVATE KEY-----' },
    Later: { x509Certificate: later },
    Broken: { x509Certificate: `${soon.slice(0, 120)}\n-----END CERTIFICATE-----` },
    Elsewhere: { metadataUrl: 'https://idp.test/metadata' },
  };
  server.tenant.lists.ssoConnectors.splice(
    0,
    Number.POSITIVE_INFINITY,
    ...Object.entries(configs).map(([connectorName, config], at) => ({
      ...template,
      id: `sso-${at}`,
      connectorName,
      providerName: 'SAML',
      config,
    })),
  );
  const parts = await readExpiring(tenant.rows, () => now, {});
  const { found = [], error } = parts.find(({ list }) => list === 'sso-connectors') ?? {};
  expect(error).toBeNull();
  const end = (pem: string) => Date.parse(new X509Certificate(pem).validTo);
  expect(found.map(({ name, expiresAt, unreadable }) => [name, expiresAt, unreadable])).toEqual([
    ['Pem', end(soon), undefined],
    ['Bare', end(soon), undefined],
    ['Metadata', end(soon), undefined],
    ['Document', null, true],
    ['Key', null, true],
    ['Broken', null, true],
  ]);
});

test('a list that cannot be read says why, and keeps no other back', async () => {
  const tenant = await open();
  const forbidden = { code: 'auth.forbidden', message: 'no' };
  server.faults.add({ kind: 'status', status: 403, body: forbidden }, { on: '/api/domains', times: 9 });
  server.faults.add({ kind: 'status', status: 500 }, { on: '/api/organization-invitations', times: 9 });
  const parts = await readExpiring(tenant.rows, held.core.clock, {});
  const errors = Object.fromEntries(parts.map(({ list, error }) => [list, error?.code ?? null]));
  expect(errors['organization-invitations']).toBe('http.server');
  expect(errors.domains).toMatch(/forbidden|not_offered/);
  expect(errors['application-secrets']).toBeNull();
});

test('a total that ends is said to end, and failures say how many logs they were counted in', async () => {
  const tenant = await open({
    logMoments: Array.from({ length: 10_500 }, (_, at) => Date.now() - at * 1_000),
  });
  const how = { priority: 'background' as const };
  expect(await readCount(tenant, 'logs', how)).toMatchObject({ capped: true });
  const failures = await readFailures(tenant, held.core.clock, how);
  expect(failures.looked).toBe(1_000);
  expect(failures.capped).toBe(true);
  expect(failures.failed).toBeLessThanOrEqual(1_000);
});

test('a server that is not reached says so; the copy answers with its age, and one of some rows counts none', async () => {
  const tenant = await open();
  const { core } = held;
  const how = { priority: 'background' as const };
  await core.pages.page({ query: { profile, resource: 'organizations', filters: {} }, index: 0 }, {});
  const { id } = await core.startJob('copy', {
    profile,
    resources: ['users', 'logs'],
    below: false,
    belowUsers: false,
  });
  jobOf(await core.jobs.ended(id), 'copy');
  const age = copyAge(await core.mirrors.about(tenant.profile));
  expect(age.lists).toBe(2);
  const now = core.clock();
  const failed = failedIn(now - day);
  const unreached = expect.stringMatching(/^network\./);
  await server.stop();
  await expect(readReach(tenant, core.clock, how)).rejects.toMatchObject({ code: unreached });
  const users = await readUsers(tenant, how);
  expect(users).toMatchObject({ total: 60, copy: { whole: true } });
  expect(users.newest).toHaveLength(5);
  expect(await readCount(tenant, 'organizations', how)).toMatchObject({
    total: null,
    copy: { whole: false },
  });
  expect(await readFailures(tenant, () => now, how)).toMatchObject({ failed, copy: { whole: true } });
  await expect(readNewUsers(tenant, how)).rejects.toMatchObject({ code: unreached });
});

test('a connection that was cut once does not make a server one that is not reached', async () => {
  const tenant = await open();
  const isPage = ({ path }: { path: string }) => path === '/api/users';
  server.faults.add({ kind: 'cut' }, { on: isPage, times: 1 });
  expect(await readReach(tenant, held.core.clock, {})).toMatchObject({ ms: expect.any(Number) });
  server.faults.add({ kind: 'cut' }, { on: isPage, times: 2 });
  await expect(readReach(tenant, held.core.clock, {})).rejects.toMatchObject({ code: 'network.interrupted' });
});

test('a snapshot has no server to reach, and says how old its numbers are', async () => {
  const tenant = await open();
  const { core } = held;
  await core.jobs.ended((await core.startJob('copy', { profile, below: false, belowUsers: false })).id);
  const path = join(held.dataDir, 'tenant.desk');
  const { id } = await core.startJob('snapshot', { profile, passphrase: null }, { path });
  await core.jobs.ended(id);
  const opened = await core.openSnapshot(path, null);
  const snapshot = await core.tenants.open(opened.id);
  await expect(readReach(snapshot, core.clock, {})).rejects.toMatchObject({ code: 'snapshot.no_server' });
  expect(await readUsers(snapshot, {})).toMatchObject({ total: 60, copy: { whole: true } });
  expect(tenant.profile.id).toBe(profile);
});
