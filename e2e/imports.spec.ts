import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { sized } from '../src/doors/full.ts';
import { addChangeable, apply, openUser, plan } from './changes.ts';
import { expect, expectAccessible, front, openJobs, openList, test } from './desk.ts';
import { changeable } from './kept-tenants.ts';

const giveFile = async (page: Page, name: string, text: string, label = 'File to import') => {
  const input = page.getByRole('dialog').locator(`input[type="file"][aria-label="${label}"]`);
  await input.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
};

/** Saves what a button hands over as a text; the desktop asks for a place, so this is for browsers. */
const saved = async (page: Page, dataDir: string, button: string) => {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const path = join(dataDir, 'saved.txt');
  await (await download).saveAs(path);
  return readFileSync(path, 'utf8');
};

const openImport = async (page: Page, item: string) => {
  await front(page).getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
  return page.getByRole('dialog', { name: 'Import a file' });
};

const length = sized(1_000, 200);
test(`a file of ${length} lines is imported: 5 bad ones are said with their line, saved, mended, and given again`, async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 50, logs: 0, tied: [0, 0] });
  const { users } = server.tenant;
  const known = users.find((one) => one.primaryEmail);
  const bad = new Map([
    [3, 'nobody,Three,,pro'],
    [100, `x@y@z.test,Hundred,,pro`],
    [150, `i150@import.test,${'n'.repeat(129)},,pro`],
    [170, 'i170@import.test,Extra,,pro,more'],
    [length - 1, `i${length - 1}@import.test,Last,not a phone,pro`],
  ]);
  const lines = Array.from({ length }, (_, at) => {
    const own = bad.get(at);
    if (own) return own;
    return at === 0 ? `${known?.primaryEmail},Known,,pro` : `i${at}@import.test,Person ${at},,pro`;
  });
  const { page } = await start({ tenants: { Imported: changeable(server) } });
  const dialog = await openImport(page, 'Import users…');
  await giveFile(page, 'people.csv', ['Mail,name,Telephone,Plan', ...lines, ''].join('\n'));
  const field = (heading: string) => dialog.getByRole('combobox', { name: `Field for ${heading}` });
  const value = (heading: string) =>
    field(heading)
      .or(dialog.getByRole('textbox', { name: `Field for ${heading}` }))
      .first();
  await expect(value('Mail')).toHaveValue('Email');
  await expect(value('Telephone')).toHaveValue('Phone');
  await expect(value('Plan')).toHaveValue('Nothing (leave it out)');
  await expect(dialog).toContainText('i1@import.test');
  await value('Plan').click();
  await page.getByRole('option', { name: 'Custom data: Plan', exact: true }).click();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Review every line' }).click();
  await expect(plan(page).getByTestId('count-create')).toHaveText(`Create${length - 6}`);
  await expect(plan(page).getByTestId('count-refused')).toHaveText('Refused5');
  await expect(plan(page).getByTestId('count-refused')).toHaveAttribute('aria-pressed', 'true');
  await expect(plan(page).getByRole('option').first()).toContainText('Line 5');
  await expectAccessible(page);
  expect(users).toHaveLength(50);
  const failed = await saved(page, dataDir, 'Save refused lines');
  expect(failed.split('\r\n').filter(Boolean)).toHaveLength(6);
  await apply(page, /Done: \d+/);
  expect(users.length).toBe(50 + length - 6);
  const job = await openJobs(page);
  await expect(job.getByRole('button', { name: 'Save lines that were not imported' })).toBeVisible();
  await openList(page, 'Users');

  // What was mended is given again: only that is changed.
  const again = await openImport(page, 'Import users…');
  const mended = failed
    .replace('nobody', 'i3@import.test')
    .replace('x@y@z.test', 'i100@import.test')
    .replace('n'.repeat(129), 'Short');
  await giveFile(page, 'people-failed.csv', mended);
  await expect(again.getByText('people-failed.csv')).toBeVisible();
  await again.getByRole('button', { name: 'Review every line' }).click();
  await expect(plan(page).getByTestId('count-create')).toHaveText('Create4');
  await expect(plan(page).getByTestId('count-refused')).toHaveText('Refused1');
});

test('members are imported into organizations, through either door', { tag: '@walk' }, async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 50, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const organization = tenant.organizations[0];
  const user = tenant.users.find(
    ({ id, primaryEmail }) =>
      primaryEmail && !tenant.usersByOrganization.get(String(organization?.id))?.has(id),
  );
  const { page } = await start({ tenants: { Members: changeable(server) } });
  await openList(page, 'Organizations');
  const dialog = await openImport(page, 'Import organizations or members…');
  await giveFile(
    page,
    'members.csv',
    `Company,Email,Description,customData.plan,Logo URL\n${organization?.name},${user?.primaryEmail},,pro,\nNowhere,${user?.primaryEmail},Made by a file,,\n`,
  );
  await expect(dialog.getByRole('combobox', { name: 'Field for customData.plan' })).toHaveValue(
    'Custom data: plan',
  );
  await dialog.getByRole('button', { name: 'Review every line' }).click();
  await expect(plan(page).getByTestId('count-refused')).toHaveText('Refused1');
  await expect(plan(page)).toContainText('Nowhere');
  await plan(page).getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByText('Create organizations that do not exist yet').click();
  await dialog.getByRole('button', { name: 'Review every line' }).click();
  await expect(plan(page).getByTestId('count-create')).toHaveText('Create1');
  await expect(plan(page).getByTestId('count-change')).toHaveText('Change2');
  await apply(page, /Done: 3/);
  expect(tenant.organizations.find(({ name }) => name === 'Nowhere')).toMatchObject({
    description: 'Made by a file',
  });
  expect(tenant.organizations.find(({ id }) => id === organization?.id)?.customData).toMatchObject({
    plan: 'pro',
  });
});

test('a plan that a colleague saved is opened, and refused where it is another tenant’s, edited, or out of date', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const user = server.tenant.users.find((one) => one.primaryEmail);
  if (!user) throw new Error('no email');
  const { page } = await start({ tenants: { Reviewed: changeable(server) } });
  const panel = await openUser(page, String(user.primaryEmail));
  await panel.getByRole('button', { name: /^(Suspend|Reactivate)$/ }).click();
  const text = await saved(page, dataDir, 'Save plan as a file');
  await page.keyboard.press('Escape');
  const open = async (content: string) => {
    await front(page).getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Open a plan file for' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a plan file' });
    await giveFile(page, 'suspend.plan.json', content, 'Plan file');
    return dialog;
  };
  const review = page.getByRole('dialog').getByRole('button', { name: 'Review changes' });
  const edited = await open(text.replace('users.suspend', 'users.delete'));
  await expect(edited.getByRole('alert')).toContainText('This is not a valid plan');
  await expect(review).toBeDisabled();
  await giveFile(page, 'suspend.plan.json', text, 'Plan file');
  await expect(edited).toContainText('1 change');
  await expect(edited).toContainText('Reviewed');
  await expectAccessible(page);
  const before = user.isSuspended;
  await review.click();
  await apply(page);
  expect(user.isSuspended).toBe(!before);

  const stale = await open(text);
  await review.click();
  await expect(stale.getByRole('alert')).toContainText('has changed since this plan was made');
  await page.keyboard.press('Escape');
  const other = await simulate({ users: 5, logs: 0, tied: [0, 0] });
  await addChangeable(page, 'Another', other);
  // Until then the tenant before it is in front, and the plan is its own.
  await expect(front(page).getByTestId('rows')).toHaveText('5 rows');
  const foreign = await open(text);
  await review.click();
  await expect(foreign.getByRole('alert')).toContainText('This plan is for another tenant');
});

test('whoever leaves an import is asked about what they chose, and is back where they came from', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 20, logs: 0, tied: [0, 0] });
  const { page } = await start({ tenants: { Left: changeable(server) } });
  const actions = front(page).getByRole('button', { name: 'Actions', exact: true });
  const dialog = page.getByRole('dialog', { name: 'Import a file' });
  const begin = async () => {
    await actions.press('Enter');
    await page.getByRole('menuitem', { name: 'Import users…' }).press('Enter');
    await expect(dialog).toBeVisible();
  };
  await begin();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(actions).toBeFocused();

  await begin();
  await giveFile(page, 'people.csv', 'Mail,Plan\na@import.test,pro\n');
  await dialog.getByRole('combobox', { name: 'Field for Plan' }).click();
  await page.getByRole('option', { name: 'Custom data: Plan', exact: true }).click();
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Discard what you entered?' });
  await expect(question).toContainText('Nothing has been sent.');
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  const clears = dialog.getByRole('checkbox').first();
  await clears.check();
  await dialog.getByRole('button', { name: 'Review every line' }).click();
  await expect(plan(page)).toContainText('Nothing has been sent yet.');
  await page.keyboard.press('Escape');
  await expect(plan(page)).toHaveCount(0);
  // What was chosen is there again.
  await expect(clears).toBeChecked();
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(actions).toBeFocused();

  const add = page.getByRole('button', { name: 'Add a tenant' }).first();
  await add.press('Enter');
  const form = page.getByRole('dialog', { name: 'Add a tenant' });
  await form.getByLabel('Name', { exact: true }).fill('Not to be');
  await page.keyboard.press('Escape');
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(form).toHaveCount(0);
  await expect(add).toBeFocused();
});
