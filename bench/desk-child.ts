import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createNodeCore } from '../src/doors/node-core.ts';
import { startBrowserDoor } from '../src/web/server.ts';

/**
 * The core and the browser door in a process of their own, with exports that run one after the other until told to end.
 * Argument: the folder. First message in: `{endpoint, appId, secret}`; then `sample` and `end`.
 */
const [, , folder = ''] = process.argv;
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const core = createNodeCore({ dataDir: join(folder, 'data') });
let exporting = true;
let exported = 0;

const exportAgain = async () => {
  while (exporting) {
    const asked = {
      query: { profile: 'one', resource: 'users', filters: {} },
      format: 'csv' as const,
      columns: 'all' as const,
      bom: false,
    };
    const { id } = await core.startJob('export', asked, { path: join(folder, 'users.csv') });
    await core.jobs.ended(id);
    core.jobs.dismiss(id);
    exported += 1;
  }
};

/** What keeps the process running, without its way to the bench. */
const left = () =>
  process.getActiveResourcesInfo().filter((kind) => !/^(?:PipeWrap|TTYWrap|Pipe)$/.test(kind));

process.once('message', async (tenant: { endpoint: string; appId: string; secret: string }) => {
  const { endpoint, appId, secret } = tenant;
  for (const name of ['One', 'Two'])
    await core.profiles.add({ kind: 'oss', name, endpoint, appId }, secret, 'memory');
  const door = await startBrowserDoor(core, {
    assets: join(import.meta.dirname, '..', 'out', 'renderer'),
    downloads: join(folder, 'downloads'),
  });
  process.send?.({ address: door.address });
  void exportAgain();
  process.on('message', async (order) => {
    if (order === 'sample') {
      collect();
      process.send?.({ heapMiB: process.memoryUsage().heapUsed / 2 ** 20, handles: left().length, exported });
    }
    if (order === 'stop-exports') {
      exporting = false;
      await core.jobs.interruptAll();
      process.send?.({});
    }
    if (order === 'end') {
      await door.stop();
      await core.stop();
      await wait(1_500);
      process.send?.({ left: left() }, () => process.exit());
    }
  });
});
