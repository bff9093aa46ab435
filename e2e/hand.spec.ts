import type { Page } from '@playwright/test';
import type { Simulator } from '../src/simulator/server.ts';
import {
  addTenant,
  cell,
  expect,
  expectAccessible,
  expectKept,
  front,
  holdBack,
  keepTab,
  openList,
  openRow,
  scrollTo,
  tabs,
  test,
} from './desk.ts';
import { countDrawn, takeDrawn } from './drawn.ts';

test('cells are drawn without React, and names go into the cells that stand', async ({ start, simulate }) => {
  const server = await simulate({ users: 30, logs: 60, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  // Names of the logs' users are asked of the list of users: held until the rows were looked at.
  const release = holdBack(server, '/api/users');
  await openList(page, 'Audit logs');
  const at = server.tenant.logs.row(0).payload.userId ? 0 : 1;
  const user = cell(page, at, 'payload.userId');
  await expect(user).toHaveText(String(server.tenant.logs.row(at).payload.userId));
  const reacts = await page
    .locator('section[data-front] .ag-root-wrapper')
    .evaluate((grid) =>
      [grid, ...grid.querySelectorAll('*')].some((one) =>
        Object.keys(one).some((key) => /^__react/.test(key)),
      ),
    );
  expect(reacts).toBe(false);
  const stands = await user.elementHandle();
  release();
  await expect(user).not.toHaveText(String(server.tenant.logs.row(at).payload.userId));
  await expect(user).not.toBeEmpty();
  expect(await stands?.evaluate((element) => element.isConnected)).toBe(true);
});

test('a list is shown in the grid that was made at rest, with its own columns and the density of now', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 60, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  const spare = page.locator('body > [inert] .ag-root-wrapper');
  const shown = front(page).locator('.ag-root-wrapper');
  const headings = () => front(page).getByRole('columnheader').allInnerTexts();
  const rowHeight = () => cell(page, 0, 'name').evaluate((one) => one.getBoundingClientRect().height);
  for (const [list, heading, density] of [
    ['Roles', 'Type', 'Compact'],
    ['Applications', 'Third-party', 'Relaxed'],
  ] as const) {
    await spare.evaluate((grid, name) => grid.setAttribute('data-made', name), list);
    const before = await rowHeight();
    await front(page).getByRole('button', { name: 'Columns' }).click();
    await page.getByText(density, { exact: true }).click();
    await page.keyboard.press('Escape');
    await openList(page, list);
    await expect(cell(page, 0, 'name')).not.toBeEmpty();
    await expect(shown).toHaveAttribute('data-made', list);
    expect(await headings()).toContain(heading);
    expect(await headings()).not.toContain('Primary email');
    // What a grid reports while it is being made is not the operator's choice.
    await expect(tabs(page).locator('li[data-front][data-preview]')).toHaveCount(1);
    expect(await rowHeight()).not.toBe(before);
    await expect(spare).toHaveCount(1);
  }
});

/** Components that `act` has the page draw, until for a moment nothing more is drawn. */
const drawnBy = async (page: Page, act: () => Promise<unknown>): Promise<number> => {
  await takeDrawn(page);
  await act();
  let drawn = 0;
  for (let more = -1; more !== 0; drawn += more) {
    await page.waitForTimeout(300);
    more = await takeDrawn(page);
  }
  return drawn;
};

test('only what changed is drawn: other open views, a panel’s parts, and a page at rest are not', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 60, logs: 300, tied: [0, 0] });
  const { page } = await start();
  await countDrawn(page);
  await addTenant(page, 'Acme', server);
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await keepTab(page);
  const visit = async (name: string) => {
    await openList(page, name);
    await expect(cell(page, 0, 'name')).not.toBeEmpty();
  };
  await visit('Roles');
  await keepTab(page);
  // What was done right before the page went away is kept, too.
  await page.reload();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await expect(tabs(page).locator('li')).toHaveCount(2);
  await expect(tabs(page).locator('li[data-preview]')).toHaveCount(0);
  await visit('Users');
  const back = () => drawnBy(page, () => visit('Roles'));
  const there = () => drawnBy(page, () => visit('Users'));
  await back();
  const ofTwo = await there();
  // Every one of these that is open was drawn for each change of tab before.
  for (const name of ['Organizations', 'Applications', 'API resources']) {
    await visit(name);
    await keepTab(page);
  }
  await there();
  await back();
  const ofFive = await there();
  expect(ofFive).toBeLessThan(ofTwo * 1.25);
  // Ages, and how many requests were sent, are told again now and then.
  expect(await drawnBy(page, () => page.waitForTimeout(1_500))).toBeLessThan(12);
  // A panel is drawn once with its row, and each of its parts when that comes.
  const ofPanel = await drawnBy(page, () => openRow(page));
  const ofAnother = await drawnBy(page, () => openRow(page, 1));
  expect(Math.max(ofPanel, ofAnother)).toBeLessThan(1_100);
});

/** The desktop's requests leave by its bridge, which nothing in the page may look into. */
const seenInBrowsers = 'when a request leaves is seen in a browser';

/** Notes of each request for a page of a list, or for a row, which grids and panels were there when it left. */
const noteAsks = (page: Page) =>
  page.evaluate(() => {
    const asks: { body: string; grids: string[] }[] = [];
    const { fetch: sent } = window;
    window.fetch = (address, init) => {
      const grids = [...document.querySelectorAll('[data-region="grid"], aside[aria-label$=" details"]')].map(
        (grid) => grid.getAttribute('aria-label') ?? '',
      );
      if (/list\.(?:page|row)$/.test(String(address))) asks.push({ body: String(init?.body), grids });
      return sent(address, init);
    };
    Object.assign(window, { asks });
  });
const asksFor = (page: Page, text: string) =>
  page.evaluate(
    (wanted) =>
      (window as unknown as { asks: { body: string; grids: string[] }[] }).asks.filter(({ body }) =>
        body.includes(wanted),
      ),
    text,
  );

test('a list is asked for before its grid is there, and once', async ({ start, simulate, door }) => {
  test.skip(door === 'desktop', seenInBrowsers);
  const server = await simulate({ users: 30, logs: 60, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await noteAsks(page);
  await openList(page, 'Roles');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const [roles, ...more] = await asksFor(page, '"roles"');
  expect(roles?.grids).toEqual(['Users']);
  expect(more).toEqual([]);
  await openList(page, 'Users');
  const box = page.getByRole('combobox', { name: 'Search users' });
  await box.fill('nobody-is-called-this');
  await box.press('Enter');
  await expect(front(page).getByTestId('rows')).toHaveText('0 rows');
  const [search, ...others] = await asksFor(page, 'nobody-is-called-this');
  expect(search?.grids).toContain('Users');
  expect(others).toEqual([]);
  // One that is late says that it is waited for.
  const release = holdBack(server, '/api/organizations');
  await openList(page, 'Organizations');
  await expect(front(page).getByTestId('waiting')).toHaveText('Waiting for an answer…');
  release();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await expect(front(page).getByTestId('waiting')).toHaveCount(0);
});

test('a row is asked for before its panel is there, and once', async ({ start, simulate, door }) => {
  test.skip(door === 'desktop', seenInBrowsers);
  const server = await simulate({ users: 30, logs: 5, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 4, 'name')).not.toBeEmpty();
  await cell(page, 4, 'name').focus();
  await noteAsks(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'User details' })).toBeVisible();
  const asks = await asksFor(page, '"visible"');
  expect(asks.map(({ grids }) => grids)).toEqual([['Users']]);
});

test('a list that was seen stands at once, marked, where it was; the answer takes its place', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 900, logs: 20, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await openList(page, 'Roles');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await keepTab(page);
  await openList(page, 'Users');
  await expect(front(page).getByTestId('rows')).toHaveText('900 rows');
  await scrollTo(page, 0.5);
  const middle = front(page).locator('.ag-row[row-index="450"] [col-id="id"]');
  await expect(middle).not.toBeEmpty();
  const topOf = async () => (await middle.boundingBox())?.y ?? 0;
  const top = await topOf();
  await page.keyboard.press('Alt+w');
  await expect(front(page).getByRole('region', { name: 'Roles' })).toBeVisible();
  const changed = server.tenant.users[452];
  if (changed) changed.name = 'Renamed Meanwhile';
  const release = holdBack(server, '/api/users');
  await openList(page, 'Users');
  await expect(middle).toHaveText(String(server.tenant.users[450]?.id));
  await expect(front(page).getByTestId('seen')).toHaveText('Rows as last seen, updating…');
  await expect(front(page).getByTestId('rows')).toHaveText('900 rows');
  expect(Math.abs((await topOf()) - top)).toBeLessThan(28);
  await expect(cell(page, 452, 'name')).not.toHaveText('Renamed Meanwhile');
  await expectAccessible(page);
  const bar = front(page).locator('.ag-body-vertical-scroll-viewport');
  await expect.poll(() => bar.evaluate((element) => element.scrollTop)).toBeGreaterThan(12_000);
  const there = await topOf();
  release();
  await expect(cell(page, 452, 'name')).toHaveText('Renamed Meanwhile');
  await expect(front(page).getByTestId('seen')).toHaveCount(0);
  expect(await topOf()).toBe(there);
  await expect(middle).toHaveText(String(server.tenant.users[450]?.id));
});

/** Ticks rows of a list as it was seen, and lets the server answer with what `change` makes of its users. */
const tickSeen = async (
  { page, server }: { page: Page; server: Simulator },
  places: number[],
  change: (users: Simulator['tenant']['users']) => void,
) => {
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await openList(page, 'Roles');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await keepTab(page);
  await openList(page, 'Users');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  // The pointer still rests on the list: once it is closed, that asks ahead for it.
  const release = holdBack(server, '/api/users');
  await page.keyboard.press('Alt+w');
  await expect(front(page).getByRole('region', { name: 'Roles' })).toBeVisible();
  await openList(page, 'Users');
  await expect(front(page).getByTestId('seen')).toHaveText('Rows as last seen, updating…');
  for (const place of places)
    await front(page).locator(`.ag-row[row-index="${place}"] .ag-selection-checkbox`).click();
  await expect(front(page)).toContainText(`${places.length} selected`);
  await scrollTo(page, 0.5);
  await expect(front(page).locator('.ag-row[row-index="150"]')).toBeVisible();
  change(server.tenant.users);
  release();
  await expect(front(page).getByTestId('seen')).toHaveCount(0);
};

test('a tick out of sight on a row as last seen does not go over to another row', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 300, logs: 5, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await tickSeen({ page, server }, [2, 10], (users) => {
    const [gone] = users.splice(2, 1);
    if (gone) users.unshift({ ...gone, id: 'another00001', name: 'Another' });
  });
  await expect(front(page)).not.toContainText('selected');
  await scrollTo(page, 0);
  await expect(cell(page, 0, 'name')).toHaveText('Another');
  await expect(front(page).locator('.ag-row-selected')).toHaveCount(0);
});

test('a tick on a row as last seen that is gone is gone, too', async ({ start, simulate }) => {
  const server = await simulate({ users: 300, logs: 5, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await tickSeen({ page, server }, [2], (users) => users.splice(0));
  await expect(front(page).getByTestId('rows')).toHaveText('0 rows');
  await expect(front(page)).not.toContainText('selected');
});

test('nothing that was seen outlives a lock, or its tenant', async ({ start, simulate }) => {
  const server = await simulate({ users: 30, logs: 20, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const release = holdBack(server, '/api/users');
  await page.keyboard.press('Alt+l');
  await page.getByRole('button', { name: 'Unlock', exact: true }).click();
  await expect(front(page).getByRole('region', { name: 'Users' })).toBeVisible();
  await expect(front(page).getByTestId('waiting')).toHaveText('Waiting for an answer…');
  await expect(front(page).getByTestId('loaded')).toHaveCount(0);
  await expect(front(page).getByTestId('seen')).toHaveCount(0);
  await expect(front(page).locator('.ag-cell').filter({ hasText: /\S/ })).toHaveCount(0);
  release();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
});

test('resting on a list or a row asks ahead, and opening it asks nothing more', async ({
  start,
  simulate,
  door,
}) => {
  const server = await simulate({ users: 30, logs: 20, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const asked = (path: string) => server.seen.filter((one) => one.path === path).length;
  // Opened while it is on its way, it is asked for anew, as it may wait for a job's turn: here it has come.
  const came = (call: string) =>
    door === 'browser' ? page.waitForResponse((answer) => answer.url().includes(call)) : null;
  // The page takes an answer in a task of its own.
  const taken = () =>
    page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  const list = came('list.page');
  await page
    .getByRole('navigation', { name: 'Lists' })
    .getByRole('button', { name: 'Roles', exact: true })
    .hover();
  await expect.poll(() => asked('/api/roles')).toBe(1);
  await (await list)?.finished();
  await taken();
  // Its view stands already, out of sight, without a row; it is the one that is opened.
  const ahead = page.locator('section:not([data-shown])').filter({ has: page.locator('h1') });
  await expect(ahead.locator('[role="columnheader"][col-id="name"]')).toHaveCount(1);
  expect(await ahead.locator('.ag-row').count()).toBe(0);
  await ahead.evaluate((view) => Object.assign(view, { isAhead: true }));
  await openList(page, 'Roles');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  expect(await front(page).evaluate((view) => 'isAhead' in view)).toBe(true);
  expect(asked('/api/roles')).toBe(1);
  const role = `/api/roles/${server.tenant.roles[0]?.id}`;
  const come = came('list.row');
  await cell(page, 0, 'name').hover();
  await expect.poll(() => asked(role)).toBe(1);
  await (await come)?.finished();
  await taken();
  await openRow(page);
  await expect(front(page).getByRole('complementary')).toContainText(String(server.tenant.roles[0]?.name));
  expect(asked(role)).toBe(1);
  // By keys as well: a row that the focus rests on.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => asked(`/api/roles/${server.tenant.roles[1]?.id}`)).toBe(1);
});

test('a list is asked for, and its view made, while it is pressed, or chosen in the palette', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 20, logs: 5, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const asked = (path: string) => server.seen.filter((one) => one.path === path).length;
  const ahead = (title: string) =>
    page.locator('section:not([data-shown])').filter({ has: page.locator('h1', { hasText: title }) });
  const organizations = page
    .getByRole('navigation', { name: 'Lists' })
    .getByRole('button', { name: 'Organizations', exact: true });
  const place = await organizations.boundingBox();
  if (!place) throw new Error('It is not in sight.');
  await page.mouse.move(place.x + 20, place.y + 5);
  await page.mouse.down();
  await expect(ahead('Organizations').locator('[role="columnheader"][col-id="name"]')).toHaveCount(1);
  await expect.poll(() => asked('/api/organizations')).toBeGreaterThanOrEqual(1);
  await expect(front(page).getByRole('region', { name: 'Users', exact: true })).toBeVisible();
  const before = asked('/api/organizations');
  await page.mouse.up();
  await expect(front(page).getByRole('region', { name: 'Organizations', exact: true })).toBeVisible();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  expect(asked('/api/organizations')).toBe(before);

  await page.keyboard.press('ControlOrMeta+k');
  // What is typed asks, and has no view made beside the typing.
  await page.getByRole('combobox', { name: /^Go to a user/ }).fill('webhooks');
  await expect.poll(() => asked('/api/hooks')).toBeGreaterThanOrEqual(1);
  expect(await ahead('Webhooks').count()).toBe(0);
  await expect(front(page).getByRole('region', { name: 'Organizations', exact: true })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(front(page).getByRole('region', { name: 'Webhooks', exact: true })).toBeVisible();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
});

test('a view that stands ahead, or in the background, has the columns that were chosen in another view of its list', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 30, logs: 20, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await front(page).getByRole('combobox', { name: 'Search users' }).fill('a');
  await page.keyboard.press('Enter');
  await expect(front(page).getByRole('region', { name: 'Users: a' })).toBeVisible();
  const username = front(page).getByRole('columnheader', { name: 'Username' });
  await expect(username).toBeVisible();
  const users = page
    .getByRole('navigation', { name: 'Lists' })
    .getByRole('button', { name: 'Users', exact: true });
  // The pointer still is where it was pressed last.
  await front(page).getByTestId('rows').hover();
  await users.hover();
  const ahead = page
    .locator('section:not([data-shown])')
    .filter({ has: page.locator('h1', { hasText: /^Users$/ }) });
  await expect(ahead.locator('[role="columnheader"][col-id="username"]')).toHaveCount(1);
  const setColumn = async (name: string) => {
    await front(page).getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name, exact: true }).click();
    await page.keyboard.press('Escape');
  };
  await setColumn('Username');
  await expect(username).toHaveCount(0);
  await users.click();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await expect(username).toHaveCount(0);
  // The other one is in the background now, and follows, too.
  await setColumn('Username');
  await expect(username).toBeVisible();
  await tabs(page).getByText('Users: a').click();
  await expect(front(page).getByRole('region', { name: 'Users: a' })).toBeVisible();
  await expect(username).toBeVisible();
});

test('at the start only the view in front is asked for, once, and before the interface is there', async ({
  start,
  simulate,
  dataDir,
  door,
}) => {
  test.skip(door === 'desktop', seenInBrowsers);
  const server = await simulate({ users: 30, logs: 20, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await openList(page, 'Roles');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await keepTab(page);
  await openList(page, 'Users');
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  // What is open is written down a moment later.
  await expectKept(dataDir, ({ tabs, active }) =>
    tabs.find(({ id }) => id === active)?.url.includes('users'),
  );
  await page.addInitScript(() => {
    const asks: { body: string; drawn: boolean }[] = [];
    const { fetch: sent } = window;
    window.fetch = (address, init) => {
      if (String(address).includes('/trpc/'))
        asks.push({
          body: `${address} ${init?.body}`,
          drawn: (document.getElementById('root')?.childElementCount ?? 0) > 0,
        });
      return sent(address, init);
    };
    Object.assign(window, { asks });
  });
  const before = server.seen.length;
  await page.reload();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const asks = await page.evaluate(
    () => (window as unknown as { asks: { body: string; drawn: boolean }[] }).asks,
  );
  const pages = asks.filter(({ body }) => body.includes('list.page'));
  expect(pages.map(({ body }) => body.slice(body.indexOf('{')))).toHaveLength(1);
  expect(pages[0]).toMatchObject({ drawn: false, body: expect.stringContaining('"users"') });
  expect(asks.filter(({ body }) => body.includes('app.info'))).toEqual([]);
  expect(server.seen.slice(before).filter(({ path }) => path === '/api/roles')).toEqual([]);

  // A list that the address names is asked for beside the start, not after it.
  const list = page.waitForRequest(/\/trpc\/list\.page/);
  await page.route('**/trpc/app.start*', async (route) => {
    await list;
    await route.continue();
  });
  await page.goto(new URL('/acme/organizations', page.url()).href);
  await expect(front(page).getByRole('region', { name: 'Organizations' })).toBeVisible();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  expect(server.seen.filter(({ path }) => path === '/api/organizations')).toHaveLength(1);
});
