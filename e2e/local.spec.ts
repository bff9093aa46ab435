import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import {
  cell,
  chip,
  choose,
  expect,
  expectAccessible,
  expectKept,
  front,
  holdBack,
  keepTab,
  openDemo,
  openList,
  openRow,
  rowToClick,
  scrollTo,
  tabs,
  test,
} from './desk.ts';

const local = (page: Page) => front(page).getByTestId('local');

test('rows are filtered by what the API cannot ask, first those that are here, then all, and sorted', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 200, logs: 6_000, tied: [0, 0] });
  const logs = Array.from({ length: 6_000 }, (_, at) => server.tenant.logs.row(at));
  const failed = logs.filter((log) => log.payload.result === 'Error');
  const { page } = await start({ tenants: { Local: server } });
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();

  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'Result');
  await choose(page, 'Comparison', 'is');
  await choose(page, 'Value', 'Error');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(local(page)).toContainText('in the first 100 of 6,000 rows');
  await expect(chip(page, 'Result is “Error”')).toHaveAttribute('data-asked', 'false');
  await expect(cell(page, 0, 'payload.result')).toHaveText('Error');

  const before = server.seen.length;
  await page.getByRole('button', { name: 'Search all rows' }).click();
  await expect(local(page)).toContainText('in all 6,000 rows');
  await expect(local(page)).toContainText(`${failed.length} rows match`);
  await expect(front(page).getByTestId('rows')).toHaveText('Filtered from 6,000 rows');
  // The reader of exports reads windows of time, and asks hardly more than a page holds.
  expect(server.seen.slice(before).filter(({ path }) => path === '/api/logs').length).toBeLessThan(120);

  await page.getByRole('columnheader', { name: 'IP address' }).click();
  await expect(local(page)).toContainText('sorted by IP address');
  const sorted = failed
    .map((log) => String(log.payload.ip))
    .sort(new Intl.Collator('en', { numeric: true }).compare);
  await expect(cell(page, 0, 'payload.ip')).toHaveText(sorted[0] ?? '');
  await expect(cell(page, 5, 'payload.ip')).toHaveText(sorted[5] ?? '');
  await page.getByRole('columnheader', { name: 'IP address' }).click();
  await expect(cell(page, 0, 'payload.ip')).toHaveText(sorted.at(-1) ?? '');
  // Names are shown there, and rows are in the order of what stands behind them.
  await page.getByRole('columnheader', { name: 'User', exact: true }).click();
  await expect(local(page)).toContainText('sorted by User, in ID order');

  await local(page).getByRole('button', { name: 'Clear' }).click();
  await expect(local(page)).toHaveCount(0);
  await expect(front(page).getByTestId('rows')).toHaveText('6,000 rows');
  await expect(page.getByRole('columnheader', { name: 'User', exact: true })).toHaveAttribute(
    'aria-sort',
    'none',
  );
});

test('conditions are chips in one line: typed, edited, and removed by keys, and kept with the view', async ({
  start,
  dataDir,
}) => {
  const first = await start({ view: { viewport: { width: 1000, height: 700 } } });
  const { page } = first;
  await openDemo(page);
  const line = page.getByRole('combobox', { name: 'Search users' });
  await line.fill('suspended:perhaps');
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('mistake')).toContainText('"perhaps" is neither yes nor no');
  const enter = async (typed: string) => {
    await line.fill(typed);
    await page.keyboard.press('Enter');
    await expect(line).toHaveValue('');
  };
  await enter('suspended:yes');
  const suspended = chip(page, 'Suspended is Yes');
  await expect(suspended).toHaveAttribute('data-asked', 'false');
  // The first one brings a line for all of them: what does not fit is behind its number, and nothing moves again.
  const top = await cell(page, 0, 'name').boundingBox();
  await enter('last sign-in: 30d');
  await enter('customData.department: of customers whose contract ends');
  const rest = front(page).getByRole('button', { name: '1 more filter' });
  await rest.click();
  const below = page.getByTestId('chip').filter({ hasText: 'of customers whose contract ends' }).last();
  await expect(below).toBeVisible();
  await expectAccessible(page);
  await below.getByRole('button', { name: /^Remove/ }).click();
  await expect(rest).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('local')).toBeVisible();
  expect((await cell(page, 0, 'name').boundingBox())?.y).toBe(top?.y);
  await expectKept(dataDir, ({ tabs: [kept] }) => {
    const url = kept?.url ?? '';
    return url.includes('isSuspended') && url.includes('lastSignIn') && !url.includes('department');
  });
  // What matches is said of what was asked before, not of what is a mistake.
  await line.fill('suspended:perhaps');
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('mistake')).toBeVisible();
  await expect(page.getByTestId('local')).toHaveCount(0);
  await first.quit();

  const again = (await start()).page;
  const open = chip(again, 'Suspended is Yes').getByRole('button', { name: /searched on this computer/ });
  await open.focus();
  await again.keyboard.press('Enter');
  // What is typed takes the place of the column that is chosen.
  await again.getByRole('combobox', { name: 'Column' }).click();
  await again.keyboard.type('username');
  await expect(again.getByRole('option')).toHaveText(['Username']);
  await again.keyboard.press('Escape');
  await choose(again, 'Value', 'No');
  await again.getByRole('button', { name: 'Apply' }).click();
  const changed = chip(again, 'Suspended is No').locator('[data-chip]');
  await changed.focus();
  await again.keyboard.press('Backspace');
  await expect(chip(again, 'Suspended')).toHaveCount(0);
  await expect(chip(again, 'Last sign-in in the last 30 days').locator('[data-chip]')).toBeFocused();
  await again.keyboard.press('Delete');
  await expect(chip(again, 'Last sign-in')).toHaveCount(0);
  await expect(front(again).getByRole('button', { name: 'Add filter' })).toBeFocused();
});

test('a condition that is typed with a pause in it is the condition alone, not its first word besides', async ({
  start,
}) => {
  const { page } = await start();
  await openDemo(page);
  const typed = async (list: string, word: string, rest: string) => {
    const line = page.getByRole('combobox', { name: list }).or(page.getByRole('textbox', { name: list }));
    await line.fill(word);
    // The pause is over when it was looked for as a word.
    await expect(tabs(page).locator('li[data-front]')).toContainText(word);
    await line.focus();
    await page.keyboard.press('End');
    await page.keyboard.type(rest);
    await page.keyboard.press('Enter');
    await expect(line).toHaveValue('');
    await expect(tabs(page).locator('li[data-front]')).not.toContainText(`: ${word}`);
  };
  await typed('Search users', 'suspended', ':yes');
  await expect(chip(page, 'Suspended is Yes')).toBeVisible();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await openList(page, 'Roles');
  await typed('Search roles', 'type', ': User');
  await expect(chip(page, 'Type is “User”')).toBeVisible();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
});

test('while rows are unread a screen does not say that no rows match', async ({ start, simulate }) => {
  const server = await simulate({ users: 200, logs: 6_000, tied: [0, 0] });
  const logs = Array.from({ length: 6_000 }, (_, at) => server.tenant.logs.row(at));
  const early = new Set(logs.slice(0, 400).map(({ payload }) => payload.ip));
  const late = logs.slice(5_000).find(({ payload }) => !early.has(payload.ip));
  const ip = String(late?.payload.ip);
  const matching = logs.filter(({ payload }) => payload.ip === ip).length;
  const { page } = await start({ tenants: { Unread: server } });
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const nothing = front(page).getByTestId('nothing');

  await page.getByRole('button', { name: 'Add filter' }).click();
  await choose(page, 'Column', 'IP address');
  await choose(page, 'Comparison', 'is');
  await page.getByLabel('Value').fill(ip);
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(nothing).toContainText('None in the first 100 of 6,000 rows');
  // Windows of time, which are filled less than pages.
  await expect(nothing).toContainText('About 81 requests');
  await expectAccessible(page);

  // Half way, nothing was found yet, and that is what it says; stopped, it says how far it was.
  let asked = 0;
  const isHeld = ({ path }: { path: string }) => {
    if (path === '/api/logs') asked += 1;
    return path === '/api/logs' && asked > 12;
  };
  const lookOn = holdBack(server, isHeld);
  await nothing.getByRole('button', { name: 'Search all rows' }).click();
  await expect(nothing).toContainText('None so far in the first');
  await expect(nothing.getByRole('progressbar', { name: 'Searching all rows' })).toBeVisible();
  await nothing.getByRole('button', { name: 'Stop' }).click();
  await expect(nothing).toContainText(/None in the first [\d,]+ of 6,000 rows/);
  lookOn();

  await nothing.getByRole('button', { name: 'Search all rows' }).click();
  await expect(local(page)).toContainText(`${matching} row`);
  await expect(local(page)).toContainText('in all 6,000 rows');
  await expect(cell(page, 0, 'payload.ip')).toHaveText(ip);

  await chip(page, 'IP address is').locator('[data-chip]').click();
  await page.getByLabel('Value').fill('192.0.2.250');
  await page.getByRole('button', { name: 'Apply' }).click();
  await nothing.getByRole('button', { name: 'Search all rows' }).click();
  await expect(nothing).toContainText('No rows match');
  await expect(nothing).toContainText('Searched in all 6,000 rows.');

  // By time it is little: it is done without being asked for.
  await page.getByRole('combobox', { name: 'Time' }).first().click();
  await page.getByRole('option', { name: 'Last 24 hours' }).click();
  await expect(nothing).toContainText('No rows match');
});

test('counting says that only a part is counted, and counts all', async ({ start, simulate }) => {
  const server = await simulate({ users: 200, logs: 6_000, tied: [0, 0] });
  const logs = Array.from({ length: 6_000 }, (_, at) => server.tenant.logs.row(at));
  const failed = logs.filter((log) => log.payload.result === 'Error').length;
  const { page } = await start({ tenants: { Counted: server } });
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  await page.getByRole('button', { name: 'Count rows' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByTestId('part')).toContainText('Partial count: in the first 100 of 6,000 rows.');
  await expectAccessible(page);
  await choose(page, 'Count by', 'Result');
  await dialog.getByRole('button', { name: 'Count all rows' }).click();
  await expect(dialog).toContainText('Counted in all 6,000 rows');
  await expect(dialog.getByTestId('part')).toHaveCount(0);
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Error' })).toContainText(String(failed));
  // Ids of other rows are counted by their names.
  const uses = new Map<string, number>();
  for (const { payload } of logs) {
    const id = String(payload.applicationId);
    uses.set(id, (uses.get(id) ?? 0) + 1);
  }
  const [most, used] = [...uses].sort(([, a], [, b]) => b - a)[0] ?? ['', 0];
  const application = server.tenant.applications.find(({ id }) => id === most);
  await choose(page, 'Count by', 'Application');
  await dialog.getByRole('button', { name: 'Count all rows' }).click();
  const first = dialog.getByRole('listitem').first();
  await expect(first).toContainText(used.toLocaleString('en-US'));
  await expect(first).toContainText(String(application?.name));
});

test('conditions and order are part of the view: they are there after a restart', async ({
  start,
  dataDir,
}) => {
  const first = await start();
  await openDemo(first.page);
  await first.page.getByRole('columnheader', { name: 'Username' }).click();
  await expect(local(first.page)).toContainText('sorted by Username');
  const top = await cell(first.page, 0, 'username').textContent();
  await expectKept(dataDir, ({ tabs }) => tabs[0]?.url.includes('username'));
  await first.quit();
  const { page } = await start();
  await expect(local(page)).toContainText('sorted by Username');
  await expect(cell(page, 0, 'username')).toHaveText(top ?? '');
  await local(page).getByRole('button', { name: 'Reset sort' }).click();
  await expect(local(page)).toHaveCount(0);
});

test('a log leads to the next one of its user, session or address', async ({ start }) => {
  const { page } = await start();
  await openDemo(page);
  await openList(page, 'Audit logs');
  await openRow(page);
  const ways = page.getByRole('navigation', { name: 'Previous and next with the same:' });
  const panel = front(page).getByRole('complementary');
  const shown = () => panel.getByRole('button', { name: 'Copy ID' }).textContent();
  const first = await shown();
  await expect(ways.getByRole('button', { name: 'Newer: same User' })).toBeDisabled();
  await ways.getByRole('button', { name: 'Older: same User' }).click();
  await expect(panel.getByRole('button', { name: 'Copy ID' })).not.toHaveText(first ?? '');
  await ways.getByRole('button', { name: 'Newer: same User' }).click();
  await expect(panel.getByRole('button', { name: 'Copy ID' })).toHaveText(first ?? '');
  await expectAccessible(page);
  // The API knows no filter by address: the view is narrowed to it, and searched.
  const address = await panel.getByText(/^\d+\.\d+\.\d+\.\d+$/).textContent();
  await ways.getByRole('button', { name: 'Show only rows with this IP address' }).click();
  await expect(chip(page, `IP address is “${address}”`)).toBeVisible();
  await expect(local(page)).toContainText(/rows? match/);
});

test('rows that come while a panel is open are among those that its row leads to', async ({
  start,
  simulate,
}) => {
  const { endpoint, tenant } = await simulate({ users: 20, logs: 20_000, tied: [0, 0] });
  const ips = Array.from({ length: 20_000 }, (_, at) => tenant.logs.row(at).payload.ip);
  // One of the first rows on the screen whose address comes again, but far below.
  const [at = 0, other = 0] = Array.from({ length: 20 }, (_, index) => [
    index,
    ips.indexOf(ips[index], index + 1),
  ])
    .filter(([index = 0, next = 0]) => next > 1_000 && ips.indexOf(ips[index]) === index)
    .flat();
  expect(other).toBeGreaterThan(1_000);
  const { page } = await start({ tenants: { Acme: { endpoint } } });
  await openList(page, 'Audit logs');
  await openRow(page, at);
  const older = page.getByRole('button', { name: 'Older: same IP address' });
  await expect(older).toBeDisabled();
  // More than 10,000 are counted once the first are there: the bar stands for all of them then.
  const bar = front(page).locator('.ag-body-vertical-scroll-viewport');
  await expect.poll(() => bar.evaluate(({ scrollHeight }) => scrollHeight / 20_000)).toBeGreaterThan(20);
  await scrollTo(page, other / 20_000);
  await expect(older).toBeEnabled();
});

test('in a narrow window, times in a panel and the line below the rows are whole', async ({
  start,
  simulate,
}) => {
  const now = Date.now();
  const logMoments = Array.from({ length: 5_000 }, (_, n) => now - 60_000 - n * 600_000);
  const server = await simulate({ era: '1.30', users: 120, logMoments, tied: [0, 0] });
  const { page } = await start({
    view: { viewport: { width: 1000, height: 700 } },
    tenants: { Narrow: server },
  });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const isWhole = (element: Element) => element.scrollWidth <= element.clientWidth;
  const panel = await openRow(page);
  await panel.getByRole('tab', { name: 'Audit logs' }).click();
  const times = panel.locator('[data-time]');
  await expect(times.first()).toHaveText(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/);
  for (const time of await times.all()) expect(await time.evaluate(isWhole)).toBe(true);
  await openList(page, 'Audit logs');
  await choose(page, 'Time', 'Last 30 days');
  await expect(page.getByRole('button', { name: /Audit logs: Last 30 days/ }).first()).toBeVisible();
  const line = front(page).getByRole('region', { name: 'Status' });
  await expect(line).toContainText('Up to ');
  await expect(line).toContainText('Time by position');
  expect(await line.evaluate(isWhole)).toBe(true);
  expect(await line.getByRole('button', { name: 'Offline copy…' }).evaluate(isWhole)).toBe(true);
});

test('in a small window conditions are whole, and their list of fields is one that screen readers go through', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 5, logs: 120, tied: [0, 0] });
  const { page } = await start({
    view: { viewport: { width: 1000, height: 700 } },
    tenants: { Small: server },
  });
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const tools = await front(page).getByRole('button', { name: 'Export', exact: true }).boundingBox();
  const line = front(page).getByRole('combobox', { name: 'Filter audit logs' });
  const said = ['Result is “Error”', 'IP address is in network “10.0.0.0/8”', 'Event is “SignIn”'];
  for (const [at, typed] of ['result: error', 'ip address: 10.0.0.0/8', 'event: SignIn'].entries()) {
    await line.fill(typed);
    await line.press('Enter');
    await expect(chip(page, said[at] ?? '')).toBeVisible();
  }
  const isWhole = (element: Element) => element.scrollWidth <= element.clientWidth;
  const chips = front(page).getByTestId('chip');
  await expect(chips).toHaveCount(3);
  for (const one of await chips.all()) {
    await expect(one).toBeInViewport({ ratio: 1 });
    expect(await one.locator('[data-chip] span').evaluate(isWhole), `${await one.textContent()}`).toBe(true);
  }
  // The tools stay where they were, and nothing lies over what is filtered by.
  const below = (await chips.first().boundingBox())?.y ?? 0;
  const box = await line.locator('xpath=ancestor::*[contains(@class, "Input-wrapper")]').boundingBox();
  expect(below).toBeGreaterThan((box?.y ?? 0) + (box?.height ?? 0) + 2);
  expect(await front(page).getByRole('button', { name: 'Export', exact: true }).boundingBox()).toEqual(tools);
  await chips
    .first()
    .getByRole('button', { name: /^Event/ })
    .click();
  const column = page.getByRole('combobox', { name: 'Column' });
  await expect(column).toBeVisible();
  // The first one may close the values that are offered.
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(column).toHaveCount(0, { timeout: 1_000 });
  }).toPass();
  await front(page).getByRole('button', { name: 'Add filter' }).click();
  await column.click();
  const options = page.getByRole('listbox').filter({ visible: true });
  expect(await options.evaluate((list) => list.scrollHeight > list.clientHeight)).toBe(true);
  await expectAccessible(page);
});

test('columns are pinned, and rows are as high as the operator likes', async ({ start, dataDir }) => {
  const first = await start();
  await openDemo(first.page);
  const height = async (page: Page, column = 'primaryEmail') =>
    (await cell(page, 0, column).boundingBox())?.height ?? 0;
  const normal = await height(first.page);
  await first.page.getByRole('button', { name: 'Columns' }).click();
  // The name is pinned from the start, and let go like any other.
  await first.page.getByRole('button', { name: 'Pin Name to the left' }).click();
  await first.page.getByRole('button', { name: 'Pin Email to the left' }).click();
  await first.page.getByText('Relaxed').click();
  await expect.poll(() => height(first.page)).toBeGreaterThan(normal + 5);
  await first.page.keyboard.press('Escape');
  // In a list that is opened after that, and in one that was open before, each row has its place.
  await keepTab(first.page);
  for (const list of ['Roles', 'Users']) {
    await openList(first.page, list);
    await expect(rowToClick(first.page, 1)).toBeVisible();
    await expect.poll(() => height(first.page, 'name')).toBeGreaterThan(normal + 5);
    const [above, below] = await Promise.all(
      [0, 1].map((row) => cell(first.page, row, 'name').boundingBox()),
    );
    expect((below?.y ?? 0) - (above?.y ?? 0), list).toBeCloseTo(36, 0);
  }
  const isPinned = async (page: Page) => {
    const [email, name] = await Promise.all(
      ['Email', 'Name'].map((title) =>
        page.getByRole('columnheader', { name: title, exact: true }).boundingBox(),
      ),
    );
    return (email?.x ?? 0) < (name?.x ?? 0);
  };
  await expect.poll(() => isPinned(first.page)).toBe(true);
  await expectKept(
    dataDir,
    ({ columns, tabs, active }) =>
      columns.users?.some(({ pinned }) => pinned) &&
      tabs.some(({ id, url }) => id === active && url.endsWith('/users')),
  );
  await first.quit();
  const { page } = await start();
  await expect.poll(() => isPinned(page)).toBe(true);
  await expect.poll(() => height(page)).toBeGreaterThan(normal + 5);
  // A panel in a narrow window leaves no room beside them: what is pinned stays so.
  await page.setViewportSize({ width: 820, height: 640 });
  await openRow(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect.poll(() => isPinned(page)).toBe(true);
});

test('pictures of a tenant are loaded only where it is allowed, by the core and without a referrer', async ({
  start,
  simulate,
}) => {
  const asked: Record<string, unknown>[] = [];
  const server = await simulate({ users: 20, logs: 5, tied: [0, 0] });
  const picture = (headers: Record<string, unknown>, response: ServerResponse) => {
    asked.push(headers);
    response.setHeader('content-type', 'image/gif');
    response.end(Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'));
  };
  // What stands before a tenant's server has its pictures, too.
  const front = createServer((incoming, response) => {
    if (incoming.url === '/a.gif') return picture(incoming.headers, response);
    const { method = 'GET', url = '/', headers } = incoming;
    const passed = request(new URL(url, server.endpoint), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    // Either side may go away: a call was cancelled, or the connection was idle too long.
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    incoming.pipe(passed);
  });
  const elsewhere = createServer(({ headers }, response) => picture(headers, response));
  for (const one of [front, elsewhere]) await once(one.listen(0, '127.0.0.1'), 'listening');
  const addressOf = (one: Server) => `http://127.0.0.1:${(one.address() as AddressInfo).port}`;
  const endpoint = addressOf(front);
  const avatar = `${endpoint}/a.gif`;
  server.tenant.insertUser(Date.now() - 60_000, {
    name: 'Elsewhere',
    avatar: `${addressOf(elsewhere)}/b.gif`,
  });
  server.tenant.insertUser(Date.now(), { name: 'Pictured', avatar });
  const { page } = await start({ tenants: { Pictures: { endpoint } } });
  await expect(cell(page, 0, 'name')).toHaveText('Pictured');
  const panel = await openRow(page);
  await panel.getByRole('tab', { name: 'Fields' }).click();
  await expect(panel.getByText(avatar)).toBeVisible();
  await expect(panel.locator('img')).toHaveCount(0);
  expect(asked).toEqual([]);

  const tenants = page.getByRole('navigation', { name: 'Tenants' });
  await tenants.getByText('Pictures', { exact: true }).hover();
  await tenants.getByRole('button', { name: 'Edit Pictures' }).click();
  await page.getByRole('checkbox', { name: 'Load images' }).check();
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click();
  await expect(panel.getByAltText('Picture of Pictured').first()).toHaveAttribute('src', /^data:image\/gif/);
  expect(asked).toHaveLength(1);
  for (const name of ['referer', 'cookie', 'authorization', 'origin'])
    expect(asked[0]).not.toHaveProperty(name);
  for (const one of [front, elsewhere]) {
    one.close();
    one.closeAllConnections();
  }
});

test('a field that logs do not have is told, and the text offered as words; in a small window a time keeps its zone', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 5, logs: 120, tied: [0, 0] });
  const { page } = await start({
    view: { viewport: { width: 1000, height: 700 } },
    tenants: { Small: server },
  });
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const pinned = front(page).getByTestId('pinned');
  await expect(pinned).toHaveText(/ [A-Z]\S*$/);
  expect(await pinned.evaluate((one) => one.scrollWidth <= one.clientWidth && one.scrollHeight < 20)).toBe(
    true,
  );
  const line = front(page).getByRole('combobox', { name: 'Filter audit logs' });
  await line.fill('resutl: error');
  await line.press('Enter');
  await expect(front(page).getByTestId('mistake')).toContainText(
    'there is no field "resutl"; did you mean "Result"?',
  );
  await expect(chip(page, 'Event')).toHaveCount(0);
  await page.getByRole('option', { name: 'Event: resutl: error' }).click();
  await expect(chip(page, 'Event contains “resutl: error”')).toBeVisible();
  await expect(front(page).getByTestId('mistake')).toHaveCount(0);
});

test('counts of rows that match say how many those are: their shares are of them', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 5, logs: 90, tied: [0, 0] });
  const failed = Array.from({ length: 90 }, (_, at) => server.tenant.logs.row(at)).filter(
    ({ payload }) => payload.result === 'Error',
  );
  const { page } = await start({ tenants: { Shares: server } });
  await openList(page, 'Audit logs');
  const line = front(page).getByRole('combobox', { name: 'Filter audit logs' });
  await line.fill('result: error');
  await line.press('Enter');
  await expect(local(page)).toContainText('in all 90 rows');
  await page.getByRole('button', { name: 'Count rows' }).click();
  await expect(page.getByRole('dialog').getByTestId('matching')).toHaveText(
    failed.length === 1 ? '1 row matches' : `${failed.length} rows match`,
  );
});
