import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import type { ExportFormat } from '../../shared/export-formats.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';

let server: Simulator;
let held: TestCore;
let profile: string;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-named-'));
  server = await startSimulator({ users: 300, logs: 400, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server, 'Named', 'memory')).id;
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

const exported = async (format: ExportFormat, columns?: string[]) => {
  const query = { profile, resource: 'logs', filters: {}, ...(columns ? { columns } : {}) };
  const path = join(folder, 'logs');
  const asked = { query, format, columns: columns ? 'visible' : 'all', bom: false, names: true } as const;
  const { result, error } = await held.core.jobs.ended(
    (await held.core.startJob('export', asked, { path })).id,
  );
  expect(error).toBeNull();
  expect(result && isComplete(result)).toBe(true);
  return readFileSync(path, 'utf8').trim().split(/\r?\n/);
};

test('names stand beside the ids of other rows, and nothing where a row is gone', async () => {
  const [gone] = server.tenant.logs.row(1).payload.userId ? [server.tenant.logs.row(1).payload.userId] : [];
  const { users, applications } = server.tenant;
  const lost = users.findIndex(({ id }) => id === gone);
  if (lost >= 0) users.splice(lost, 1);
  const rows = (await exported('ndjson')).map((line) => JSON.parse(line));
  expect(rows).toHaveLength(400);
  let named = 0;
  for (const { payload, names } of rows) {
    const user = users.find(({ id }) => id === payload.userId);
    const name = user && (user.name ?? user.username ?? user.primaryEmail ?? user.primaryPhone ?? user.id);
    expect(names.payload?.userId).toBe(payload.userId === undefined ? undefined : (name ?? null));
    const application = applications.find(({ id }) => id === payload.applicationId);
    if (application) expect(names.payload.applicationId).toBe(application.name);
    if (name) named += 1;
  }
  expect(named).toBeGreaterThan(100);
  // Users are asked for by the hundred.
  expect(server.seen.filter(({ path }) => path === '/api/users').length).toBeLessThan(12);
});

test('in a table they have columns of their own, after those of the ids', async () => {
  const [head, ...lines] = await exported('csv', ['createdAt', 'payload.userId', 'key']);
  expect(head?.split(',')).toEqual(['createdAt', 'payload.userId', 'names.payload.userId', 'key']);
  const at = lines.findIndex((line) => line.split(',')[1] !== '');
  const user = server.tenant.users.find(({ id }) => id === lines[at]?.split(',')[1]);
  expect(lines[at]).toContain(String(user?.name ?? user?.username ?? user?.primaryEmail ?? ''));
});
