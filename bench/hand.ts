import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect as anyExpect, cell, front, keepTab, openList } from '../e2e/desk.ts';
import { startBrowserDoor } from '../e2e/doors/browser.ts';
import { startSimulator } from '../src/simulator/server.ts';
import { startFloor } from './floor.ts';
import { printTable, quantile, ratio } from './table.ts';
import { addBench } from './tenant.ts';

/**
 * One act of the hand, ms: to the request, from its answer to drawn rows, and in all; null where nothing was asked. `work`:
 * what the page's main thread computed, which other work beside on the machine does not lengthen. `bytes`: what a start had
 * sent to it.
 */
type Taken = { request: number | null; drawing: number | null; all: number; work: number; bytes?: number };

/** What an act is watched by: which requests are its own, and what stands on the page once it is done. */
type Watched = { asks: string; shown: string };

/** How long a pointer is on what it clicks: a part of a second, while the eye follows. */
const restMs = 350;
/** How long a finger keeps a button of the mouse down. */
const pressMs = 80;

const expect = anyExpect.configure({ timeout: 60_000 });

/** Lists that a round goes to, with the names that the bare page has for them. */
const lists = [
  { name: 'Audit logs', bare: 'logs' },
  { name: 'Roles', bare: 'roles' },
  { name: 'Organizations', bare: 'organizations' },
  { name: 'Applications', bare: 'applications' },
] as const;

const firstRow = (list: string) =>
  `document.querySelector('section[data-front] section[aria-label^="${list}"] .ag-row[row-index="0"] .ag-cell:not([col-id^="ag-"])')?.textContent`;

/** Watches a page from the next key or click until `shown` holds in a frame; by the browser's own clock. */
const watch = (page: Page, { shown }: Watched) =>
  // As text: the policy of the page lets nothing else become a script in it.
  page.evaluate(`{
    performance.setResourceTimingBufferSize(10_000);
    performance.clearResourceTimings();
    const hand = { began: 0, drawn: 0 };
    const note = ({ timeStamp }) => void (hand.began = timeStamp);
    for (const act of ['click', 'keydown']) addEventListener(act, note, { capture: true });
    const look = () => {
      if (hand.began === 0 || !(${shown})) return requestAnimationFrame(look);
      hand.drawn = performance.now();
      for (const act of ['click', 'keydown']) removeEventListener(act, note, { capture: true });
    };
    requestAnimationFrame(look);
    window.hand = hand;
  }`);

const taken = async (page: Page, { asks }: Watched): Promise<Omit<Taken, 'work'>> => {
  await page.waitForFunction(() => (window as unknown as { hand: { drawn: number } }).hand.drawn > 0);
  return page.evaluate((path) => {
    const { began, drawn } = (window as unknown as { hand: { began: number; drawn: number } }).hand;
    const [asked] = performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.startsWith(path)) as PerformanceResourceTiming[];
    const answered = asked && asked.responseEnd > 0 && asked.responseEnd <= drawn;
    return {
      request: asked ? asked.startTime - began : null,
      drawing: answered ? drawn - asked.responseEnd : null,
      all: drawn - began,
    };
  }, asks);
};

/** Processor time of a page's main thread so far, ms. */
const clockOf = async (page: Page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
};

/** A page, and the clock of its main thread. */
type Timed = { page: Page; clock: () => Promise<number> };

/** Loads a page anew and takes the times of its own clock: from the navigation to drawn rows. */
const opened = async (
  { page, clock }: Timed,
  { asks }: Watched,
  load: () => Promise<unknown>,
): Promise<Taken> => {
  const before = await clock();
  await load();
  await page.waitForFunction(() => 'drawn' in window);
  const after = await clock();
  // With another page the clock may begin anew.
  const work = after >= before ? after - before : after;
  const times = await page.evaluate((path) => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const asked = entries.find(({ name }) => new URL(name).pathname.startsWith(path));
    const { drawn } = window as unknown as { drawn: number };
    return {
      request: asked?.startTime ?? null,
      drawing: asked ? drawn - asked.responseEnd : null,
      all: drawn,
      bytes: entries.reduce((sum, { transferSize }) => sum + transferSize, 0),
    };
  }, asks);
  return { ...times, work };
};

/** Has every page of it note the first frame in which `shown` holds. */
const noteFirstRows = (page: Page, shown: string) =>
  page.addInitScript(`{
    const look = () => {
      if (document.body && (${shown})) window.drawn = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }`);

const ofDesk = (list: string): Watched => ({ asks: '/trpc/list.page', shown: firstRow(list) });
const ofFloor = (list: string): Watched => ({
  asks: '/api/',
  shown: `document.querySelector('#rows[data-list^="${list}"] td')?.textContent`,
});

/**
 * Clicks an element where it stands: to look it up by its role, and to ask whether the click arrived, would take the page's own
 * time while it draws.
 */
const pressed = async (page: Page, button: Locator, delay = 0): Promise<() => Promise<void>> => {
  const box = await button.boundingBox();
  if (!box) throw new Error('It is not in sight.');
  return () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { delay });
};
const listButton = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name, exact: true });

/** One round of acts, each through the app and, where it asks something, through the bare page. */
const round = async (
  ours: Timed,
  theirs: Timed,
  note: (act: string, taken: Taken, bare?: Taken) => void,
  number: number,
) => {
  const [desk, floor] = [ours.page, theirs.page];
  const act = async (page: Page, watched: Watched, by: () => Promise<unknown>): Promise<Taken> => {
    const { clock } = page === desk ? ours : theirs;
    await watch(page, watched);
    const before = await clock();
    await by();
    const times = await taken(page, watched);
    return { ...times, work: (await clock()) - before };
  };
  const session = await desk.context().newCDPSession(desk);
  const reload = () => desk.reload({ waitUntil: 'commit' });
  const bareOpen = () =>
    opened(theirs, ofFloor('users'), () => floor.goto(floor.url(), { waitUntil: 'commit' }));
  await session.send('Network.clearBrowserCache');
  // What is open is written down a moment later; a reload before finds nothing open.
  await desk.waitForTimeout(500);
  note('open the first time', await opened(ours, ofDesk('Users'), reload), await bareOpen());
  note('open again', await opened(ours, ofDesk('Users'), reload), await bareOpen());

  await keepTab(desk);
  for (const { name, bare } of lists) {
    note(
      'switch, first visit',
      await act(desk, ofDesk(name), await pressed(desk, listButton(desk, name))),
      await act(floor, ofFloor(bare), await pressed(floor, floor.locator(`#${bare}`))),
    );
    await keepTab(desk);
  }
  for (const { name, bare } of lists)
    note(
      'switch, again',
      await act(desk, ofDesk(name), await pressed(desk, listButton(desk, name))),
      await act(floor, ofFloor(bare), await pressed(floor, floor.locator(`#${bare}`))),
    );
  const close = async (name: string) => {
    await desk.keyboard.press('Alt+w');
    await expect(front(desk).getByRole('region', { name, exact: true })).toHaveCount(0);
  };
  for (const { name } of lists.toReversed()) await close(name);
  for (const { name, bare } of lists) {
    note(
      'reopen a closed list',
      await act(desk, ofDesk(name), await pressed(desk, listButton(desk, name))),
      await act(floor, ofFloor(bare), await pressed(floor, floor.locator(`#${bare}`))),
    );
    await close(name);
  }
  await floor.click('#users');

  const box = desk.getByRole('combobox', { name: 'Search users' });
  for (const word of ['kim', 'lee', 'ana'].map((start, at) =>
    (at + number) % 2 === 0 ? start : start.slice(0, 2),
  )) {
    await box.fill(word);
    await floor.fill('#search', word);
    note(
      'search',
      await act(desk, ofDesk(`Users: ${word}`), () => box.press('Enter')),
      await act(floor, ofFloor(`users&search=%25${word}%25`), () => floor.press('#search', 'Enter')),
    );
  }
  await box.fill('');
  note(
    'back to all',
    await act(
      desk,
      {
        ...ofDesk('Users'),
        shown: `${firstRow('Users')} && !document.querySelector('section[data-front] section[aria-label^="Users:"]')`,
      },
      () => box.press('Enter'),
    ),
  );
  await floor.click('#users');
  await expect(cell(desk, 3, 'name')).not.toBeEmpty();

  for (const at of [2, 3, 4]) {
    await expect(floor.locator('#rows[data-list="users"] td').first()).toBeVisible();
    const id = await floor.locator(`#rows tr:nth-child(${at + 1})`).getAttribute('data-id');
    const panel = `section[data-front] aside`;
    note(
      'row panel',
      await act(
        desk,
        {
          asks: '/trpc/list.row',
          shown: `document.querySelector('${panel} dl')?.textContent && document.querySelector('${panel}').textContent.includes('${id}')`,
        },
        await pressed(desk, cell(desk, at, 'name')),
      ),
      await act(floor, { asks: '/api/', shown: `document.querySelector('#row[data-id="${id}"] dd')` }, () =>
        floor
          .locator(`#rows tr:nth-child(${at + 1}) td`)
          .first()
          .click(),
      ),
    );
  }
  await desk.keyboard.press('Escape');
  await openList(desk, 'Roles');
  await expect(cell(desk, 0, 'name')).not.toBeEmpty();
  note('back', await act(desk, ofDesk('Users'), () => desk.keyboard.press('Alt+ArrowLeft')));
  await openList(desk, 'Roles');
  await close('Roles');

  note(
    'palette',
    await act(desk, { asks: '/none', shown: `document.querySelector('[role="dialog"] input')` }, () =>
      desk.keyboard.press('Control+k'),
    ),
  );
  await desk.getByRole('combobox', { name: /^Go to a user/ }).fill('hooks');
  await expect(desk.getByRole('dialog').getByText('Webhooks').first()).toBeVisible();
  note(
    'palette, Enter',
    await act(desk, ofDesk('Webhooks'), () => desk.keyboard.press('Enter')),
    await act(floor, ofFloor('roles'), await pressed(floor, floor.locator('#roles'))),
  );
  await expect(desk.getByRole('dialog')).toHaveCount(0);
  await close('Webhooks');

  // A hand comes to what it clicks, and presses it for a while, and the page knows of it: lists that nobody saw, once more, and
  // the same lists when they were closed.
  for (const [kind, rests, presses] of [
    [`${pressMs} ms pressed`, 0, pressMs],
    [`${restMs} ms on it`, restMs, 0],
  ] as const) {
    const visit = async (said: string, { name, bare }: (typeof lists)[number]) => {
      const press = await pressed(desk, listButton(desk, name), presses);
      if (rests > 0) await listButton(desk, name).hover();
      await desk.waitForTimeout(rests);
      note(
        said,
        await act(desk, ofDesk(name), press),
        await act(floor, ofFloor(bare), await pressed(floor, floor.locator(`#${bare}`), presses)),
      );
      await keepTab(desk);
    };
    await desk.waitForTimeout(500);
    await opened(ours, ofDesk('Users'), reload);
    await keepTab(desk);
    for (const list of lists) await visit(`first visit, ${kind}`, list);
    for (const { name } of lists.toReversed()) await close(name);
    for (const list of lists) {
      await visit(`reopen, ${kind}`, list);
      await close(list.name);
    }
  }
  await session.detach();
};

const ms = (values: readonly number[], share: number) =>
  values.length === 0 ? '–' : quantile(values, share).toFixed(1);
const present = (values: readonly (number | null)[]) => values.filter((value) => value !== null);

/**
 * The hand: from a key or click to the request, from the answer to rows on the screen, and in all, against a bare page
 * in the same browser, of the same simulator, in the same run. Ratios are of medians.
 */
export const measureHand = async (rounds: number) => {
  await using server = await startSimulator({ users: 5_000, logs: 100_000, timed: true });
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-bench-'));
  const floorDoor = await startFloor(server);
  const door = await startBrowserDoor({
    dataDir,
    env: { LOGTO_DESK_KEYCHAIN_SERVICE: `logto-desk-bench-${process.pid}` },
  });
  const found = new Map<string, { taken: Taken[]; bare: Taken[] }>();
  try {
    const { page } = door;
    await addBench(page, server);
    await expect(cell(page, 0, 'name')).not.toBeEmpty();
    const floor = await page.context().newPage();
    await noteFirstRows(page, firstRow('Users'));
    await noteFirstRows(floor, ofFloor('users').shown);
    await floor.goto(floorDoor.address);
    // The first round warms up.
    for (let number = 0; number <= rounds; number += 1)
      await round(
        { page, clock: await clockOf(page) },
        { page: floor, clock: await clockOf(floor) },
        (act, took, bare) => {
          if (number === 0) return;
          const acts = found.get(act) ?? { taken: [], bare: [] };
          acts.taken.push(took);
          if (bare) acts.bare.push(bare);
          found.set(act, acts);
        },
        number,
      );
  } finally {
    await door.quit();
    await floorDoor.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
  printTable(
    `The hand (${rounds} rounds; ms, median and p95; bare: a static table filled by one fetch, same browser and simulator)`,
    [...found].map(([act, { taken: acts, bare }]) => {
      const requests = present(acts.map(({ request }) => request));
      const drawing = present(acts.map(({ drawing: one }) => one));
      const all = acts.map((one) => one.all);
      const floor = bare.map((one) => one.all);
      const bytes = present(acts.map((one) => one.bytes ?? null));
      return {
        act,
        'to request': ms(requests, 0.5),
        'p95 ': ms(requests, 0.95),
        'answer to rows': ms(drawing, 0.5),
        'p95  ': ms(drawing, 0.95),
        'in all': ms(all, 0.5),
        'p95   ': ms(all, 0.95),
        bare: ms(floor, 0.5),
        'p95    ': ms(floor, 0.95),
        ratio: floor.length > 0 ? ratio(quantile(all, 0.5), quantile(floor, 0.5)) : '–',
        work: ms(
          acts.map(({ work }) => work),
          0.5,
        ),
        'bare work': ms(
          bare.map(({ work }) => work),
          0.5,
        ),
        kB: bytes.length > 0 ? (quantile(bytes, 0.5) / 1_000).toFixed(0) : '–',
      };
    }),
  );
};
