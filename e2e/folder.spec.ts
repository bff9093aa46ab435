import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, expectAccessible, front, openList, test } from './desk.ts';

test('a whole tenant goes into a folder, or into one ZIP', { tag: '@walk-both' }, async ({
  start,
  simulate,
  dataDir,
  door,
}) => {
  const server = await simulate({ users: 120, logs: 200, tied: [0, 0] });
  const { page, save } = await start({ tenants: { Production: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('120 rows');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Go to a user/ }).fill('to a folder');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: 'Signing keys' }).uncheck();
  await dialog.getByRole('checkbox', { name: /^Include per-user lists/ }).check();
  await expectAccessible(page);
  const target = join(dataDir, door === 'browser' ? 'whole.zip' : 'whole');
  if (door !== 'browser') mkdirSync(target);
  await save(target, async () => {
    await dialog.getByRole('button', { name: 'Choose a folder…' }).click();
    await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  });
  await expect(page.getByTestId('job')).toContainText(/\d+ files, [\d,]+ rows/);
  const names =
    door === 'browser'
      ? (JSON.parse(
          execFileSync('python3', [
            '-c',
            'import json,sys,zipfile; print(json.dumps(zipfile.ZipFile(sys.argv[1]).namelist()))',
            target,
          ]).toString(),
        ) as string[])
      : readdirSync(target);
  expect(names).toEqual(
    expect.arrayContaining(['users.csv', 'users.csv.manifest.json', 'user-mfa.csv', 'tenant.manifest.json']),
  );
  expect(names).not.toContain('oidc-private-keys.csv');
});

test('users go home with their roles, by choices that are kept under a name', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 300, logs: 10, tied: [0, 0] });
  const { page, save } = await start({ tenants: { Production: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('300 rows');
  const dialog = page.getByRole('dialog');
  const open = () => page.getByRole('button', { name: 'Export', exact: true }).click();
  await open();
  await dialog.getByRole('radio', { name: /^NDJSON/ }).check();
  await dialog.getByRole('checkbox', { name: 'Roles', exact: true }).check();
  await dialog.getByRole('button', { name: 'Save these choices as a preset' }).click();
  await dialog.getByLabel('Name of the preset').fill('With roles');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByRole('combobox', { name: 'Preset' })).toHaveValue('With roles');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click();
  await openList(page, 'Users');
  await open();
  await expect(dialog.getByRole('radio', { name: /^CSV/ })).toBeChecked();
  await dialog.getByRole('combobox', { name: 'Preset' }).click();
  await page.getByRole('option', { name: 'With roles', exact: true }).click();
  await expect(dialog.getByRole('radio', { name: /^NDJSON/ })).toBeChecked();
  const path = join(dataDir, 'users.ndjson');
  await save(path, async () => {
    await dialog.getByRole('button', { name: /^Export/ }).click();
    await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  });
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { id: string; roles: string[] });
  expect(rows).toHaveLength(300);
  for (const { id, roles } of rows) {
    const expected = server.tenant.roles
      .filter((role) => server.tenant.usersByRole.get(String(role.id))?.has(id))
      .map(({ name }) => String(name));
    expect([...roles].sort()).toEqual(expected.sort());
  }
});
