import { join } from 'node:path';
import { expect, expectAccessible, front, openJobs, openList, test } from './desk.ts';

test('a mirror is handed over as one encrypted file, and opened as a tenant without a server', {
  tag: '@walk',
}, async ({ start, simulate, dataDir }) => {
  const server = await simulate({ users: 800, logs: 300, tied: [0, 0] });
  const { page, save } = await start({ tenants: { Production: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('800 rows');
  await page.getByRole('button', { name: 'Offline copy…' }).click();
  await page.getByRole('button', { name: 'Copy this tenant' }).click();
  await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await (await openJobs(page)).getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByTestId('job')).toHaveCount(0);
  await openList(page, 'Users');

  const path = join(dataDir, 'production.logtodesk');
  await page.getByRole('button', { name: 'Offline copy…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Snapshot…' }).click();
  // The one before it is still on its way out when this one comes.
  await expect(page.getByRole('dialog', { name: /^Snapshot of/ })).toBeVisible();
  await expect(page.getByRole('dialog', { name: /^Offline copy/ })).toHaveCount(0);
  // It says what will be in the file, by list, before anything is written; of the settings nothing lacks.
  await expect(dialog.getByRole('row', { name: /^Users/ })).toContainText(/800\s*complete, as of/);
  await expect(dialog).toContainText(/\d+ lists, [\d,]+ rows/);
  await expect(dialog.getByRole('radio', { name: /^Encrypted/ })).toBeChecked();
  const write = dialog.getByRole('button', { name: 'Write the snapshot…' });
  await write.click();
  await expect(dialog.getByLabel('Passphrase', { exact: true })).toHaveAttribute('data-invalid', 'true');
  await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
  await dialog.getByLabel('Repeat the passphrase').fill('correct horse');
  await expect(dialog).toContainText('The passphrases differ');
  await dialog.getByRole('radio', { name: /^Without encryption/ }).check();
  await expect(dialog.getByLabel('Passphrase', { exact: true })).toHaveCount(0);
  await expect(dialog).toContainText('can read every row');
  await dialog.getByRole('radio', { name: /^Encrypted/ }).check();
  await dialog.getByLabel('Repeat the passphrase').fill('correct horse battery');
  await expect(dialog).not.toContainText('The passphrases differ');
  await expectAccessible(page);
  await save(path, async () => {
    await write.click();
    await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  });
  await expect(page.getByTestId('job')).toContainText('rows written');
  await server.stop();

  await page.getByRole('button', { name: 'All tenants' }).click();
  await page.getByRole('button', { name: /^Open a snapshot/ }).click();
  await dialog.getByLabel('File').fill(path);
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(dialog).toContainText('The snapshot is encrypted');
  await expectAccessible(page);
  await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
  await dialog.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(front(page).getByTestId('rows')).toHaveText('800 rows', { timeout: 30_000 });
  await expect(front(page).getByTestId('snapshot')).toContainText('A snapshot of the server, as of');
  await openList(page, 'Audit logs');
  await expect(front(page).getByTestId('rows')).toHaveText('300 rows');
  await expect(front(page).getByTestId('snapshot')).toBeVisible();
  await expectAccessible(page);
  await openList(page, 'Sign-in experience');
  await expect(page.getByRole('article', { name: 'Sign-in experience' })).toContainText('Enterprise SSO');

  const tenants = page.getByRole('navigation', { name: 'Tenants' });
  await tenants.getByText('Production (snapshot)').hover();
  await tenants.getByRole('button', { name: 'Edit Production (snapshot)' }).click();
  await expect(dialog).toContainText('never contacts a server');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Remove', exact: false }).first().click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(tenants).not.toContainText('(snapshot)');
});
