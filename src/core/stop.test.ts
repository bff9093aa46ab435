import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { addSimulator, testCore } from '../doors/testing.ts';
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
