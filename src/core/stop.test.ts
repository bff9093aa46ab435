import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { journalOf, openChangeable, planOf } from '../doors/changes-testing.ts';
import { addSimulator, memoryKeychain, testCore } from '../doors/testing.ts';
import { demoProfileId } from '../shared/profile.ts';
import { startSimulator } from '../simulator/server.ts';

test('a tenant that never answers does not hold the end, whoever asked it', async () => {
  let connections = 0;
  const silent = createServer(() => {
    connections += 1;
  });
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  onTestFinished(() => void silent.close());
  const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const { core } = testCore();
  const { id } = await core.profiles.add(
    { kind: 'oss', name: 'Silent', endpoint, appId: 'app', access: 'read-only' },
    'a secret of its own',
    'memory',
  );
  const found = (await core.tenants.open(id)).found();
  await expect.poll(() => connections).toBeGreaterThan(0);
  await core.stop();
  expect(await found).toBeNull();
  await expect(core.sessionOf(id).then(({ tokens }) => tokens.get())).rejects.toThrow('cancelled');
});

test('a server that never answers a change does not hold the end; the next run sees what came of it', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-stop-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const { server, held, profile, user } = await openChangeable(3, { dataDir, deps: { endMs: 1 } });
  onTestFinished(() => server.stop());
  const { core } = held;
  const on = { kind: 'ids' as const, ids: [user(0).id] };
  const plan = await planOf(core, { profile, operation: 'users.update', on, values: { name: 'Sent' } });
  server.faults.add({ kind: 'hang' }, { on: ({ method }) => method === 'PATCH' });
  await core.startJob('changes', await core.changes.applying(plan.id, { door: 'terminal' }));
  await expect.poll(() => user(0).name).toBe('Sent');
  await core.stop();
  await using next = testCore({ keychain: memoryKeychain() }, { dataDir });
  expect(await journalOf(next.core, profile)).toMatchObject([{ outcome: null }]);
});

test('after the end nothing begins any more, and what waited for the copy is told so', async () => {
  await using server = await startSimulator({ users: 3, logs: 0 });
  const { core } = testCore();
  const profile = await addSimulator(core, server);
  const waiting = core.mirrors.about(profile);
  const told = expect(waiting).rejects.toThrow('cancelled');
  await core.stop();
  await told;
  await expect(core.mirrors.about(profile)).rejects.toThrow('cancelled');
  await expect(core.tenants.profile(demoProfileId)).rejects.toThrow('cancelled');
});

test('a program ends as it should while an answer of the copy is on its way that nobody waits for', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-stop-'));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const child = join(import.meta.dirname, 'mirror', 'stopping-child.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [child, dataDir], { encoding: 'utf8' });
  expect(stdout, stderr).toBe('stopped');
  expect(status).toBe(0);
});
