import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { router } from '../core/router.ts';
import { testCore } from '../doors/testing.ts';
import { catalog } from '../shared/catalog/index.ts';
import { errorValueOf } from '../shared/errors.ts';
import { startSimulator } from '../simulator/server.ts';

/** A secret in the forms in which it could leak. */
const formsOf = (appId: string, secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
  Buffer.from(`${appId}:${secret}`).toString('base64'),
];

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('the secret’s bytes and the access token are in no file, no log, no error, no answer and no process list', async () => {
  const app = { appId: 'secrecy-app', secret: 'Zq7$kW~secret bytes', managementRole: true };
  await using server = await startSimulator({ apps: [app], users: 150, logs: 10, auditTokens: true });
  let later = 0;
  await using held = testCore({ clock: () => Date.now() + later });
  const { core } = held;
  const door = {
    kind: 'browser' as const,
    chooseFile: async (name: string) => join(held.dataDir, name),
    chooseFolder: async () => null,
  };
  const caller = router.createCaller({ core, door });
  const said: unknown[] = [];
  const note = (work: Promise<unknown>) =>
    work.then(
      (value) => said.push(value),
      (error) => said.push(errorValueOf(error.cause), error.message, error.stack),
    );

  const input = { kind: 'oss' as const, name: 'Secrecy', endpoint: server.endpoint, appId: app.appId };
  const profile = await caller.profiles.add({ input, secret: app.secret, secretPlace: 'keychain' });
  await note(caller.profiles.list());
  const query = { profile: profile.id, resource: 'users', filters: {} };
  for (const resource of catalog.filter((candidate) => !candidate.parent)) {
    await note(caller.list.page({ query: { ...query, resource: resource.id }, index: 0 }));
  }
  // Everything that can go wrong with a token and a request, each with its error.
  const faults = [
    { kind: 'status', status: 401, body: { message: 'no' } },
    { kind: 'html', status: 403 },
    { kind: 'half' },
    { kind: 'status', status: 500, body: { message: 'Internal server error.' } },
  ] as const;
  for (const fault of faults) {
    server.faults.add(fault, { times: 8 });
    server.tokens.revokeAll();
    await note(caller.list.page({ query, index: 0 }));
    server.faults.clear();
    // Past the time for which a failure is remembered.
    later += 10_000;
  }
  const id = await caller.profiles.prepareTest({ input: { ...input, appId: 'nobody' }, secret: app.secret });
  for await (const step of await caller.profiles.test({ id })) said.push(step);
  await note(
    caller.profiles.add({
      input: { ...input, endpoint: 'http://public.example' },
      secret: app.secret,
      secretPlace: 'memory',
    }),
  );
  await note(caller.profiles.add({ input, secret: app.secret, secretPlace: 'memory' }));
  const job = await caller.exports.start({ query: { ...query, resource: 'applications' }, format: 'csv' });
  said.push(await core.jobs.ended(job?.id ?? ''));

  const token = await (await core.sessionOf(profile.id)).tokens.get();
  const processes =
    process.platform === 'linux' ? execFileSync('ps', ['axeww'], { encoding: 'utf8', maxBuffer: 1e8 }) : '';
  const files = filesBelow(held.dataDir);
  expect(files.length).toBeGreaterThan(1);
  const places = {
    answers: said.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n'),
    log: held.log.lines.join('\n'),
    processes,
    ...Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')])),
  };
  for (const [place, content] of Object.entries(places)) {
    for (const form of [...formsOf(app.appId, app.secret), token])
      expect(content.includes(form), place).toBe(false);
    if (place !== 'processes') expect(content.includes('sim-app-secret'), place).toBe(false);
  }
  await caller.profiles.remove({ id: profile.id });
});
