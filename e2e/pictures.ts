import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startBrowserDoor } from './doors/browser.ts';

/** The pictures of the documents, of the demo tenant, in both themes: `npm run build` first. */
const folder = join(import.meta.dirname, '..', 'docs', 'images');
const themes = ['light', 'dark'] as const;

const front = (page: Page) => page.locator('section[data-front]');
const rowsOf = (page: Page) => front(page).locator('.ag-row[row-index="0"] .ag-cell').nth(1);

const openList = async (page: Page, name: string) => {
  const list = page.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name, exact: true });
  await list.click();
  await page.locator('[aria-current]', { hasText: name }).first().waitFor();
};

/** What each picture shows, in the order in which an operator comes there. */
const pictures: readonly (readonly [name: string, open: (page: Page) => Promise<void>])[] = [
  [
    'users',
    async (page) => {
      await page.getByText('Explore the demo tenant').click();
      await rowsOf(page).filter({ hasText: /\S/ }).waitFor();
    },
  ],
  [
    'panel',
    async (page) => {
      await rowsOf(page).click();
      await front(page).getByRole('complementary').waitFor();
    },
  ],
  [
    'export',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+e');
      await page.getByRole('dialog').waitFor();
    },
  ],
  [
    'search-builder',
    async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await front(page).getByRole('button', { name: 'Advanced search' }).click();
      await page.getByRole('region', { name: 'Advanced search' }).waitFor();
    },
  ],
  [
    'logs',
    async (page) => {
      await page.keyboard.press('Escape');
      await openList(page, 'Audit logs');
      await rowsOf(page).filter({ hasText: /\S/ }).waitFor();
    },
  ],
  [
    'home',
    async (page) => {
      await openList(page, 'Home');
      await front(page)
        .getByText(/^Reachable/)
        .waitFor();
      await front(page).locator('[aria-label="Loading…"]').first().waitFor({ state: 'detached' });
    },
  ],
];

/** Names that are asked for late are there, too; nobody but these pictures waits for it. */
const settled = (page: Page) => page.waitForTimeout(1_500);

mkdirSync(folder, { recursive: true });
for (const theme of themes) {
  const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-pictures-'));
  const door = await startBrowserDoor({
    dataDir,
    env: { TZ: 'UTC' },
    view: { viewport: { width: 1280, height: 800 }, colorScheme: theme },
  });
  for (const [name, open] of pictures) {
    await open(door.page);
    // What the mouse rests on would say something of itself.
    await door.page.mouse.move(640, 790);
    await settled(door.page);
    await door.page.screenshot({ path: join(folder, `${name}${theme === 'dark' ? '-dark' : ''}.png`) });
  }
  await door.quit();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(0);
