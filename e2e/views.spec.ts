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
  await page.getByRole('combobox', { name: /^Go to a user/ }).fill('view hanbit');
  await expect(page.getByRole('dialog').getByText('View: Hanbit')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(cell(page, 0, 'primaryEmail')).toHaveText(/@hanbit\.example$/);
  await expect(front(page).getByRole('columnheader', { name: 'Phone' })).toHaveCount(0);
  await expect(front(page).getByText('Other')).toBeVisible();

  await open();
  await dialog.getByRole('button', { name: 'Remove Hanbit' }).click();
  await expect(dialog.getByText('No saved views yet.')).toBeVisible();
  writeFileSync(join(dataDir, 'foreign.json'), '{"rows": []}');
  const choose = async (file: string) => {
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Import…' }).click();
    await (await chooser).setFiles(file);
  };
  await choose(join(dataDir, 'foreign.json'));
  await expect(dialog.getByText('it contains no Logto Desk views')).toBeVisible();
  await choose(path);
  await expect(dialog.getByRole('button', { name: 'Hanbit', exact: true })).toBeVisible();

  // A file may be anybody's: one that has a server match an expression asks first, as a link does.
  const views = [{ name: 'All staff', url: `/users?search=${encodeURIComponent('name:regex"(a+)+$"')}` }];
  const doubtful = join(dataDir, 'doubtful.json');
  writeFileSync(doubtful, JSON.stringify({ kind: 'logto-desk-views', version: 1, views }));
  const staff = dialog.getByRole('button', { name: 'All staff', exact: true });
  await choose(doubtful);
  await expect(dialog.getByText('searches with a regular expression')).toBeVisible();
  await dialog.getByRole('alert').getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  await expect(staff).toHaveCount(0);
  await choose(doubtful);
  await dialog.getByRole('button', { name: 'Import anyway' }).click();
  await expect(staff).toBeVisible();
});

test('a view too long for a link is not copied as one: it goes along as a file', async ({ start }) => {
  const { page } = await start();
  await openDemo(page);
  const share = async () => {
    await front(page).getByRole('button', { name: 'Copy this view' }).click();
    await page.getByRole('menuitem', { name: 'Copy a link to this view' }).click();
  };
  await share();
  await expect(page.getByText('Copied')).toBeVisible();
  await page.getByRole('combobox', { name: 'Search users' }).fill('漢'.repeat(1_000));
  await page.keyboard.press('Enter');
  // No address has room for it, neither the server's nor a link.
  await expect(front(page)).toContainText('too long to search for');
  await share();
  await expect(page.getByText('This view is too long for a link')).toBeVisible();
  // What goes along instead is at hand.
  await page
    .getByRole('dialog', { name: 'Saved views' })
    .getByRole('button', { name: 'Save', exact: true })
    .waitFor();
  await expectAccessible(page);
});

test('an address that starts the demo or an expression is asked about; declined, nothing opens', async ({
  start,
  door,
}) => {
  test.skip(door !== 'browser', 'a desktop window has no address line');
  const { page } = await start();
  await page.getByText('Explore the demo tenant').waitFor();
  const asked = page.getByRole('dialog', { name: 'Open this link?' });
  const go = (path: string) => page.goto(new URL(path, page.url()).href);
  await go('/demo/users?keyword=nobody.at.all');
  await expect(asked).toContainText('Users · nobody.at.all');
  await expectAccessible(page);
  await asked.getByRole('button', { name: 'Cancel' }).click();
  await expect(asked).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Open views' })).toBeHidden();

  await go(`/demo/users?search=${encodeURIComponent('name:regex"(a+)+$"')}`);
  await expect(asked).toContainText('regular expression');
  await page.keyboard.press('Escape');
  await expect(asked).toBeHidden();
  await expect(page.getByRole('navigation', { name: 'Open views' })).toBeHidden();

  await go('/demo/users?keyword=nobody.at.all');
  await asked.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(front(page).getByTestId('rows')).toHaveText('0 rows');
  await expect(page).toHaveURL(/\/$/);
  // A view that was open is not a link: it comes back without a question.
  await page.reload();
  await expect(front(page).getByTestId('rows')).toHaveText('0 rows');
  await expect(asked).toBeHidden();
});
