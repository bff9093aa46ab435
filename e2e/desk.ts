import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import {
  _electron,
  type Browser,
  type BrowserContextOptions,
  test as base,
  chromium,
  expect,
  type Page,
} from '@playwright/test';
import { electronPath } from '../scripts/electron-runtime.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../src/simulator/server.ts';
import { findBrowser } from '../src/web/browser.ts';

const root = join(import.meta.dirname, '..');

/** Chromium as Debian installs it; as root it needs to go without its sandbox, and it may ask nobody outside. */
const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findBrowser() ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

export type Running = {
  page: Page;
  /** What the page complained of; a policy violation or an error in a script is a failure of the test. */
  complaints: string[];
  /** Takes the file that `act` makes the app export, to `path`. */
  save(path: string, act: () => Promise<void>): Promise<void>;
  quit(): Promise<void>;
};

export type StartOptions = { dataDir: string; env?: NodeJS.ProcessEnv; view?: BrowserContextOptions };

const listen = (page: Page): string[] => {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The browser notes every answer that is an error; those are the app's to show.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
};

/** The desktop under the real runtime. */
const startDesktop = async (path: string, { dataDir, env, view }: StartOptions): Promise<Running> => {
  const app = await _electron.launch({
    executablePath: path,
    args: [root, `--data-dir=${dataDir}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...process.env, ...env } as Record<string, string>,
    ...(view?.colorScheme ? { colorScheme: view.colorScheme } : {}),
  });
  const page = await app.firstWindow();
  return {
    page,
    complaints: listen(page),
    save: async (target, act) => {
      await app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, target);
      await act();
    },
    quit: () => app.close(),
  };
};

const addressOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk) => {
      out += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(out)?.[0];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The browser door did not start: ${out}`)));
  });

/** The browser door as `npm run web` starts it, in Debian's Chromium. */
const startBrowserDoor = async ({ dataDir, env, view }: StartOptions): Promise<Running> => {
  const args = [join(root, 'scripts', 'start.ts'), '--web', '--no-open', '--data-dir', dataDir];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...env } });
  const address = await addressOf(child);
  const browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...view });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(address);
  return {
    page,
    complaints,
    save: async (target, act) => {
      const download = page.waitForEvent('download', { timeout: 30_000 });
      await act();
      await (await download).saveAs(target);
    },
    quit: async () => {
      await browser.close();
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
};

/** Starts the app: the desktop where Electron's runtime is on this machine, else the browser door. */
export const startDesk = (options: StartOptions): Promise<Running> => {
  const path = electronPath();
  return path ? startDesktop(path, options) : startBrowserDoor(options);
};

type Fixtures = {
  dataDir: string;
  /** Starts the app on the test's data folder; everything started is quit at the end. */
  start: (options?: Omit<StartOptions, 'dataDir'>) => Promise<Running>;
  simulate: (options?: SimulatorOptions) => Promise<Simulator>;
};

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'logto-desk-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  start: async ({ dataDir }, use) => {
    const running: Running[] = [];
    const service = `logto-desk-test-${randomUUID()}`;
    await use(async (options = {}) => {
      const env = { LOGTO_DESK_KEYCHAIN_SERVICE: service, ...options.env };
      const started = await startDesk({ ...options, dataDir, env });
      running.push(started);
      return started;
    });
    for (const started of running) await started.quit().catch(() => {});
    expect(running.flatMap(({ complaints }) => complaints)).toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  simulate: async ({}, use) => {
    const servers: Simulator[] = [];
    await use(async (options) => {
      const server = await startSimulator(options);
      servers.push(server);
      return server;
    });
    for (const server of servers) await server.stop();
  },
});

export { expect };

/** No finding of axe that is serious or worse, in what is shown now. */
export const expectAccessible = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(
    grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
  ).toEqual([]);
};

/** The view in front. */
export const front = (page: Page) => page.locator('section[data-front]');

/** The cell of a row (from 0) and a column in the view in front. */
export const cell = (page: Page, row: number, column: string) =>
  front(page).locator(`.ag-row[row-index="${row}"] [col-id="${column}"]`);

/** Drags the scroll bar: puts the grid at a share (0 to 1) of its height. */
export const scrollTo = (page: Page, share: number) =>
  front(page)
    .locator('.ag-body-vertical-scroll-viewport')
    .evaluate((element, at) => {
      element.scrollTop = at * element.scrollHeight;
    }, share);

export const openDemo = async (page: Page) => {
  await page.getByText('Explore the demo tenant').click();
  await expect(cell(page, 0, 'name')).toHaveText(/\S/);
};

export const openList = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Lists' }).getByText(name, { exact: true }).click();

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
