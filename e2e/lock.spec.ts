import { cell, expect, expectAccessible, openDemo, startDesktop, test } from './desk.ts';

test('locked by key, nothing of a tenant is left on the page; unlocked, the view is back', async ({
  start,
}) => {
  const { page } = await start();
  await openDemo(page);
  const name = (await cell(page, 1, 'name').textContent()) ?? '';
  await cell(page, 1, 'name').click();
  await expect(page.getByRole('complementary', { name: 'User details' })).toBeVisible();
  await page.keyboard.press('Alt+l');
  await expect(page.getByRole('heading', { name: 'Logto Desk is locked' })).toBeVisible();
  await expectAccessible(page);
  const left = await page.content();
  expect(left).not.toContain(name);
  expect(left).not.toContain('Demo tenant');
  expect(new URL(page.url()).pathname).toBe('/');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Logto Desk is locked' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(cell(page, 1, 'name')).toHaveText(name);
  await expect(page.getByRole('complementary', { name: 'User details' })).toBeVisible();
});

test('it locks itself when nobody is there, after the time that was chosen', async ({ start }) => {
  const { page } = await start();
  await page.clock.install();
  await openDemo(page);
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await page.getByRole('menuitem', { name: 'After 5 minutes' }).click();
  await expect(page.getByRole('menu')).toHaveCount(0);
  // From here on no time passes but what is run.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  await page.clock.runFor('04:50');
  await expect(cell(page, 1, 'name')).toBeVisible();
  await page.mouse.move(300, 300);
  await page.clock.runFor('04:50');
  await expect(cell(page, 1, 'name')).toBeVisible();
  await page.clock.runFor('00:20');
  await expect(page.getByRole('heading', { name: 'Logto Desk is locked' })).toBeVisible();
});

test('the desktop locks with the system’s screen', { tag: '@walk' }, async ({ dataDir, door }) => {
  test.skip(door !== 'desktop', 'a browser does not tell');
  const { page, lockScreen, quit } = await startDesktop({ dataDir });
  await openDemo(page);
  await lockScreen();
  await expect(page.getByRole('heading', { name: 'Logto Desk is locked' })).toBeVisible();
  await quit();
});
