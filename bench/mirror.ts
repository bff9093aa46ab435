import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Scratch } from '../src/core/base/scratch.ts';
import { Mirrors } from '../src/core/mirror/mirror.ts';
import { mirrorPlace } from '../src/doors/workers.ts';
import { logsOf, measureCopy } from './copy-table.ts';
import { printTable } from './table.ts';

/** How long the mirror takes to be filled and to answer, by its rows; and what the main thread feels meanwhile. */
export const measureMirror = async (sizes: readonly number[] = [100_000, 1_000_000]) => {
  for (const count of sizes) measureCopy(count);
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-bench-mirror-'));
  const mirrors = new Mirrors({
    folder: join(folder, 'worker'),
    worker: mirrorPlace(folder).worker,
    scratch: new Scratch(join(folder, 'scratch')),
    clock: Date.now,
  });
  const data = logsOf(50_000);
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
