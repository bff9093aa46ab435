import { sized } from '../src/doors/full.ts';
import {
  addTenant,
  cell,
  expect,
  expectAccessible,
  expectKept,
  front,
  keepTab,
  openDemo,
  openList,
  scrollTo,
  tabs,
  test,
} from './desk.ts';

test('a click opens a preview in the place of the one before; a double click or an edit keeps it', async ({
  start,
}) => {
  const { page } = await start();
  await openDemo(page);
  const open = tabs(page).getByRole('listitem');
  await openList(page, 'Roles');
  await openList(page, 'Applications');
  await expect(open).toHaveCount(1);
  const title = open.getByText('Applications');
  await expect(title).toHaveCSS('font-style', 'italic');
  await keepTab(page);
  await expect(title).toHaveCSS('font-style', 'normal');
  await openList(page, 'Roles');
  await front(page).getByRole('textbox', { name: 'Search roles' }).fill('machine');
  await expect(front(page).getByTestId('rows')).toHaveText(/^\d rows$/);
  await openList(page, 'Organizations');
  await expect(open).toHaveCount(3);
  // What gave its place to another is not lost.
  await openList(page, 'Connectors');
  await expect(open).toHaveCount(3);
  await page.keyboard.press('Control+Shift+T');
  await expect(tabs(page).locator('li[data-front]')).toContainText('Organizations');
});

const views = sized(27, 12);
test(`${views} views: the front one in sight, all by name, closed and reopened, moved by keys and by the mouse`, async ({
  start,
}) => {
  test.slow();
  const { page } = await start({ view: { viewport: { width: 1280, height: 800 } } });
  await openDemo(page);
  await keepTab(page);
  const lists = await page.getByRole('navigation', { name: 'Lists' }).getByRole('button').allTextContents();
  for (const list of lists.slice(0, views)) {
    await openList(page, list);
    await keepTab(page);
  }
  const sought = lists[views - 4] ?? '';
  const open = tabs(page).getByRole('listitem');
  const count = await open.count();
  expect(count).toBeGreaterThan(views - 7);
  const atFront = tabs(page).locator('li[data-front]');
  await expect(atFront).toBeInViewport({ ratio: 0.99 });
  await openList(page, 'Users');
  await expect(atFront).toContainText('Users');
  await expect(atFront).toBeInViewport({ ratio: 0.99 });
  // A single tenant is not named in every tab, and no title is cut.
  await expect(open.filter({ hasText: 'Demo tenant' })).toHaveCount(0);
  for (const tab of await open.all())
    expect(
      await tab
        .locator('span')
        .first()
        .evaluate((one) => one.scrollWidth <= one.clientWidth),
    ).toBe(true);

  await page.getByRole('button', { name: `${count} open views` }).click();
  await expectAccessible(page);
  await page.getByRole('textbox', { name: 'Find an open view' }).fill(sought.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(atFront).toContainText(sought);
  await expect(atFront).toBeInViewport({ ratio: 0.99 });

  const names = () => open.allTextContents();
  const before = await names();
  const at = before.indexOf(sought);
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  expect((await names()).indexOf(sought)).toBe(at - 1);
  await page.keyboard.press('Alt+Shift+ArrowRight');
  expect(await names()).toEqual(before);
  await open
    .nth(at)
    .locator('[data-tab]')
    .dragTo(open.nth(at - 2).locator('[data-tab]'));
  expect((await names()).indexOf(sought)).toBe(at - 2);

  await atFront.click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Close tabs to the right' }).click();
  await expect(open).toHaveCount(at - 1);
  // The same menu, and the tabs, by the keyboard.
  await atFront.locator('[data-tab]').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(open.nth(at - 3).locator('[data-tab]')).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: 'Close other tabs' }).press('Enter');
  await expect(open).toHaveCount(1);
  await page.keyboard.press('Control+Shift+T');
  await expect(open).toHaveCount(2);
});

test('a tab keeps its title over a restart, whoever answers then, and names its tenant beside another one', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 60, logs: 20, tied: [0, 0] });
  const first = await start();
  await addTenant(first.page, 'Acme', server);
  await openList(first.page, 'Organizations');
  const { organizations, usersByOrganization } = server.tenant;
  const at = organizations.findIndex(({ id }) => (usersByOrganization.get(String(id))?.size ?? 0) > 0);
  const name = String(organizations[at]?.name);
  await expect(cell(first.page, at, 'name')).toHaveText(name);
  await cell(first.page, at, 'name').click();
  const panel = first.page.getByRole('complementary', { name: 'Organization details' });
  await panel.getByRole('tab', { name: 'Members' }).click();
  await panel.getByRole('button', { name: 'Open as a list' }).click();
  const title = `Members of ${name}`;
  await expect(tabs(first.page).locator('li[data-front]')).toHaveText(title);
  await expectKept(dataDir, ({ tabs: kept }) => kept.some(({ names }) => names));
  await first.quit();

  await server.stop();
  const { page } = await start();
  await expect(tabs(page).locator('li[data-front]')).toHaveText(title);
  await page.getByRole('button', { name: 'All tenants' }).click();
  await page.getByText('Explore the demo tenant').click();
  await expect(tabs(page).getByRole('listitem').filter({ hasText: title })).toContainText('Acme');
});

test('two views of two tenants side by side, each with its own place and panel, by mouse and keyboard, after a restart too', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 400, logs: 5, tied: [0, 0] });
  const view = { viewport: { width: 1280, height: 800 } };
  const first = await start({ view });
  const { page } = first;
  await openDemo(page);
  await keepTab(page);
  await addTenant(page, 'Other', server);
  await expect(front(page).getByTestId('rows')).toHaveText('400 rows');
  await keepTab(page);
  await tabs(page)
    .getByRole('button', { name: /^Users/ })
    .first()
    .click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Show beside' }).click();

  const left = page.locator('section[data-side="left"]');
  const right = page.locator('section[data-side="right"]');
  await expect(left.getByTestId('rows')).toHaveText('400 rows');
  await expect(right.getByTestId('rows')).toHaveText('20,000 rows');
  await expect(right).toHaveAttribute('data-front', 'true');
  const boxes = [await left.boundingBox(), await right.boundingBox()];
  expect(boxes[1]?.x).toBeCloseTo((boxes[0]?.x ?? 0) + (boxes[0]?.width ?? 0), 0);

  // Each scrolls by itself, and has its own panel; what is pressed comes to the front.
  await scrollTo(page, 0.5);
  await expect(right.locator('.ag-row[row-index="0"]')).toHaveCount(0);
  await left.locator('.ag-row[row-index="1"] [col-id="name"]').click();
  await expect(left).toHaveAttribute('data-front', 'true');
  await expect(left.getByRole('complementary')).toBeVisible();
  await expect(right.getByRole('complementary')).toHaveCount(0);
  await expectAccessible(page);

  // In half of a small window every tool still stands on its own side.
  await page.setViewportSize({ width: 1000, height: 700 });
  const endOf = async (part: typeof left) => {
    const box = await part.boundingBox();
    return (box?.x ?? 0) + (box?.width ?? 0);
  };
  await expect
    .poll(async () => (await endOf(left.locator('[data-command="export"]'))) <= (await endOf(left)))
    .toBe(true);
  // Nobody has moved the edge: it is in the middle of whatever window.
  const unlike = async () => {
    const [one, other] = [await left.boundingBox(), await right.boundingBox()];
    return Math.abs((one?.width ?? 0) - (other?.width ?? 0));
  };
  await expect.poll(unlike).toBeLessThan(4);

  // F6 goes through the parts of both, from left to right.
  const side = () =>
    page.evaluate(() => document.activeElement?.closest('[data-side]')?.getAttribute('data-side') ?? 'none');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const met: string[] = [];
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('F6');
    const now = await side();
    if (now !== met.at(-1)) met.push(now);
  }
  expect(met.slice(0, 4)).toEqual(['none', 'left', 'right', 'none']);

  await expectKept(
    dataDir,
    ({ split, active }) => split && (split.left === active || split.right === active),
  );
  await first.quit();
  const second = await start({ view });
  const again = second.page;
  await expect(again.locator('section[data-side="left"]').getByTestId('rows')).toHaveText('400 rows');
  await expect(again.locator('section[data-side="right"]').getByTestId('rows')).toHaveText('20,000 rows');
  await again.keyboard.press('Alt+v');
  await expect(again.locator('section[data-side]')).toHaveCount(0);
  await expect(front(again).getByTestId('rows')).toBeVisible();
});
