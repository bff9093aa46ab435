import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { journalOf, plannedOf } from '../../doors/changes-testing.ts';
import { sized } from '../../doors/full.ts';
import { addSimulator, testCore } from '../../doors/testing.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import type { PlanItem } from './plan.ts';

const kills = sized(50, 3);
const meetings = sized(10, 1);
const child = join(import.meta.dirname, '../../doors/changes-child.ts');

/** Changes of every kind to so many users, one each; a second change of any would show. */
const itemsFor = (server: Simulator, users: readonly string[], round: number): PlanItem[] => {
  const target = (id: string) => ({ resource: 'users', id, parent: '', label: '' });
  const role = server.tenant.roles.find(({ type }) => type === 'User');
  return users.map((id, at): PlanItem => {
    switch (at % 4) {
      case 0:
        return { operation: 'users.update', target: target(id), values: { 'customData.round': round } };
      case 1:
        return { operation: 'users.suspend', target: target(id), values: { isSuspended: round % 2 === 0 } };
      case 2:
        return {
          operation: round % 2 === 0 ? 'users.addRoles' : 'users.removeRoles',
          target: target(id),
          values: { roleIds: [String(role?.id)] },
        };
      default:
        return {
          operation: 'users.create',
          target: target(''),
          values: { username: `made_${round}_${at}` },
        };
    }
  });
};

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null;

/** A tenant that several programs change, and the program that does. */
const open = async () => {
  const server = await startSimulator({ users: 60, logs: 0, tied: [0, 0] });
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-kill-'));
  const service = `logto-desk-test-${randomUUID()}`;
  const held = testCore({}, { dataDir, service });
  onTestFinished(async () => {
    await held[Symbol.asyncDispose]();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const { core } = held;
  const { id, name } = await addSimulator(core, server, 'Killed', 'keychain');
  const [app] = server.tokens.apps;
  await core.profiles.update(
    id,
    { kind: 'oss', name, endpoint: server.endpoint, appId: app?.appId ?? '', access: 'read-write' },
    undefined,
    'keychain',
  );
  const file = join(dataDir, 'items.json');
  return {
    server,
    core,
    id,
    /** Says what the program is to do. */
    ask: (items: readonly PlanItem[]) => writeFileSync(file, JSON.stringify(items)),
    /** The program, what it said, and how it ended. Given a job, it resumes that job, whoever else is at it. */
    start(job?: string) {
      const program = spawn(process.execPath, [child, dataDir, service, id, file, ...(job ? [job] : [])], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const exit = once(program, 'exit').then(([code, signal]) => ({ code, signal }));
      return { program, said: text(program.stderr), exit };
    },
    /** How many entries the journal has. */
    noted: async () => (await core.changes.journal(id, { offset: 0, limit: 1 })).total,
    writes: () =>
      server.seen.filter(
        ({ method, path, status }) => method !== 'GET' && path !== '/oidc/token' && status < 300,
      ),
  };
};

test(`changes whose program is killed at ${kills} moments are each made once, and the journal tells what became of them`, async () => {
  const { server, core, id, ask, start, writes, noted } = await open();
  const users = server.tenant.users.slice(0, 40).map((user) => user.id);
  let reached = 0;
  for (let round = 0; reached < kills; round += 1) {
    const items = itemsFor(server, users, round);
    for (const { operation, target, values } of items) {
      const user = server.tenant.users.find((one) => one.id === target.id);
      if (user && operation === 'users.suspend') user.isSuspended = values.isSuspended !== true;
    }
    const probe = await core.changes.planItems(id, items, { title: 'import', forced: ['empties-set'] });
    expect(
      (await plannedOf(core, probe.id)).filter(
        ({ verdict }) => verdict === 'refused' || verdict === 'unchanged',
      ),
    ).toEqual([]);
    ask(items);
    const before = writes().length;
    const hadEntries = await noted();
    for (let ended = false; !ended; ) {
      const { program, said, exit } = start();
      const from = writes().length;
      const until = from + Math.floor(Math.random() * 30);
      // From some write on, at some moment of it.
      while (writes().length < until && isRunning(program)) await wait(1);
      await Promise.race([wait(Math.random() * 20), exit]);
      if (reached < kills && isRunning(program) && program.kill('SIGKILL')) reached += 1;
      const { code, signal } = await exit;
      // One that ends by itself is at the end of its work; it would be started for ever otherwise.
      if (signal !== 'SIGKILL') expect(code, await said).toBe(0);
      ended = code === 0;
    }
    const made = writes().slice(before);
    const keys = made.map(({ method, path }) => `${method} ${path}`);
    const single = keys.filter((key) => key !== 'POST /api/users');
    expect(new Set(single).size).toBe(single.length);
    expect(keys).toHaveLength(40);
    const entries = (await journalOf(core, id)).slice(0, (await noted()) - hadEntries);
    const done = entries.filter(({ outcome }) => outcome === 'done');
    expect(new Set(done.map(({ number }) => number)).size).toBe(40);
    expect(done).toHaveLength(40);
    expect(entries.filter(({ outcome }) => outcome !== 'done' && outcome !== 'not-done')).toEqual([]);
    const names = server.tenant.users.map(({ username }) => username);
    const usernames = names.filter((one) => one?.startsWith(`made_${round}_`));
    expect(usernames).toHaveLength(10);
    for (const entry of done.filter(({ operation }) => operation === 'users.create'))
      expect(server.tenant.users.find((user) => user.id === entry.made.id)?.username).toBe(
        entry.after.username,
      );
  }
}, 600_000);

test(`a job that two programs resume at the same moment is applied once: ${meetings} times`, async () => {
  for (let round = 0; round < meetings; round += 1) {
    const { server, core, id, ask, start, writes } = await open();
    const users = server.tenant.users.slice(0, 40).map((user) => user.id);
    ask(
      users.map((user) => ({
        operation: 'users.update',
        target: { resource: 'users', id: user, parent: '', label: '' },
        values: { 'customData.round': round },
      })),
    );
    const first = start();
    await expect.poll(() => writes().length, { timeout: 30_000, interval: 1 }).toBeGreaterThan(4);
    first.program.kill('SIGKILL');
    await first.exit;
    const [{ job = '' } = {}] = await journalOf(core, id);
    await Promise.all([start(job), start(job)].map(({ exit }) => exit));
    const made = writes().map(({ method, path }) => `${method} ${path}`);
    expect(made).toHaveLength(40);
    expect(new Set(made).size).toBe(40);
    const entries = await journalOf(core, id);
    const done = entries.filter(({ outcome }) => outcome === 'done');
    expect(new Set(done.map(({ number }) => number)).size).toBe(40);
    expect(done).toHaveLength(40);
    expect(entries.filter(({ outcome }) => outcome !== 'done' && outcome !== 'not-done')).toEqual([]);
  }
}, 300_000);
