import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from './counted.ts';
import { expect, expectAccessible, front, openJobs, openList, test } from './desk.ts';

test('what changed on a tenant since yesterday: one view, once its copy was synced again', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 40, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const { page, save } = await start({ tenants: { Watched: server } });
  const seen = front(page);
  await openList(page, 'What changed');
  await expect(seen).toContainText('Nothing to compare yet');
  await expect(seen.getByTestId('rows')).toHaveText('');
  await expectAccessible(page);

  const sync = async (button: string, jobs: number) => {
    await seen.getByRole('button', { name: 'Offline copy…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Offline copy of Watched' });
    await dialog.getByRole('button', { name: button }).click();
    await expect(page.getByTestId('job')).toHaveAttribute('data-count', String(jobs));
    await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
    if (await dialog.isVisible()) await page.keyboard.press('Escape');
  };
  await sync('Copy this tenant', 1);
  await expect(seen).toContainText('Nothing to compare yet');

  // Somebody else is at work, without this program.
  const [renamed, gone] = tenant.users;
  const role = tenant.roles.find(
    ({ id, type }) => type === 'User' && !tenant.usersByRole.get(String(id))?.has(renamed?.id ?? ''),
  );
  if (!renamed || !gone || !role) throw new Error('the tenant lacks what is changed');
  renamed.name = 'Renamed Elsewhere';
  renamed.createdAt = Date.UTC(2020, 0, 1);
  role.description = 'Wider than yesterday';
  tenant.usersByRole.set(
    String(role.id),
    new Set([...(tenant.usersByRole.get(String(role.id)) ?? []), renamed.id]),
  );
  tenant.users.splice(tenant.users.indexOf(gone), 1);
  await sync('Sync now', 2);

  const row = (text: string | RegExp) => seen.getByRole('row').filter({ hasText: text });
  await expect(seen.getByTestId('rows')).toHaveText(/^[4-9]\d* changes$/);
  await row(String(role.name)).filter({ hasText: 'Changed' }).click();
  const detail = seen.getByRole('article', { name: String(role.name) });
  await expect(detail.locator('[data-field="description"]').last()).toHaveText('Wider than yesterday');
  await expect(detail).toContainText(/Changed after .+ found at .+/);
  await expectAccessible(page);
  await row('Renamed Elsewhere').filter({ hasText: 'Changed' }).click();
  const user = seen.getByRole('article', { name: 'Renamed Elsewhere' });
  await expect(user.locator('[data-field="createdAt"]').last()).toHaveText('2020-01-01 00:00:00 UTC');
  await expect(row(`Roles: users of ${role.name}`)).toContainText('Added');
  // All of it goes home, as any view does.
  const file = join(dataDir, 'changed.csv');
  await save(file, async () => {
    await seen.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Export what changed' });
    await expectAccessible(page);
    await dialog.getByRole('button', { name: /^Export and|^Export…/ }).click();
  });
  await expect(page.getByTestId('job')).toHaveAttribute('data-count', '3');
  await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done');
  expect(readFileSync(file, 'utf8')).toContain('Renamed Elsewhere');
  await expect(await openJobs(page)).toContainText(
    'Complete: every entry kept on this computer is included.',
  );
  // What came since yesterday is one action from anywhere.
  const job = counted(page);
  await job.click(
    page.getByRole('navigation', { name: 'Lists' }).getByRole('button', { name: 'What changed' }),
  );
  await expect(row('Renamed Elsewhere')).not.toHaveCount(0);
  expect(job.count()).toBe(1);

  await seen
    .getByRole('combobox', { name: 'Kind' })
    .or(seen.getByRole('textbox', { name: 'Kind' }))
    .first()
    .click();
  await page.getByRole('option', { name: 'Removed' }).click();
  await expect(row(gone.id).or(row(String(gone.name ?? gone.username)))).not.toHaveCount(0);
  await seen.getByRole('textbox', { name: 'Search by name or ID' }).fill('nobody of this name');
  await expect(seen).toContainText('No matching changes.');
  await seen.getByText(/lists compared, the earliest from/).click();
  await expect(seen).toContainText(/Users: 20\d\d-.+ to 20\d\d-/);

  // What it compares is discarded only where that is meant, and none of it is shown afterwards.
  await seen.getByRole('textbox', { name: 'Search by name or ID' }).fill('');
  const opened = seen.getByRole('article').getByRole('article');
  await expect(opened).toHaveCount(1);
  await seen.getByRole('button', { name: 'Offline copy…' }).click();
  const copy = page.getByRole('dialog', { name: /^Offline copy of/ });
  await copy.getByRole('button', { name: /^Remove the copy/ }).press('Enter');
  await expect(copy).toContainText('everything that “What changed” knows about it');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await copy.getByRole('button', { name: /^Remove the copy/ }).click();
  await copy.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(copy).toContainText('Nothing copied yet.');
  await page.keyboard.press('Escape');
  await expect(seen).toContainText('Nothing to compare yet');
  await expect(opened).toHaveCount(0);
});
