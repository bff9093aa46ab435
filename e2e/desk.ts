import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type axeCore from 'axe-core';
import { electronPath } from '../scripts/electron-runtime.ts';
import type { Workspace } from '../src/core/router.ts';
import { isFull } from '../src/doors/full.ts';
import type { Match } from '../src/simulator/faults.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../src/simulator/server.ts';
import { startBrowserDoor, startBrowserDoorHere } from './doors/browser.ts';
import { startElectron } from './doors/electron.ts';
import type { Desktop, DoorOption, Running, StartOptions } from './doors/running.ts';
import { startStandIn } from './doors/stand-in.ts';
import { goodApp, type KeptTenant, keepTenants } from './kept-tenants.ts';

/** What runs the desktop here. */
export const runtime = (): 'Electron' | 'stand-in' => (electronPath() ? 'Electron' : 'stand-in');

/** The built desktop: under Electron's runtime where it is on this machine, else under the stand-in. */
export const startDesktop = (options: StartOptions): Promise<Desktop> => {
  const path = electronPath();
  return path ? startElectron(path, options) : startStandIn(options);
};

/** How a test starts the app. `tenants`: what was added before, by name, each with its users open, the last of them in front. */
type Start = Omit<StartOptions, 'dataDir'> & { tenants?: Record<string, KeptTenant> };

type Fixtures = {
  dataDir: string;
  /** Starts the app on the test's data folder; everything started is quit at the end. */
  start: (options?: Start) => Promise<Running>;
  /** The same for what only the desktop has. */
  startDesktop: (options?: Start) => Promise<Desktop>;
  simulate: (options?: SimulatorOptions) => Promise<Simulator>;
};

/** Starts through a door with a keychain service of the test's own; all that was started is quit at the end. */
const useStart = async <Started extends Running>(
  dataDir: string,
  startDoor: (options: StartOptions) => Promise<Started>,
  use: (start: (options?: Start) => Promise<Started>) => Promise<void>,
) => {
  const running: Running[] = [];
  const service = `logto-desk-test-${randomUUID()}`;
  await use(async ({ tenants, ...options } = {}) => {
    if (tenants) await keepTenants(dataDir, service, tenants);
    const env = { LOGTO_DESK_KEYCHAIN_SERVICE: service, ...options.env };
    const started = await startDoor({ ...options, dataDir, env });
    running.push(started);
    return started;
  });
  for (const started of running) await started.quit().catch(() => {});
  expect(running.flatMap(({ complaints }) => complaints)).toEqual([]);
};

export const test = base.extend<Fixtures & DoorOption>({
  door: ['browser', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'logto-desk-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ dataDir, door }, use, { tags }) => {
    // The walk goes through programs as they are started; a full run does everywhere.
    const isWalk = isFull || tags.some((tag) => tag.startsWith('@walk'));
    const throughBrowser = isWalk ? startBrowserDoor : startBrowserDoorHere;
    await useStart(dataDir, door === 'desktop' ? startDesktop : throughBrowser, use);
  },
  startDesktop: async ({ dataDir }, use) => {
    await useStart(dataDir, startDesktop, use);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  simulate: async ({}, use) => {
    const servers: Simulator[] = [];
    await use(async (options) => {
      const server = await startSimulator({ apps: [goodApp], ...options });
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.stop();
  },
});

export { expect, goodApp };

const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let axeText: string | undefined;

/**
 * Puts axe into a page, once: half a megabyte to read, each time, in a fifth less where all of it is ASCII. It writes down no
 * element: of each that it looks at takes long.
 */
const bringAxe = async (page: Page) => {
  if (await page.evaluate(() => 'axe' in window)) return;
  axeText ??= readFileSync(axeFile, 'utf8').replace(
    /[^\x20-\x7e\n]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  await page.evaluate(`${axeText}; axe.configure({ noHtml: true })`);
};

/** A dialog, and what hangs open from it: the page below is seen without it, and nobody reaches it meanwhile. */
const dialogs = ['[aria-modal="true"]', '.mantine-Popover-dropdown', '.mantine-Menu-dropdown'];

/** A rule that does not hold, and the elements it does not hold of. */
type Finding = { id: string; elements: string[] };

/** What axe finds in the dialog that is open, else in the page as it stands, or in the part `within` of it. */
const findings = async (page: Page, within: string | undefined, hasContrast: boolean): Promise<Finding[]> => {
  await bringAxe(page);
  const isAsked = await page.locator('[aria-modal="true"]:visible').count();
  const include = within ?? (isAsked ? dialogs : undefined);
  // One row more is like the one before.
  const context = { ...(include ? { include } : {}), exclude: '.ag-row:nth-child(n+4)' };
  return page.evaluate(
    async ([what, enabled]) => {
      const { axe } = window as unknown as { axe: typeof axeCore };
      // What fades in has half of its colours; what turns as long as something is awaited has all of them.
      const fades = ({ playState, effect }: Animation) =>
        playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime);
      for (let still = 0; still < 3; ) {
        await new Promise(requestAnimationFrame);
        still = document.getAnimations().some(fades) ? 0 : still + 1;
      }
      // Only findings, without what each element passed: that is most of axe's time on a page with a grid. No rule in use
      // reads the style sheets.
      const { violations } = await axe.run(what, {
        resultTypes: ['violations'],
        selectors: false,
        elementRef: true,
        preload: false,
        rules: { 'color-contrast': { enabled } },
      });
      // A large one by its own tag alone: what is in it is not what is found.
      const written = (element: Element) =>
        element.outerHTML.length <= 300 ? element.outerHTML : (element.cloneNode(false) as Element).outerHTML;
      return violations.map(({ id, nodes }) => ({
        id,
        elements: nodes.map(({ element }) => written(element as Element)),
      }));
    },
    [context, hasContrast] as const,
  );
};

/**
 * No finding of axe, whatever its grade, in what can be reached now, or in the part `within` of it (a CSS selector). Contrast is a
 * tenth of what all these tests take: it is looked at where a test asks for it, and in a full run everywhere.
 */
export const expectAccessible = async (page: Page, within?: string, { hasContrast = isFull } = {}) => {
  // A tooltip that fades away is half of its colours.
  await expect(page.locator('.ag-tooltip-hiding')).toHaveCount(0);
  const found = await findings(page, within, hasContrast);
  // A menu, a list, or a tooltip that stands out of a control belongs to that control, which names it: it is in no region of the page.
  const meant = found.flatMap(({ id, elements }) => {
    const own = elements.filter((html) => id !== 'region' || !/role="(menu|listbox|tooltip)"/.test(html));
    return own.length > 0 ? [`${id}: ${own.map((html) => html.slice(0, 160)).join(' | ')}`] : [];
  });
  expect(meant).toEqual([]);
};

/** Copies the tenant of the view in front, whole; its dialog stays open. */
export const copyTenant = async (page: Page) => {
  await front(page).getByRole('button', { name: 'Offline copy…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Copy this tenant' }).click();
  await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
};

/** Holds the answers of a server to some requests back until what it gives is called. */
export const holdBack = ({ faults }: Simulator, on: string | ((asked: Match) => boolean)) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  faults.add({ kind: 'held', until: promise }, { on, times: Number.POSITIVE_INFINITY });
  return () => {
    faults.clear();
    resolve();
  };
};

/** The view in front. */
export const front = (page: Page) => page.locator('section[data-front]');

/** The cell of a row (from 0) and a column in the view in front. */
export const cell = (page: Page, row: number, column: string) =>
  front(page).locator(`.ag-row[row-index="${row}"] [col-id="${column}"]`);

/** The conditions that the view in front is narrowed to. */
export const chip = (page: Page, text: string | RegExp) =>
  front(page).getByTestId('chip').filter({ hasText: text });

/** A cell to click a row at, once the row is there: a place that is waited for opens nothing. */
export const rowToClick = (page: Page, row: number) =>
  front(page).locator(`.ag-row[row-index="${row}"]:not([class*="pending"]) .ag-cell`).nth(1);

/** Opens the panel of a row by the mouse. */
export const openRow = async (page: Page, row = 0) => {
  await rowToClick(page, row).click();
  const panel = front(page).getByRole('complementary');
  await expect(panel).toBeVisible();
  return panel;
};

/** The scroll bar beside the rows, once it is as long as they are: it has its length some frames after them. */
export const scrollBar = async (page: Page) => {
  const bar = '.ag-body-vertical-scroll-viewport';
  const ways = () =>
    front(page).evaluate(
      (view, places) =>
        places.map((place) => {
          const { scrollHeight = 0, clientHeight = 0 } = view.querySelector(place) ?? {};
          return scrollHeight - clientHeight;
        }),
      [bar, '.ag-grid-viewport'],
    );
  const tooShort = async () => {
    const [ofBar = 0, ofRows = 0] = await ways();
    return Math.abs(ofBar - ofRows);
  };
  await expect.poll(tooShort).toBeLessThanOrEqual(1);
  return front(page).locator(bar);
};

/** Drags the scroll bar: puts the grid at a share (0 to 1) of its height. */
export const scrollTo = async (page: Page, share: number) => {
  const bar = await scrollBar(page);
  await bar.evaluate((element, at) => {
    element.scrollTop = at * element.scrollHeight;
  }, share);
};

export const openDemo = async (page: Page) => {
  await page.getByText('Explore the demo tenant').click();
  await expect(cell(page, 0, 'name')).toHaveText(/\S/);
};

export const openList = async (page: Page, name: string) => {
  const list = page.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name, exact: true });
  await list.click();
  // Until then the list before it is in front, and answers for it.
  await expect(list).toHaveAttribute('aria-current');
};

/** Takes over the clock of what a page begins from now on. */
export const holdClock = (page: Page) => page.clock.install();
/** Lets the time pass by such a clock after which a view asks whether there is something newer. */
export const passClock = (page: Page) => page.clock.fastForward(15_000);

/** The open views. */
export const tabs = (page: Page) => page.getByRole('navigation', { name: 'Open views' });

/** Keeps the tab in front, which the next view would take the place of. */
export const keepTab = async (page: Page) => {
  await tabs(page).locator('li[data-front] [data-tab]').dblclick();
  await expect(tabs(page).locator('li[data-front][data-preview]')).toHaveCount(0);
};

/** Chooses an option of the last box of a name, as in a row of boxes that was just added. */
export const choose = async (page: Page, box: string, option: string) => {
  await page.getByRole('combobox', { name: box, exact: true }).last().click();
  await page.getByRole('option', { name: option, exact: true }).last().click();
};

/** Shows the page of jobs by the line that tells of them; what it gives is the newest of them there. */
export const openJobs = async (page: Page) => {
  await page.getByTestId('job').click();
  const newest = front(page).getByTestId('job-details').first();
  await expect(newest).toBeVisible();
  return newest;
};

/** Waits until the settings on disk hold something of the open views: a program that ends before has not kept it. */
export const expectKept = (dataDir: string, holds: (workspace: Workspace) => unknown) =>
  expect
    .poll(() => {
      const { workspace } = JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8'));
      return Boolean(workspace && holds(workspace));
    })
    .toBe(true);

/** Fills the form for an OSS tenant. */
export const enterTenant = async (
  page: Page,
  tenant: { name: string; endpoint: string; appId: string; secret: string },
) => {
  await page.getByText('Logto OSS').click();
  await page.getByLabel('Name', { exact: true }).fill(tenant.name);
  await page.getByLabel('Endpoint', { exact: true }).fill(tenant.endpoint);
  await page.getByLabel('App ID').fill(tenant.appId);
  await page.getByLabel('App secret').fill(tenant.secret);
};

/** Adds the tenant that was entered. */
export const addEntered = async (page: Page) => {
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add without testing' }).click();
  await expect(dialog).toHaveCount(0);
};

/** Adds a simulated tenant by hand, with an app that may read it. */
export const addTenant = async (page: Page, name: string, { endpoint }: Pick<Simulator, 'endpoint'>) => {
  await page.getByRole('button', { name: 'Add a tenant' }).first().click();
  await enterTenant(page, { name, endpoint, ...goodApp });
  await addEntered(page);
};
