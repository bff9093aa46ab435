import { moreAction, openUser, plan, rolesBox } from './changes.ts';
import {
  cell,
  chip,
  choose,
  copyTenant,
  expect,
  front,
  holdBack,
  openDemo,
  openList,
  openRow,
  tabs,
  test,
} from './desk.ts';
import { changeable } from './kept-tenants.ts';

test('the rows that a log leads to are those that are here now: after a refresh, after new ones, and by another filter', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 20, logs: 300, tied: [0, 0] });
  const { tenant } = server;
  const newest = tenant.logs.row(0).createdAt;
  const insert = (seconds: number, userAgent: string) =>
    tenant.insertLog(newest + seconds * 1_000, 'Interaction.Create', { ip: '203.0.113.77', userAgent });
  for (const [at, agent] of ['one', 'two', 'two', 'one'].entries()) insert(at + 1, `agent-${agent}`);
  const { page } = await start({ tenants: { Acme: server } });
  await openList(page, 'Audit logs');
  const panel = await openRow(page);
  const way = (to: string) => panel.getByRole('button', { name: `${to}: same IP address` });
  await expect(way('Newer')).toBeDisabled();
  await expect(way('Older')).toBeEnabled();
  insert(9, 'agent-two');
  const refresh = front(page).getByRole('button', { name: 'Refresh', exact: true });
  await refresh.click();
  // As many rows as before are here, and one of them is newer.
  await expect(way('Newer')).toBeEnabled();
  await expect(way('Older')).toBeEnabled();
  await refresh.click();
  await expect(front(page).getByTestId('seen')).toHaveCount(0);
  await expect(way('Newer')).toBeEnabled();

  // The row is the older one of two that fit; by the other filter three fit, and it is none of them.
  const filter = front(page).getByRole('combobox', { name: 'Filter audit logs' });
  const narrow = async (agent: string) => {
    await filter.fill(`User agent:${agent}`);
    await page.keyboard.press('Enter');
    await expect(chip(page, agent)).toBeVisible();
  };
  await narrow('agent-one');
  await expect(way('Older')).toBeEnabled();
  await expect(way('Newer')).toBeDisabled();
  await chip(page, 'agent-one')
    .getByRole('button', { name: /^Remove/ })
    .click();
  await narrow('agent-two');
  await expect(way('Older')).toBeDisabled();
  await expect(way('Newer')).toBeDisabled();
});

test('columns are offered by the rows that come while they are chosen; what is pinned says so', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 40, logs: 20, tied: [0, 0] });
  for (const organization of server.tenant.organizations) organization.customData = { zebraField: 1 };
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const release = holdBack(server, '/api/organizations');
  await openList(page, 'Organizations');
  const columns = front(page).getByRole('button', { name: 'Columns', exact: true });
  await columns.click();
  await expect(page.getByRole('textbox', { name: 'Find a column' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: /zebra/i })).toHaveCount(0);
  release();
  await expect(page.getByRole('checkbox', { name: /zebra/i })).toBeVisible();
  await page.keyboard.press('Escape');

  // A view that names its columns: nothing of it is another when one of them is pinned.
  await page.goto(new URL('/acme/users?columns=name,primaryEmail,username', page.url()).href);
  await expect(cell(page, 0, 'username')).toBeVisible();
  await columns.click();
  const pin = page.getByRole('button', { name: 'Pin Username to the left' });
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
  await pin.click();
  await expect(pin).toHaveAttribute('aria-pressed', 'true');
  await pin.click();
  await expect(pin).toHaveAttribute('aria-pressed', 'false');
});

test('counts that were opened for the first time give the focus back', async ({ start }) => {
  const { page } = await start();
  await openDemo(page);
  const count = front(page).locator('[data-command="count"]');
  await count.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(count).toBeFocused();
});

test('tabs tell moments in the zone that was chosen, and rows by the names that they have now', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 40, logs: 20, tied: [0, 0] });
  const [organization] = server.tenant.organizations;
  const { page } = await start({ tenants: { Acme: server } });
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTimezoneOverride', { timezoneId: 'Asia/Seoul' });
  const at = Date.UTC(2026, 10, 20, 8, 43, 9);
  await page.goto(new URL(`/acme/logs?time=${at}&time=`, page.url()).href);
  const logs = tabs(page).getByRole('button', { name: /^Audit logs: / });
  await expect(logs).toContainText('17:43:09');
  await page.getByRole('button', { name: 'Time zone' }).click();
  await page.getByRole('menuitem', { name: 'UTC' }).click();
  await expect(logs).toContainText('08:43:09');

  const name = String(organization?.name);
  await page.goto(new URL(`/acme/organizations/${organization?.id}/users`, page.url()).href);
  const members = tabs(page).getByRole('button', { name: /^Members of / });
  await expect(members).toContainText(name);
  await page.goto(new URL(`/acme/organizations/${organization?.id}`, page.url()).href);
  await expect(front(page).getByRole('heading', { level: 1, name })).toBeVisible();
  if (organization) organization.name = 'Zebra Renamed';
  await front(page).locator('[data-command="refresh"]').click();
  await expect(front(page).getByRole('heading', { level: 1, name: 'Zebra Renamed' })).toBeVisible();
  await expect(members).toContainText('Zebra Renamed');
});

test('what can be done to all rows of a view says how many fit', async ({ start, simulate }) => {
  const server = await simulate({ users: 60, logs: 20, tied: [0, 0] });
  for (const user of server.tenant.users) user.isSuspended = false;
  for (const user of server.tenant.users.slice(0, 2)) user.isSuspended = true;
  const { page } = await start({ tenants: { Acme: changeable(server) } });
  const actions = front(page).getByRole('button', { name: 'Actions', exact: true });
  await actions.click();
  await expect(page.getByText('All 60 rows of this view')).toBeVisible();
  await page.keyboard.press('Escape');
  await front(page).getByRole('combobox', { name: 'Search users' }).fill('suspended:yes');
  await page.keyboard.press('Enter');
  await expect(chip(page, 'Suspended is Yes')).toBeVisible();
  await actions.click();
  await expect(page.getByText('All 2 rows of this view')).toBeVisible();
});

test('what only the copy knows of a row is in its panel, whenever it comes', async ({ start, simulate }) => {
  test.skip(test.info().project.name.startsWith('desktop'), 'what the page asks is held in a browser');
  const server = await simulate({ users: 30, logs: 20, tied: [0, 0] });
  const { tenant } = server;
  const at = tenant.users.findIndex(({ id }) =>
    [...tenant.usersByOrganization.values()].some((ids) => ids.has(id)),
  );
  const [id] = [...tenant.usersByOrganization].find(([, ids]) => ids.has(tenant.users[at]?.id ?? '')) ?? [];
  const name = String(tenant.organizations.find((one) => one.id === id)?.name);
  const { page } = await start({ tenants: { Acme: server } });
  await copyTenant(page);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/trpc/list.joined*', async (route) => {
    await released;
    await route.continue();
  });
  await page.reload();
  await front(page)
    .getByRole('combobox', { name: 'Search users' })
    .fill(tenant.users[at]?.id ?? '');
  await page.keyboard.press('Enter');
  const panel = await openRow(page);
  await panel.getByRole('tab', { name: 'Fields' }).click();
  const fields = panel.getByRole('tabpanel', { name: 'Fields' });
  await expect(fields).toContainText(tenant.users[at]?.id ?? '');
  await expect(fields).not.toContainText('Organizations (offline copy)');
  release();
  await expect(fields).toContainText('Organizations (offline copy)');
  await expect(fields).toContainText(name);
});

test('a plan that was left while it was made does not open, and one that is being applied is not left', async ({
  start,
  simulate,
}) => {
  test.skip(test.info().project.name.startsWith('desktop'), 'what the page asks is held in a browser');
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const user = server.tenant.users.find(({ primaryEmail, isSuspended }) => primaryEmail && !isSuspended);
  const { page } = await start({ tenants: { Held: changeable(server) } });
  const panel = await openUser(page, String(user?.primaryEmail));
  const held = async (call: string) => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    await page.route(`**/trpc/${call}`, async (route) => {
      await released;
      await route.continue();
    });
    return release;
  };
  const planned = await held('changes.plan');
  await moreAction(page, 'Add roles');
  const dialog = page.getByRole('dialog', { name: /^Add roles/ });
  await rolesBox(dialog).click();
  await page.getByRole('option').first().click();
  const asked = page.waitForRequest('**/trpc/changes.plan');
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  const answer = (await asked).response();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  planned();
  await (await answer)?.finished();
  // One that is asked for after it is shown: by then the first one would be.
  await panel.getByRole('button', { name: 'Suspend' }).click();
  await expect(plan(page)).toContainText('Suspend');

  await plan(page).getByRole('button', { name: 'Unlock this tenant to apply' }).click();
  const applied = await held('changes.start');
  await plan(page)
    .getByRole('button', { name: /^Apply/ })
    .click();
  await expect(plan(page).getByRole('button', { name: 'Cancel' })).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(plan(page)).toBeVisible();
  expect(user?.isSuspended).toBe(false);
  applied();
  await expect(plan(page)).toHaveCount(0);
  await expect(page.getByTestId('job')).toContainText('Done: 1');
  expect(user?.isSuspended).toBe(true);
});

test('what the offline copy does by itself is shown as it was chosen, one choice after the other', async ({
  start,
}) => {
  test.skip(test.info().project.name.startsWith('desktop'), 'what the page asks is held in a browser');
  const { page } = await start();
  await openDemo(page);
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const sent: string[] = [];
  await page.route('**/trpc/mirror.setPlan*', async (route) => {
    sent.push(route.request().postData() ?? '');
    await released;
    await route.continue();
  });
  const open = () => front(page).getByRole('button', { name: 'Offline copy…' }).click();
  await open();
  await choose(page, 'Sync', 'Every 6 hours');
  await expect.poll(() => sent.length).toBe(1);
  await choose(page, 'Keep logs for', '30 days');
  await expect(page.getByRole('combobox', { name: 'Sync' })).toHaveValue('Every 6 hours');
  release();
  await expect.poll(() => sent.length).toBe(2);
  expect(JSON.parse(sent[1] ?? '')).toMatchObject({ plan: { everyHours: 6, keepLogsDays: 30 } });
  await page.keyboard.press('Escape');
  await open();
  await expect(page.getByRole('combobox', { name: 'Sync' })).toHaveValue('Every 6 hours');
  await expect(page.getByRole('combobox', { name: 'Keep logs for' })).toHaveValue('30 days');
});

test('Refresh asks anew for the row of an open panel, too, and its row of the list', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 20, logs: 20, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  const refresh = front(page).getByRole('button', { name: 'Refresh', exact: true });
  const panel = await openRow(page);
  const shown = await cell(page, 0, 'name').textContent();
  const user = server.tenant.users.find(({ name }) => name === shown);
  if (!user) throw new Error('not shown by name');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(String(shown));
  user.name = 'Renamed Elsewhere';
  user.isSuspended = true;
  await refresh.click();
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText('Renamed Elsewhere');
  await expect(cell(page, 0, 'name')).toHaveText('Renamed Elsewhere');
  await expect(panel).toContainText('Suspended');

  // These have no page of their own: all that is known of one is its row of the list.
  await openList(page, 'JWT customizers');
  const customizer = await openRow(page);
  await customizer.getByRole('tab', { name: 'JSON' }).click();
  await expect(customizer.locator('pre')).toContainText('token.plan');
  server.tenant.lists.customizers[0] = { key: 'jwt.accessToken', value: { script: 'token.renewed' } };
  await refresh.click();
  await expect(customizer.locator('pre')).toContainText('token.renewed');
});
