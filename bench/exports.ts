import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { exportFormats } from '../src/shared/export-formats.ts';
import { startSimulator } from '../src/simulator/server.ts';
import { printTable, quantile, ratio } from './table.ts';

type Measured = { rows: number; ms: number; peakMiB: number; aboveRestMiB: number | null; delayMs: number };

const rounds = 3;
/** Rows of a list; the cost of a row has to stay about the same from the first number to the last. */
const sizes = [10_000, 100_000, 1_000_000];

const child = async (args: readonly string[], secret: string): Promise<Measured> => {
  const run = spawn(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, 'export-child.ts'), ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, SECRET: secret },
    },
  );
  let out = '';
  run.stdout.on('data', (chunk) => {
    out += chunk;
  });
  await once(run, 'close');
  return JSON.parse(out) as Measured;
};

const speed = ({ rows, ms }: Measured) => rows / (ms / 1000);

/** Every way of reading one list, in rounds, so that a busy minute of the machine touches all of them. */
const measureList = async (
  resource: 'users' | 'logs',
  rows: number,
  ways: readonly string[],
  { timed = false, baseline = 'bare', times = rounds } = {},
) => {
  await using server = await startSimulator(
    resource === 'users' ? { users: rows, logs: 0, timed } : { users: 1_000, logs: rows, timed },
  );
  const [app] = server.tokens.apps;
  const results = new Map<string, Measured[]>(ways.map((way) => [way, []]));
  for (let round = 0; round < times; round += 1) {
    for (const way of ways)
      results
        .get(way)
        ?.push(await child([way, server.endpoint, app?.appId ?? '', resource], app?.secret ?? ''));
  }
  const median = (way: string, pick: (one: Measured) => number) =>
    quantile((results.get(way) ?? []).map(pick), 0.5);
  return ways.map((way) => ({
    list: resource,
    way,
    rows: median(way, (one) => one.rows),
    'rows/s': Math.round(median(way, speed)),
    [`of ${baseline}`]: ratio(median(way, speed), median(baseline, speed)),
    'peak MiB': Math.round(median(way, ({ peakMiB }) => peakMiB)),
    'loop delay p99 ms': median(way, ({ delayMs }) => delayMs).toFixed(1),
    'above rest MiB': Math.round(median(way, ({ aboveRestMiB }) => aboveRestMiB ?? Number.NaN)),
  }));
};

/** What a row costs in each size, against the size before it and against the first. */
const costs = (tables: readonly Awaited<ReturnType<typeof measureList>>[]) =>
  (tables[0] ?? []).map(({ list, way }, n) => {
    const speeds = tables.map((table) => Number(table[n]?.['rows/s']));
    const against = (from: number, to: number) => [
      `${sizes[to]?.toLocaleString('en')} of ${sizes[from]?.toLocaleString('en')}`,
      ratio(speeds[from] ?? 0, speeds[to] ?? 0),
    ];
    return { list, way, ...Object.fromEntries([against(0, 1), against(1, 2), against(0, 2)]) };
  });

/** Rows a second and peak memory of exports by list and format, against a bare loop over the same list's pages. */
export const measureExports = async () => {
  const tables: Awaited<ReturnType<typeof measureList>>[] = [];
  const ways = ['bare', ...exportFormats];
  for (const rows of sizes) {
    const once = { times: rows > 100_000 ? 1 : rounds };
    const table = [
      ...(await measureList('users', rows, ways, once)),
      ...(await measureList('logs', rows, ways, once)),
    ];
    tables.push(table);
    printTable(
      `Exports of ${rows.toLocaleString('en')} rows (median of ${once.times}; bare: a loop over pages, as many at a time as the exports, parsed only)`,
      table,
    );
  }
  printTable('What a row costs, by the number of rows', costs(tables));
  printTable(
    'All of 85,730 logs from a server whose pages take the time of a real one (sdk: the official SDK, one page after the other, as scripts do it)',
    await measureList('logs', 85_730, ['sdk', 'bare', 'ndjson'], { timed: true, baseline: 'sdk' }),
  );
};
