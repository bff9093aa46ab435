import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addTenant, cell, expect, expectAccessible, front, openDemo, test } from './desk.ts';

test('a view saved on one tenant opens on another, and goes along as a file', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 400, logs: 40, tied: [0, 0] });
  const { page } = await start();
  await openDemo(page);
  await page.getByRole('combobox', { name: 'Search users' }).fill('email:$"@hanbit.example"');
  await page.keyboard.press('Enter');
  await expect(cell(page, 0, 'primaryEmail')).toHaveText(/@hanbit\.example$/);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Phone' }).uncheck();
  await page.keyboard.press('Escape');
  const open = async () => {
    await front(page).getByRole('button', { name: 'Copy this view' }).click();
    await page.getByRole('menuitem', { name: 'Saved views…' }).click();
  };
  await open();
  const dialog = page.getByRole('dialog', { name: 'Saved views' });
  await dialog.getByRole('textbox', { name: 'Save this view as' }).fill('Hanbit');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog.getByRole('button', { name: 'Hanbit', exact: true })).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  const path = join(dataDir, 'views.json');
  await (await download).saveAs(path);
  expect(JSON.parse(readFileSync(path, 'utf8')).views).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).not.toContain('demo');
  await page.keyboard.press('Escape');

  await addTenant(page, 'Other', server);
  await expect(front(page).getByTestId('rows')).toHaveText('400 rows');
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: /^Go to a tenant/ }).fill('view hanbit');
  await expect(page.getByRole('dialog').getByText('View: Hanbit')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(cell(page, 0, 'primaryEmail')).toHaveText(/@hanbit\.example$/);
  await expect(front(page).getByRole('columnheader', { name: 'Phone' })).toHaveCount(0);
  await expect(front(page).getByText('Other')).toBeVisible();

  await open();
  await dialog.getByRole('button', { name: 'Remove Hanbit' }).click();
  await expect(dialog.getByText('No view is saved yet.')).toBeVisible();
  writeFileSync(join(dataDir, 'foreign.json'), '{"rows": []}');
  const choose = async (file: string) => {
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Import…' }).click();
    await (await chooser).setFiles(file);
  };
  await choose(join(dataDir, 'foreign.json'));
  await expect(dialog.getByText('it holds no views of Logto Desk')).toBeVisible();
  await choose(path);
  await expect(dialog.getByRole('button', { name: 'Hanbit', exact: true })).toBeVisible();
});

test('an address typed by hand opens its view, whichever was in front before', { tag: '@walk' }, async ({
  start,
  door,
}) => {
  test.skip(door !== 'browser', 'a desktop window has no address line');
  const { page } = await start();
  await openDemo(page);
  await expect(page).toHaveURL(/\/demo\/users$/);
  // The view in front has to be kept before the page goes.
  await page.waitForTimeout(500);
  await page.goto(new URL('/demo/users?keyword=nobody.at.all', page.url()).href);
  await expect(front(page).getByTestId('rows')).toHaveText('0 rows');
  await expect(page).toHaveURL(/keyword=nobody\.at\.all$/);
  await expect(page.getByRole('navigation', { name: 'Open views' }).getByRole('listitem')).toHaveCount(2);
});
