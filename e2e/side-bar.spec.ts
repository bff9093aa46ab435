import { cell, expect, expectAccessible, expectKept, front, openDemo, openList, tabs, test } from './desk.ts';

test('at its usual width nothing is cut; it is made wider and put away, and stays so over a restart', async ({
  start,
  dataDir,
}) => {
  const first = await start();
  await openDemo(first.page);
  const bar = (page: typeof first.page) => page.getByRole('complementary', { name: 'Logto Desk' });
  const lists = first.page.getByRole('navigation', { name: 'Lists' });
  for (const list of await lists.getByRole('button').all())
    expect(await list.locator('span').evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  const tenant = first.page.getByRole('navigation', { name: 'Tenants' }).getByText('Demo tenant');
  const before = await tenant.boundingBox();
  await tenant.hover();
  await expect(bar(first.page).getByRole('button', { name: 'Hide the demo tenant' })).toBeVisible();
  expect(await tenant.boundingBox()).toEqual(before);

  const width = async (page: typeof first.page) => Math.round((await bar(page).boundingBox())?.width ?? 0);
  const usual = await width(first.page);
  const edge = first.page.getByRole('separator', { name: 'Width of the side bar' });
  await edge.focus();
  await first.page.keyboard.press('ArrowRight');
  await expect.poll(() => width(first.page)).toBe(usual + 12);
  const box = await edge.boundingBox();
  await first.page.mouse.move((box?.x ?? 0) + 3, 300);
  await first.page.mouse.down();
  await first.page.mouse.move(320, 300, { steps: 4 });
  await first.page.mouse.up();
  await expect.poll(() => width(first.page)).toBe(320);
  await expectKept(dataDir, ({ side }) => side?.width === 320);
  await first.page.keyboard.press('Control+b');
  await expect(lists).toHaveCount(0);
  await expectAccessible(first.page);
  await expectKept(dataDir, ({ side }) => side?.collapsed);
  await first.quit();
  const { page } = await start();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await expect(page.getByRole('navigation', { name: 'Lists' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Show or hide the side bar' }).click();
  await expect.poll(() => width(page)).toBe(320);
});

test('the demo stays listed once it was opened, also where it is not running, until it is hidden', async ({
  start,
  dataDir,
}) => {
  const first = await start();
  await openDemo(first.page);
  const demo = (page: typeof first.page) =>
    page.getByRole('navigation', { name: 'Tenants' }).getByText('Demo tenant');
  await first.page.keyboard.press('Alt+w');
  await expect(tabs(first.page)).toHaveCount(0);
  await expect(demo(first.page)).toBeVisible();
  await expectKept(dataDir, ({ tabs: kept, demo: isListed }) => kept.length === 0 && isListed);
  await first.quit();
  const { page } = await start();
  await demo(page).click();
  await expect(front(page).getByRole('heading', { name: 'Demo tenant' })).toBeVisible();
  await demo(page).hover();
  await page.getByRole('button', { name: 'Hide the demo tenant' }).click();
  await expect(demo(page)).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Logto Desk' })).toBeVisible();
});

test('saved views stand in it with their counts, and open with a click', async ({ start, simulate }) => {
  const server = await simulate({ users: 120, logs: 20, tied: [0, 0] });
  server.tenant.insertUser(Date.now(), {
    id: 'one-of-hanbit',
    name: 'Zed',
    primaryEmail: 'zed@hanbit.example',
  });
  const { page } = await start({ tenants: { Acme: server } });
  await page.getByRole('combobox', { name: 'Search users' }).fill('zed@hanbit');
  await expect(front(page).getByTestId('rows')).toHaveText('1 row');
  await page.keyboard.press('Alt+s');
  const dialog = page.getByRole('dialog', { name: 'Saved views' });
  await dialog.getByRole('textbox', { name: 'Save this view as' }).fill('Hanbit');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await page.keyboard.press('Escape');
  const view = page.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name: /^Hanbit/ });
  await expect(view).toHaveText('Hanbit1');
  await expect(view).toHaveAttribute('aria-current', 'true');
  await openList(page, 'Roles');
  await view.click();
  await expect(front(page).getByTestId('rows')).toHaveText('1 row');
  await expectAccessible(page);
});
