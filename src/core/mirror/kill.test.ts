import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { sized } from '../../doors/full.ts';
import { addSimulator, deskProgram, testCore } from '../../doors/testing.ts';
import { startSimulator } from '../../simulator/server.ts';

const kills = sized(50, 3);

test(`a copy that is killed at ${kills} random moments is whole in the end, and never damaged`, async () => {
  await using server = await startSimulator({ users: 3_000, logs: 6_000, tied: [200, 900] });
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-kill-'));
  const service = `logto-desk-test-${randomUUID()}`;
  await using held = testCore({}, { dataDir, service });
  const { id } = await addSimulator(held.core, server, 'Killed', 'keychain');
  const copy = () =>
    // Each run resumes where the one before was killed.
    spawn(
      process.execPath,
      [deskProgram, 'mirror', '--profile', id, '--resume', '--resources', 'users,roles,logs'],
      {
        env: { ...process.env, LOGTO_DESK_DATA_DIR: dataDir, LOGTO_DESK_KEYCHAIN_SERVICE: service },
        stdio: 'ignore',
      },
    );
  const path = join(dataDir, 'mirror', `${id}.sqlite`);
  const asked = () => server.seen.filter(({ path: where }) => where.startsWith('/api/')).length;
  let reached = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const before = asked();
    const child = copy();
    const ended = once(child, 'exit');
    // From the first request on, at some moment of the second or so that a copy takes.
    while (asked() === before && child.exitCode === null) await wait(5);
    await Promise.race([wait(Math.random() * 1_000), ended]);
    if (child.kill('SIGKILL')) reached += 1;
    await ended;
    // Killed before it had a file: nothing is what there may be.
    if (!existsSync(path)) continue;
    const db = new DatabaseSync(path, { readOnly: true });
    expect(db.prepare('PRAGMA quick_check').get()).toEqual({ quick_check: 'ok' });
    db.close();
  }
  expect(reached).toBeGreaterThan(kills / 4);
  const [code] = await once(copy(), 'exit');
  expect(code).toBe(0);
  // Rows that came and went since are told apart by the next copy, which starts from nothing.
  server.tenant.removeUser(server.tenant.users[17]?.id ?? '');
  server.tenant.insertUser(Date.now(), { name: 'Newcomer' });
  const [again] = await once(copy(), 'exit');
  expect(again).toBe(0);

  const db = new DatabaseSync(path, { readOnly: true });
  const idsOf = (resource: string) =>
    db
      .prepare('SELECT id FROM rows WHERE resource = ? AND gone_at IS NULL ORDER BY id')
      .all(resource)
      .map((row) => row.id);
  expect(idsOf('users')).toEqual(server.tenant.users.map((user) => user.id).sort());
  expect(idsOf('roles')).toEqual(server.tenant.roles.map((role) => role.id).sort());
  expect(idsOf('logs')).toEqual(
    Array.from({ length: 6_000 }, (_, at) => server.tenant.logs.row(at).id).sort(),
  );
  const texts = db.prepare('SELECT count(*) AS found FROM texts').get();
  expect(texts?.found).toBe(db.prepare('SELECT count(*) AS found FROM rows').get()?.found);
  db.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 300_000);
