import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalOf } from '../doors/changes-testing.ts';
import { keychainService } from '../doors/keychain-service.ts';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { runHere } from './testing-here.ts';
import { phrases } from './words.ts';

let server: Simulator;
let held: TestCore;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-settled-'));
  server = await startSimulator({ users: 10, logs: 0, tied: [0, 0] });
  held = testCore({}, { dataDir: folder, service: keychainService });
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const desk = (...words: string[]) => runHere(folder, words);
const user = (at: number) => server.tenant.users[at] ?? expect.fail('no such user');
const isPatch = ({ method }: { method: string }) => method === 'PATCH';

/** A program that is killed when it has sent a new name of a user, which is carried out after its end. Returns its job. */
const killed = async (profile: string, id: string, name: string): Promise<string> => {
  const file = join(folder, 'items.json');
  const target = { resource: 'users', id, parent: '', label: '' };
  writeFileSync(file, JSON.stringify([{ operation: 'users.update', target, values: { name } }]));
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.add({ kind: 'held', until: promise }, { on: isPatch });
  const asked: string[] = [];
  server.onRequest = ({ method, path }) => void asked.push(`${method} ${path}`);
  const child = join(import.meta.dirname, '../doors/changes-child.ts');
  const program = spawn(process.execPath, [child, folder, keychainService, profile, file], {
    stdio: 'ignore',
  });
  const exit = once(program, 'exit');
  await expect.poll(() => asked, { timeout: 60_000 }).toContain(`PATCH /api/users/${id}`);
  program.kill('SIGKILL');
  await exit;
  resolve();
  await expect.poll(() => server.seen.filter(isPatch).length, { timeout: 30_000 }).toBeGreaterThan(0);
  server.onRequest = () => {};
  const [entry] = await journalOf(held.core, profile);
  expect(entry).toMatchObject({ target: { id }, outcome: null });
  return String(entry?.job);
};

test('what a killed program had sent is looked at before a command works with the journal, or said to be open', async () => {
  const { id: profile, name } = await addSimulator(held.core, server, 'Settled', 'keychain');
  const [app] = server.tokens.apps;
  await held.core.profiles.update(
    profile,
    { kind: 'oss', name, endpoint: server.endpoint, appId: app?.appId ?? '', access: 'read-write' },
    undefined,
    'keychain',
  );
  const { id } = user(0);
  const job = await killed(profile, id, 'Sent');
  expect(user(0).name).toBe('Sent');

  server.faults.add({ kind: 'cut', when: 'before' }, { times: 1_000 });
  const away = await desk('journal', '--profile', profile);
  expect([away.code, away.said]).toEqual([
    0,
    expect.stringContaining('1 change of an earlier run has no known outcome'),
  ]);
  expect(away.said).toContain(phrases.t('changes.outcomes.open'));
  server.faults.clear();

  const undo = await desk('undo', job, '--profile', profile);
  expect([undo.code, undo.said]).toEqual([0, expect.stringContaining('1 to change')]);
  const told = await desk('journal', '--profile', profile, '--outcome', 'done');
  expect(told.said).toContain(phrases.t('changes.outcomes.done'));
  expect(told.said).not.toContain('earlier run');
  expect((await journalOf(held.core, profile))[0]).toMatchObject({ target: { id }, outcome: 'done' });
  // Nothing was sent again.
  expect(server.seen.filter(isPatch)).toHaveLength(1);
}, 120_000);
