import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium } from '@playwright/test';
import { keepTab, openList } from '../e2e/desk.ts';
import { quietFlags } from '../e2e/electron-stand-in/browser.ts';
import { findBrowser } from '../src/web/browser.ts';
import { Tab } from './tab.ts';
import { printTable, ratio } from './table.ts';

const lists = ['Users', 'Roles', 'Audit logs'] as const;
const samples = 12;
/** How long a view is looked at, ms. */
const restMs = 400;
/** Share of the time in which caches fill: samples after it are held against the first of them. */
const warmUp = 1 / 3;

/** The next message of a process, after telling it something. */
const answerOf = async <Answer>(child: ChildProcess, order?: unknown): Promise<Answer> => {
  const heard = once(child, 'message') as Promise<[Answer]>;
  if (order !== undefined) child.send(order as object);
  return (await heard)[0];
};

type Core = { heapMiB: number; handles: number; exported: number };

/** A Chromium that any number of programs may look at, and its debugging address. */
const openBrowser = async (folder: string) => {
  const profile = join(folder, 'browser');
  const child = spawn(
    findBrowser() ?? '/usr/bin/chromium',
    [
      ...quietFlags,
      '--headless=new',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
      '--window-size=1280,800',
      'about:blank',
    ],
    { stdio: 'ignore' },
  );
  const file = join(profile, 'DevToolsActivePort');
  while (!existsSync(file)) await wait(50);
  await wait(200);
  const [port] = readFileSync(file, 'utf8').split('\n');
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
};

/** Rows that the page holds, of all views. */
const loadedRows = `[...document.querySelectorAll('[data-testid=loaded]')]
  .reduce((sum, { textContent }) => sum + Number(textContent.replace(/\\D/g, '')), 0)`;

const sampleOf = async (tab: Tab, desk: ChildProcess, startedAt: number) => ({
  minute: (Date.now() - startedAt) / 60_000,
  loaded: await tab.run<number>(loadedRows),
  ...(await tab.held()),
  ...(await answerOf<Core>(desk, 'sample')),
});

/** Six views of two tenants, scrolled in turn, while exports run one after the other. */
export const measureSoak = async (minutes: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-soak-'));
  const tenant = fork(join(import.meta.dirname, 'simulator-child.ts'));
  const credentials = await answerOf<object>(tenant);
  const desk = fork(join(import.meta.dirname, 'desk-child.ts'), [folder]);
  const { address } = await answerOf<{ address: string }>(desk, credentials);
  const browser = await openBrowser(folder);
  const guide = await chromium.connectOverCDP(browser.endpoint);
  const [page = await guide.newPage()] = guide.contexts().flatMap((context) => context.pages());
  await page.goto(address);
  await page.getByRole('navigation', { name: 'Tenants' }).getByText('Two').waitFor();
  for (const key of ['Alt+1', 'Alt+2']) {
    await page.keyboard.press(key);
    for (const list of lists) {
      await openList(page, list);
      await keepTab(page);
    }
  }
  // From here on nobody looks on but the one who measures.
  await guide.close();
  const tab = await Tab.open(browser.endpoint);

  const startedAt = Date.now();
  const every = (minutes * 60_000) / samples;
  const found: Awaited<ReturnType<typeof sampleOf>>[] = [];
  for (let turn = 0; found.length < samples; turn += 1) {
    await tab.pressWithAlt('ArrowRight', 'ArrowRight', 39);
    await tab.run(`{
      const grid = document.querySelector('section[data-front] .ag-body-vertical-scroll-viewport');
      if (grid) grid.scrollTop = ${(turn % 31) / 31} * grid.scrollHeight;
    }`);
    // Long enough for a view to load what it rests on: what is loaded is kept, and has to be all there early.
    await wait(restMs);
    if (Date.now() >= startedAt + (found.length + 1) * every)
      found.push(await sampleOf(tab, desk, startedAt));
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
      'rows held': sample.loaded,
      listeners: sample.listeners,
      nodes: sample.nodes,
      handles: sample.handles,
    })),
  );

  await answerOf(desk, 'stop-exports');
  for (let view = 0; view < 2 * lists.length; view += 1) await tab.pressWithAlt('w', 'KeyW', 87);
  await wait(1_000);
  const before = await answerOf<{ answered: number }>(tenant, 'count');
  await wait(20_000);
  const after = await answerOf<{ answered: number }>(tenant, 'count');
  tab.close();
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
