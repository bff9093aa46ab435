import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { converter } from '../../doors/workers.ts';
import { DeskError } from '../../shared/errors.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { serverSource } from '../harvest/source.ts';
import { namedSource } from '../tenants/named.ts';
import { openPlace, writeExport } from './export.ts';
import { exportSchema } from './request.ts';

const folder = mkdtempSync(join(tmpdir(), 'logto-desk-read-'));
afterAll(() => rmSync(folder, { recursive: true }));

let server: Simulator;
let held: TestCore;
beforeEach(async () => {
  server = await startSimulator({ users: 900, logs: 900, tied: [0, 0] });
  held = testCore();
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

test.each(['users', 'logs'])(
  'rows of %s that were read and whose names did not come are read again by the run that resumes',
  async (resource) => {
    const profile = (await addSimulator(held.core, server)).id;
    const plain = serverSource(await held.core.sessionOf(profile), Date.now);
    const asked = exportSchema.parse({ query: { profile, resource, filters: {} }, format: 'ndjson' });
    const path = join(folder, `${resource}.ndjson`);
    let batches = 0;
    let fails = true;
    const columns = [{ id: 'id', kind: 'id', ref: 'users' } as const];
    const source = namedSource(plain, { columns }, async () => {
      batches += 1;
      if (fails && batches === 4) throw new DeskError('network.refused');
      return {};
    });
    const run = async () =>
      writeExport(
        source,
        asked,
        await openPlace(source, asked, path, { clock: Date.now, resume: true, installation: 'test' }),
        { clock: Date.now, signal: new AbortController().signal, converter },
      );
    await expect(run()).rejects.toMatchObject({ code: 'network.refused' });
    fails = false;
    const { missing } = await run();
    const ids = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(missing).toBe(0);
    expect(new Set(ids).size).toBe(900);
    expect(ids).toHaveLength(900);
  },
);
