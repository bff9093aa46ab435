import type { Page } from '@playwright/test';
import { expect, expectAccessible, front, openRow, rowToClick, test } from './desk.ts';

/** What a browser says of parts that did not come. */
const isOfParts = (complaint: string) => /dynamically imported module|preload CSS/.test(complaint);

/** How many style sheets the page has with this in their names: `/Part-` is of the part alone. */
const sheetsOf = (page: Page, part: string) =>
  page.evaluate(
    (name) =>
      [...document.styleSheets].filter(({ href, cssRules }) => href?.includes(name) && cssRules.length > 0)
        .length,
    part,
  );

/**
 * Loads the page anew without the files of some parts. They are fetched when nothing else is to do: nobody asked for them, and
 * nothing is said. Gives how often those that are `counted` were refused, and what lets all of them come.
 */
const loseParts = async (page: Page, parts: RegExp, counted = parts) => {
  let refused = 0;
  await page.route(parts, (route) => {
    if (counted.test(route.request().url())) refused += 1;
    return route.abort();
  });
  await page.reload();
  await expect.poll(() => refused).toBeGreaterThan(0);
  await expect(rowToClick(page, 0)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  return { refused: () => refused, letCome: () => page.unroute(parts) };
};

test('a part of the window that does not come says so in its place, and comes when it is tried again', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 5, tied: [0, 0] });
  const { page, complaints } = await start({ tenants: { Acme: server } });
  await expect(rowToClick(page, 0)).toBeVisible();
  const { refused, letCome } = await loseParts(page, /\/assets\/(Dialogs|HomeView)-/, /Dialogs-.*js$/);

  await page.keyboard.press('Shift+?');
  const failed = page.getByRole('alert');
  await expect(failed).toContainText('The connection to Logto Desk was lost');
  await expect(page.getByRole('button', { name: 'Close', exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(failed).toHaveCount(0);
  // The rows are there all the while, and nothing is asked for that nobody waits for.
  await expect(rowToClick(page, 0)).toBeVisible();
  const before = refused();

  // The focus is where the notice is, and with the view once that comes.
  await page.keyboard.press('Alt+h');
  await expect(front(page).getByRole('alert')).toContainText('The connection to Logto Desk was lost');
  await expect(front(page).locator('[data-region="notice"]')).toBeFocused();
  await expectAccessible(page);
  expect(refused()).toBe(before);
  await letCome();
  await front(page).getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(front(page).getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
  await expect(front(page).locator('[data-region]').first()).toBeFocused();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  // With its looks, which had not come either.
  for (const part of ['Dialogs', 'HomeView']) expect(await sheetsOf(page, part), part).toBeGreaterThan(0);
  expect(await sheetsOf(page, '/Dialogs-')).toBe(1);
  // The browser is told of each, and nothing else.
  expect(complaints.filter((one) => !isOfParts(one))).toEqual([]);
  complaints.splice(0);
});

for (const file of ['js', 'css'])
  test(`what is known of a row leaves the panel its name where its ${file} does not come, and comes when it is tried again`, async ({
    start,
    simulate,
  }) => {
    const server = await simulate({ users: 30, logs: 5, tied: [0, 0] });
    const { page, complaints } = await start({ tenants: { Acme: server } });
    await expect(rowToClick(page, 0)).toBeVisible();
    const { letCome } = await loseParts(page, new RegExp(`/assets/RowSections-.*\\.${file}$`));
    const panel = await openRow(page);
    const failed = panel.getByRole('alert');
    await expect(failed).toContainText('The connection to Logto Desk was lost');
    await expect(panel.getByRole('heading', { level: 2 })).toHaveText(String(server.tenant.users[0]?.name));
    await expectAccessible(page);
    // It stays so, however often it is tried, and is not shown without its looks.
    await failed.getByRole('button', { name: 'Try again' }).click();
    await expect(failed).toBeVisible();
    await expect(panel.getByRole('tab')).toHaveCount(0);
    await letCome();
    await failed.getByRole('button', { name: 'Try again' }).click();
    await expect(panel.getByRole('tab', { name: 'Overview' })).toBeVisible();
    await expect(failed).toHaveCount(0);
    expect(await sheetsOf(page, '/RowSections-')).toBe(1);
    expect(complaints.filter((one) => !isOfParts(one))).toEqual([]);
    complaints.splice(0);
  });

test('what is on its way, or gone, keeps to itself: keys, the panel, and all that stands beside', async ({
  start,
  simulate,
  door,
}) => {
  const server = await simulate({ users: 30, logs: 5, tied: [0, 0] });
  const { page, complaints } = await start({ tenants: { Acme: server } });
  await expect(rowToClick(page, 0)).toBeVisible();
  // Menus, notices and the palette do not come; the program's own dialogs do, but late.
  await page.route(/\/assets\/soon-/, (route) => route.abort());
  let come = () => {};
  const late = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route(/\/assets\/Dialogs-.*js$/, async (route) => {
    await late;
    await route.continue();
  });
  await page.reload();
  const panel = await openRow(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  const failed = page.getByRole('alert');
  await expect(failed).toContainText('The connection to Logto Desk was lost');
  await page.keyboard.press('Escape');
  await expect(failed).toHaveCount(0);
  await expect(panel).toBeVisible();

  // A dialog that is on its way is taken back by Escape alone, and asked for once.
  await page.keyboard.press('Shift+?');
  await page.keyboard.press('Alt+e');
  await page.keyboard.press('Escape');
  await expect(panel).toBeVisible();
  await page.keyboard.press('Alt+e');
  come();
  await expect(page.getByRole('dialog')).toHaveAccessibleName(/^Export/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(panel).toBeVisible();

  // What nobody asked for comes by itself as soon as it can.
  await page.unroute(/\/assets\/soon-/);
  await expect(page.getByRole('button', { name: 'Theme' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog', { name: 'Go to…' })).toBeVisible();
  await page.keyboard.press('Escape');

  complaints.splice(0, complaints.length, ...complaints.filter((one) => !isOfParts(one)));
  expect(complaints).toEqual([]);
  if (door === 'desktop') return;
  // A part of a program that was replaced never comes.
  await page.route(/\/assets\/HomeView-/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.reload();
  await expect(rowToClick(page, 0)).toBeVisible();
  await page.keyboard.press('Alt+h');
  await expect(front(page).getByRole('alert')).toContainText(
    'Logto Desk was updated or moved while it was running',
  );
  expect(complaints.filter((one) => !isOfParts(one) && !one.includes('program.replaced'))).toEqual([]);
  complaints.splice(0);
});
