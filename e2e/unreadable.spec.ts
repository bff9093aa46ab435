import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apply, plan } from './changes.ts';
import { cell, copyTenant, expect, expectAccessible, front, openJobs, openList, test } from './desk.ts';
import { changeable } from './kept-tenants.ts';

test('a user that the server fails on has a place in the list; repaired there, the export is asked for again', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 150, logs: 10, tied: [0, 0], longNames: [7] });
  const { page, save } = await start({ tenants: { Acme: changeable(server) } });
  await openList(page, 'Users');
  await expect(cell(page, 6, 'id')).toHaveText(String(server.tenant.users[6]?.id));
  await expect(cell(page, 7, 'name')).toHaveText('Row 8: not readable');
  await expect(cell(page, 7, 'id')).toHaveText('?');
  await cell(page, 7, 'name').hover();
  await expect(page.locator('.ag-tooltip:not(.ag-tooltip-hiding)')).toContainText(
    'Row 8 could not be read: the server fails on it',
  );
  await page.mouse.move(0, 0);
  await expect(cell(page, 8, 'id')).toHaveText(String(server.tenant.users[8]?.id));
  await expect(front(page).getByText('150', { exact: false }).first()).toBeVisible();

  const path = join(dataDir, 'users.ndjson');
  await save(path, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('radio', { name: /^NDJSON/ }).check();
    await page.getByRole('button', { name: /^Export and|^Export…/ }).click();
  });
  const job = page.getByTestId('job');
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await expect(job).toContainText('149 rows written');
  await expect(job).toContainText('Not complete');
  const details = await openJobs(page);
  await expect(details).toContainText('1 row could not be read: the server fails on it.');
  await expect(details).toContainText('row 8 of the list');
  await expectAccessible(page);
  await openList(page, 'Users');

  const failing = server.tenant.users[7];
  await cell(page, 7, 'name').click();
  const repair = page.getByRole('dialog', { name: 'Repair an unreadable user' });
  await repair.getByRole('button', { name: 'Find the ID' }).click();
  await expect(repair.getByLabel('User ID')).toHaveValue(String(failing?.id));
  await expect(repair.getByRole('status')).toHaveText(/^Found with \d+ requests/);
  await repair.getByLabel('New name').fill('Cured');
  await expectAccessible(page);
  await repair.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page).locator('[data-field="name"]')).toHaveText(['could not be read', 'Cured']);
  await apply(page);
  expect(failing?.name).toBe('Cured');
  await expect(cell(page, 7, 'name')).toContainText('Cured');
  await openJobs(page);
  // Below the change, which was made later.
  const exported = front(page).getByTestId('job-details').filter({ hasText: 'rows written' });
  await save(path, async () => {
    await exported.getByRole('button', { name: 'Try these again' }).click();
  });
  await expect(job).toContainText('150 rows written · Complete');
  expect(readFileSync(path, 'utf8').split('\n').filter(Boolean)).toHaveLength(150);
});

test('of a copy that lacks rows it is told of which list each is', async ({ start, simulate }) => {
  const server = await simulate({ users: 30, logs: 5, tied: [0, 0], longNames: [7] });
  const id = String(server.tenant.users[7]?.id);
  const [role] = server.tenant.roles;
  server.tenant.usersByRole.get(id)?.add(String(role?.id)) ??
    server.tenant.usersByRole.set(id, new Set([String(role?.id)]));
  const { page } = await start({ tenants: { Acme: server } });
  await openList(page, 'Users');
  await copyTenant(page);
  const dialog = page.getByRole('dialog');
  if (await dialog.count()) await page.keyboard.press('Escape');
  const details = await openJobs(page);
  for (const list of ['Users', 'Roles: users'])
    await expect(details.getByText(list, { exact: true })).toBeVisible();
});
