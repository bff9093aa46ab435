import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from './counted.ts';
import { cell, chip, copyTenant, expect, expectAccessible, front, openJobs, openList, test } from './desk.ts';

test('all suspended users with their roles, as Excel', async ({ start, simulate, dataDir }) => {
  const server = await simulate({ era: '1.30', users: 320, logs: 5, tied: [0, 0] });
  const suspended = server.tenant.users.filter(({ isSuspended }) => isSuspended).length;
  expect(suspended).toBeGreaterThan(1);
  const { page, save } = await start({ tenants: { Old: server } });
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  const by = counted(page);
  await by.type('suspended:yes', front(page).getByRole('combobox', { name: 'Search users' }));
  await by.press('Enter');
  await expect(front(page).getByTestId('local')).toContainText(`${suspended} rows match`);
  await expect(front(page).getByTestId('local')).toContainText('in all 320 rows');
  const path = join(dataDir, 'suspended.xlsx');
  await save(path, async () => {
    await by.click(page.getByRole('button', { name: 'Export', exact: true }));
    const dialog = page.getByRole('dialog', { name: /^Export/ });
    await expect(dialog.getByRole('radio', { name: `All ${suspended} rows that match` })).toBeChecked();
    await by.choose('Preset', 'Excel, with roles');
    await expect(dialog.getByRole('checkbox', { name: 'roles' })).toBeChecked();
    await expect(dialog.getByRole('radio', { name: /^Excel/ })).toBeChecked();
    // It comes with the list, and is nobody's to delete.
    await expect(dialog.getByRole('button', { name: /^Delete preset/ })).toHaveCount(0);
    await expectAccessible(page);
    await by.click(dialog.getByRole('button', { name: /^Export and|^Export…/ }));
  });
  const job = page.getByTestId('job');
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  await expect(job).toContainText(`${suspended} rows written`);
  await expect(job).toContainText('Complete');
  expect(statSync(path).size).toBeGreaterThan(2_000);
  expect(by.count()).toBe(5);

  // The next time the file's kind and its roles are as they were: of the export two actions are left, of the job four.
  const again = counted(page);
  const next = join(dataDir, 'again.xlsx');
  await save(next, async () => {
    await again.click(page.getByRole('button', { name: 'Export', exact: true }));
    const dialog = page.getByRole('dialog', { name: /^Export/ });
    await expect(dialog.getByRole('checkbox', { name: 'roles' })).toBeChecked();
    await expect(dialog.getByRole('radio', { name: /^Excel/ })).toBeChecked();
    await again.click(dialog.getByRole('button', { name: /^Export and|^Export…/ }));
  });
  await expect.poll(() => statSync(next, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(2_000);
  expect(again.count()).toBe(2);
  // A part was asked for: of all rows it is only said that they were looked through.
  const ended = await openJobs(page);
  await expect(ended).toContainText('Complete: all 320 rows the server counts were searched.');
  // Whose file that was, is said and a click away.
  await ended.getByRole('button', { name: /^Users: Suspended is Yes/i }).click();
  await expect(chip(page, /Suspended/)).toBeVisible();
  await expect(front(page).getByTestId('local')).toContainText(String(suspended));
});

test('300 emails from a ticket: who is there, who is suspended, and all of those as a file', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ era: '1.30', users: 400, logs: 5, tied: [0, 0] });
  const known = server.tenant.users.filter(({ primaryEmail }) => primaryEmail).slice(0, 290);
  const strangers = Array.from({ length: 300 - known.length }, (_, n) => `nobody${n}@nowhere.test`);
  const list = [...known.map(({ primaryEmail }) => String(primaryEmail)), ...strangers].join('\n');
  const suspended = known.filter(({ isSuspended }) => isSuspended).length;
  const { page, save } = await start({ tenants: { Old: server } });
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  const by = counted(page);
  await by.paste(list, front(page).getByRole('combobox', { name: 'Search users' }));
  const result = page.getByRole('dialog').getByTestId('pasted');
  await expect(result).toContainText(`${known.length} of 300 found`);
  await expect(result).toContainText(`${suspended} user`);
  await expect(result.getByRole('region', { name: `${strangers.length} not found` })).toContainText(
    strangers[0] ?? '',
  );
  // Known by one paste; the file is three more.
  expect(by.count()).toBe(1);
  const path = join(dataDir, 'found.ndjson');
  await save(path, async () => {
    await by.click(result.getByRole('button', { name: 'Export those found…' }));
    await by.click(page.getByRole('radio', { name: /^NDJSON/ }));
    await by.click(page.getByRole('button', { name: /^Export and|^Export…/ }));
  });
  const job = page.getByTestId('job');
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  await expect(job).toContainText('Complete');
  const ids = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids.sort()).toEqual(known.map(({ id }) => id).sort());
  expect(server.seen.filter(({ status }) => status === 431)).toEqual([]);
  expect(by.count()).toBe(4);
});

test('from a log to whom the failed sign-ins of its address hit in the last days: three actions', async ({
  start,
  simulate,
}) => {
  const moment = Date.now() - 60_000;
  const server = await simulate({
    users: 40,
    tied: [0, 0],
    logMoments: Array.from({ length: 900 }, (_, n) => moment - n * 1_000_000),
  });
  // One address that several users failed to sign in from, among them in older times.
  const row = server.tenant.logs.row.bind(server.tenant.logs);
  const event = 'Interaction.SignIn.Identifier.Password.Submit';
  server.tenant.logs.row = (at) => {
    const log = row(at);
    const user = server.tenant.users[at % 3]?.id;
    if (at % 10 !== 0) return log;
    return {
      ...log,
      key: event,
      payload: { ...log.payload, key: event, result: 'Error', ip: '198.51.100.7', userId: user },
    };
  };
  const { page } = await start({ tenants: { Attacked: server } });
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const by = counted(page);
  await by.click(cell(page, 0, 'key'));
  // Whoever is quick counts before the first rows came.
  server.faults.add({ kind: 'latency', ms: 1_500 }, { on: '/api/logs', times: 4 });
  await by.click(page.getByRole('button', { name: 'Failed sign-ins, same IP address, last 7 days' }));
  await expect(chip(page, 'IP address is “198.51.100.7”')).toHaveCount(1);
  await by.click(front(page).getByRole('button', { name: 'Count rows' }));
  const dialog = page.getByRole('dialog');
  const week = 7 * 86_400_000;
  const hits = Array.from({ length: 900 }, (_, at) => at).filter(
    (at) => at % 10 === 0 && at * 1_000_000 < week - 60_000,
  );
  for (const n of [0, 1, 2]) {
    const user = server.tenant.users[n];
    const name = user?.name ?? user?.username ?? user?.primaryEmail ?? user?.primaryPhone ?? '';
    const item = dialog.getByRole('listitem').filter({ hasText: name });
    await expect(item).toContainText(String(hits.filter((at) => at % 3 === n).length));
  }
  await expect(dialog.getByRole('listitem')).toHaveCount(3);
  await expect(dialog.getByTestId('part')).toHaveCount(0);
  await expectAccessible(page);
  expect(by.count()).toBe(3);
});

test('who a customer is and what failed for them; what is known of them; what is used most; rows for a sheet', async ({
  start,
  simulate,
  dataDir,
}) => {
  // Two weeks, one log in ten minutes.
  const moment = Date.now() - 60_000;
  const logMoments = Array.from({ length: 2_000 }, (_, n) => moment - n * 600_000);
  const server = await simulate({ users: 300, logMoments, tied: [0, 0] });
  const { tenant } = server;
  const logs = Array.from({ length: 2_000 }, (_, at) => tenant.logs.row(at));
  const user = tenant.users.find(
    ({ id, primaryEmail }) =>
      primaryEmail && logs.some(({ payload }) => payload.userId === id && payload.result === 'Error'),
  );
  if (!user) throw new Error('nobody failed to sign in');
  const { page, save, clipboard } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'id')).not.toBeEmpty();

  // A customer writes: the user, the last sign-in, and what failed.
  const finding = counted(page);
  await finding.press('Control+k');
  await finding.type(
    String(user.primaryEmail),
    page.getByRole('dialog', { name: 'Go to…' }).getByRole('combobox'),
  );
  await finding.press('Enter');
  const panel = front(page).getByRole('complementary');
  await expect(panel).toContainText(user.id);
  await expect(panel.getByText('Last sign-in')).toBeVisible();
  await expect(panel.getByRole('region', { name: 'Sign-ins and failures' })).toContainText(
    'Error: Incorrect account or password.',
  );
  expect(finding.count()).toBe(3);

  // All that is known of the user, for a request by law.
  const dossier = counted(page);
  const file = join(dataDir, 'dossier.html');
  await save(file, async () => {
    await dossier.click(panel.getByRole('button', { name: 'Dossier…' }));
    await dossier.click(
      page.getByRole('dialog', { name: /^Dossier of/ }).getByRole('button', { name: /^Save/ }),
    );
  });
  await expect.poll(() => statSync(file, { throwIfNoEntry: false })?.size ?? 0).toBeGreaterThan(2_000);
  expect(dossier.count()).toBe(2);

  // Rows for a chat or a sheet: they are ticked, and copied.
  await openList(page, 'Users');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const sheet = counted(page);
  const tick = (at: number) => front(page).locator(`.ag-row[row-index="${at}"] .ag-selection-checkbox`);
  await sheet.click(tick(0));
  await tick(4).click({ modifiers: ['Shift'] });
  await sheet.press('ControlOrMeta+c');
  await expect(page.getByText('5 rows copied')).toBeVisible();
  expect((await clipboard()).split('\n')).toHaveLength(6);

  // What was used most this week.
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const counting = counted(page);
  await counting.choose('Time', 'Last 7 days');
  await counting.menu(
    front(page).getByRole('columnheader', { name: 'Application', exact: true }),
    'Count by Application',
  );
  const dialog = page.getByRole('dialog', { name: /counted$/ });
  const uses = new Map<string, number>();
  for (const { payload, createdAt } of logs) {
    const id = String(payload.applicationId ?? '');
    if (id && Number(createdAt) > moment - 7 * 86_400_000) uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  const [most, used] = [...uses].sort(([, a], [, b]) => b - a)[0] ?? ['', 0];
  const first = dialog.getByRole('listitem').first();
  await expect(first).toContainText(String(tenant.applications.find(({ id }) => id === most)?.name));
  await expect(first).toContainText(used.toLocaleString('en-US'));
  expect(counting.count()).toBe(2);

  // And how much of it by hour, in the zone that is named: of a week, that is what is shown first.
  const hours = counted(page);
  await hours.choose('Count by', 'Time');
  await expect(dialog.getByRole('listitem').first()).toContainText(/\d{4}-\d{2}-\d{2} \d{2}:00/);
  await expect(dialog).toContainText(/UTC|\//);
  expect(hours.count()).toBe(1);
});

test('which members of an organization have a role: one of the organization, and one of the tenant', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 400, logs: 5, tied: [0, 0] });
  const { tenant } = server;
  const [organization] = tenant.organizations;
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  await openList(page, 'Organizations');
  await expect(cell(page, 0, 'name')).toHaveText(String(organization?.name));
  const item = (name: string | RegExp) => page.getByRole('menuitem', { name });
  const by = counted(page);
  await by.click(cell(page, 0, 'name'), { button: 'right' });
  await by.click(item('Members as a list'));
  const role = cell(page, 0, 'organizationRoles');
  await expect(role).not.toBeEmpty();
  const [first = ''] = ((await role.textContent()) ?? '').split(', ');
  await by.click(role, { button: 'right' });
  await by.click(item(`Filter by “${first}”`));
  await expect(chip(page, `contains “${first}”`)).toHaveCount(1);
  await expect(front(page).getByTestId('local')).toContainText(/\d+ rows match.*in all \d+ rows/);
  await expect(role).toContainText(first);
  expect(by.count()).toBe(4);

  // A role of the tenant: no list of the API has both; the offline copy knows.
  const given = tenant.roles.find(({ id }) =>
    [...(tenant.usersByRole.get(String(id)) ?? [])].some((user) =>
      tenant.usersByOrganization.get(String(organization?.id))?.has(user),
    ),
  );
  const name = String(given?.name);
  const both = [...(tenant.usersByRole.get(String(given?.id)) ?? [])].filter((user) =>
    tenant.usersByOrganization.get(String(organization?.id))?.has(user),
  );
  expect(both.length).toBeGreaterThan(0);
  await copyTenant(page);
  const chips = front(page).getByTestId('chip');
  await chips.getByRole('button', { name: /^Remove/ }).click();
  await expect(chips).toHaveCount(0);
  const tenants = counted(page);
  await tenants.click(front(page).getByRole('button', { name: 'Add filter' }));
  await tenants.choose('Column', 'Roles (offline copy)');
  await tenants.type(name, page.getByLabel('Value'));
  await tenants.press('Enter');
  await expect(front(page).getByTestId('local')).toContainText(`${both.length} row`);
  expect(tenants.count()).toBe(4);
});

test('the log is watched while a customer tries again: new rows come by themselves, and move nothing that is read', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 600, tied: [0, 0] });
  const newest = server.tenant.logs.times[0] ?? 0;
  const { page, clipboard } = await start({ tenants: { Acme: server } });
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const by = counted(page);
  const follow = front(page).getByRole('button', { name: 'Follow', exact: true });
  await by.click(follow);
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  server.tenant.insertLog(newest + 1_000, 'Interaction.SignIn.Identifier.Social.Submit');
  await expect(cell(page, 0, 'key')).toHaveText('Interaction.SignIn.Identifier.Social.Submit');
  expect(by.count()).toBe(1);
  // A row that is picked stays where it is: what comes is announced, and shown once nothing is held.
  const tick = front(page).locator('.ag-row[row-index="2"] .ag-selection-checkbox');
  await tick.click();
  server.tenant.insertLog(newest + 2_000, 'Interaction.Register.Submit');
  await expect(front(page).getByRole('button', { name: '1 new' })).toBeVisible();
  await expect(cell(page, 0, 'key')).toHaveText('Interaction.SignIn.Identifier.Social.Submit');
  await tick.click();
  await expect(cell(page, 0, 'key')).toHaveText('Interaction.Register.Submit');
  // Nor does one move that is read by keys.
  await cell(page, 0, 'key').focus();
  await page.keyboard.press('ArrowDown');
  const read = String(await cell(page, 1, 'createdAt').textContent());
  server.tenant.insertLog(newest + 2_500, 'Interaction.ForgotPassword.Submit');
  await expect(front(page).getByRole('button', { name: '1 new' })).toBeVisible();
  await expect(cell(page, 1, 'key')).toBeFocused();
  await expect(cell(page, 1, 'createdAt')).toHaveText(read);
  await page.keyboard.press('ArrowUp');
  await expect(cell(page, 0, 'key')).toHaveText('Interaction.ForgotPassword.Submit');
  // A menu stays that of the row it was asked for, though others come above it.
  await cell(page, 1, 'key').click({ button: 'right' });
  server.tenant.insertLog(newest + 3_000, 'Interaction.Create');
  await expect(cell(page, 0, 'key')).toHaveText('Interaction.Create');
  await page.getByRole('menuitem', { name: /^Copy row.* JSON/ }).click();
  await expect.poll(clipboard).toContain('"key": "Interaction.Register.Submit"');
  // That nothing comes is told from that nobody answers.
  await expect(front(page).getByTestId('follow-failed')).toHaveCount(0);
  await server.stop();
  await expect(front(page).getByTestId('follow-failed')).toContainText('New rows could not be read');
  await follow.click();
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  await expect(front(page).getByTestId('follow-failed')).toHaveCount(0);
});

test('is a role the same on staging and production: both in one view', async ({ start, simulate }) => {
  const [staging, production] = [
    await simulate({ users: 5, logs: 0, tied: [0, 0] }),
    await simulate({ users: 5, logs: 0, tied: [0, 0] }),
  ];
  // The same name stands for other permissions, under another ID.
  const [role, other, missing] = staging.tenant.roles;
  const there = production.tenant.roles.find(({ name }) => name === role?.name);
  if (!role || !other || !missing || !there) throw new Error('the tenants lack roles');
  there.description = 'What production says';
  const gone = production.tenant.roles.findIndex(({ name }) => name === missing.name);
  production.tenant.roles.splice(gone, 1);
  const { page } = await start({ tenants: { Production: production, Staging: staging } });
  await openList(page, 'Roles');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const named = (name: unknown) =>
    front(page)
      .locator('.ag-row [col-id="name"]')
      .filter({ hasText: String(name) });
  const by = counted(page);
  await by.click(named(role.name).first());
  await by.click(page.getByRole('button', { name: 'Compare with another tenant' }));
  await by.click(page.getByRole('menuitem', { name: 'Production' }));
  const left = page.locator('section[data-side="left"]');
  const right = page.locator('section[data-side="right"]');
  for (const side of [left, right])
    await expect(side.getByRole('heading', { level: 1 })).toHaveText(String(role.name));
  await expect(right).toContainText('What production says');
  await expect(left).not.toContainText('What production says');
  await expect(left).toContainText('Staging');
  await expect(right).toContainText('Production');
  expect(by.count()).toBe(3);
  await expectAccessible(page);

  // What is not there is said, and nothing else is opened for it.
  await left.click();
  await openList(page, 'Roles');
  await named(missing.name).first().click();
  // Each side has its own: that of the view in front is meant, once its panel is there.
  await front(page)
    .getByRole('complementary')
    .getByRole('button', { name: 'Compare with another tenant' })
    .click();
  await page.getByRole('menuitem', { name: 'Production' }).click();
  await expect(page.getByText(`Not found on Production: Role “${String(missing.name)}”.`)).toBeVisible();
});
