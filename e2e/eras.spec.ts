import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isFull } from '../src/doors/full.ts';
import {
  cell,
  chip,
  choose,
  copyTenant,
  enterTenant,
  expect,
  expectAccessible,
  front,
  goodApp,
  openList,
  scrollTo,
  test,
} from './desk.ts';

const hourMs = 3_600_000;

const momentsUpTo = (now: number) => [
  ...Array.from({ length: 150 }, (_, n) => now - 60_000 - n * 10_000),
  ...Array.from({ length: 500 }, (_, n) => now - 30 * hourMs - n * 1_000),
];

/** A tenant whose server is older than the one this program was written against: nothing false, and nothing that ends. */
test('Logto 1.30: lists that it lacks are said to be unavailable, before they are opened and after', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ era: '1.30', users: 120, logs: 10, tied: [0, 0] });
  const { page } = await start({ tenants: { Old: server } });
  const lists = page.getByRole('navigation', { name: 'Lists' });
  const lacked = lists.getByRole('button', { name: 'Profile fields', exact: true });
  await expect(lacked).toHaveAttribute('title', 'Not available on this tenant');
  await lacked.click();
  await expect(front(page).getByText('Not available on this tenant')).toBeVisible();
  await expectAccessible(page);
});

/** The palette knows what each tenant lacks, and searches the copy of one whose logs have no times to ask for. */
for (const era of isFull ? (['1.30', '1.41'] as const) : (['1.30'] as const))
  test(`Logto ${era}: the palette says what is unavailable, and finds rows of the copy`, async ({
    start,
    simulate,
  }) => {
    const server = await simulate({ era, users: 120, logs: 230, tied: [0, 0] });
    const { page } = await start({ tenants: { Old: server } });
    const lacked = { '1.30': 'Profile fields', '1.41': 'Actions' }[era];
    const lists = page.getByRole('navigation', { name: 'Lists' });
    await expect(lists.getByRole('button', { name: lacked, exact: true })).toHaveAttribute(
      'title',
      'Not available on this tenant',
    );
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Go to…' });
    const typed = palette.getByRole('combobox', { name: /^Go to a user/ });
    await typed.fill(lacked);
    await expect(palette.getByRole('option', { name: `Open ${lacked}` })).toContainText(
      'Old: not available on this tenant',
    );
    await typed.fill('Audit logs');
    await expect(palette.getByRole('option', { name: 'Open Audit logs' })).not.toContainText('not available');
    await typed.fill(lacked);
    await palette.getByRole('option', { name: `Open ${lacked}` }).click();
    await expect(front(page).getByText('Not available on this tenant')).toBeVisible();

    await openList(page, 'Users');
    await copyTenant(page);
    const user = server.tenant.users.find(({ primaryEmail }) => primaryEmail);
    await page.keyboard.press('Control+k');
    await typed.fill(String(user?.primaryEmail));
    await palette
      .getByRole('option', { name: /User · Old/ })
      .first()
      .click();
    await expect(front(page).getByRole('complementary')).toContainText(String(user?.id));
    // A log is found by what only it has, the oldest one, too.
    await page.keyboard.press('Control+k');
    await typed.fill(server.tenant.logs.row(229).id);
    await palette
      .getByRole('option', { name: /log · Old/i })
      .first()
      .click();
    await expect(front(page).getByRole('complementary')).toContainText(server.tenant.logs.row(229).id);
  });

test('Logto 1.30: a connection test says what is lacking in sight, also in a low window', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ era: '1.30', users: 20, logs: 10, tied: [0, 0] });
  const { page } = await start({ view: { viewport: { width: 1000, height: 700 } } });
  await page.getByRole('button', { name: 'Add a tenant' }).first().click();
  await enterTenant(page, { name: 'Old', endpoint: server.endpoint, ...goodApp });
  await page.getByRole('button', { name: 'Test connection' }).click();
  const notes = page.getByRole('list', { name: 'What this server supports' }).getByRole('listitem');
  await expect(notes.last()).toContainText('lists are not available');
  // The dialog's buttons stand over the end of what scrolls.
  const bottomOf = async () => {
    const box = await notes.last().boundingBox();
    return (box?.y ?? 0) + (box?.height ?? 0);
  };
  const buttons = await page.getByRole('button', { name: 'Test again' }).boundingBox();
  await expect.poll(bottomOf).toBeLessThanOrEqual(buttons?.y ?? 0);
});

test('Logto 1.30: how old a list is stands whole in a narrow window, whatever else is said', async ({
  start,
  simulate,
}) => {
  const server = await simulate({
    era: '1.30',
    users: 20,
    logMoments: momentsUpTo(Date.now()),
    tied: [0, 0],
  });
  const { page } = await start({ view: { viewport: { width: 853, height: 533 } }, tenants: { Old: server } });
  await openList(page, 'Audit logs');
  await choose(page, 'Time', 'Last 24 hours');
  await expect(front(page).getByTestId('by-position')).toBeVisible();
  await front(page).locator('.ag-row[row-index="0"] .ag-selection-checkbox').click();
  await expect(front(page)).toContainText('1 selected');
  const age = await front(page).getByTestId('age').boundingBox();
  expect((age?.x ?? 853) + (age?.width ?? 0)).toBeLessThanOrEqual(853);
});

test('Logto 1.30: logs of a time are found by position, new ones counted, and exported with proof', async ({
  start,
  simulate,
  dataDir,
}) => {
  const now = Date.now();
  const server = await simulate({ era: '1.30', users: 120, logMoments: momentsUpTo(now), tied: [0, 0] });
  const { page, save } = await start({ tenants: { Old: server } });
  await openList(page, 'Audit logs');
  await expect(front(page).getByTestId('rows')).toHaveText('650 rows');
  await expect(front(page).getByTestId('by-position')).toHaveCount(0);
  await choose(page, 'Time', 'Last 24 hours');
  await expect(front(page).getByTestId('rows')).toHaveText('150 rows');
  await expect(front(page).getByTestId('by-position')).toHaveText('Time by position');
  await scrollTo(page, 1);
  await expect(cell(page, 149, 'key')).toHaveText(server.tenant.logs.row(149).key);

  server.tenant.insertLog(now - 30_000, 'Interaction.End');
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible({ timeout: 25_000 });

  const path = join(dataDir, 'logs.ndjson');
  await save(path, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('radio', { name: /^NDJSON/ }).check();
    await page.getByRole('button', { name: /^Export and|^Export…/ }).click();
  });
  const job = page.getByTestId('job');
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await expect(job).toContainText('Complete');
  expect(readFileSync(path, 'utf8').split('\n').filter(Boolean)).toHaveLength(150);

  // A name that belongs to no row is refused.
  const [{ id, name } = { id: '', name: '' }] = server.tenant.applications;
  const line = front(page).getByRole('combobox', { name: 'Filter audit logs' });
  await line.fill('application: Nobody at all');
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('mistake')).toContainText('is named "Nobody at all"');
  await line.fill(`application: ${name}`);
  await page.keyboard.press('Enter');
  await expect(chip(page, `Application is “${name}”`)).toHaveCount(1);
  await choose(page, 'Time', 'Any time');
  const logs = Array.from({ length: 650 }, (_, at) => server.tenant.logs.row(at));
  const own = logs.filter(({ payload }) => payload.applicationId === id).length;
  expect(own).toBeGreaterThan(1);
  await expect(front(page).getByTestId('rows')).toHaveText(`${own} rows`);
});
