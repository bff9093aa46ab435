import { expect, expectAccessible, front, openRow, rowToClick, test } from './desk.ts';

/** What a browser says of parts that did not come. */
const isOfParts = (complaint: string) => /dynamically imported module|preload CSS/.test(complaint);

test('a part of the window that does not come says so in its place, and comes when it is tried again', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 5, tied: [0, 0] });
  const { page, complaints } = await start({ tenants: { Acme: server } });
  await expect(rowToClick(page, 0)).toBeVisible();
  let refused = 0;
  const parts = /\/assets\/(Dialogs|HomeView)-/;
  await page.route(parts, (route) => {
    if (/Dialogs-.*js$/.test(route.request().url())) refused += 1;
    return route.abort();
  });
  await page.reload();
  // Dialogs are fetched when nothing else is to do: nobody asked for them, and nothing is said.
  await expect.poll(() => refused).toBeGreaterThan(0);
  await expect(rowToClick(page, 0)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);

  await page.keyboard.press('Shift+?');
  const failed = page.getByRole('alert');
  await expect(failed).toContainText('The connection to Logto Desk was lost');
  await expect(page.getByRole('button', { name: 'Close', exact: true })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(failed).toHaveCount(0);
  // The rows are there all the while, and nothing is asked for that nobody waits for.
  await expect(rowToClick(page, 0)).toBeVisible();
  const before = refused;

  // The focus is where the notice is, and with the view once that comes.
  await page.keyboard.press('Alt+h');
  await expect(front(page).getByRole('alert')).toContainText('The connection to Logto Desk was lost');
  await expect(front(page).locator('[data-region="notice"]')).toBeFocused();
  await expectAccessible(page);
  expect(refused).toBe(before);
  await page.unroute(parts);
  await front(page).getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(front(page).getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
  await expect(front(page).locator('[data-region]').first()).toBeFocused();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  // With its looks, which had not come either.
  for (const part of ['Dialogs', 'HomeView'])
    expect(
      await page.evaluate(
        (name) =>
          [...document.styleSheets].filter(
            ({ href, cssRules }) => href?.includes(name) && cssRules.length > 0,
          ).length,
        part,
      ),
      part,
    ).toBeGreaterThan(0);
  // The browser is told of each, and nothing else.
  expect(complaints.filter((one) => !isOfParts(one))).toEqual([]);
  complaints.splice(0);
});

test('what is known of a row that does not come leaves the panel its name, and comes when it is tried again', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 5, tied: [0, 0] });
  const { page, complaints } = await start({ tenants: { Acme: server } });
  await expect(rowToClick(page, 0)).toBeVisible();
  let refused = 0;
  const part = /\/assets\/RowSections-/;
  await page.route(part, (route) => {
    refused += 1;
    return route.abort();
  });
  await page.reload();
  // It is fetched once the list is there, and nobody is told what nobody asked for.
  await expect.poll(() => refused).toBeGreaterThan(0);
  await expect(page.getByRole('alert')).toHaveCount(0);
  const panel = await openRow(page);
  const failed = panel.getByRole('alert');
  await expect(failed).toContainText('The connection to Logto Desk was lost');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(String(server.tenant.users[0]?.name));
  await expectAccessible(page);
  await page.unroute(part);
  await failed.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await expect(failed).toHaveCount(0);
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
  await expect(front(page).getByRole('alert')).toContainText('Logto Desk was updated or moved while it ran');
  expect(complaints.filter((one) => !isOfParts(one) && !one.includes('program.replaced'))).toEqual([]);
  complaints.splice(0);
});
