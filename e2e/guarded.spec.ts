import { expect, expectAccessible, front, rowToClick, test } from './desk.ts';

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

  await page.getByRole('button', { name: 'Home', exact: true }).first().click();
  await expect(front(page).getByRole('alert')).toContainText('Logto Desk');
  await expectAccessible(page);
  expect(refused).toBe(before);
  await page.unroute(parts);
  await front(page).getByRole('button', { name: 'Try again' }).click();
  await expect(front(page).getByRole('heading', { name: 'Acme', level: 1 })).toBeVisible();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  // The browser is told of each, and nothing else.
  expect(complaints.filter((one) => !/dynamically imported module/.test(one))).toEqual([]);
  complaints.splice(0);
});
