import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tenant } from '../src/simulator/tenant.ts';
import { addTenant, cell, expect, expectAccessible, front, openList, test } from './desk.ts';

const nested = (depth: number): unknown => JSON.parse(`${'{"in":'.repeat(depth)}1${'}'.repeat(depth)}`);

/** Rows that a hostile or broken server could send, newest first. */
const hostileUsers: readonly Record<string, unknown>[] = [
  { name: '<img src=x onerror="window.hacked=1">', username: '<script>window.hacked=1</script>' },
  { name: 'admin\u202Egnp.exe', username: 'zero\u200Bwidth' },
  { name: 'M'.repeat(1_000_000), username: 'long' },
  { name: '=HYPERLINK("http://evil.example","x")', username: '+1+1' },
  {
    name: 'proto',
    customData: JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  },
  { name: 'types', createdAt: '1795161926064', isSuspended: 'yes', lastSignInAt: -1e300, hasPassword: 7 },
  { name: null, username: 42, profile: null, identities: null, customData: 'not an object' },
  { name: 'deep', customData: nested(3_000) },
  { name: 'link', avatar: 'javascript:window.hacked=1', profile: { website: 'javascript:window.hacked=1' } },
  { name: 'pixel', avatar: 'https://tracker.example/pixel.gif?user=1' },
  { name: { first: 'an', last: 'object' }, primaryEmail: ['a', 'list'] },
];

const poison = (tenant: Tenant) => {
  const newest = (tenant.users[0]?.createdAt ?? 0) + 1_000_000;
  hostileUsers.toReversed().forEach((fields, at) => {
    tenant.insertUser(newest + at, fields as never);
  });
  tenant.insertLog(newest, 'Some.Unknown.\u202EEvent', {
    result: 'Maybe',
    ip: { v4: 1 },
    userAgent: null,
    userId: '../../etc/passwd',
    error: nested(3_000),
  });
  tenant.insertLog(newest + 1, 'Interaction.End', null as never);
};

test('hostile data is shown as text, and breaks, loads and runs nothing', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 120, logs: 60, tied: [0, 0] });
  // A hostile server gives names that a real one fails on.
  server.failsOn = () => false;
  poison(server.tenant);
  const { page, save } = await start();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('dialog', (dialog) => {
    throw new Error(`A dialog opened: ${dialog.message()}`);
  });
  await addTenant(page, 'Hostile', server);

  await expect(cell(page, 0, 'name')).toHaveText('<img src=x onerror="window.hacked=1">');
  await expect(cell(page, 1, 'name')).toHaveText('admin⟨U+202E⟩gnp.exe');
  await expect(cell(page, 1, 'username')).toHaveText('zero⟨U+200B⟩width');
  expect((await cell(page, 2, 'name').textContent())?.length).toBeLessThan(5_000);
  await expect(cell(page, 5, 'isSuspended')).toHaveText('yes');
  await expect(cell(page, 6, 'username')).toHaveText('42');

  const panel = page.getByRole('complementary', { name: 'User details' });
  for (const row of hostileUsers.keys()) {
    await cell(page, row, 'primaryEmail').click();
    await expect(panel.getByRole('button', { name: 'Copy ID' })).toHaveText(
      String(server.tenant.users[row]?.id),
    );
    await panel.getByRole('tab', { name: 'JSON' }).click();
    await expect(panel.locator('pre').first()).toContainText('"id"');
    await panel.getByRole('tab', { name: 'Fields' }).click();
    expect(await panel.locator('a[href], img, iframe, script').count()).toBe(0);
  }
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  // Sorting and filtering by any column bears whatever stands in it.
  for (const column of ['Name', 'Username', 'Suspended', 'Last sign-in', 'Created']) {
    await page.getByRole('columnheader', { name: new RegExp(`^${column}( \\(|$)`) }).click();
    await expect(front(page).getByTestId('local')).toContainText(`sorted by ${column}`);
    await expect(cell(page, 0, 'id')).toHaveText(/^[a-z0-9]{12}$/);
  }
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByLabel('Value').fill('<img src=x onerror');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(front(page).getByTestId('local')).toContainText('1 row matches');
  await expect(cell(page, 0, 'name')).toHaveText('<img src=x onerror="window.hacked=1">');
  await front(page).getByTestId('local').getByRole('button', { name: 'Clear' }).click();
  await expect(front(page).getByTestId('local')).toHaveCount(0);

  const path = join(dataDir, 'hostile.csv');
  await save(path, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Export/ })
      .click();
  });
  await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  const csv = readFileSync(path, 'utf8');
  // Formulas are defused; everything else is in the file as the server gave it.
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"",""x"")",'+1+1`);
  expect(csv).toContain('admin\u202Egnp.exe');
  expect(csv).toContain('M'.repeat(1_000_000));

  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).toHaveText('Interaction.End');
  await expect(cell(page, 1, 'key')).toHaveText('Some.Unknown.⟨U+202E⟩Event');
  await expect(cell(page, 1, 'payload.result')).toHaveText('Maybe');
  for (const row of [0, 1]) {
    await cell(page, row, 'createdAt').click();
    await expect(page.getByRole('complementary', { name: 'Audit log details' })).toBeVisible();
  }
  await page
    .getByRole('complementary')
    .getByRole('button', { name: /passwd/ })
    .first()
    .click();
  await expect(front(page).getByText('This row is no longer on the server.')).toBeVisible();

  const traces = await page.evaluate(() => ({
    hacked: 'hacked' in window,
    polluted: 'polluted' in {},
    pictures: document.images.length,
  }));
  expect(traces).toEqual({ hacked: false, polluted: false, pictures: 0 });
  const home = new URL(page.url()).hostname;
  expect(asked.filter((url) => !url.startsWith('data:') && new URL(url).hostname !== home)).toEqual([]);
});
