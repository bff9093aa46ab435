import type { Locator } from '@playwright/test';
import { cell, expect, expectAccessible, expectKept, front, openList, openRow, tabs, test } from './desk.ts';

test('a user opens on what matters first, says why they have access, and stays as a page over a restart', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 60, logs: 2_000, tied: [0, 0] });
  const { tenant } = server;
  const isIn = (map: ReadonlyMap<string, ReadonlySet<string>>, id: string) =>
    [...map.values()].some((ids) => ids.has(id));
  const user = tenant.users.find(
    ({ id, name }) => name && isIn(tenant.usersByRole, id) && isIn(tenant.usersByOrganization, id),
  );
  if (!user) throw new Error('nobody has roles and organizations');
  user.isSuspended = true;
  const role = tenant.roles.find(({ id }) => tenant.usersByRole.get(String(id))?.has(user.id));
  const organization = tenant.organizations.find(({ id }) =>
    tenant.usersByOrganization.get(String(id))?.has(user.id),
  );
  const first = await start({ tenants: { Acme: server } });
  const { page } = first;
  await front(page).getByRole('combobox', { name: 'Search users' }).fill(user.id);
  await expect(front(page).getByTestId('rows')).toHaveText('1 row');
  const panel = await openRow(page);
  const section = (name: string) => panel.getByRole('region', { name, exact: true });
  await expect(panel.getByText('Suspended', { exact: true })).toBeVisible();
  await expect(section('Roles')).toContainText(String(role?.name));
  await expect(section('Organizations')).toContainText(String(organization?.name));
  await expect(section('Audit logs').getByRole('listitem').first()).toContainText(
    /\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}/,
  );
  await expectAccessible(page);
  // Ids are written once, in what is not a name.
  await expect(section('Audit logs')).not.toContainText('Interaction.');

  await panel.getByRole('tab', { name: 'Access', exact: true }).click();
  await expect(panel.getByText(/^\d+ permissions? through \d+ roles?\.$/)).toBeVisible();
  await expect(
    panel
      .getByRole('cell')
      .filter({ hasText: String(role?.name) })
      .first(),
  ).toBeVisible();

  // Its width is the operator's.
  const edge = panel.getByRole('separator', { name: 'Width of the panel' });
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  await expectKept(dataDir, ({ panel: width }) => width === 444);

  await panel.getByRole('button', { name: 'Open as page' }).click();
  await expect(tabs(page).locator('li[data-front]')).toHaveText(String(user.name));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(String(user.name));
  await expect(front(page).getByRole('region', { name: 'Roles', exact: true })).toContainText(
    String(role?.name),
  );
  await expect(front(page).getByRole('tablist')).toHaveAttribute('aria-orientation', 'vertical');
  await expectAccessible(page);
  await expectKept(dataDir, ({ tabs: kept }) =>
    kept.some(({ url, names }) => url.endsWith(`/users/${user.id}`) && names),
  );
  await first.quit();
  await server.stop();

  const second = await start();
  await expect(tabs(second.page).locator('li[data-front]')).toHaveText(String(user.name));
});

test('what keeps the parts of a user back is said once, and tried again at once; in a narrow view the user is in front', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 20, logs: 50, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'id')).toHaveText(/\S/);
  server.faults.add({ kind: 'status', status: 500, body: {} }, { times: Number.MAX_SAFE_INTEGER });
  const panel = await openRow(page);
  const section = (name: string) => panel.getByRole('region', { name, exact: true });
  for (const name of ['MFA factors', 'Roles', 'Organizations', 'Audit logs'])
    await expect(section(name)).toContainText('Not read.');
  await expect(panel.getByRole('alert')).toHaveCount(1);
  await expectAccessible(page);
  // As elsewhere: a list's own section says no more than the user above it.
  await panel.getByRole('tab', { name: 'Roles' }).click();
  await expect(panel.getByRole('tabpanel')).toHaveText('Not read.');
  await panel.getByRole('tab', { name: 'Overview' }).click();

  server.faults.clear();
  await panel.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByRole('alert')).toHaveCount(0);
  await expect(panel.getByText('Not read.')).toHaveCount(0);

  // Of a log too, whose lists are of other objects: its user's logs.
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).toHaveText(/\S/);
  server.faults.add({ kind: 'status', status: 500, body: {} }, { times: Number.MAX_SAFE_INTEGER });
  const log = await openRow(page);
  await log.getByRole('tab', { name: 'Of this user' }).click();
  await expect(log.getByRole('tabpanel')).toHaveText('Not read.');
  server.faults.clear();
  await log.getByRole('button', { name: 'Try again' }).click();
  await expect(log.getByRole('tabpanel').getByRole('row').first()).toBeVisible();
  await openList(page, 'Users');
  await openRow(page);

  // Beside another view there is no room for both: the user stands in front of the list, whole.
  await page.setViewportSize({ width: 720, height: 700 });
  const box = async (of: Locator) => (await of.boundingBox()) ?? { x: 0, width: 0 };
  await expect.poll(async () => (await box(panel)).width).toBeGreaterThan(450);
  expect((await box(panel)).width).toBeCloseTo((await box(front(page))).width, 0);
  await panel.getByRole('button', { name: 'Close panel' }).click();
  await expect(cell(page, 0, 'name')).toBeVisible();
});

test('a settings page says whose it is, shows what is set and folds the rest; an empty list says what it is for', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 20, logs: 20, tied: [0, 0] });
  server.tenant.lists.phrases.splice(0);
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).toBeVisible();
  await openList(page, 'Sign-in experience');
  const view = front(page);
  await expect(view.getByRole('region', { name: 'Status' })).toContainText('Acme');
  await expect(view.getByRole('region', { name: 'General' })).toContainText('Sign-in mode');
  // What is one of a few is said in words, also of each part of a list.
  for (const [region, said] of [
    ['MFA', 'Users decide'],
    ['Sign-in methods', 'Username'],
    ['Sign-up', 'Username'],
  ] as const)
    await expect(view.getByRole('region', { name: region, exact: true })).toContainText(said);
  await expect(view.getByText('UserControlled', { exact: true })).toHaveCount(0);
  // A color is seen, too.
  const color = view
    .getByRole('region', { name: 'Colors' })
    .getByText(/^#[0-9a-f]{6}$/i)
    .first();
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec((await color.textContent()) ?? '') ?? [];
  await expect(color.locator('span')).toHaveCSS(
    'background-color',
    `rgb(${[red, green, blue].map((part) => Number.parseInt(part ?? '', 16)).join(', ')})`,
  );
  const more = view.getByRole('button', { name: /^Show \d+ fields that are not set$/ });
  const rows = view.locator('dt');
  const set = await rows.count();
  await more.click();
  await expect(view.getByRole('button', { name: 'Hide fields that are not set' })).toBeVisible();
  expect(await rows.count()).toBeGreaterThan(set);
  await expectAccessible(page);

  await openList(page, 'Custom phrases');
  await expect(view.getByTestId('empty')).toContainText('Your own wording of the sign-in pages');
  await expect(view.getByRole('button', { name: 'Export', exact: true })).toBeDisabled();
  await expect(page.getByText('No Rows To Show')).toHaveCount(0);

  await openList(page, 'OIDC session');
  await expect(view.getByText('14 days')).toHaveAttribute('title', '1209600 s');
});
