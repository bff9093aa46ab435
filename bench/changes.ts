import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulator } from '../src/simulator/server.ts';
import { printTable, quantile, ratio } from './table.ts';

type Measured = { rows: number; planMs: number; ms: number; peakMiB: number; aboveRestMiB: number | null };

/** Users of a file: memory above rest has to stay about the same from the first number to the last. */
const sizes = [1_000, 10_000];
const largeSizes = [1_000, 5_000, 10_000];
const rounds = 3;
const ways = ['script', 'bare', 'reading', 'import'] as const;

const child = async (args: readonly string[], secret: string): Promise<Measured> => {
  const run = spawn(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, 'changes-child.ts'), ...args],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, SECRET: secret } },
  );
  let out = '';
  run.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await once(run, 'close');
  return JSON.parse(out) as Measured;
};

const speed = ({ rows, ms }: Measured) => rows / (ms / 1000);

/** A file of so many people. */
const peopleIn = (folder: string, count: number): string => {
  const path = join(folder, 'people.csv');
  const lines = Array.from({ length: count }, (_, n) => `p${n}@import.test,Person ${n},pro`);
  writeFileSync(path, `email,name,customData.plan\n${lines.join('\n')}\n`);
  return path;
};

/** One way of sending them, to a tenant of its own: what another made would be in its way. */
const measured = async (way: (typeof ways)[number], path: string, count: number): Promise<Measured> => {
  await using server = await startSimulator({ users: 1_000, logs: 0, timed: true });
  const [app] = server.tokens.apps;
  return await child([way, server.endpoint, app?.appId ?? '', path, String(count)], app?.secret ?? '');
};

/** Imports of these many users, and a bare loop over the same POSTs for half of the most: memory is to stay about the same. */
export const measureLargeImport = async (counts: readonly number[] = largeSizes) => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-bench-'));
  const half = Math.ceil(Math.max(...counts) / 2);
  const bare = await measured('bare', peopleIn(folder, half), half);
  const rows: Record<string, string | number>[] = [];
  for (const count of counts) {
    const one = await measured('import', peopleIn(folder, count), count);
    rows.push({
      users: count,
      'users/s': Math.round(speed(one)),
      'of bare': ratio(speed(one), speed(bare)),
      'planned in s': (one.planMs / 1_000).toFixed(1),
      'peak MiB': Math.round(one.peakMiB),
      'above rest MiB': Math.round(one.aboveRestMiB ?? Number.NaN),
    });
  }
  printTable(
    `Imports, against a bare loop of four at a time over ${half.toLocaleString('en')} (${Math.round(speed(bare))} users/s, peak ${Math.round(bare.peakMiB)} MiB)`,
    rows,
  );
  rmSync(folder, { recursive: true, force: true });
};

/**
 * Changes a second and memory of an import, against loops that send the same requests, each on a tenant of its own: as scripts
 * do, one at a time; as many at a time as here; and with the look before each, by which another's change is seen.
 */
export const measureChanges = async (counts: readonly number[] = sizes) => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-bench-'));
  for (const count of counts) {
    const path = peopleIn(folder, count);
    const results = new Map<string, Measured[]>(ways.map((way) => [way, []]));
    for (let round = 0; round < (count > 1_000 ? 1 : rounds); round += 1)
      for (const way of ways) results.get(way)?.push(await measured(way, path, count));
    const median = (way: string, pick: (one: Measured) => number) =>
      quantile((results.get(way) ?? []).map(pick), 0.5);
    printTable(
      `Import of ${count.toLocaleString('en')} users (script: a loop over the same POSTs, one at a time; bare: four at a time; reading: with the look before each)`,
      ways.map((way) => ({
        way,
        users: median(way, ({ rows }) => rows),
        'users/s': Math.round(median(way, speed)),
        'of script': ratio(median(way, speed), median('script', speed)),
        'of bare': ratio(median(way, speed), median('bare', speed)),
        'of reading': ratio(median(way, speed), median('reading', speed)),
        'planned in s': (median(way, ({ planMs }) => planMs) / 1_000).toFixed(1),
        'peak MiB': Math.round(median(way, ({ peakMiB }) => peakMiB)),
        'above rest MiB': Math.round(median(way, ({ aboveRestMiB }) => aboveRestMiB ?? Number.NaN)),
      })),
    );
  }
  rmSync(folder, { recursive: true, force: true });
};
