import type { Page } from '@playwright/test';
import { cell, expect, expectAccessible, front, holdBack, openDemo, openRow, test } from './desk.ts';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Go to…' });
const box = (page: Page) => palette(page).getByRole('combobox');
const options = (page: Page) => palette(page).getByRole('option');

test('the server of the tenant in front is asked as one types: who is meant comes first, each once', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 900, logs: 20, tied: [0, 0] });
  const now = Date.now();
  server.tenant.insertUser(now - 5_000, {
    id: 'who-is-meant',
    name: 'zed',
    primaryEmail: 'zed@acme.example',
  });
  for (let n = 0; n < 60; n += 1) server.tenant.insertUser(now - n, { id: `many-${n}`, name: `Mazed ${n}` });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  await page.keyboard.press('Control+k');
  await box(page).fill('zed');
  const first = options(page).first();
  await expect(first).toContainText('User · Acme');
  await expect(first).toHaveAccessibleName(/^zed /);
  await expect(first).toHaveAttribute('aria-selected', 'true');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(front(page).getByRole('complementary')).toContainText('who-is-meant');

  // By an address, a phone as people write it, an id; a role, too.
  const asked: [string, string][] = [
    ['zed@acme.example', 'zed'],
    ['who-is-meant', 'zed'],
    [String(server.tenant.roles[3]?.name), String(server.tenant.roles[3]?.name)],
  ];
  for (const [text, label] of asked) {
    await page.keyboard.press('Control+k');
    await box(page).fill(text);
    await expect(options(page).first()).toHaveAccessibleName(new RegExp(`^${label.replaceAll('-', '.')}`));
    await page.keyboard.press('Escape');
  }
  // What was looked at last is there before anything is typed.
  await page.keyboard.press('Control+k');
  await expect(first).toHaveAccessibleName(/^zed User · Acme/);
  await page.keyboard.press('Escape');
});

test('what is typed right after the keys is not lost, and Enter before the answer waits for it', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 300, logs: 20, tied: [0, 0] });
  server.tenant.insertUser(Date.now(), { id: 'who-is-meant', name: 'Zedekiah Quist' });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  const release = holdBack(server, '/api/users');
  // No moment between the keys: the page has not drawn the box yet.
  const pressAtOnce = (keys: string[]) =>
    page.evaluate((all) => {
      const press = (key: string, ctrlKey = false) =>
        (document.activeElement ?? document.body).dispatchEvent(
          new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }),
        );
      press('k', true);
      for (const key of all) press(key);
    }, keys);
  await pressAtOnce([...'quist']);
  await expect(box(page)).toHaveValue('quist');
  await expect(palette(page).getByRole('status')).toContainText('Searching Acme');
  await expect(palette(page)).not.toContainText('No results');
  await page.keyboard.press('Enter');
  release();
  await expect(front(page).getByRole('complementary')).toContainText('who-is-meant');
  await expect(palette(page)).toHaveCount(0);
  // Nor is an Enter that comes before the box.
  await pressAtOnce([...'roles', 'Enter']);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Roles');
  await expect(palette(page)).toHaveCount(0);
});

test('the line that is chosen is the first one, also where something better comes; one chosen by hand stays', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 300, logs: 20, tied: [0, 0] });
  server.tenant.insertUser(Date.now(), { id: 'who-is-meant', name: 'refresh' });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  let release = holdBack(server, '/api/users');
  await page.keyboard.press('Control+k');
  await box(page).fill('refresh');
  const chosen = palette(page).locator('[aria-selected="true"]');
  await expect(chosen).toHaveAccessibleName(/^Refresh/);
  const top = (await palette(page).boundingBox())?.y;
  release();
  await expect(options(page).first()).toContainText('User · Acme');
  await expect(chosen).toContainText('User · Acme');
  expect((await palette(page).boundingBox())?.y).toBe(top);

  release = holdBack(server, '/api/users');
  await box(page).fill('refres');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  const own = (await chosen.getAttribute('data-item')) ?? 'none';
  const said = (await chosen.textContent()) ?? 'nothing';
  release();
  await expect(palette(page).getByRole('status')).not.toContainText('Searching');
  await expect(chosen).toHaveAttribute('data-item', own);
  // What it was found by may have come to it.
  await expect(chosen).toContainText(said);
});

test('a server that does not answer is named, and nothing is said to be nowhere', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 50, logs: 20, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  await page.keyboard.press('Control+k');
  await box(page).fill('nobody is called this');
  await expect(palette(page).getByRole('status')).toHaveText('No results');
  server.faults.add({ kind: 'status', status: 500 }, { on: '/api/organizations', times: 99 });
  await box(page).fill('nobody is called that');
  const status = palette(page).getByRole('status');
  await expect(status).toContainText('Not searched in Acme: organizations', { timeout: 30_000 });
  await expect(status).not.toContainText('No results');
  await box(page).fill('x');
  await expect(status).toContainText('Type two characters');
});

test('every command is there with its key, and works from there: theme, columns, the link, the keys', async ({
  start,
}) => {
  const { page, clipboard } = await start({ view: { colorScheme: 'light' } });
  await openDemo(page);
  const run = async (text: string, name: RegExp) => {
    await page.keyboard.press('Control+k');
    await box(page).fill(text);
    await expect(options(page).first()).toHaveAccessibleName(name);
    await page.keyboard.press('Enter');
  };
  await run('theme dark', /^Theme: Dark/);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await run('choose columns', /^Columns.*Alt C/);
  await page.getByRole('checkbox', { name: 'Phone' }).uncheck();
  await page.keyboard.press('Escape');
  await run('copy a link', /^Copy a link to this view.*Alt Shift C/);
  await expect.poll(clipboard).toMatch(/^logto-desk:\/\/.*users/);
  await run('shortcuts', /^Keyboard shortcuts/);
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys).toContainText('Reopen closed tab');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await run('export this', /^Export.*Alt E/);
  await expect(page.getByRole('dialog', { name: /^Export/ })).toBeVisible();
  await page.keyboard.press('Escape');
  // The list continues below the visible part, and keys walk through it.
  await page.keyboard.press('Control+k');
  for (let n = 0; n < 4; n += 1) await page.keyboard.press('PageDown');
  await expect(palette(page).locator('[aria-selected="true"]')).toBeInViewport();
  await page.keyboard.press('Escape');
  // It is above whatever is unfolded.
  await expect(palette(page)).toHaveCount(0);
  await front(page).getByRole('button', { name: 'Add filter' }).click();
  await expect(page.getByRole('combobox', { name: 'Column', exact: true })).toBeVisible();
  await page.keyboard.press('Control+k');
  const { x, y, width, height } = (await palette(page).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  for (const [across, down] of [
    [0.05, 0.1],
    [0.5, 0.1],
    [0.7, 0.2],
    [0.95, 0.9],
  ] as const)
    expect(
      await palette(page).evaluate(
        (element, [left, top]) => element.contains(document.elementFromPoint(left, top)),
        [x + width * across, y + height * down] as const,
      ),
    ).toBe(true);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
  // A dialog that a key opens is not below it: what was unfolded goes.
  await page.keyboard.press('Alt+e');
  await expect(page.getByRole('dialog', { name: /^Export/ })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Column', exact: true })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await openRow(page);
});

test('keys are the view’s again once a dialog was left, also while it fades', async ({ start }) => {
  const { page } = await start();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await openDemo(page);
  const dialog = page.getByRole('dialog', { name: /^Export/ });
  for (const [key, comes] of [
    ['Control+k', palette(page)],
    ['Shift+?', page.getByRole('dialog', { name: 'Keyboard shortcuts' })],
  ] as const) {
    await page.keyboard.press('Alt+e');
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await page.keyboard.press(key);
    await expect(comes).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});
