import type { Locator, Page } from '@playwright/test';
import { adminRoleName } from '../src/simulator/tenant-rows.ts';
import { moreAction, openUser, plan } from './changes.ts';
import { expect, front, goodApp, openList, openRow, test } from './desk.ts';
import { changeable } from './kept-tenants.ts';

/** What a plan says of a guard that stands in its way; where the guard may be overridden, that takes its own tick. */
const expectRefused = async (page: Page, words: RegExp | string) => {
  await expect(plan(page)).toContainText(words);
  const submit = plan(page).getByRole('button', { name: 'Nothing to apply' });
  await expect(submit).toBeDisabled();
  const guards = plan(page).getByRole('group', { name: 'Refused by a guard' });
  await guards.getByRole('checkbox', { name: /^Plan anyway/ }).check();
  await guards.getByRole('button', { name: 'Plan again without these guards' }).click();
  await expect(plan(page)).toContainText('This plan overrides guards');
  await expect(plan(page).getByRole('button', { name: 'Unlock this tenant to apply' })).toBeVisible();
  await plan(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(plan(page)).toHaveCount(0);
};

/** Opens the panel of the one row that is found by its name. */
const openNamed = async (page: Page, list: string, row: Readonly<Record<string, unknown>> | undefined) => {
  await openList(page, list);
  await front(page)
    .getByRole('textbox', { name: `Search ${list.toLowerCase()}` })
    .fill(String(row?.name));
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('rows')).toHaveText('1 row');
  return openRow(page);
};

/** Discards what is edited in the panel, or on a page. */
const discard = async (page: Page, within: Locator) => {
  await within.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(within.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
};

/** Discards what was entered into a dialog. */
const leave = async (page: Page) => {
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
};

const sentOf = (seen: readonly { method: string; path: string }[]) =>
  seen.filter(({ method, path }) => method !== 'GET' && path !== '/oidc/token');

test('what a user’s guards refuse in the window: the last identifier, a script, a name too long, a NUL, a weak password, the last role', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const user = tenant.users.find(({ primaryEmail }) => primaryEmail);
  if (!user) throw new Error('no email');
  Object.assign(user, { username: null, primaryPhone: null, identities: {} });
  const role = tenant.roles.find(({ type }) => type === 'User');
  if (!role) throw new Error('no role');
  for (const holders of tenant.usersByRole.values()) holders.delete(user.id);
  tenant.usersByRole.get(String(role.id))?.add(user.id);
  const { page } = await start({ tenants: { Guards: changeable(server) } });
  const panel = await openUser(page, String(user.primaryEmail));
  const edit = async (field: string, value: string) => {
    await panel.getByRole('button', { name: 'Edit', exact: true }).click();
    await panel.getByRole('textbox', { name: field, exact: true }).fill(value);
  };
  const review = () => panel.getByRole('button', { name: 'Review changes' }).click();

  await edit('Email', '');
  await review();
  await expectRefused(page, 'This is the user’s last way to sign in.');
  await discard(page, panel);
  // Of these the form says it before anything is planned; who reviews it all the same can override it there.
  for (const [field, value, words, refused] of [
    ['Avatar URL', 'javascript:alert(1)', 'This address would run a script.', 'would run a script'],
    ['Name', '😀'.repeat(65), '130 of at most 128 characters', 'The value is too long'],
    [
      'Custom data',
      '{"a":"\\u0000"}',
      'The value contains a NUL character',
      'The value contains a NUL character',
    ],
  ] as const) {
    await edit(field, value);
    await expect(panel).toContainText(words);
    await review();
    await expectRefused(page, refused);
    await expect(plan(page)).toHaveCount(0);
    await discard(page, panel);
  }

  await moreAction(page, 'Set password');
  const dialog = page.getByRole('dialog', { name: /^Set password/ });
  await dialog.getByLabel('Password', { exact: true }).fill('a');
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  await expectRefused(page, 'The tenant’s password policy does not allow this password');
  await leave(page);
  await moreAction(page, 'Remove roles');
  const roles = page.getByRole('dialog', { name: /^Remove roles/ });
  await roles.getByRole('combobox', { name: 'Roles' }).click();
  await page.getByRole('option', { name: String(role.name), exact: true }).click();
  await roles.getByRole('button', { name: 'Review changes' }).click();
  await expectRefused(page, /Nothing would be left in this list/);
  await leave(page);
  expect(sentOf(server.seen)).toEqual([]);
});

test('what a tenant’s guards refuse in the window: its own application, a built-in role, what is in use, the Management API, the last way to sign in', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const admin = tenant.roles.find(({ name }) => name === adminRoleName);
  const organizationRole = tenant.lists.organizationRoles.find(({ type }) => type !== 'MachineToMachine');
  const organization = [...tenant.usersByOrganization].find(([, members]) => members.size > 0)?.[0];
  if (!admin || !organizationRole || !organization) throw new Error('the tenant lacks what is tried');
  const { page } = await start({ tenants: { Guards: changeable(server) } });

  await openNamed(
    page,
    'Applications',
    tenant.applications.find(({ id }) => id === goodApp.appId),
  );
  await moreAction(page, 'Delete application');
  await expectRefused(page, 'This is the app Logto Desk itself signs in with');

  const role = await openNamed(page, 'Roles', admin);
  await role.getByRole('button', { name: 'Edit', exact: true }).click();
  await role.getByRole('textbox', { name: 'Name', exact: true }).fill('Nobody');
  await role.getByRole('button', { name: 'Review changes' }).click();
  await expectRefused(page, 'This role is built into Logto');
  await discard(page, role);

  await openNamed(
    page,
    'Organizations',
    tenant.organizations.find(({ id }) => id === organization),
  );
  await moreAction(page, 'Delete organization');
  await expectRefused(page, 'It is in use');

  await openNamed(page, 'Organization roles', organizationRole);
  await moreAction(page, 'Add API permissions');
  const dialog = page.getByRole('dialog', { name: /^Add API permissions/ });
  await dialog.getByRole('combobox').first().fill('all');
  await page.getByRole('option', { name: 'all', exact: true }).click();
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  await expectRefused(page, 'Permissions of the Management API do not belong in this role.');
  await leave(page);

  await openList(page, 'Sign-in experience');
  const experience = front(page);
  await experience.getByRole('button', { name: 'Edit', exact: true }).click();
  await experience.getByRole('textbox', { name: 'Sign-in methods', exact: true }).fill('{"methods":[]}');
  await experience.getByRole('button', { name: 'Review changes' }).click();
  await expectRefused(page, 'Nobody could sign in anymore.');
  expect(sentOf(server.seen)).toEqual([]);
});

test('what is refused in the window of this app’s own secret and role, and of a set that the server fails on', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const user = tenant.users.find(({ primaryEmail }) => primaryEmail);
  const own = [...tenant.appsByRole].find(([, apps]) => apps.has(goodApp.appId))?.[0];
  const another = tenant.roles.find(({ id, type }) => type === 'MachineToMachine' && id !== own);
  const role = tenant.roles.find(({ type, name }) => type === 'User' && !String(name).startsWith('#'));
  const ownRole = tenant.roles.find(({ id }) => id === own);
  const app = tenant.applications.find(({ id }) => id === goodApp.appId);
  const secrets = app ? tenant.parts.secrets.of(goodApp.appId, app) : [];
  const [secret] = secrets;
  if (!user || !ownRole || !another || !role || !secret) throw new Error('the tenant lacks what is tried');
  // Not its last ones: that is another guard's.
  tenant.parts.secrets.set(goodApp.appId, [...secrets, { ...secret, name: 'Another one' }]);
  tenant.appsByRole.set(String(another.id), new Set([goodApp.appId]));
  const { page } = await start({ tenants: { Guards: changeable(server) } });
  const choose = async (action: string, name: string) => {
    await moreAction(page, action);
    const dialog = page.getByRole('dialog', { name: new RegExp(`^${action}`) });
    await dialog.getByRole('combobox').first().click();
    await page.getByRole('option', { name, exact: true }).first().click();
    await dialog.getByRole('button', { name: 'Review changes' }).click();
  };

  await openNamed(page, 'Applications', app);
  await choose('Delete secrets', String(secret.name));
  await expectRefused(page, 'This is the app Logto Desk itself signs in with');
  await leave(page);
  await choose('Remove roles', String(ownRole.name));
  await expectRefused(page, 'This is the app Logto Desk itself signs in with');
  await leave(page);

  await openList(page, 'Users');
  await openUser(page, String(user.primaryEmail));
  server.faults.add({ kind: 'status', status: 500 }, { on: `/api/users/${user.id}/roles`, times: 100 });
  await choose('Add roles', String(role.name));
  await expectRefused(page, 'Rows may be missing');
  await leave(page);
  expect(sentOf(server.seen)).toEqual([]);
});
