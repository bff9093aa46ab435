import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sized } from '../src/doors/full.ts';
import { addChangeable, apply, chip, moreAction, openUser, plan, rolesBox } from './changes.ts';
import {
  expect,
  expectAccessible,
  front,
  holdBack,
  openDemo,
  openJobs,
  openList,
  openRow,
  test,
} from './desk.ts';
import { changeable } from './kept-tenants.ts';

test('a suspended user is let in again: reactivated, the email mended, a role added, sessions revoked; each is seen first, and undone', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 60, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const user = tenant.users.find((one) => one.primaryEmail && one.isSuspended && one.lastSignInAt !== null);
  if (!user?.primaryEmail) throw new Error('nobody who signed in is suspended');
  const email = String(user.primaryEmail);
  // By hand, as on an operator's first day.
  const { page } = await start();
  await addChangeable(page, 'Job ten', server);
  await expect(chip(page)).toHaveText(/^Locked/);
  const panel = await openUser(page, email);

  await panel.getByRole('button', { name: 'Reactivate' }).click();
  await expect(plan(page)).toContainText('Nothing has been sent yet.');
  await expect(plan(page).locator('[data-field="isSuspended"]')).toHaveText(['Yes', 'No']);
  await expectAccessible(page);
  expect(user.isSuspended).toBe(true);
  await apply(page);
  expect(user.isSuspended).toBe(false);
  await expect(chip(page)).toHaveText(/^Unlocked1[45]:/);

  await panel.getByRole('button', { name: 'Edit', exact: true }).click();
  const field = panel.getByRole('textbox', { name: 'Email', exact: true });
  await expect(field).toHaveValue(email);
  await field.fill('kim@');
  await expect(panel).toContainText('Must be an email address');
  await expect(panel.getByRole('status')).toHaveText('1 edited field');
  // Nothing is asked of what is wrong: one is led there.
  await panel.getByRole('button', { name: 'Review changes' }).click();
  await expect(field).toBeFocused();
  await field.fill('kim@mended.test');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Keep editing' }).click();
  await expectAccessible(page, undefined, { hasContrast: true });
  await panel.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page).locator('[data-field="primaryEmail"]')).toHaveText([email, 'kim@mended.test']);
  await apply(page);
  expect(user.primaryEmail).toBe('kim@mended.test');
  await expect(panel).toContainText('kim@mended.test');

  const role = tenant.roles.find(
    ({ id, type }) => type === 'User' && !tenant.usersByRole.get(String(id))?.has(user.id),
  );
  if (!role) throw new Error('no role is left');
  await moreAction(page, 'Add roles');
  const dialog = page.getByRole('dialog', { name: /^Add roles/ });
  // What is pressed stays there when the server answers for what was typed, and is chosen: a name more is of that answer.
  const answer = holdBack(server, ({ query }) => query.has('search'));
  await rolesBox(dialog).click();
  const choice = page.getByRole('option', { name: String(role.name), exact: true });
  await expect(choice).toBeVisible();
  await rolesBox(dialog).fill(String(role.name));
  await choice.hover();
  await page.mouse.down();
  tenant.roles.unshift({ ...role, id: 'found-later', name: `${role.name} of later` });
  answer();
  await expect(page.getByRole('option', { name: `${role.name} of later` })).toBeVisible();
  await page.mouse.up();
  tenant.roles.shift();
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page).locator('[data-field="roleIds"]')).toHaveText(['others stay', String(role.name)]);
  await apply(page);
  // The form is gone, and the focus where it came from; what is above the panel closes alone.
  await expect(panel.getByRole('button', { name: 'More actions' })).toBeFocused();
  await panel.getByRole('button', { name: 'More actions' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(panel).toBeVisible();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog')).toContainText('Keyboard shortcuts');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(tenant.usersByRole.get(String(role.id))?.has(user.id)).toBe(true);

  const [session] = tenant.parts.sessions.of(user.id, user) as { payload: { uid: string } }[];
  expect(session).toBeDefined();
  // What has no name is offered by its time and application.
  const [grant] = tenant.parts.grants.of(user.id, user) as { application: { name: string } }[];
  await moreAction(page, 'Revoke application grants');
  await page.getByRole('dialog').getByRole('combobox').first().click();
  await expect(page.getByRole('option').first()).toContainText(`${grant?.application.name} · 20`);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await moreAction(page, 'Revoke sessions');
  const revoke = page.getByRole('dialog', { name: /^Revoke sessions/ });
  await expect(revoke).toContainText('apps stay signed in until their tokens expire');
  await revoke.getByText('Yes', { exact: true }).click();
  // What was entered is thrown away only when that is meant.
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Discard what you entered?' });
  await question.getByRole('button', { name: 'Keep editing' }).click();
  await expect(question).toHaveCount(0);
  await revoke.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page)).toContainText('Cannot be undone');
  const ended = plan(page).locator('[data-field="sessionIds"]').first();
  await expect(ended).toContainText(/20\d\d-\d\d-\d\d/);
  await expect(ended).not.toContainText(String(session?.payload.uid));
  await apply(page);
  expect(tenant.parts.sessions.of(user.id, user)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  // Of what cannot be undone, no job offers to.
  const revoked = await openJobs(page);
  await expect(revoked).toContainText('Done: 1');
  await expect(revoked).toContainText(String(user.name ?? user.username ?? email));
  await expect(revoked).not.toContainText('Undo');

  // What was wrong goes back by the journal.
  await openList(page, 'Journal');
  await expect(page.getByRole('article', { name: 'Journal' })).toBeVisible();
  await page.keyboard.press('F6');
  await expect(page.getByRole('article', { name: 'Journal' })).toBeFocused();
  const journal = front(page);
  const search = journal.getByRole('textbox', { name: 'Search by name, ID, person, or value' });
  const isFirstChosen = () =>
    expect(journal.getByRole('row').first()).toHaveAttribute('aria-selected', 'true');
  await isFirstChosen();
  await search.fill('kim@mended.test');
  await expect(journal.getByTestId('rows')).toHaveText('1 entry');
  await isFirstChosen();
  // What is no longer narrowed was read before.
  await search.fill('');
  await expect(journal.getByTestId('rows')).not.toHaveText('1 entry');
  await isFirstChosen();
  await search.fill('kim@mended.test');
  await expect(journal.getByTestId('rows')).toHaveText('1 entry');
  await journal.getByRole('row').first().click();
  await expectAccessible(page);
  await journal
    .getByRole('article', { name: /^Entry/ })
    .getByRole('button', { name: 'Undo…' })
    .click();
  await expect(plan(page).locator('[data-field="primaryEmail"]')).toHaveText(['kim@mended.test', email]);
  await apply(page);
  expect(user.primaryEmail).toBe(email);
  await expect(journal.getByTestId('rows')).toHaveText('2 entries');
  await expect(journal.getByRole('row').first()).toContainText('Undo: Edit user');
  // Arrows continue from an entry that was clicked.
  await journal.getByRole('row').first().click();
  await page.keyboard.press('ArrowDown');
  await expect(journal.getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true');
});

const many = sized(300, 100);
test(`a role is given to ${many} users and taken back, by typing the name of a tenant that meanwhile is in production`, async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: many, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const role = tenant.roles.find(({ type }) => type === 'User');
  if (!role) throw new Error('no role');
  const holders = () => tenant.usersByRole.get(String(role.id)) ?? new Set();
  const before = new Set(holders());
  const { page } = await start({ tenants: { 'Big tenant': changeable(server) } });
  // The dialog says how many there were when it was opened.
  await expect(front(page).getByTestId('rows')).toHaveText(`${many} rows`);
  // What has to be chosen is neither, and is said to be missing.
  await front(page).getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Suspend or reactivate' }).click();
  const suspending = page.getByRole('dialog', { name: /^Suspend or reactivate/ });
  await expect(suspending.getByRole('radio', { name: /^(Leave|Yes|No)/, checked: true })).toHaveCount(0);
  await suspending.getByRole('button', { name: 'Review changes' }).click();
  await expect(suspending).toContainText('Required');
  await expectAccessible(page, undefined, { hasContrast: true });
  await page.keyboard.press('Escape');
  await expect(suspending).toHaveCount(0);

  await front(page).getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Add roles' }).click();
  const dialog = page.getByRole('dialog', { name: /^Add roles/ });
  await expect(dialog.getByRole('radio', { name: `All rows of this view (${many})` })).toBeChecked();
  await rolesBox(dialog).fill(String(role.name));
  await page.getByRole('option', { name: String(role.name), exact: true }).click();
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  const changes = many - before.size;
  await expect(plan(page).getByTestId('count-all')).toHaveText(`All${many}`);
  await expect(plan(page).getByTestId('count-change')).toHaveText(`Change${changes}`);
  await expect(plan(page).getByTestId('facts')).toContainText('Everything can be undone');
  await expectAccessible(page);
  // The list is as long as the plan, and only what is in sight is there.
  const objects = plan(page).getByRole('listbox', { name: 'Objects of this plan' });
  expect(await objects.getByRole('option').count()).toBeLessThan(60);
  await plan(page)
    .getByRole('textbox', { name: 'Filter by name, ID, or value' })
    .fill(String(tenant.users[0]?.id));
  await expect(objects.getByRole('option')).toHaveCount(1);
  await plan(page).getByRole('button', { name: 'Unlock this tenant to apply' }).click();
  const applying = plan(page).getByRole('button', { name: /^Apply/ });
  await expect(applying).toBeEnabled();
  // Paused in the middle, and resumed: nobody is left out.
  const { promise, resolve } = Promise.withResolvers<void>();
  server.faults.add(
    { kind: 'held', until: promise },
    { on: ({ method }) => method === 'POST' && holders().size >= before.size + 20, times: 1_000 },
  );
  await applying.click();
  await expect(page.getByTestId('job')).toContainText(`of ${changes} changes`);
  const job = await openJobs(page);
  await job.getByRole('button', { name: 'Pause' }).click();
  // The pause is on its way yet: what is released takes its time, so that not all is over before it is there.
  server.faults.clear();
  server.faults.add({ kind: 'latency', ms: 400 }, { on: ({ method }) => method === 'POST', times: 1_000 });
  resolve();
  await expect(job).toContainText('Paused; changes already made stay.');
  await expect(job).toContainText(/\d+ of \d+ changes were tried\./);
  await expect(job.getByRole('button', { name: 'Undo…' })).toBeVisible();
  server.faults.clear();
  // By now the tenant is in use.
  const tenants = page.getByRole('navigation', { name: 'Tenants' });
  await tenants.getByText('Big tenant', { exact: true }).hover();
  await tenants.getByRole('button', { name: 'Edit Big tenant' }).click();
  await page.getByRole('combobox', { name: 'Label', exact: true }).fill('production');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const resume = job.getByRole('button', { name: 'Resume' });
  await resume.click();
  await expect(job).toContainText('This tenant is labeled production');
  await expectAccessible(page);
  await expect(resume).toBeDisabled();
  await job.getByLabel('Type Big tenant to confirm').fill('Big tenant');
  await resume.click();
  await expect(job).toContainText(/Done: /);
  expect(holders().size).toBe(many);
  await job.getByRole('button', { name: 'Undo…' }).click();
  await expect(plan(page).getByTestId('count-change')).toHaveText(`Change${changes}`);
  const back = plan(page).getByRole('button', { name: /^Apply/ });
  await expect(back).toBeDisabled();
  await plan(page).getByLabel('Type Big tenant to confirm').fill('Big tenan');
  await expect(back).toBeDisabled();
  await plan(page).getByLabel('Type Big tenant to confirm').fill('Big tenant');
  await apply(page, new RegExp(`Done: ${changes}`));
  expect(new Set(holders())).toEqual(before);
  // What was undone is not offered to be undone once more.
  await expect(job.getByRole('button', { name: 'Undo…' })).toBeVisible();
  const former = front(page).getByTestId('job-details').nth(1);
  await expect(former).toContainText(/Done: /);
  await expect(former.getByRole('button', { name: 'Undo…' })).toHaveCount(0);
});

test('what somebody else changed since the review is not made, and is said', async ({ start, simulate }) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const user = server.tenant.users.find((one) => one.primaryEmail);
  if (!user) throw new Error('no email');
  const { page } = await start({ tenants: { Moved: changeable(server) } });
  const panel = await openUser(page, String(user.primaryEmail));
  await panel.getByRole('button', { name: 'Edit', exact: true }).click();
  await panel.getByRole('textbox', { name: 'Name', exact: true }).fill('Planned');
  await panel.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page)).toBeVisible();
  user.name = 'Somebody else';
  await apply(page, /Changed by someone else: 1/);
  const job = await openJobs(page);
  await expect(job).toContainText('nothing was sent for these');
  expect(user.name).toBe('Somebody else');
});

test('what became of a change whose answer was lost is looked at again, not sent again; a user’s own identities are offered', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const { tenant, faults } = server;
  const user = tenant.users.find((one) => one.primaryEmail && one.isSuspended !== true);
  if (!user) throw new Error('no email');
  tenant.parts.setIdentities(user, { github: { userId: 'g-1' } });
  const { page } = await start({ tenants: { 'Lost answers': changeable(server) } });
  const panel = await openUser(page, String(user.primaryEmail));
  await moreAction(page, 'Unlink social identity');
  const dialog = page.getByRole('dialog', { name: /^Unlink social identity/ });
  await dialog
    .getByRole('combobox', { name: 'Identity provider' })
    .or(dialog.getByLabel('Identity provider'))
    .first()
    .click();
  await expect(page.getByRole('option')).toHaveText(['github · g-1']);
  await page.getByRole('option').click();
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page).locator('[data-field="identity"]')).toHaveText([/g-1/, 'removed']);
  await plan(page).getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();

  // The server carries it out, its answer is lost, and then it cannot be read for a while.
  let isDown = false;
  const isWrite = ({ method }: { method: string }) => method === 'PATCH';
  faults.add(
    { kind: 'cut' },
    {
      on: (asked) => {
        isDown ||= isWrite(asked);
        return isWrite(asked);
      },
    },
  );
  faults.add(
    { kind: 'status', status: 500 },
    {
      on: ({ method, path }) => isDown && method === 'GET' && path === `/api/users/${user.id}`,
      times: 1_000,
    },
  );
  await panel.getByRole('button', { name: 'Suspend', exact: true }).click();
  await apply(page, /Unknown: 1/);
  await openList(page, 'Journal');
  const journal = front(page);
  await journal.getByRole('row').first().click();
  const entry = journal.getByRole('article', { name: /^Entry/ });
  await expect(entry).toContainText('Unknown');
  await entry.getByRole('button', { name: 'Look again' }).click();
  await expect(entry).toContainText('Still unknown');
  isDown = false;
  await entry.getByRole('button', { name: 'Look again' }).click();
  await expect(entry).toContainText('Done');
  await expect(entry.getByRole('button', { name: 'Look again' })).toHaveCount(0);
  await expect(entry.getByRole('button', { name: 'Undo…' })).toBeVisible();
  expect(user.isSuspended).toBe(true);
  expect(server.seen.filter(isWrite)).toHaveLength(1);
});

test('a read-only tenant offers nothing to change, and a tenant that was locked has to be unlocked again', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const { page } = await start({ tenants: { Reader: server } });
  await expect(front(page).getByText('read-only')).toBeVisible();
  await expect(front(page).getByRole('button', { name: 'Export', exact: true })).toBeVisible();
  await expect(front(page).getByRole('button', { name: 'Actions' })).toHaveCount(0);
  const panel = await openRow(page);
  await expect(panel.getByRole('tab', { name: 'JSON' })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'More actions' })).toHaveCount(0);

  await front(page).getByRole('button', { name: 'read-only' }).click();
  const form = page.getByRole('dialog');
  await form.getByText('Allow changes', { exact: true }).click();
  await form.getByRole('button', { name: 'Save changes' }).click();
  await expect(chip(page)).toHaveText(/^Locked/);
  await chip(page).click();
  await expect(chip(page)).toHaveText(/^Unlocked/);
  await chip(page).click();
  await expect(chip(page)).toHaveText(/^Locked/);
  await panel.getByRole('button', { name: /^(Suspend|Reactivate)$/ }).click();
  await expect(plan(page).getByRole('button', { name: 'Unlock this tenant to apply' })).toBeVisible();
  await expect(plan(page).getByRole('button', { name: /^Apply/ })).toHaveCount(0);
  await page.keyboard.press('Escape');

  // The app's lock locks every tenant.
  await chip(page).click();
  await expect(chip(page)).toHaveText(/^Unlocked/);
  // What turned keeps the focus: the same key turns it back.
  await expect(chip(page)).toBeFocused();
  await panel.getByRole('button', { name: 'Edit', exact: true }).click();
  await panel.getByRole('textbox', { name: 'Name', exact: true }).fill('Typed');
  await page.keyboard.press('Alt+l');
  await expect(page.getByRole('heading', { name: 'Logto Desk is locked' })).toBeVisible();
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(chip(page)).toHaveText(/^Locked/);
  const lost = page.getByRole('alert').filter({ hasText: 'Your unsaved input was discarded' });
  await expect(lost).toBeVisible();
  await expectAccessible(page);
  await expect(panel.getByRole('button', { name: 'Edit', exact: true })).toBeVisible();
  // What was typed and taken back is nothing to tell of, and what was told goes with the lock.
  await panel.getByRole('button', { name: 'Edit', exact: true }).click();
  const typed = panel.getByRole('textbox', { name: 'Name', exact: true });
  const name = await typed.inputValue();
  await typed.fill('Typed');
  await typed.fill(name);
  await page.keyboard.press('Alt+l');
  await expect(page.getByRole('heading', { name: 'Logto Desk is locked' })).toBeVisible();
  await expect(lost).toHaveCount(0);
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(chip(page)).toHaveText(/^Locked/);
  await expect(lost).toHaveCount(0);
  expect(server.seen.filter(({ method, path }) => method !== 'GET' && path !== '/oidc/token')).toEqual([]);
});

test('a token that the server makes is shown once, and is in no file of ours', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const user = server.tenant.users.find((one) => one.primaryEmail);
  const running = await start({ tenants: { Tokens: changeable(server) } });
  const { page } = running;
  await openUser(page, String(user?.primaryEmail));
  await moreAction(page, 'Create personal access token');
  const dialog = page.getByRole('dialog', { name: /^Create personal access token/ });
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('deploy');
  const expires = dialog.getByRole('textbox', { name: 'Expires', exact: true });
  await expires.fill('2030-12-31 18:30');
  await expect(dialog).toContainText('2030-12-31 18:30:00');
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page).locator('[data-field="expiresAt"]').last()).toContainText('2030-12-31 18:30:00');
  await plan(page).getByRole('button', { name: 'Unlock this tenant to apply' }).click();
  await plan(page).getByRole('button', { name: 'Apply 1 change' }).click();
  const made = page.getByRole('dialog', { name: 'New secrets' });
  const value = await made.getByRole('listitem').locator('code').textContent();
  expect(value).toMatch(/^pat_/);
  await made.getByRole('button', { name: 'I have copied them' }).click();
  await expect(made).toHaveCount(0);
  // They were shown: nothing offers to show them again.
  const job = await openJobs(page);
  await expect(job).toContainText('Done: 1');
  await expect(job).not.toContainText('secrets');
  // All that it keeps is written by then.
  await running.quit();
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  expect(files.length).toBeGreaterThan(1);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name)).includes(String(value))).toBe(false);
});

test('who may use an application is edited from what it is now; permissions are given by their names', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const app = tenant.applications.find(({ type }) => type === 'SPA' || type === 'Traditional');
  const [user] = tenant.users;
  const [organization] = tenant.organizations;
  if (!app || !user || !organization) throw new Error('nothing to hold');
  const userIds = [user.id];
  tenant.parts.rules.set(String(app.id), {
    userIds,
    userRoleIds: [],
    organizationIds: [],
    organizationRoleRules: [],
  });
  const { page } = await start({ tenants: { Access: changeable(server) } });
  await openList(page, 'Applications');
  await front(page).getByText(String(app.name), { exact: true }).first().click();
  const panel = front(page).getByRole('complementary');
  await moreAction(page, 'Edit access control');
  // Whom it lets in now is there: adding one takes nobody away.
  await expect(panel.getByRole('group', { name: 'Organization roles' })).toBeVisible();
  await panel.getByRole('combobox', { name: 'Organizations', exact: true }).fill(String(organization.name));
  await page
    .getByRole('option', { name: String(organization.name), exact: true })
    .first()
    .click();
  await panel.getByRole('button', { name: 'Review changes' }).click();
  await apply(page);
  expect(tenant.parts.rules.get(String(app.id))).toMatchObject({
    userIds,
    organizationIds: [organization.id],
  });

  const role = tenant.roles.find(({ type }) => type === 'User');
  const held = tenant.scopesByRole.get(String(role?.id)) ?? [];
  const scope = tenant.scopes.find(({ id, name }) => name !== 'all' && !held.includes(String(id)));
  const resource = tenant.resources.find(({ id }) => id === scope?.resourceId);
  await openList(page, 'Roles');
  await front(page).getByText(String(role?.name), { exact: true }).first().click();
  await moreAction(page, 'Add permissions');
  const dialog = page.getByRole('dialog', { name: /^Add permissions/ });
  await dialog.getByRole('combobox', { name: 'Permissions' }).fill(String(scope?.name));
  await page.getByRole('option', { name: String(scope?.name), exact: true }).click();
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page).locator('[data-field="scopeIds"]').last()).toHaveText(
    `${scope?.name} (${resource?.name})`,
  );

  // What a guard refuses is named with its reason, and done only where that guard is overridden.
  tenant.usersByRole.get(String(role?.id))?.add(user.id);
  await plan(page).getByRole('button', { name: 'Cancel' }).click();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await moreAction(page, 'Delete role');
  await expect(plan(page)).toContainText('It is in use: ');
  await expect(plan(page).getByRole('button', { name: 'Nothing to apply' })).toBeDisabled();
  await expectAccessible(page);
  await plan(page).getByRole('checkbox', { name: 'Plan anyway: It is in use: …' }).check();
  await plan(page).getByRole('button', { name: 'Plan again without these guards' }).click();
  await expect(plan(page).getByRole('region', { name: 'This plan overrides guards' })).toContainText(
    'It is in use',
  );
  await apply(page);
  expect(tenant.roles).not.toContain(role);
});

test('a field of custom data is given to a pasted list; a delete is undone under a new ID, which is said before', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const { users } = server.tenant;
  const [first, second] = users.filter((one) => one.primaryEmail);
  if (!first || !second) throw new Error('no emails');
  const { page } = await start({ tenants: { Pasted: changeable(server) } });
  await front(page).getByRole('button', { name: 'Actions', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit user' }).click();
  const dialog = page.getByRole('dialog', { name: /^Edit user/ });
  await dialog.getByRole('radio', { name: 'A pasted list' }).check();
  const list = `${first.primaryEmail}\n${second.id}\nnobody@example.test\n`;
  await dialog
    .locator('input[type="file"]')
    .setInputFiles({ name: 'people.txt', mimeType: 'text/plain', buffer: Buffer.from(list) });
  await expect(dialog.getByRole('textbox', { name: /^Emails, IDs/ })).toHaveValue(list);
  await dialog.getByRole('textbox', { name: /^Field, e\.g\./ }).fill('plan');
  await dialog.getByRole('textbox', { name: 'Value', exact: true }).fill('pro');
  await dialog.getByRole('button', { name: 'Review changes' }).click();
  await expect(plan(page).getByTestId('count-change')).toHaveText('Change2');
  await expect(plan(page).getByTestId('count-refused')).toHaveText('Refused1');
  await expect(plan(page).getByRole('option')).toHaveText(/Line 3.*nobody@example\.test.*Not found\./);
  // What is chosen is in sight, whichever of them are shown again.
  const reason = plan(page).getByRole('note');
  await expect(reason).toContainText('Check the ID; it may have been deleted.');
  await plan(page).getByTestId('count-change').click();
  await expect(plan(page).locator('[data-field="customData.plan"]').last()).toHaveText('pro');
  await plan(page).getByTestId('count-refused').click();
  await expect(reason).toContainText('Check the ID; it may have been deleted.');
  await apply(page, /Done: 2/);
  expect([first.customData, second.customData]).toEqual([
    expect.objectContaining({ plan: 'pro' }),
    expect.objectContaining({ plan: 'pro' }),
  ]);

  const { id, primaryEmail } = first;
  const role = server.tenant.roles.find(({ type }) => type === 'User');
  server.tenant.usersByRole.get(String(role?.id))?.add(id);
  await openUser(page, String(primaryEmail));
  await moreAction(page, 'Delete user');
  await expect(plan(page)).toContainText('Undoing creates it again under a new ID.');
  await expect(plan(page).getByRole('listitem').filter({ hasText: 'Roles' })).toContainText(
    String(role?.name),
  );
  await apply(page);
  expect(users.some((one) => one.id === id)).toBe(false);
  const job = await openJobs(page);
  await job.getByRole('button', { name: 'Undo…' }).click();
  await expect(plan(page).locator('[data-field="primaryEmail"]').last()).toHaveText(String(primaryEmail));
  await expect(plan(page)).toContainText('It is created again under a new ID.');
  await apply(page);
  const again = users.find((one) => one.primaryEmail === primaryEmail);
  expect(again?.customData).toMatchObject({ plan: 'pro' });
  expect(again?.id).not.toBe(id);
});

test('changes are tried on the demo: read-only until they are allowed, journaled, exported, and gone after a restart', async ({
  start,
}) => {
  const first = await start();
  await openDemo(first.page);
  await front(first.page).getByRole('button', { name: 'read-only' }).click();
  await expectAccessible(first.page);
  await first.page.getByRole('button', { name: 'Allow changes' }).click();
  await expect(chip(first.page)).toHaveText(/^Locked/);
  await expect(front(first.page).getByText('Resets on restart')).toBeVisible();
  const panel = await openUser(first.page, 'minjun.kim1@example.com');
  await panel.getByRole('button', { name: /^(Suspend|Reactivate)$/ }).click();
  await apply(first.page);
  await openList(first.page, 'Journal');
  await expect(front(first.page).getByTestId('rows')).toHaveText('1 entry');
  await front(first.page).getByRole('button', { name: 'Export' }).click();
  const dialog = first.page.getByRole('dialog', { name: 'Export journal' });
  await expect(dialog).toContainText('All rows of this view (1)');
  await expectAccessible(first.page);
  await first.page.keyboard.press('Escape');
  await first.quit();

  const { page } = await start();
  await openList(page, 'Users');
  await expect(front(page).getByRole('button', { name: 'read-only' })).toBeVisible();
});
