import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keychainService } from '../doors/keychain-service.ts';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { runHere } from './testing-here.ts';

let server: Simulator;
let held: TestCore;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-changed-'));
  const app = { appId: 'changed-app', secret: 'changed secret', managementRole: true };
  server = await startSimulator({ apps: [app], users: 20, logs: 0, tied: [0, 0] });
  held = testCore({}, { dataDir: folder, service: keychainService });
  await addSimulator(held.core, server, 'Watched', 'keychain');
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const desk = (...words: string[]) => runHere(folder, words);
const copy = () => desk('copy', '--profile', 'watched', '--resources', 'users,roles');

test('what changed is told between two copies, and before them that nothing was compared', async () => {
  const never = await desk('changed');
  expect([never.code, never.said]).toEqual([3, expect.stringContaining('Nothing to compare yet')]);
  expect(await copy()).toMatchObject({ code: 0 });
  expect(await desk('changed')).toMatchObject({ code: 3 });
  const [renamed, gone] = server.tenant.users;
  if (!renamed || !gone) throw new Error('no users');
  renamed.name = 'Renamed\u001b[2J Elsewhere';
  renamed.customData = { plan: 'of tomorrow' };
  renamed.createdAt = Date.UTC(2020, 0, 1);
  server.tenant.users.splice(1, 1);
  expect(await copy()).toMatchObject({ code: 0 });

  const { code, said } = await desk('changed', '--since', '24h');
  expect(code).toBe(0);
  expect(said).toMatch(/^3 changes; 5 lists compared, the earliest from 20\d\d-/m);
  expect(said).toMatch(/Removed {2}Roles: users of /);
  expect(said).toMatch(new RegExp(`Removed {2}Users {2}.*${gone.id}`));
  expect(said).toMatch(/customData\.plan: \S+ → of tomorrow/);
  expect(said).toMatch(/Created: 20\d\d-.+ → 2020-01-01T00:00:00/);
  expect(said).not.toContain('\u001b[2J');
  const json = await desk('changed', '--list', 'users', '--kind', 'changed', '--json');
  expect(json.said).toContain('"kind": "changed"');
  expect(json.said).not.toContain('"kind": "removed"');
  expect((await desk('changed', '--list', 'roles')).said).toContain('0 changes; 5 lists compared');
  expect(await desk('changed', '--limit', '1')).toMatchObject({
    said: expect.stringContaining('1 of 3 changes'),
  });
});

test('who belongs to what is said not to be known where no copy tells it, not shown as nobody', async () => {
  expect(
    (await desk('list', 'users', '--profile', 'watched', '--columns', 'id,roles', '--page-size', '1')).said,
  ).not.toContain('not copied');
  expect(await desk('copy', '--remove', '--profile', 'watched')).toMatchObject({ code: 0 });
  expect(
    (await desk('list', 'users', '--profile', 'watched', '--columns', 'id,roles', '--page-size', '1')).said,
  ).toContain('not copied');
});

test('a list or kind that there is none of, and a span without an end are wrong usage', async () => {
  expect(await desk('changed', '--list', 'rolls')).toMatchObject({
    code: 2,
    said: expect.stringContaining('there is no list rolls'),
  });
  expect(await desk('changed', '--kind', 'moved')).toMatchObject({ code: 2 });
  expect(await desk('changed', '--since', 'gestern')).toMatchObject({ code: 2 });
});
