import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { cell, expect, front, keepTab, openList, scrollTo, startDesktop } from '../e2e/desk.ts';
import { startBrowserDoor } from '../e2e/doors/browser.ts';
import type { Running } from '../e2e/doors/running.ts';
import { electronPath } from '../scripts/electron-runtime.ts';
import { type Simulator, startSimulator } from '../src/simulator/server.ts';
import { printTable, quantile, ratio } from './table.ts';
import { addBench, bearerOf } from './tenant.ts';

const sizes = [100_000, 1_000_000];
const openings = 7;
const scrollMs = 5_000;

/** The stand-in is for tests; speeds are those of a real door. */
const startDoor = electronPath() ? startDesktop : startBrowserDoor;

const viewport = (page: Page) => front(page).locator('.ag-body-vertical-scroll-viewport');

/** Requests for rows, without the ones for counts and names. */
const pagesAsked = (server: Simulator, since: number) =>
  server.seen
    .slice(since)
    .filter(({ path, query }) => path === '/api/logs' && query.get('page_size') === '100').length;

/** ms from the click on a list to its first rows on the screen. */
const openingMs = async (page: Page): Promise<number> => {
  await page.keyboard.press('Alt+w');
  await expect(cell(page, 0, 'key')).toHaveCount(0);
  return page.evaluate(async () => {
    const link = [...document.querySelectorAll('nav a, nav button')].find(
      ({ textContent }) => textContent?.trim() === 'Audit logs',
    );
    const started = performance.now();
    (link as HTMLElement).click();
    const shown = () =>
      document.querySelector('section[data-front] .ag-row[row-index="0"] [col-id="key"]')?.textContent;
    while (!shown()) await new Promise(requestAnimationFrame);
    return performance.now() - started;
  });
};

/** ms of one request for a page of the same list by hand, token already there. */
const bareRequestMs = async (server: Simulator): Promise<number> => {
  const authorization = await bearerOf(server);
  const times: number[] = [];
  for (let n = 0; n < openings; n += 1) {
    const started = performance.now();
    const page = await fetch(`${server.endpoint}/api/logs?page=1&page_size=100&enableCap=true`, {
      headers: { authorization },
    });
    await page.json();
    times.push(performance.now() - started);
  }
  return quantile(times, 0.5);
};

const jumpToEnd = async (page: Page, server: Simulator, rows: number): Promise<number> => {
  const before = server.seen.length;
  await scrollTo(page, 1);
  await expect(cell(page, rows - 1, 'key')).not.toBeEmpty();
  return pagesAsked(server, before);
};

/** From the top to the bottom in two seconds, the thumb held all the way. */
const dragToEnd = async (page: Page, server: Simulator, rows: number): Promise<number> => {
  await scrollTo(page, 0);
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const before = server.seen.length;
  await viewport(page).evaluate(async (element) => {
    for (let step = 0; step <= 120; step += 1) {
      // Not quite to the end, whose page is known from the jump.
      element.scrollTop = (step / 120) * element.scrollHeight * 0.97;
      await new Promise(requestAnimationFrame);
    }
  });
  await expect
    .poll(() =>
      front(page).evaluate((view) =>
        [...view.querySelectorAll('.ag-row [col-id="key"]')].every((at) => at.textContent),
      ),
    )
    .toBe(true);
  await expect(cell(page, rows - 1, 'key')).toHaveCount(0);
  return pagesAsked(server, before);
};

/** Times between frames, ms, while the grid scrolls `speed` pixels a frame for five seconds (0: while it rests). */
const frameTimes = (page: Page, speed: number): Promise<number[]> =>
  viewport(page).evaluate(
    async (element, { pixels, ms }) => {
      const times: number[] = [];
      const started = performance.now();
      let last = started;
      while (last - started < ms) {
        element.scrollTop += pixels;
        await new Promise(requestAnimationFrame);
        const now = performance.now();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { pixels: speed, ms: scrollMs },
  );

const measure = async (page: Page, server: Simulator, rows: number) => {
  // The tenant stays in front while the list is closed.
  await keepTab(page);
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const times: number[] = [];
  for (let n = 0; n < openings; n += 1) times.push(await openingMs(page));
  await expect(front(page).getByTestId('rows')).toHaveText(`${rows.toLocaleString('en')} rows`);
  const jump = await jumpToEnd(page, server, rows);
  const drag = await dragToEnd(page, server, rows);
  await scrollTo(page, 0.3);
  const resting = await frameTimes(page, 0);
  const scrolling = await frameTimes(page, 40);
  return {
    rows,
    open: quantile(times, 0.5),
    bare: await bareRequestMs(server),
    jump,
    drag,
    resting,
    scrolling,
  };
};

/** Opening, jumping, dragging and scrolling in the real app, over lists of 100,000 and 1,000,000 logs. */
export const measureBrowsing = async () => {
  const results: Awaited<ReturnType<typeof measure>>[] = [];
  for (const rows of sizes) {
    await using server = await startSimulator({ users: 5_000, logs: rows });
    const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-bench-'));
    let desk: Running | undefined;
    try {
      desk = await startDoor({
        dataDir,
        env: { LOGTO_DESK_KEYCHAIN_SERVICE: `logto-desk-bench-${process.pid}` },
      });
      const { page } = desk;
      await addBench(page, server);
      results.push(await measure(page, server, rows));
    } finally {
      await desk?.quit();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  const list = (rows: number) => `${rows.toLocaleString('en')} logs`;
  printTable(
    `Opening a view to its first rows (median of ${openings}; bare: the same request by hand)`,
    results.map(({ rows, open, bare }) => ({
      list: list(rows),
      'open ms': open.toFixed(1),
      'bare ms': bare.toFixed(1),
      ratio: ratio(open, bare),
    })),
  );
  printTable(
    'Requests for rows (possible: 1 for a jump, at most 3 for a drag)',
    results.map(({ rows, jump, drag }) => ({ list: list(rows), 'jump to the end': jump, 'drag down': drag })),
  );
  printTable(
    'Time between frames while scrolling for 5 s (rest: the same page, not scrolling)',
    results.map(({ rows, scrolling, resting }) => ({
      list: list(rows),
      'median ms': quantile(scrolling, 0.5).toFixed(1),
      'p95 ms': quantile(scrolling, 0.95).toFixed(1),
      'rest median ms': quantile(resting, 0.5).toFixed(1),
      'rest p95 ms': quantile(resting, 0.95).toFixed(1),
      'p95 ratio': ratio(quantile(scrolling, 0.95), quantile(resting, 0.95)),
    })),
  );
};
