import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cell,
  chip,
  choose,
  copyTenant,
  expect,
  expectAccessible,
  front,
  openJobs,
  openList,
  openRow,
  test,
} from './desk.ts';

test('a tenant is copied, searched as a whole, and works offline', { tag: '@walk' }, async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 1_200, logs: 2_500, tied: [100, 500] });
  const { page, save } = await start({ tenants: { Production: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('1,200 rows');

  await front(page).getByRole('button', { name: 'Offline copy…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Offline copy of Production' });
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Copy this tenant' }).click();
  const job = page.getByTestId('job');
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await expect(job).toContainText('Offline copy: Production');
  await front(page).getByRole('button', { name: 'Offline copy…' }).click();
  await expect(dialog.getByRole('row', { name: /^Users 1,200 complete/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  // Any column sorts all rows, with nothing more to load.
  await page.getByRole('columnheader', { name: 'Username' }).click();
  const bar = front(page).getByTestId('local');
  await expect(bar).toContainText('in all 1,200 rows');
  const names = server.tenant.users.flatMap(({ username }) => username ?? []).sort();
  await expect(cell(page, 0, 'username')).toHaveText(names[0] ?? '');
  await bar.getByRole('button', { name: 'Reset sort' }).click();

  // Any row is found from the palette.
  const someone = server.tenant.users.find(({ primaryEmail }) => primaryEmail?.startsWith('soeren.'));
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Go to a user/ }).fill(someone?.primaryEmail ?? '');
  await page
    .getByRole('option', { name: /User · Production/ })
    .first()
    .click();
  await expect(front(page).getByRole('complementary').getByRole('heading', { level: 2 })).toHaveText(
    someone?.name ?? '',
  );

  await server.stop();
  await openList(page, 'Audit logs');
  await expect(front(page).getByTestId('offline')).toContainText(
    'Not connected. Showing the offline copy, as of',
    {
      timeout: 30_000,
    },
  );
  await expect(front(page).getByTestId('rows')).toHaveText('2,500 rows');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const panel = await openRow(page);
  await expect(panel.getByText('Event', { exact: true })).toBeVisible();
  await expectAccessible(page);

  const path = join(dataDir, 'logs.ndjson');
  await save(path, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByText('From the offline copy')).toBeVisible();
    await page.getByRole('radio', { name: /^NDJSON/ }).check();
    await page.getByRole('button', { name: /^Export and|^Export…/ }).click();
  });
  await expect(page.getByTestId('job').filter({ hasText: '2,500 rows written' })).toBeVisible();
  await expect(await openJobs(page)).toContainText(/Complete as of 20\d\d-.+ \(offline copy\)\./);
  expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2_500);
});

test('a copy that is cancelled says that what was read is kept, and it is', async ({ start, simulate }) => {
  const server = await simulate({ users: 9_000, logs: 20, tied: [0, 0] });
  const { page } = await start({ tenants: { Production: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('9,000 rows');
  server.faults.add({ kind: 'latency', ms: 1_000 }, { on: '/api/users', times: 200 });
  await front(page).getByRole('button', { name: 'Offline copy…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Copy this tenant' }).click();
  const job = page.getByTestId('job');
  // Rows and time left would be those of one list of many.
  await expect(job).toContainText(/list \d+ of \d+ · \d,\d00 rows/);
  await expect(job).not.toContainText('left');
  await front(page).getByRole('button', { name: 'Offline copy…' }).click();
  await dialog.getByRole('button', { name: 'Snapshot…' }).click();
  await expect(dialog.getByTestId('still-copied')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  const details = await openJobs(page);
  await details.getByRole('button', { name: 'Cancel' }).click();
  await expect(job).toHaveAttribute('data-state', 'cancelled');
  await expect(job).toContainText('what was read is kept');
  await expect(details).toContainText('what was read is kept');
  await openList(page, 'Users');
  await front(page).getByRole('button', { name: 'Offline copy…' }).click();
  await expect(dialog.getByRole('row', { name: /^Users \d,\d00 partial, last updated/ })).toBeVisible();
});

test('users are found by the organizations they belong to, or by belonging to none', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 600, logs: 50, tied: [0, 0] });
  const { page } = await start({ tenants: { Production: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('600 rows');
  await copyTenant(page);

  const bar = front(page).getByTestId('local');
  const members = [...server.tenant.usersByOrganization.values()];
  const belong = new Set(members.flatMap((users) => [...users]));
  await front(page).getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Organizations (offline copy)');
  await choose(page, 'Comparison', 'is empty');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(bar).toContainText(`${600 - belong.size} rows match`);

  const [first] = server.tenant.organizations;
  const name = String(first?.name);
  const size = server.tenant.usersByOrganization.get(String(first?.id))?.size ?? 0;
  expect(size).toBeGreaterThan(0);
  await chip(page, 'Organizations (offline copy) is empty').locator('[data-chip]').click();
  await choose(page, 'Comparison', 'contains');
  await page.getByLabel('Value').fill(name);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(bar).toContainText(`${size} rows match`);
  await expect(chip(page, `Organizations (offline copy) contains “${name}”`)).toBeVisible();
  // What another did since is read into the copy from here.
  const joining = server.tenant.users.find(({ id }) => !belong.has(id));
  server.tenant.usersByOrganization.get(String(first?.id))?.add(String(joining?.id));
  const sync = bar.getByRole('button', { name: 'Sync now' });
  const count = server.seen.length;
  await sync.focus();
  await page.keyboard.press('Enter');
  await expect(bar).toContainText(`${size + 1} rows match`);
  await expect(sync).toBeFocused();
  // Who is in what is all that it takes.
  const read = new Set(
    server.seen.slice(count).map(({ path }) => path.replace(/(?<=organizations\/)[^/]+/, '…')),
  );
  expect([...read].filter((path) => /organizations|roles/.test(path)).sort()).toEqual([
    '/api/organizations',
    '/api/organizations/…/users',
  ]);

  // What is picked stays: that there is something newer is said.
  const other = server.tenant.users.find(({ id }) => !belong.has(id) && id !== joining?.id);
  server.tenant.usersByOrganization.get(String(first?.id))?.add(String(other?.id));
  await front(page).locator('.ag-row .ag-checkbox-input').first().click();
  await sync.click();
  const newer = front(page).getByRole('button', { name: 'Synced since' });
  await expect(newer).toBeVisible();
  await expect(front(page).getByText('1 selected')).toBeVisible();
  await expect(bar).toContainText(`${size + 1} rows match`);
  await newer.click();
  await expect(bar).toContainText(`${size + 2} rows match`);
  await expect(newer).toHaveCount(0);

  // What the server does not give is not called synced.
  server.faults.add({ kind: 'status', status: 403 }, { on: '/api/users', times: 20 });
  await sync.click();
  await expect(bar.getByRole('alert')).toHaveText('Synced only in part.');
  server.faults.clear();
  // What the copy knows of who belongs to what goes into a file, and is said to.
  await front(page).getByRole('button', { name: 'Export', exact: true }).click();
  const exporting = page.getByRole('dialog', { name: /^Export/ });
  await exporting.getByRole('combobox', { name: 'Preset' }).click();
  await page.getByRole('option', { name: 'Excel, with roles' }).click();
  await expect(exporting.getByRole('radio', { name: /^Excel/ })).toBeChecked();
  await expect(exporting).toContainText(/each user’s .*roles/);
  await page.keyboard.press('Escape');
  await expect(exporting).toHaveCount(0);

  // Sorted in a small window, with a sentence of where all rows are: nothing is pushed out of it.
  await page.setViewportSize({ width: 1000, height: 700 });
  await openList(page, 'Users');
  await front(page).locator('.ag-header-cell[col-id="name"]').click();
  for (const name of ['Reset sort', 'Export'])
    await expect(front(page).getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
});

test('rows are counted by any column, as a table and a chart, and the counts go home', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 50, logs: 2_500, tied: [0, 0] });
  const { page, save } = await start({ tenants: { Production: server } });
  await copyTenant(page);

  // Any column counts all rows, and a value leads to its rows.
  await openList(page, 'Audit logs');
  const bar = front(page).getByTestId('local');
  await front(page).getByRole('button', { name: 'Count rows' }).click();
  const counted = page.getByRole('dialog', { name: 'Audit logs, counted' });
  await counted.getByRole('combobox', { name: 'Count by' }).click();
  await page.getByRole('option', { name: 'Result', exact: true }).click();
  const all = Array.from({ length: 2_500 }, (_, at) => server.tenant.logs.row(at));
  const failed = all.filter(({ payload }) => payload.result === 'Error').length;
  const errors = counted.getByRole('listitem').filter({ hasText: 'Error' });
  await expect(errors).toContainText(String(failed));
  await expect(errors.getByTitle('Error')).toBeVisible();
  // Moments are a chart, too; all counts go home as any view does.
  await counted.getByRole('combobox', { name: 'Count by' }).click();
  await page.getByRole('option', { name: 'Time', exact: true }).click();
  const chart = counted.getByRole('figure').locator('canvas');
  await expect(chart).toBeVisible();
  await counted.getByRole('figure').locator('.u-over').hover();
  await expect(counted.getByRole('figure')).toContainText(/\d{4}-\d\d-\d\d: [\d,]+ rows?/);
  await expectAccessible(page);
  const counts = join(dataDir, 'counts.ndjson');
  await save(counts, async () => {
    await counted.getByRole('button', { name: 'Export…' }).click();
    await page
      .getByRole('dialog', { name: /counted by Time/ })
      .getByRole('radio', { name: /^NDJSON/ })
      .check();
    await page.getByRole('button', { name: /^Export and|^Export…/ }).click();
  });
  await expect(page.getByTestId('job').filter({ hasText: /counts\.ndjson|by-createdAt/ })).toHaveAttribute(
    'data-state',
    'done',
  );
  const days = readFileSync(counts, 'utf8').trim().split('\n');
  const sum = days.reduce((total, line) => total + Number((JSON.parse(line) as { count: number }).count), 0);
  expect(sum).toBe(2_500);
  await front(page).getByRole('button', { name: 'Count rows' }).click();
  await counted.getByRole('combobox', { name: 'Count by' }).click();
  await page.getByRole('option', { name: 'Result', exact: true }).click();
  await counted.getByRole('button', { name: 'Error' }).click();
  await expect(bar).toContainText(`${failed} rows match`);
  await expect(chip(page, 'Result is “Error”')).toHaveCount(1);
});

test('a partial copy is not called all rows, and no empty state covers the word that it is one', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 350, logs: 50, tied: [0, 0] });
  const { page } = await start({ tenants: { Production: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('350 rows');
  const dialog = page.getByRole('dialog', { name: /^Export/ });
  const exported = async (words: string | RegExp) => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(dialog.getByRole('radio', { name: words })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  };
  await exported('All rows of this view (350)');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Suspended');
  await choose(page, 'Value', 'Yes');
  await page.getByRole('button', { name: 'Apply' }).click();
  const suspended = server.tenant.users.filter(({ isSuspended }) => isSuspended).length;
  await expect(front(page).getByTestId('local')).toContainText('in all 350 rows');
  await exported(suspended === 1 ? 'The row that matches' : `All ${suspended} rows that match`);
  await front(page).getByTestId('local').getByRole('button', { name: 'Clear' }).click();

  await server.stop();
  await front(page).getByRole('button', { name: 'Refresh' }).click();
  const notice = front(page).getByTestId('offline');
  await expect(notice).toContainText('Showing a partial offline copy');
  await exported(/^The rows of this view in the offline copy \(\d+\)$/);
  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Name');
  await choose(page, 'Comparison', 'is');
  await page.getByLabel('Value').fill('nobody at all');
  await page.getByRole('button', { name: 'Apply' }).click();
  const nothing = front(page).getByTestId('nothing');
  await expect(nothing).toContainText('copied to this computer; the list may have more');
  await expect(nothing).not.toContainText('No rows match');
  /** What is seen where the notice is: the notice, in its whole width, above what says that there is nothing. */
  const isInSight = () =>
    notice.evaluate((element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return [left + 4, (left + right) / 2, right - 4].every((x) =>
        element.contains(document.elementFromPoint(x, (top + bottom) / 2)),
      );
    });
  // The editor of the condition is still on its way out.
  await expect.poll(isInSight).toBe(true);
  await exported(/^The matching rows of the \d+ in the offline copy$/);
  await front(page).getByTestId('local').getByRole('button', { name: 'Clear' }).click();

  // A list of which nothing is copied is not empty.
  await openList(page, 'Roles');
  await expect(front(page).getByRole('alert')).toContainText('refused the connection');
  await expect(front(page)).not.toContainText('Nothing here yet');
});

test('which members have a role is answered while the server is there, though not all of them are copied', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 400, logs: 5, tied: [0, 0] });
  const { organizations, roles, users, usersByOrganization, usersByRole } = server.tenant;
  const [organization] = organizations;
  const members = usersByOrganization.get(String(organization?.id)) ?? new Set<string>();
  for (const { id } of users.slice(0, 250)) members.add(String(id));
  const role = roles.find(({ id }) => (usersByRole.get(String(id))?.size ?? 0) > 1);
  const both = [...(usersByRole.get(String(role?.id)) ?? [])].filter((id) => members.has(id));
  expect(both.length).toBeGreaterThan(0);
  const { page, save } = await start({ tenants: { Acme: server } });
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  const openMembers = async () => {
    await openList(page, 'Organizations');
    await cell(page, 0, 'name').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Members as a list' }).click();
    await expect(front(page).getByTestId('rows')).toHaveText(`${members.size} rows`);
  };
  const askRole = async () => {
    await page.keyboard.press('/');
    await page.keyboard.type(`roles: ${role?.name}`);
    await page.keyboard.press('Enter');
  };
  const local = front(page).getByTestId('local');

  // Nobody's roles are known: that is said, with the way to them.
  await openMembers();
  await askRole();
  const refusal = front(page).getByRole('alert');
  await expect(refusal).toContainText('Memberships have not been copied');
  // That is an answer, and nothing that a browser has to complain of.
  expect(complaints).toEqual([]);
  await refusal.getByRole('button', { name: 'Offline copy…' }).click();
  await expect(page.getByRole('dialog', { name: /^Offline copy of Acme/ })).toBeVisible();
  await page.keyboard.press('Escape');

  // An export with roles leaves a part of a copy behind.
  await openList(page, 'Users');
  await save(join(dataDir, 'users.xlsx'), async () => {
    await front(page).getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Export/ });
    await choose(page, 'Preset', 'Excel, with roles');
    await dialog.getByRole('button', { name: /^Export and|^Export…/ }).click();
  });
  await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 60_000 });

  await openMembers();
  await askRole();
  await expect(local).toContainText(`${both.length} row`);
  await expect(local).toContainText(`in all ${members.size} rows`);
  await expect(front(page).getByTestId('offline')).toHaveCount(0);
  // Asked again, it is the server that answers again.
  const before = server.seen.length;
  await front(page).getByRole('button', { name: 'Refresh' }).click();
  await expect.poll(() => server.seen.length).toBeGreaterThan(before);
  await expect(local).toContainText(`in all ${members.size} rows`);

  // As a search of users: the same.
  await openList(page, 'Users');
  await page.keyboard.press('/');
  await page.keyboard.type(`in-organization:"${organization?.name}"`);
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('rows')).toHaveText(`${members.size} rows`);
  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Roles (offline copy)');
  await page.getByLabel('Value').fill(String(role?.name));
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(local).toContainText(`${both.length} row`);
  await expect(local).toContainText(`in all ${members.size} rows`);
  await expect(front(page).getByTestId('offline')).toHaveCount(0);
});

test('a list that its copy answered comes from the server again once it is tried again', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 60, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await copyTenant(page);
  const { port } = server;
  await server.stop();
  await openList(page, 'Roles');
  const offline = front(page).getByTestId('offline');
  await expect(offline).toContainText('Not connected. Showing the offline copy');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const role = server.tenant.roles.find(({ id }) => id !== 'admin-role');
  if (role) role.description = 'Said since then';
  await server.start(port);
  await offline.getByRole('button', { name: 'Try again' }).click();
  await expect(offline).toHaveCount(0);
  await expect(front(page).locator('.ag-row').filter({ hasText: 'Said since then' })).toBeVisible();
});
