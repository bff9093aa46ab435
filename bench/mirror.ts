import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Scratch } from '../src/core/base/scratch.ts';
import { Mirrors } from '../src/core/mirror/mirror.ts';
import { MirrorStore } from '../src/core/mirror/store.ts';
import { mirrorPlace } from '../src/doors/workers.ts';
import { LogData } from '../src/simulator/log-data.ts';
import { idText } from '../src/simulator/random.ts';
import { printTable, quantile } from './table.ts';

const batch = 1_000;
const sizes = [100_000, 1_000_000];

const dataOf = (count: number) =>
  new LogData({
    count,
    seed: 7,
    anchor: Date.UTC(2026, 10, 20),
    users: 20_000,
    userIds: (index) => idText(12, 8, index),
    apps: ['a', 'b', 'c'],
    machines: ['m'],
  });

/** Median of a few runs, ms; the first, which warms up, left out. */
const timed = (work: () => unknown): number => {
  work();
  return quantile(
    Array.from({ length: 5 }, () => {
      const started = performance.now();
      work();
      return performance.now() - started;
    }),
    0.5,
  );
};

/** How long the mirror takes to be filled and to answer, by its rows; and what the main thread feels meanwhile. */
export const measureMirror = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-bench-mirror-'));
  const found: Record<string, string | number>[] = [];
  for (const count of sizes) {
    const data = dataOf(count);
    const store = new MirrorStore(join(folder, `${count}.sqlite`), { endpoint: 'bench', tenant: '' }, 0);
    const started = performance.now();
    for (let at = 0; at < count; at += batch)
      store.put(
        'logs',
        '',
        Array.from({ length: batch }, (_, n) => data.row(at + n)),
        1,
      );
    const filled = performance.now() - started;
    const query = { profile: 'bench', resource: 'logs', filters: {} };
    const selective = idText(21, 34, Math.floor(count / 2));
    const once = (work: () => unknown) => {
      const from = performance.now();
      work();
      return performance.now() - from;
    };
    found.push({
      rows: count,
      'filled, rows/s': Math.round(count / (filled / 1_000)),
      MB: Math.round(store.size / 1e6),
      'text search, ms': timed(() => store.search(selective, 20)).toFixed(1),
      'first page, ms': once(() => store.page(query, 0, 100, 0)).toFixed(0),
      'another page, ms': timed(() => store.page(query, count - 200, 100, 0)).toFixed(1),
      'filter, ms': once(() =>
        store.page(
          { ...query, where: [{ column: 'payload.result', mode: 'is', value: 'Error' }] },
          0,
          100,
          0,
        ),
      ).toFixed(0),
      'sort, ms': once(() =>
        store.page({ ...query, sort: { column: 'payload.ip', descending: false } }, 0, 100, 0),
      ).toFixed(0),
    });
    store.close();
  }
  printTable('The mirror, of audit logs', found);

  const mirrors = new Mirrors({
    folder: join(folder, 'worker'),
    worker: mirrorPlace(folder).worker,
    scratch: new Scratch(join(folder, 'scratch')),
    clock: Date.now,
  });
  const data = dataOf(50_000);
  const tenant = { id: 'bench', kind: 'oss' as const, endpoint: 'bench', resource: '' };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const query = { profile: 'bench', resource: 'logs', filters: {} };
  delay.enable();
  for (let at = 0; at < 50_000; at += 100)
    await mirrors.put(
      tenant,
      query,
      Array.from({ length: 100 }, (_, n) => data.row(at + n)),
      1,
    );
  await mirrors.page(tenant, { ...query, sort: { column: 'payload.ip', descending: false } }, 0, 100);
  delay.disable();
  printTable('The main thread, while the worker fills and sorts 50,000 rows', [
    { 'event-loop delay': 'median', ms: (delay.percentile(50) / 1e6).toFixed(1) },
    { 'event-loop delay': 'p99', ms: (delay.percentile(99) / 1e6).toFixed(1) },
  ]);
  await mirrors.stop();
  rmSync(folder, { recursive: true, force: true });
};
