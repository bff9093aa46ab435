import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { resourceOf } from '../shared/catalog/index.ts';
import { DeskError } from '../shared/errors.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { answerError } from './client/answer.ts';
import { folderManifest } from './export/file-names.ts';
import { listItems } from './export/folder.ts';
import { asAbsence, hasNoneBelow, isAbsent } from './rows/absent.ts';
import { listPage } from './rows/listing.ts';

/** Lists that an older server lacks: whatever reads several lists continues with the others, and names these. */
let server: Simulator;
let held: TestCore;
let profile: string;
let folder: string;

beforeEach(async () => {
  server = await startSimulator({ users: 20, logs: 700, tied: [0, 0], era: '1.30' });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-lacking-'));
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const lacked = ['custom-profile-fields', 'id-token', 'oidc-session'];
const lackedBelowUsers = ['user-configs', 'user-grants', 'user-sessions'];

test('a view of one says that it is not available on this tenant', async () => {
  const session = await held.core.sessionOf(profile);
  const [user] = server.tenant.users;
  for (const resource of [...lacked, ...lackedBelowUsers]) {
    const query = {
      profile,
      resource,
      filters: {},
      ...(resourceOf(resource).parent ? { parent: user?.id ?? '' } : {}),
    };
    await expect(listPage(session, { query, index: 0 }, Date.now)).rejects.toMatchObject({
      code: 'http.not_offered',
    });
  }
});

test('a copy of the whole tenant copies the rest, and reads logs on the next time', async () => {
  const copy = async () => {
    const job = await held.core.startJob('copy', { profile, belowUsers: true });
    return held.core.jobs.ended(job.id);
  };
  const { result: copied, error } = await copy();
  expect(error).toBeNull();
  const absent = copied?.lists.filter((list) => list.absent).map(({ resource }) => resource) ?? [];
  expect(absent.sort()).toEqual(expect.arrayContaining([...lacked, ...lackedBelowUsers].sort()));
  for (const { resource, whole } of copied?.lists ?? [])
    expect([resource, whole || absent.includes(resource)]).toEqual([resource, true]);
  const rowsOf = (resource: string) => copied?.lists.find((list) => list.resource === resource)?.rows;
  expect([rowsOf('users'), rowsOf('logs')]).toEqual([20, 700]);
  // What the first rows lack is not asked of all the others.
  const sessions = () => server.seen.filter(({ path }) => path.endsWith('/sessions')).length;
  expect(sessions()).toBeLessThanOrEqual(8);

  const newest = Number(server.tenant.logs.times[0]);
  for (let n = 1; n <= 30; n += 1) server.tenant.insertLog(newest + n, 'Interaction.Create');
  const before = server.seen.filter(({ path }) => path === '/api/logs').length;
  await copy();
  expect(server.seen.filter(({ path }) => path === '/api/logs').length - before).toBeLessThan(8);
  const mirrored = await held.core.mirrors.list(await held.core.profileFor(profile), {
    profile,
    resource: 'logs',
    filters: {},
  });
  expect(mirrored?.rows).toBe(730);
});

test('an export of the whole tenant writes the rest, and its manifest names them', async () => {
  const items = listItems(['users', 'logs', ...lacked], profile, { below: true, belowUsers: true });
  const job = await held.core.startJob('folder', {
    items,
    format: 'ndjson',
    folder,
    resume: false,
    mirrored: false,
  });
  const { result, error } = await held.core.jobs.ended(job.id);
  expect(error).toBeNull();
  const states = Object.fromEntries(result?.files.map(({ name, state }) => [name, state]) ?? []);
  for (const name of [...lacked, ...lackedBelowUsers]) expect([name, states[name]]).toEqual([name, 'absent']);
  expect([states.users, states.logs, states['user-mfa']]).toEqual(['complete', 'complete', 'complete']);
  const manifest = JSON.parse(readFileSync(join(folder, folderManifest), 'utf8'));
  expect(manifest.files.filter(({ state }: { state: string }) => state === 'absent')).toHaveLength(
    lacked.length + lackedBelowUsers.length,
  );
  // Nothing is left of those.
  expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
});

describe('an error says that the tenant lacks a list', () => {
  const error = (
    status: number,
    code: 'http.not_found' | 'http.forbidden' | 'http.bad_request',
    serverCode?: string,
  ) => new DeskError(code, { status, reason: 'Not Found', ...(serverCode ? { serverCode } : {}) });
  const headers = { get: (name: string) => (name === 'logto-core-request-id' ? 'x' : null) };
  const plain = { filters: {} };
  const below = { filters: {}, parent: 'x' };
  const list = resourceOf('roles');

  test.each([
    ['an unknown path', error(404, 'http.not_found'), plain, true],
    ['an unknown path below a row', error(404, 'http.not_found'), below, true],
    ['a row that is gone', error(404, 'http.not_found', 'entity.not_found'), below, false],
    ['a name that is not taken', error(400, 'http.bad_request', 'guard.invalid_input'), plain, true],
    [
      'a value that is not taken',
      error(400, 'http.bad_request', 'guard.invalid_input'),
      { filters: { event: ['x'] } },
      false,
    ],
    ['a plan that lacks it', error(403, 'http.forbidden', 'subscription.limit_exceeded'), plain, true],
    ['an app without its role', error(403, 'http.forbidden', 'auth.forbidden'), plain, false],
    ['a method that is not taken', answerError(405, headers, 'Method Not Allowed'), plain, true],
    ['what is not implemented', answerError(501, headers, 'Not Implemented'), plain, true],
    ['another program’s page', new DeskError('http.not_found', { reason: '404 Not Found' }), plain, false],
  ] as [string, DeskError, { parent?: string; filters: Record<string, string[]> }, boolean][])(
    '%s',
    (_case, thrown, asked, expected) => {
      const found = asAbsence(thrown, list, asked);
      expect(found instanceof DeskError && found.code === 'http.not_offered').toBe(expected);
    },
  );

  test('and what continues with the rest tells it from a row that has none', () => {
    const gone = asAbsence(error(404, 'http.not_found', 'entity.not_found'), { optional: true }, below);
    const unknown = asAbsence(error(404, 'http.not_found'), list, below);
    expect([hasNoneBelow(gone), hasNoneBelow(unknown)]).toEqual([true, false]);
    expect([isAbsent(unknown), isAbsent(error(403, 'http.forbidden', 'auth.forbidden'))]).toEqual([
      true,
      true,
    ]);
  });
});
