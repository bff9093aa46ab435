import type { Page } from '@playwright/test';
import { moreAction, openUser, plan } from './changes.ts';
import {
  cell,
  chip,
  expect,
  front,
  holdBack,
  keepTab,
  openDemo,
  openList,
  openRow,
  rowToClick,
  tabs,
  test,
} from './desk.ts';
import { changeable } from './kept-tenants.ts';

test.use({ viewport: { width: 1400, height: 900 } });

/** What hangs open from controls. */
const dropdowns = (page: Page) => page.locator('.mantine-Popover-dropdown:visible');

const panelIn = (page: Page) => front(page).getByRole('complementary');

/** Holds the page's calls of one name back until what it gives is called. */
const hold = async (page: Page, call: string) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route(`**/trpc/${call}`, async (route) => {
    await promise;
    await route.continue().catch(() => {});
  });
  return resolve;
};

test('Escape closes what is uppermost, and that alone: a list, a calendar, an editor, a panel of the view in front', async ({
  start,
}) => {
  const { page } = await start();
  await openDemo(page);
  await front(page).getByRole('button', { name: 'Advanced search' }).click();
  const builder = page.getByRole('region', { name: 'Advanced search' });
  const value = builder.getByPlaceholder('Any of these values');
  await value.fill('@hanbit.example');
  await builder.getByRole('combobox', { name: 'Comparison' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect(builder).toContainText('@hanbit.example');
  await page.keyboard.press('Escape');
  await expect(builder).toHaveCount(0);
  await expect(front(page).getByRole('button', { name: 'Advanced search' })).toBeFocused();

  // A calendar in the editor of a condition, with the focus in it and outside of it.
  await front(page).getByRole('combobox', { name: 'Search users' }).fill('created:2026-01');
  await page.keyboard.press('Enter');
  await chip(page, /2026/).locator('[data-chip]').click();
  const entered = page.getByRole('textbox', { name: 'Value' });
  await entered.fill('2026-02');
  const calendar = page.getByRole('table');
  for (const inside of [true, false]) {
    await page.getByRole('button', { name: 'Choose a day' }).click();
    if (inside) await dropdowns(page).getByRole('button', { name: /^1 / }).first().focus();
    await expect(calendar).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(calendar).toHaveCount(0);
    await expect(entered).toHaveValue('2026-02');
  }
  await page.keyboard.press('Escape');
  await expect(entered).toHaveCount(0);

  await chip(page, /2026/).locator('[data-chip]').press('Delete');

  // A panel in a tab that is kept is none of the panel's in front, beside it neither.
  await openRow(page);
  // Gone it stays, also where the focus came to another row just before, which an open panel follows.
  await rowToClick(page, 3).click();
  await page.keyboard.press('Escape');
  await expect(panelIn(page)).toHaveCount(0);
  await page.evaluate(() => new Promise((go) => setTimeout(go, 250)));
  await expect(panelIn(page)).toHaveCount(0);
  // And where the key comes before the grid has told of the click.
  await openRow(page);
  await rowToClick(page, 3).evaluate((one) => {
    one.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    one.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
    return new Promise((go) => setTimeout(go, 250));
  });
  await expect(panelIn(page)).toHaveCount(0);
  // A box that has nothing to offer for what is typed has nothing open either.
  await openRow(page);
  const search = front(page).getByRole('combobox', { name: 'Search users' });
  await search.click();
  await page.keyboard.type('qqqqq');
  await expect(search).toHaveValue('qqqqq');
  await page.keyboard.press('Escape');
  await expect(panelIn(page)).toHaveCount(0);
  await search.fill('');
  await page.keyboard.press('Enter');

  await openRow(page);
  await keepTab(page);
  await openList(page, 'Roles');
  await openRow(page);
  await page.keyboard.press('Escape');
  await expect(panelIn(page)).toHaveCount(0);
  await openRow(page);
  await tabs(page).locator('[data-tab]').first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show beside' }).click();
  const shown = page.locator('section[data-shown]').getByRole('complementary');
  await expect(shown).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(shown).toHaveCount(1);
  await expect(panelIn(page)).toHaveCount(0);

  // From and to of a time, with a calendar above.
  await openList(page, 'Audit logs');
  await openRow(page);
  await front(page).getByRole('combobox', { name: 'Time', exact: true }).click();
  await page.getByRole('option').last().click();
  const span = dropdowns(page).filter({ hasText: 'From' }).first();
  await span.getByRole('button', { name: 'From' }).first().click();
  await expect(calendar).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(calendar).toHaveCount(0);
  await expect(span).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(span).toHaveCount(0);
  await expect(front(page).getByRole('combobox', { name: 'Time', exact: true })).toBeFocused();
  await expect(panelIn(page)).toBeVisible();

  // A key that goes to another view leaves what hangs open here.
  await front(page).getByRole('button', { name: 'Columns', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Find a column' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('textbox', { name: 'Find a column' })).toHaveCount(0);
});

test('what comes late comes to who waits for it: secrets, a plan, a menu, the question of what was edited', async ({
  start,
  simulate,
}) => {
  test.skip(test.info().project.name.startsWith('desktop'), 'what the page asks is held in a browser');
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const [user] = server.tenant.users.filter(({ primaryEmail, isSuspended }) => primaryEmail && !isSuspended);
  const { page } = await start({ tenants: { Acme: changeable(server) } });
  const panel = await openUser(page, String(user?.primaryEmail));
  await keepTab(page);

  const kept = tabs(page).locator('[data-tab]').first();

  // A plan that is asked for in a view that is left is not shown over another one, which has the keys.
  const give = await hold(page, 'changes.plan');
  await panel.getByRole('button', { name: 'Suspend' }).click();
  await openList(page, 'Roles');
  const box = front(page).getByRole('textbox', { name: 'Search roles' });
  await box.click();
  const planned = page.waitForResponse(/changes\.plan/);
  give();
  await (await planned).finished();
  await page.keyboard.type('adm');
  await expect(box).toHaveValue('adm');
  await expect(plan(page)).toHaveCount(0);

  // Nor the menu of a row that is waited for, once something else is done.
  const release = holdBack(server, '/api/applications');
  await openList(page, 'Applications');
  await front(page).locator('.ag-row [col-id="name"]').first().click({ button: 'right' });
  await front(page)
    .getByRole('textbox', { name: /^Search/ })
    .click();
  release();
  await expect(cell(page, 0, 'name')).toHaveText(/\S/);
  await expect(page.getByRole('menu')).toHaveCount(0);

  // What is edited in a view that is not in front is asked about there.
  await kept.click();
  await panel.getByRole('button', { name: 'Edit', exact: true }).click();
  await panel.getByRole('textbox', { name: 'Name', exact: true }).fill('Changed');
  await openList(page, 'Roles');
  await openRow(page);
  await page.keyboard.press('Escape');
  await expect(panelIn(page)).toHaveCount(0);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await kept.click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard', exact: true }).click();

  // Secrets are shown once: neither Escape nor what ends below takes them.
  await moreAction(page, 'Create personal access token');
  const asked = page.getByRole('dialog', { name: /^Create personal access token/ });
  await asked.getByRole('textbox', { name: 'Name', exact: true }).fill('deploy');
  await asked.getByRole('button', { name: 'Review changes' }).click();
  await plan(page).getByRole('button', { name: 'Unlock this tenant to apply' }).click();
  const { promise: made, resolve: make } = Promise.withResolvers<void>();
  server.faults.add(
    { kind: 'held', until: made },
    { on: ({ method, path }) => method === 'POST' && /personal-access/.test(path) },
  );
  await plan(page).getByRole('button', { name: 'Apply 1 change' }).click();
  await expect(plan(page)).toHaveCount(0);
  await page.keyboard.press('Alt+e');
  const exporting = page.getByRole('dialog', { name: /^Export/ });
  const begin = await hold(page, 'exports.start');
  await exporting.getByRole('button', { name: /^Export/ }).click();
  make();
  const secrets = page.getByRole('dialog', { name: 'New secrets' });
  await expect(secrets.locator('code')).toHaveText(/^pat_/);
  await page.keyboard.press('Escape');
  await expect(exporting).toHaveCount(1);
  begin();
  await expect(exporting).toHaveCount(0);
  await expect(secrets.locator('code')).toHaveText(/^pat_/);
  await secrets.getByRole('button', { name: 'I have copied them' }).click();
  await expect(secrets).toHaveCount(0);
});

test('the option that is marked, or pressed, is the one that is taken, though the answer puts others above it', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 0, tied: [0, 0] });
  const { tenant } = server;
  const [chosen, wanted] = tenant.roles.filter(({ type }) => type === 'User').map(({ name }) => String(name));
  const { page } = await start({ tenants: { Acme: server } });
  await front(page).getByRole('button', { name: 'Advanced search' }).click();
  const box = page
    .getByRole('region', { name: 'Advanced search' })
    .getByRole('combobox', { name: 'In role', exact: true });
  const option = (name = '') => page.getByRole('option', { name, exact: true });
  await box.click();
  await option(chosen).click();
  await expect(box).toHaveValue(chosen ?? '');

  for (const way of ['marked', 'pressed']) {
    // All are there again, whatever was typed before.
    await box.click();
    await expect(option(wanted)).toBeVisible();
    const answer = holdBack(server, ({ query }) => query.has('search'));
    // Another text each time: what was answered is not asked for again.
    await box.fill((wanted ?? '').slice(way === 'marked' ? 0 : 1));
    await expect(option(wanted)).toBeVisible();
    await expect(page.getByRole('option').first()).toHaveText(chosen ?? '');
    if (way === 'marked') {
      while ((await option(wanted).getAttribute('data-combobox-selected')) === null)
        await page.keyboard.press('ArrowDown');
    } else {
      await option(wanted).hover();
      await page.mouse.down();
    }
    const [first] = tenant.roles;
    tenant.roles.unshift({ ...first, id: `later-${way}`, name: `${wanted} ${way}` });
    answer();
    await expect(option(`${wanted} ${way}`)).toBeVisible();
    await (way === 'marked' ? page.keyboard.press('Enter') : page.mouse.up());
    await expect(box).toHaveValue(wanted ?? '');
    await box.fill(chosen ?? '');
    await option(chosen).click();
    await expect(box).toHaveValue(chosen ?? '');
  }
  // What no name has can still be an ID, and is said to be one.
  await box.fill('nobody');
  await expect(page.getByRole('option').last()).toHaveText('nobody as an ID');
  await page.getByRole('option').last().click();
  await expect(box).toHaveValue('nobody');
});
