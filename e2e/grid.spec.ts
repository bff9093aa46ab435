import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cell,
  expect,
  expectAccessible,
  front,
  holdClock,
  openDemo,
  openList,
  openRow,
  passClock,
  scrollBar,
  test,
} from './desk.ts';

test('a cell, its row, and a heading have their menus, by the mouse and by Shift F10', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 40, logs: 60, tied: [0, 0] });
  const at = server.tenant.users.findIndex(({ isSuspended }) => isSuspended);
  const { page, clipboard } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  const item = (name: string | RegExp) => page.getByRole('menuitem', { name });

  // The name stays in sight and says who is suspended; what is not so is a quiet dash.
  await expect(cell(page, at, 'isSuspended')).toHaveText('Yes');
  await expect(cell(page, at === 0 ? 1 : 0, 'isSuspended')).toHaveText('–');
  const name = cell(page, at, 'name');
  const badge = await name
    .locator('.ag-cell-wrapper')
    .evaluate((one) => getComputedStyle(one, '::after').content);
  expect(badge).toBe('"Suspended"');
  // It is in sight: in the cell's only line, however long the name is.
  const isWhole = (one: Element) =>
    one.scrollHeight <= one.clientHeight && one.scrollWidth <= one.clientWidth;
  expect(await name.evaluate(isWhole)).toBe(true);
  const value = name.locator('.ag-cell-value');
  await value.evaluate((one) => one.append(' and a name that is longer than its column'));
  expect(await name.evaluate(isWhole)).toBe(true);
  const end = async (one: typeof name) => {
    const box = await one.boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0);
  };
  expect((await end(name)) - (await end(value))).toBeGreaterThan(60);
  await front(page)
    .locator('.ag-body-horizontal-scroll-viewport')
    .evaluate((element) => element.scrollTo({ left: 900 }));
  await expect(cell(page, 0, 'name')).toBeInViewport();

  // With Shift, too, a row is opened, and no text is selected on the way to it.
  await cell(page, 0, 'name').click();
  await front(page).getByRole('combobox', { name: 'Search users' }).focus();
  await cell(page, 2, 'name').click({ modifiers: ['Shift'] });
  await expect(cell(page, 2, 'name')).toBeFocused();
  const panel = front(page).getByRole('complementary');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(String(server.tenant.users[2]?.name));
  expect(await page.evaluate(() => String(getSelection()))).toBe('');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);

  await cell(page, 0, 'name').click({ button: 'right' });
  await expectAccessible(page);
  await item(/^Copy row with headers/).click();
  await expect.poll(clipboard).toMatch(/^Name\t/);
  const [, row = ''] = (await clipboard()).split('\n');
  expect(row.split('\t')[0]).toBe(String(server.tenant.users[0]?.name));
  await cell(page, 1, 'name').focus();
  await page.keyboard.press('Shift+F10');
  await item(/^Copy row as JSON/).click();
  await expect.poll(clipboard).toMatch(/^\{/);
  expect(JSON.parse(await clipboard())).toMatchObject({ id: server.tenant.users[1]?.id });

  // Rows that are ticked are copied with Ctrl C.
  for (const tick of [2, 5])
    await front(page).locator(`.ag-row[row-index="${tick}"] .ag-selection-checkbox`).click();
  await cell(page, 5, 'name').focus();
  await page.keyboard.press('ControlOrMeta+c');
  await expect(page.getByText('2 rows copied')).toBeVisible();
  const lines = (await clipboard()).split('\n');
  expect(lines.map((line) => line.split('\t')[0])).toEqual([
    'Name',
    ...[2, 5].map((one) => String(server.tenant.users[one]?.name)),
  ]);
  // Shift and arrows continue from there, and back.
  for (const [arrow, count] of [
    ['ArrowDown', 3],
    ['ArrowDown', 4],
    ['ArrowUp', 3],
  ] as const) {
    await page.keyboard.press(`Shift+${arrow}`);
    await expect(front(page)).toContainText(`${count} selected`);
  }
  await expect(cell(page, 6, 'name')).toBeFocused();
  // Another key ends that: rows picked one by one, or before, stay picked.
  for (const key of ['ArrowDown', 'ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowDown'])
    await page.keyboard.press(key);
  await expect(cell(page, 6, 'name')).toBeFocused();
  await expect(front(page)).toContainText('3 selected');

  await cell(page, at, 'isSuspended').click({ button: 'right' });
  await item('Filter by “Yes”').click();
  const suspended = server.tenant.users.filter(({ isSuspended }) => isSuspended).length;
  await expect(front(page).getByTestId('local')).toContainText(`${suspended} row`);
  await cell(page, 0, 'isSuspended').click({ button: 'right' });
  await item('Exclude “Yes”').click();
  await expect(front(page).getByTestId('local')).toContainText(`${40 - suspended} rows match`);

  const heading = (name: string) => front(page).getByRole('columnheader', { name, exact: true });
  await heading('Email').click({ button: 'right' });
  await item('Hide column').click();
  await expect(heading('Email')).toHaveCount(0);
  await heading('Username').click({ button: 'right' });
  await item('Sort descending').click();
  await expect(heading('Username')).toHaveAttribute('aria-sort', 'descending');
  await heading('Created (UTC)').click({ button: 'right' });
  await item('Filter…').click();
  await expect(page.getByRole('combobox', { name: 'Column' })).toHaveValue('Created');
  await expect(page.getByRole('textbox', { name: 'Value' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Column' })).toHaveCount(0);
  await heading('Suspended').click({ button: 'right' });
  await item('Count by Suspended').click();
  await expect(
    page.getByRole('dialog', { name: 'Users, counted' }).getByRole('combobox', { name: 'Count by' }),
  ).toHaveValue('Suspended');
});

test('what is new is said above the rows, and moves nothing', async ({ start, simulate }) => {
  const server = await simulate({ users: 20, logs: 300, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await holdClock(page);
  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  const before = await cell(page, 3, 'key').boundingBox();
  const tools = await front(page).getByRole('button', { name: 'Export', exact: true }).boundingBox();
  server.tenant.insertLog((server.tenant.logs.times[0] ?? 0) + 1_000, 'Interaction.End');
  await passClock(page);
  await expect(page.getByRole('button', { name: '1 new' })).toBeVisible();
  expect(await cell(page, 3, 'key').boundingBox()).toEqual(before);
  expect(await front(page).getByRole('button', { name: 'Export', exact: true }).boundingBox()).toEqual(tools);
});

test('rows are as high as they stay from the first one on, also where a start opens on them', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 40, logs: 0, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await page.addInitScript(() => {
    const heights = new Set<string>();
    Object.assign(window, { heights });
    new MutationObserver(() => {
      for (const row of document.querySelectorAll<HTMLElement>('.ag-row')) heights.add(row.style.height);
    }).observe(document, { childList: true, subtree: true });
  });
  await page.reload();
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  await expect(cell(page, 20, 'name')).toBeInViewport();
  expect(await page.evaluate(() => [...(window as unknown as { heights: Set<string> }).heights])).toEqual([
    '28px',
  ]);
});

test('the scroll bar moves the rows also right after something else moved them', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 600, logs: 0, tied: [0, 0] });
  const { page } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  /** In one step, however busy the machine is: what moves first is drawn, and the other moves in the next frame. */
  const moveBoth = (way: 'scrollTop' | 'scrollLeft', moves: readonly [place: string, to: number][]) =>
    front(page).evaluate(
      async (view, [at, all]) => {
        for (const [place, to] of all) {
          const element = view.querySelector(place);
          if (element) element[at] = to;
          for (const _ of [1, 2]) await new Promise((drawn) => requestAnimationFrame(drawn));
        }
      },
      [way, moves] as const,
    );
  const rows = '.ag-grid-viewport';
  const [beside, below] = ['.ag-body-vertical-scroll-viewport', '.ag-body-horizontal-scroll-viewport'];
  const placeOf = (bar: string, way: 'scrollTop' | 'scrollLeft') =>
    front(page)
      .locator(bar)
      .evaluate((element, at) => element[at], way);
  await scrollBar(page);
  await moveBoth('scrollTop', [
    [rows, 9_000],
    [beside, 3_000],
  ]);
  await expect(cell(page, Math.ceil(3_000 / 28), 'name')).toBeInViewport();
  expect(await placeOf(beside, 'scrollTop')).toBe(3_000);

  // The one below them, too.
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Updated', 'Phone', 'Username'])
    await page.getByRole('checkbox', { name, exact: true }).check();
  await page.keyboard.press('Escape');
  const first = page.getByRole('columnheader', { name: 'Username' });
  await moveBoth('scrollLeft', [
    [rows, 900],
    [below, 0],
  ]);
  await expect(first).toBeInViewport();
  expect(await placeOf(below, 'scrollLeft')).toBe(0);

  // Who moves last is followed: rows that a key moves right after the bar are not taken back.
  await moveBoth('scrollTop', [
    [beside, 6_000],
    [rows, 1_400],
  ]);
  await expect.poll(() => placeOf(beside, 'scrollTop')).toBe(1_400);
  await expect(cell(page, 50, 'name')).toBeInViewport();
});

test('a column is copied as a list; times are told from now where that is chosen, and stay so', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 8, logs: 4, tied: [0, 0] });
  const { page, clipboard, quit } = await start({ tenants: { Acme: server } });
  await cell(page, 0, 'username').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy column “Username” as a list' }).click();
  await expect.poll(clipboard).toBe(
    server.tenant.users
      .map(({ username }) => username)
      .filter(Boolean)
      .join('\n'),
  );
  // A server of one’s own has its Console where nobody told.
  await cell(page, 0, 'name').click({ button: 'right' });
  await expect(page.getByRole('menuitem', { name: /^Copy row/ }).first()).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Open in Logto Console' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  const made = cell(page, 0, 'createdAt');
  await expect(made).toHaveText(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/);
  await made.hover();
  // That of a cell on the way there fades meanwhile.
  const hint = page.locator('.ag-tooltip:not(.ag-tooltip-hiding)');
  await expect(hint).toContainText(/\d+ (day|month|year)s? ago/);
  await page.keyboard.press('Alt+c');
  await page.getByRole('checkbox', { name: /^Times from now/ }).check();
  await page.keyboard.press('Escape');
  await expect(made).toHaveText(/ago$/);
  const kept = () => JSON.parse(readFileSync(join(dataDir, 'settings.json'), 'utf8')).preferences.times;
  await expect.poll(kept).toBe('relative');
  await quit();
  const again = await start();
  await expect(cell(again.page, 0, 'createdAt')).toHaveText(/ago$/);
});

test('27 rows stand in a window of 900 px; buttons have words from 1280 px on, and say what they do to who rests on them', async ({
  start,
}) => {
  const { page } = await start({ view: { viewport: { width: 1440, height: 900 } } });
  await openDemo(page);
  await expect(cell(page, 26, 'name')).toBeInViewport({ ratio: 1 });
  const refresh = front(page).getByRole('button', { name: 'Refresh', exact: true });
  for (const [width, words] of [
    [1440, 'Refresh'],
    [1280, 'Refresh'],
    [1000, ''],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await expect(refresh).toHaveText(words, { useInnerText: true });
  }
  const hint = page.getByRole('tooltip');
  await refresh.hover();
  await expect(hint).toHaveText('Refresh');
  await front(page).getByRole('button', { name: 'Export', exact: true }).hover();
  await expect(hint).toHaveText('Export');
  // Whoever acts knows; a menu says what it does by itself.
  const columns = front(page).getByRole('button', { name: 'Columns', exact: true });
  await columns.hover();
  await expect(hint).toHaveText('Columns');
  await columns.click();
  await expect(page.getByRole('textbox', { name: 'Find a column' })).toBeVisible();
  await expect(hint).toHaveCount(0);
  await page.keyboard.press('Escape');
  // What goes takes its hint with it.
  await openRow(page);
  const close = front(page).getByRole('button', { name: 'Close panel', exact: true });
  await close.hover();
  await expect(hint).toHaveText('Close panel');
  await page.evaluate(() =>
    document.querySelector<HTMLElement>('section[data-front] aside [data-hint="Close panel"]')?.click(),
  );
  await expect(close).toHaveCount(0);
  await expect(hint).toHaveCount(0);
});
