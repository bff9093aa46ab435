import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startSimulator } from '../src/simulator/server.ts';
import { printTable, quantile, ratio } from './table.ts';

type Measured = { rows: number; ms: number; peakMiB: number };

const users = 100_000;
const rounds = 3;

const child = async (args: readonly string[], secret: string): Promise<Measured> => {
  const run = spawn(process.execPath, [join(import.meta.dirname, 'export-child.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SECRET: secret },
  });
  let out = '';
  run.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await once(run, 'close');
  return JSON.parse(out) as Measured;
};

/** Rows a second and peak memory of an export of all users, against a bare loop over the same pages. */
export const measureExports = async () => {
  await using server = await startSimulator({ users, logs: 0 });
  const [app] = server.tokens.apps;
  const ways = ['bare', 'ndjson', 'csv'] as const;
  const results = new Map<string, Measured[]>(ways.map((way) => [way, []]));
  // Each round runs every way, so that a busy minute of the machine touches all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways)
      results.get(way)?.push(await child([way, server.endpoint, app?.appId ?? ''], app?.secret ?? ''));
  }
  const median = (way: string, pick: (one: Measured) => number) =>
    quantile((results.get(way) ?? []).map(pick), 0.5);
  const speed = ({ rows, ms }: Measured) => rows / (ms / 1000);
  printTable(
    `Export of ${users.toLocaleString('en')} users (median of ${rounds}; bare: the same requests, as many at a time, parsed only)`,
    ways.map((way) => ({
      way,
      rows: median(way, ({ rows }) => rows),
      'rows/s': Math.round(median(way, speed)),
      'of bare': ratio(median(way, speed), median('bare', speed)),
      'peak MiB': Math.round(median(way, ({ peakMiB }) => peakMiB)),
      'of bare ': ratio(
        median(way, ({ peakMiB }) => peakMiB),
        median('bare', ({ peakMiB }) => peakMiB),
      ),
    })),
  );
};
