import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFull, sized } from '../../doors/full.ts';
import { addSimulator, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import { startSimulator } from '../../simulator/server.ts';

const many = sized(1_000_000, 20_000);
/** A tenant of a million takes some two gigabytes. */
const isRoomy = !isFull || totalmem() > 8 * 2 ** 30;
/** A place in the list by its share of the whole. */
const at = (share: number) => Math.round(share * many);

/** Reads the ids of an NDJSON file; an id that comes twice fails. */
const idsIn = async (path: string): Promise<Set<string>> => {
  const ids = new Set<string>();
  await using file = await open(path);
  for await (const line of file.readLines()) {
    const id = /^\{"(?:tenantId":"[^"]*","id|id)":"([^"]+)"/.exec(line)?.[1] ?? String(JSON.parse(line).id);
    if (ids.has(id)) throw new Error(`${id} stands twice in ${path}`);
    ids.add(id);
  }
  return ids;
};

test.skipIf(!isRoomy)(
  `of ${many.toLocaleString('en')} users and as many logs, every row that existed throughout comes, once`,
  async () => {
    await using server = await startSimulator({
      users: many,
      logs: many,
      tied: [4_000, 10_000],
      tiedLogs: [at(0.5), at(0.5) + 2_000],
    });
    // Another import, of 250 users in one moment.
    const { users, logs } = server.tenant;
    for (const user of users.slice(at(0.7), at(0.7) + 250)) user.createdAt = users[at(0.7)]?.createdAt ?? 0;
    const throughout = new Set(users.map(({ id }) => id));
    await using held = testCore();
    const profile = (await addSimulator(held.core, server)).id;
    const folder = mkdtempSync(join(tmpdir(), 'logto-desk-million-'));
    const exported = async (resource: string) => {
      const asked = { query: { profile, resource, filters: {} }, format: 'ndjson' as const };
      const path = join(folder, resource);
      const job = await held.core.startJob('export', { ...asked, columns: 'all', bom: false }, { path });
      const { result, error } = await held.core.jobs.ended(job.id);
      expect(error).toBeNull();
      return { result, ids: await idsIn(path) };
    };

    // Rows come and go while users are read: few, as each change makes the simulator sort a million anew.
    const came: string[] = [];
    let pages = 0;
    server.onRequest = ({ path }) => {
      if (path !== '/api/users') return;
      pages += 1;
      if (pages === many / 500 || pages === (many / 500) * 3)
        came.push(server.tenant.insertUser(Date.now()).id);
      if (pages === (many / 500) * 2) {
        const { id } = users[at(0.3)] ?? { id: '' };
        server.tenant.removeUser(id);
        throughout.delete(id);
      }
    };
    const read = await exported('users');
    server.onRequest = () => {};
    expect([...throughout].filter((id) => !read.ids.has(id))).toEqual([]);
    // What else is there came or went meanwhile.
    expect(read.ids.size).toBeLessThanOrEqual(throughout.size + came.length + 1);
    expect(read.result?.mended).toBeGreaterThan(0);
    expect(read.result && isComplete(read.result)).toBe(true);

    const { result, ids } = await exported('logs');
    expect(ids.size).toBe(many);
    for (let n = 0; n < many; n += 1) if (!ids.has(logs.row(n).id)) throw new Error(`log ${n} is missing`);
    expect(result && isComplete(result)).toBe(true);
    rmSync(folder, { recursive: true, force: true });
  },
  900_000,
);
