import { expect, expectAccessible, front, openList, tabs, test } from './desk.ts';

test('a tenant at a glance: each number opens the view behind it, and what is not known is said', async ({
  start,
  simulate,
}) => {
  // What expires soon is told by today's date.
  const server = await simulate({ users: 120, logs: 900, anchor: Date.now() });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('120 rows');
  server.faults.add(
    { kind: 'status', status: 404, body: 'Not Found' },
    { on: '/api/dashboard/users/active', times: 99 },
  );
  server.faults.add({ kind: 'status', status: 500 }, { on: '/api/organizations', times: 99 });
  await page.keyboard.press('Alt+h');
  const home = front(page).getByRole('article', { name: 'Home of Acme' });
  const card = (name: string) => home.getByRole('button', { name: new RegExp(`^${name}`) });
  await expect(home.getByText(/^Reachable · \d+ ms$/)).toBeVisible();
  await expect(card('Users')).toContainText('120');
  await expect(card('Audit logs')).toContainText('900');
  await expect(card('Active users')).toContainText('Not available on this tenant');
  await expect(card('Organizations')).toContainText('The server failed');
  await expect(card('Failed sign-ins')).toContainText(/\d/);
  await expect(
    home.getByRole('region', { name: 'Expires within 60 days' }).getByRole('button').first(),
  ).toBeVisible();
  await expectAccessible(page, undefined, { hasContrast: true });
  // It is a preview like any other view; each way leads to what is behind it.
  await card('Failed sign-ins').click();
  await expect(tabs(page).locator('li[data-front]')).toContainText('Audit logs');
  await openList(page, 'Home');
  await home.getByRole('region', { name: 'Newest users' }).getByRole('button').first().click();
  await expect(front(page).getByRole('complementary', { name: 'User details' })).toBeVisible();
  // Nobody is there any more: the numbers stay, as they were, and asking says so.
  await openList(page, 'Home');
  await server.stop();
  await home.getByRole('button', { name: 'Refresh' }).click();
  await expect(home.getByText(/refused the connection|was lost/).first()).toBeVisible();
  await expect(card('Users')).toContainText('120');
  await expect(card('Users')).toContainText('as of');
  for (const name of ['Newest users', 'Expires within 60 days'])
    await expect(home.getByRole('region', { name })).toContainText('as of');
});

test('all tenants at a glance: one that is not reached keeps no other back, and is not asked again by itself', async ({
  start,
  simulate,
}) => {
  const [one, two] = [await simulate({ users: 40 }), await simulate({ users: 70 })];
  const { page } = await start({
    tenants: { 'A tenant whose name is longer than any column of any table': one, Two: two },
  });
  await expect(front(page).getByTestId('rows')).toHaveText('70 rows');
  await two.stop();
  await page.getByRole('button', { name: 'All tenants' }).click();
  const line = (name: string) => page.getByRole('row', { name });
  await expect(line('A tenant whose').getByRole('button', { name: 'Users: 40' })).toBeVisible();
  await expect(line('Two')).toContainText(/refused|was lost/);
  await expectAccessible(page);
  // Half as large again, a window of 1280 px has so much room: all columns are in it, and tenants keep their names.
  await page.setViewportSize({ width: 853, height: 533 });
  for (const [at, heading] of (await page.getByRole('columnheader').all()).entries())
    await expect(heading, `column ${at}`).toBeInViewport({ ratio: 1 });
  const named = line('Two').getByText('Two', { exact: true });
  expect(await named.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  await page.setViewportSize({ width: 1280, height: 800 });
  await line('A tenant whose')
    .getByRole('button', { name: /^Reachable/ })
    .click();
  await expect(front(page).getByRole('heading', { name: /^A tenant whose/ })).toBeVisible();
  // It answers whether it is there, and then no more: what the numbers met is said of the tenant, too.
  let pings = 0;
  const isPing = (path: string, size: string | null) => path === '/api/users' && size === '1';
  one.faults.add(
    { kind: 'cut' },
    { on: ({ path, query }) => !isPing(path, query.get('page_size')) || pings++ > 0, times: 9_999 },
  );
  await front(page).getByRole('button', { name: 'Refresh', exact: false }).click();
  await expect(front(page).getByText(/^Reachable/)).toHaveCount(0);
  await expect(
    front(page)
      .getByText(/was lost$/)
      .first(),
  ).toBeVisible();
  expect(pings).toBeGreaterThan(1);
});
