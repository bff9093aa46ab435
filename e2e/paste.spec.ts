import { readFile } from 'node:fs/promises';
import { cell, chip, choose, expect, expectAccessible, front, openDemo, test } from './desk.ts';

test('a list from a ticket is pasted: who is there, who is suspended, who is not, and both go home', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 300, logs: 5, tied: [0, 0] });
  const asked = server.tenant.users.filter(({ primaryEmail }) => primaryEmail).slice(0, 120);
  const suspended = asked.filter(({ isSuspended }) => isSuspended).length;
  const missing = ['nobody@ticket.example', 'no.such.name'];
  const list = [...asked.map(({ primaryEmail }) => String(primaryEmail).toUpperCase()), ...missing].join(
    '\r\n',
  );
  const { page } = await start({ tenants: { Ticket: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();

  // Pasted into the search box it is a list, not words.
  await page.evaluate((text) => navigator.clipboard.writeText(text), list);
  await front(page).getByRole('combobox', { name: 'Search users' }).focus();
  await page.keyboard.press('ControlOrMeta+v');
  const dialog = page.getByRole('dialog');
  const result = dialog.getByTestId('pasted');
  await expect(result).toContainText('120 of 122 found');
  expect(suspended).toBeGreaterThan(0);
  await expect(result).toContainText(`${suspended} user`);
  const known = result.getByRole('region', { name: '120 found' }).getByRole('listitem');
  for (let at = 0; at < suspended; at += 1) await expect(known.nth(at)).toContainText('suspended');
  const lost = result.getByRole('region', { name: '2 not found' });
  for (const text of missing) await expect(lost).toContainText(text);
  await expectAccessible(page);

  const path = `${dataDir}/not-found.txt`;
  const download = page.waitForEvent('download');
  await result.getByRole('button', { name: 'Save those not found' }).click();
  await (await download).saveAs(path);
  expect(await readFile(path, 'utf8')).toBe(`${missing.join('\n')}\n`);

  await result.getByRole('button', { name: 'Show the 120 users' }).click();
  await expect(front(page).getByTestId('rows')).toHaveText('120 rows');
  await page.reload();
  await expect(front(page).getByTestId('rows')).toHaveText('120 rows');
});

test('a mistake in the search line is shown at its column, and rows are not shown as its answer', async ({
  start,
}) => {
  const { page } = await start();
  await openDemo(page);
  const box = front(page).getByRole('combobox', { name: 'Search users' });
  const mistake = front(page).getByTestId('mistake');
  await box.fill('name:~"kim" nmae:~"lee"');
  await page.keyboard.press('Enter');
  await expect(mistake).toContainText('Column 13');
  await expect(mistake).toContainText(`${' '.repeat(12)}^`);
  // Nor do numbers below tell of them.
  await expect(front(page).getByTestId('rows')).toHaveText('');
  await expect(front(page).getByTestId('loaded')).toHaveCount(0);
  await expectAccessible(page);
  await box.fill('name:~"kim" and email:~"corp"');
  await page.keyboard.press('Enter');
  await expect(mistake).toHaveCount(0);
  // A name that nobody has is a mistake, too; what could come next does not stand over what is said.
  await box.fill('in-role:"suport"');
  await page.keyboard.press('Enter');
  await expect(mistake).toContainText('Column 10: nothing in "roles" is named "suport"');
  await expect(mistake).toContainText('did you mean "support"?');
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await box.fill('in-role:"support"');
  await page.keyboard.press('Enter');
  await expect(mistake).toHaveCount(0);
  await front(page).getByRole('button', { name: 'Advanced search' }).click();
  await expect(page.getByText(/^GET \/api\/roles\/(?!support)\w{12,}\/users$/)).toBeVisible();
  await page.keyboard.press('Escape');
  // Without Enter it shows after a pause, and goes when the line is cleared.
  await box.fill('name:~"kim" or');
  await expect(mistake).toContainText('a condition is missing here');
  await front(page).getByRole('button', { name: 'Clear filters' }).first().click();
  await expect(mistake).toHaveCount(0);
  await expect(front(page).getByTestId('rows')).toHaveText('20,000 rows');
});

test('Enter that ends a composition does not search', async ({ start }) => {
  const { page } = await start();
  await openDemo(page);
  const box = front(page).getByRole('combobox', { name: 'Search users' });
  await box.focus();
  const input = await page.context().newCDPSession(page);
  await input.send('Input.imeSetComposition', { text: '김민', selectionStart: 2, selectionEnd: 2 });
  await input.send('Input.dispatchKeyEvent', {
    type: 'rawKeyDown',
    key: 'Enter',
    windowsVirtualKeyCode: 229,
  });
  // Half a word is not asked for, neither at once nor after a pause.
  await page.waitForTimeout(900);
  await expect(front(page).getByTestId('rows')).toHaveText('20,000 rows');
  await input.send('Input.insertText', { text: '김민준' });
  await expect(box).toHaveValue('김민준');
  await expect(front(page).getByTestId('rows')).not.toHaveText('20,000 rows');
});

test('a condition is entered as its column wants it: yes or no, an option, a name, a day', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 300, logs: 400, tied: [0, 0] });
  const [application] = server.tenant.applications;
  const { page } = await start({ tenants: { Typed: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const bar = front(page).getByTestId('local');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Suspended');
  await choose(page, 'Value', 'Yes');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(chip(page, 'Suspended is Yes')).toHaveAttribute('data-asked', 'false');
  const suspended = server.tenant.users.filter(({ isSuspended }) => isSuspended).length;
  await expect(bar).toContainText(`${suspended} row`);
  await expect(bar).toContainText('in all 300 rows');

  await page
    .getByRole('navigation', { name: 'Lists' })
    .getByRole('button', { name: 'Audit logs', exact: true })
    .click();
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  await front(page).getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Application');
  await page.getByRole('combobox', { name: 'Comparison' }).click();
  await expect(page.getByRole('option')).toHaveText(['is', 'is not', 'has a value', 'is empty']);
  await page.keyboard.press('Escape');
  await choose(page, 'Value', String(application?.name));
  await page.getByRole('button', { name: 'Apply' }).click();
  // An application is what the server filters by.
  await expect(chip(page, `Application is “${application?.name}”`)).toHaveAttribute('data-asked', 'true');

  await front(page).getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Time');
  await choose(page, 'Comparison', 'is');
  await page.getByRole('textbox', { name: 'Value' }).fill('the day before');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Enter a date or time, e.g.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Value' }).fill('yesterday');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(front(page).getByRole('combobox', { name: 'Time' })).toHaveValue('Yesterday');
});
