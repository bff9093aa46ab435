import { existsSync } from 'node:fs';
import {
  cell,
  chip,
  choose,
  expect,
  expectAccessible,
  expectKept,
  front,
  openDemo,
  openList,
  scrollTo,
  test,
} from './desk.ts';

test('from the first start to the demo tenant, to the end of its users, to a row and what is nested under it', {
  tag: '@walk',
}, async ({ start, dataDir }) => {
  const { page, clipboard } = await start();
  await expect(page.getByRole('heading', { name: 'Logto Desk' })).toBeVisible();
  await expectAccessible(page, undefined, { hasContrast: true });
  await openDemo(page);
  await expect(front(page).getByTestId('rows')).toHaveText('20,000 rows');
  await expectAccessible(page);

  await scrollTo(page, 1);
  await expect(cell(page, 19_999, 'name')).toBeVisible();
  await expect(front(page).getByTestId('loaded')).toHaveText('200 loaded');

  await cell(page, 19_995, 'name').click();
  const panel = page.getByRole('complementary', { name: 'User details' });
  await expect(panel.getByRole('heading', { level: 2 })).toBeVisible();
  await expect(panel.getByText('Last sign-in')).toBeVisible();
  await expectAccessible(page, undefined, { hasContrast: true });

  await panel.getByRole('tab', { name: 'Audit logs' }).click();
  await expect(panel.getByText(/of \d/)).toBeVisible();
  await panel.getByRole('tab', { name: 'JSON' }).click();
  await expect(panel.getByText('"primaryEmail"')).toBeVisible();
  await panel.getByRole('button', { name: 'Copy JSON' }).click();
  await expect.poll(clipboard).toMatch(/^\{/);
  expect(JSON.parse(await clipboard())).toHaveProperty('isSuspended');
  // Version and places are told in every door.
  await page.getByRole('button', { name: 'About', exact: true }).click();
  await expect(page.getByText(/^Logto Desk \d+\.\d+\.\d+$/)).toBeVisible();
  await expect(page.getByText(`Data folder: ${dataDir}`)).toBeVisible();
  const [, log = ''] =
    /Log file: (\S+)/.exec((await page.getByText(/^Log file: /).textContent()) ?? '') ?? [];
  expect(existsSync(log)).toBe(true);
  await page.keyboard.press('Escape');
  await expect(page.getByText(/^Log file: /)).toHaveCount(0);
});

test('a role leads to its users, a user to its organization, a log to its user and application', async ({
  start,
}) => {
  const { page } = await start();
  await openDemo(page);
  await openList(page, 'Roles');
  await expect(front(page).getByTestId('rows')).toHaveText('45 rows');
  await cell(page, 3, 'name').click();
  const role = page.getByRole('complementary', { name: 'Role details' });
  await role.getByRole('tab', { name: 'Permissions' }).click();
  await expect(
    role.getByText(/:orders|:catalog|:payments|:shipping|:loyalty|:reports|:media|:messaging/).first(),
  ).toBeVisible();
  // A role of users cannot have applications.
  await expect(role.getByRole('tab', { name: 'Applications' })).toHaveCount(0);
  await role.getByRole('tab', { name: 'Users' }).click();
  await expect(role.getByText(/100 of \d+/)).toBeVisible();
  await role.getByRole('button', { name: 'Open as a list' }).click();
  await expect(page.getByRole('navigation', { name: 'Open views' }).locator('li[data-front]')).toContainText(
    'Users of',
  );
  await expect(cell(page, 0, 'name')).toBeVisible();

  await openList(page, 'Audit logs');
  const user = cell(page, 0, 'payload.userId').getByRole('button');
  // Until the name comes, the ID stands there; the panel begins with the name.
  await expect(user).not.toHaveText(/^[a-z0-9]{12}$/);
  const name = (await user.textContent()) ?? '';
  await user.click();
  await expect(
    page.getByRole('complementary', { name: 'User details' }).getByText(name).first(),
  ).toBeVisible();
  await openList(page, 'Audit logs');
  await cell(page, 0, 'key').click();
  const log = page.getByRole('complementary', { name: 'Audit log details' });
  await expect(log.getByText('User agent')).toBeVisible();
  await log.getByRole('button', { name: /^Open Application/ }).click();
  const application = page.getByRole('complementary', { name: 'Application details' });
  await application.getByRole('tab', { name: 'JSON' }).click();
  await expect(application.getByText('Secrets are masked.')).toBeVisible();
  await expect(application.getByText('sim-app-secret')).toHaveCount(0);
  await expectAccessible(page);
});

test('the grid answers to the keyboard alone', async ({ start }) => {
  const { page } = await start();
  await openDemo(page);
  await cell(page, 0, 'name').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'User details' });
  const nameOf = async (row: number) => (await cell(page, row, 'name').textContent()) ?? '';
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(await nameOf(2));
  // The panel follows the keyboard.
  await page.keyboard.press('ArrowDown');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(await nameOf(3));
  // The open row stays marked, and closing the panel leaves the keyboard where it was.
  await expect(cell(page, 3, 'primaryEmail')).toHaveClass(/open/);
  await expect(cell(page, 2, 'primaryEmail')).not.toHaveClass(/open/);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(cell(page, 3, 'name')).toBeFocused();
  // The focus goes along, in its column.
  await page.keyboard.press('Control+End');
  await expect(cell(page, 19_999, 'name')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, 19_998, 'name')).toBeFocused();
  await page.keyboard.press('Control+Home');
  await expect(cell(page, 0, 'name')).toBeFocused();
  await page.keyboard.press('End');
  await expect(cell(page, 19_999, 'name')).toBeVisible();
  await page.keyboard.press('Home');
  await expect(cell(page, 0, 'name')).toBeVisible();
  await page.keyboard.press('PageDown');
  await expect(cell(page, 20, 'name')).toBeVisible();
});

test('filters are the API’s own, and their state is part of the view', async ({ start }) => {
  const { page } = await start();
  await openDemo(page);
  await page.getByRole('combobox', { name: 'Search users' }).fill('minjun_kim1');
  await expect(front(page).getByTestId('rows')).toHaveText(/^\d{1,3} rows$/);
  await expect(cell(page, 0, 'username')).toContainText('minjun_kim1');
  await page.getByRole('combobox', { name: 'Search users' }).fill('100%_nobody');
  await expect(front(page).getByText('No rows match')).toBeVisible();
  await expectAccessible(page);
  await front(page).getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(front(page).getByTestId('rows')).toHaveText('20,000 rows');

  await openList(page, 'Roles');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Type');
  await choose(page, 'Value', 'Machine-to-machine');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(chip(page, 'Type is “Machine-to-machine”')).toHaveAttribute('data-asked', 'true');
  await expect(front(page).getByTestId('rows')).toHaveText('9 rows');
  // In words, and as the server has it for whoever rests on it.
  await expect(cell(page, 0, 'type').locator('[title="MachineToMachine"]')).toHaveText('Machine-to-machine');

  // Values in words are found by them; what is typed once a column was chosen is its value.
  await openList(page, 'Email templates');
  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Type');
  await expect(page.getByRole('combobox', { name: 'Value' })).toBeFocused();
  await page.keyboard.type('password r');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(chip(page, 'Type is “Password reset”')).toBeVisible();
  await expect(cell(page, 0, 'templateType').locator('[title="ForgotPassword"]')).toHaveText(
    'Password reset',
  );

  await openList(page, 'Audit logs');
  await front(page).getByRole('combobox', { name: 'Filter audit logs' }).fill('RevokeToken');
  await page.keyboard.press('Enter');
  await expect(chip(page, 'Event is “RevokeToken”')).toHaveAttribute('data-asked', 'true');
  await expect(cell(page, 0, 'key')).toHaveText('RevokeToken');
  await expect(cell(page, 5, 'key')).toHaveText('RevokeToken');
  await front(page).getByRole('combobox', { name: 'Time' }).click();
  await page.getByRole('option', { name: 'Last hour' }).click();
  await expect(front(page).getByText('No rows match')).toBeVisible();
});

test('columns are picked, and stay picked and sized after a restart', async ({ start, dataDir }) => {
  const first = await start();
  await openDemo(first.page);
  await first.page.getByRole('button', { name: 'Columns' }).click();
  await first.page.getByRole('checkbox', { name: 'Phone' }).uncheck();
  await first.page.getByRole('checkbox', { name: 'Updated' }).check();
  // What the rows have beyond the catalogue is a column too.
  await first.page.getByRole('textbox', { name: 'Find a column' }).fill('plan');
  await first.page.getByRole('checkbox', { name: 'customData.plan' }).check();
  await expect(first.page.getByRole('columnheader', { name: 'customData.plan' })).toBeInViewport();
  await expectAccessible(first.page);
  await first.page.keyboard.press('Escape');
  await expect(first.page.getByRole('columnheader', { name: 'Phone' })).toHaveCount(0);
  await front(first.page)
    .locator('.ag-body-horizontal-scroll-viewport')
    .evaluate((element) => element.scrollTo({ left: 0 }));
  const handle = first.page.getByRole('columnheader', { name: 'Username' }).locator('.ag-header-cell-resize');
  // Hovering waits until the header, which follows the scrolled rows, stands still.
  await handle.hover();
  const box = await handle.boundingBox();
  if (!box) throw new Error('The column has no handle');
  await first.page.mouse.down();
  await first.page.mouse.move(box.x + box.width / 2 + 90, box.y + 10, { steps: 5 });
  await first.page.mouse.up();
  const widthIn = async (page: typeof first.page) =>
    (await page.getByRole('columnheader', { name: 'Username' }).boundingBox())?.width ?? 0;
  const width = await widthIn(first.page);
  expect(width).toBeGreaterThan(220);
  await expectKept(dataDir, ({ columns }) =>
    columns.users?.some((column) => column.width === Math.round(width)),
  );
  await first.quit();

  const { page } = await start();
  await expect(cell(page, 0, 'name')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Phone' })).toHaveCount(0);
  expect(await widthIn(page)).toBeCloseTo(width, 0);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('textbox', { name: 'Find a column' }).fill('plan');
  await expect(page.getByRole('checkbox', { name: 'customData.plan' })).toBeChecked();
  await page.getByRole('button', { name: 'Reset columns' }).click();
  await expect(page.getByRole('checkbox', { name: 'customData.plan' })).not.toBeChecked();
  const row = front(page).locator('.ag-row[row-index="0"] [col-id="createdAt"]');
  await expect(row).not.toContainText(' ago');
  await page.getByRole('checkbox', { name: /^Times from now/ }).check();
  await expect(row).toContainText(/\d+ \w+ ago/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('columnheader', { name: 'Phone' })).toHaveCount(1);
});
