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

/**
 * Changes a second and memory of an import, against loops that send the same requests, each on a tenant of its own: as scripts
 * do, one at a time; as many at a time as here; and with the look before each, by which another's change is seen.
 */
export const measureChanges = async (counts: readonly number[] = sizes) => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-bench-'));
  for (const count of counts) {
    const path = join(folder, 'people.csv');
    const lines = Array.from({ length: count }, (_, n) => `p${n}@import.test,Person ${n},pro`);
    writeFileSync(path, `email,name,customData.plan\n${lines.join('\n')}\n`);
    const results = new Map<string, Measured[]>(ways.map((way) => [way, []]));
    for (let round = 0; round < (count > 1_000 ? 1 : rounds); round += 1)
      for (const way of ways) {
        // What one way made would be in the other's way.
        await using server = await startSimulator({ users: 1_000, logs: 0, timed: true });
        const [app] = server.tokens.apps;
        const args = [way, server.endpoint, app?.appId ?? '', path, String(count)];
        results.get(way)?.push(await child(args, app?.secret ?? ''));
      }
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
