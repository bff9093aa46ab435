import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from '@playwright/test';
import { front, openList, scrollTo } from '../e2e/desk.ts';
import { quietFlags } from '../e2e/electron-stand-in/browser.ts';
import { findBrowser } from '../src/web/browser.ts';
import { printTable, ratio } from './table.ts';

const lists = ['Users', 'Roles', 'Audit logs'] as const;
const samples = 12;
/** Share of the time in which caches fill: samples after it are held against the first of them. */
const warmUp = 1 / 3;

/** The next message of a process, after telling it something. */
const answerOf = async <Answer>(child: ChildProcess, order?: unknown): Promise<Answer> => {
  const heard = once(child, 'message') as Promise<[Answer]>;
  if (order !== undefined) child.send(order as object);
  return (await heard)[0];
};

type Core = { heapMiB: number; handles: number; exported: number };

/** What the page holds after a collection of its own. */
const pageMetrics = async (page: Page) => {
  const cdp = await page.context().newCDPSession(page);
  // What the first collection sets free by finalizers, the second one takes.
  for (let time = 0; time < 2; time += 1) await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  await cdp.detach();
  const metric = (name: string) => metrics.find((one) => one.name === name)?.value ?? 0;
  return {
    pageMiB: metric('JSHeapUsedSize') / 2 ** 20,
    listeners: metric('JSEventListeners'),
    nodes: metric('Nodes'),
  };
};

const sampleOf = async (page: Page, desk: ChildProcess, startedAt: number) => ({
  minute: (Date.now() - startedAt) / 60_000,
  ...(await pageMetrics(page)),
  ...(await answerOf<Core>(desk, 'sample')),
});

/** Six views of two tenants, scrolled in turn, while exports run one after the other. */
export const measureSoak = async (minutes: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-soak-'));
  const tenant = fork(join(import.meta.dirname, 'simulator-child.ts'));
  const credentials = await answerOf<object>(tenant);
  const desk = fork(join(import.meta.dirname, 'desk-child.ts'), [folder]);
  const { address } = await answerOf<{ address: string }>(desk, credentials);
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '/usr/bin/chromium',
    args: quietFlags,
  });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.goto(address);
  await page.getByRole('navigation', { name: 'Tenants' }).getByText('Two').waitFor();
  for (const key of ['Alt+1', 'Alt+2']) {
    await page.keyboard.press(key);
    for (const list of lists) await openList(page, list);
  }

  const startedAt = Date.now();
  const every = (minutes * 60_000) / samples;
  const found: Awaited<ReturnType<typeof sampleOf>>[] = [];
  for (let turn = 0; found.length < samples; turn += 1) {
    await page.keyboard.press('Alt+ArrowRight');
    if ((await front(page).locator('.ag-body-vertical-scroll-viewport').count()) > 0)
      await scrollTo(page, (turn % 31) / 31);
    await wait(150);
    if (Date.now() >= startedAt + (found.length + 1) * every)
      found.push(await sampleOf(page, desk, startedAt));
  }
  const [warm = found[0]] = found.slice(Math.floor(samples * warmUp));
  printTable(
    `Soak: ${minutes} min, 6 views of 2 tenants, ${found.at(-1)?.exported} exports of 20,000 users (of warm: against the first sample after warm-up)`,
    found.map((sample) => ({
      minute: sample.minute.toFixed(1),
      'core MiB': sample.heapMiB.toFixed(1),
      'of warm': ratio(sample.heapMiB, warm?.heapMiB ?? 1),
      'page MiB': sample.pageMiB.toFixed(1),
      'of warm ': ratio(sample.pageMiB, warm?.pageMiB ?? 1),
      listeners: sample.listeners,
      nodes: sample.nodes,
      handles: sample.handles,
    })),
  );

  await answerOf(desk, 'stop-exports');
  for (let view = 0; view < 2 * lists.length; view += 1) await page.keyboard.press('Alt+w');
  await wait(1_000);
  const before = await answerOf<{ answered: number }>(tenant, 'count');
  await wait(20_000);
  const after = await answerOf<{ answered: number }>(tenant, 'count');
  await browser.close();
  const { left } = await answerOf<{ left: string[] }>(desk, 'end');
  const ended = once(tenant, 'exit');
  tenant.disconnect();
  await ended;
  printTable('After the views were closed', [
    { what: 'requests to the tenant in 20 s', found: after.answered - before.answered },
    { what: 'timers and sockets left after stopping', found: left.length === 0 ? 0 : left.join(' ') },
  ]);
  rmSync(folder, { recursive: true, force: true });
};
