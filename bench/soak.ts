import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { chromium, type Page } from '@playwright/test';
import { front, openList, scrollTo } from '../e2e/desk.ts';
import { quietFlags } from '../e2e/electron-stand-in/browser.ts';
import { createNodeCore } from '../src/doors/node-core.ts';
import { findBrowser } from '../src/web/browser.ts';
import { startBrowserDoor } from '../src/web/server.ts';
import { printTable, ratio } from './table.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const lists = ['Users', 'Roles', 'Audit logs'] as const;
const samples = 10;

type Sample = {
  minute: number;
  coreMiB: number;
  pageMiB: number;
  listeners: number;
  nodes: number;
  handles: number;
};

/** Heap of the core after a collection, and what the page holds after one of its own. */
const sampleOf = async (page: Page, startedAt: number): Promise<Sample> => {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  await cdp.detach();
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  collect();
  return {
    minute: (Date.now() - startedAt) / 60_000,
    coreMiB: process.memoryUsage().heapUsed / 2 ** 20,
    pageMiB: metric('JSHeapUsedSize') / 2 ** 20,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
    handles: process.getActiveResourcesInfo().length,
  };
};

/** Six views of two tenants, scrolled in turn, while exports run one after the other. */
export const measureSoak = async (minutes: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-soak-'));
  const tenant = fork(join(import.meta.dirname, 'simulator-child.ts'));
  const [{ endpoint, appId, secret }] = (await once(tenant, 'message')) as [Record<string, string>];
  const answered = async (): Promise<number> => {
    tenant.send('count');
    const [{ answered: count }] = (await once(tenant, 'message')) as [{ answered: number }];
    return count;
  };
  const core = createNodeCore({ dataDir: join(folder, 'data') });
  for (const name of ['One', 'Two'])
    await core.profiles.add(
      { kind: 'oss', name, endpoint: endpoint ?? '', appId: appId ?? '' },
      secret ?? '',
      'memory',
    );
  const door = await startBrowserDoor(core, join(import.meta.dirname, '..', 'out', 'renderer'));
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '/usr/bin/chromium',
    args: quietFlags,
  });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(door.address);
  await page.getByRole('navigation', { name: 'Tenants' }).getByText('Two').waitFor();
  for (const key of ['Alt+1', 'Alt+2']) {
    await page.keyboard.press(key);
    for (const list of lists) await openList(page, list);
  }

  const startedAt = Date.now();
  const until = startedAt + minutes * 60_000;
  const found: Sample[] = [];
  let exported = 0;
  let next = startedAt + (minutes * 60_000) / samples;
  for (let turn = 0; Date.now() < until; turn += 1) {
    if (core.jobs.list().every(({ state }) => state !== 'running')) {
      for (const { id } of core.jobs.list()) core.jobs.dismiss(id);
      const asked = {
        query: { profile: 'one', resource: 'users', filters: {} },
        format: 'csv' as const,
        columns: 'all' as const,
        bom: false,
      };
      await core.startExport(asked, join(folder, 'users.csv'));
      exported += 1;
    }
    await page.keyboard.press('Alt+ArrowRight');
    if ((await front(page).locator('.ag-body-vertical-scroll-viewport').count()) > 0)
      await scrollTo(page, (turn % 31) / 31);
    await wait(150);
    if (Date.now() < next) continue;
    next += (minutes * 60_000) / samples;
    found.push(await sampleOf(page, startedAt));
  }
  const [warm = found[0]] = found.slice(Math.floor(samples / 4));
  printTable(
    `Soak: ${minutes} min, 6 views of 2 tenants, ${exported} exports of 20,000 users (of warm: against the first sample after warm-up)`,
    found.map((sample) => ({
      minute: sample.minute.toFixed(1),
      'core MiB': sample.coreMiB.toFixed(1),
      'of warm': ratio(sample.coreMiB, warm?.coreMiB ?? 1),
      'page MiB': sample.pageMiB.toFixed(1),
      'of warm ': ratio(sample.pageMiB, warm?.pageMiB ?? 1),
      listeners: sample.listeners,
      nodes: sample.nodes,
      handles: sample.handles,
    })),
  );

  await core.jobs.cancelAll();
  for (let view = 0; view < 2 * lists.length; view += 1) await page.keyboard.press('Alt+w');
  await wait(1_000);
  const before = await answered();
  await wait(20_000);
  const after = await answered();
  await browser.close();
  await door.stop();
  await core.stop();
  const ended = once(tenant, 'exit');
  tenant.disconnect();
  await ended;
  await wait(1_500);
  const left = process.getActiveResourcesInfo().filter((kind) => !['PipeWrap', 'TTYWrap'].includes(kind));
  printTable('After the views were closed', [
    { what: 'requests to the tenant in 20 s', found: after - before },
    { what: 'timers and sockets left after stopping', found: left.length === 0 ? 0 : left.join(' ') },
  ]);
  rmSync(folder, { recursive: true, force: true });
};
