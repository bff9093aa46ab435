import {
  addTenant,
  cell,
  expect,
  expectAccessible,
  front,
  holdClock,
  keepTab,
  openDemo,
  openList,
  scrollTo,
  test,
} from './desk.ts';

test('the end of 100,000 logs is one request away, and dragging there costs at most three', async ({
  start,
  simulate,
}) => {
  const server = await simulate();
  const { page } = await start();
  await page.evaluate(() => Object.assign(window, { frame: requestAnimationFrame.bind(window) }));
  await holdClock(page);
  await addTenant(page, 'Big', server);
  await openList(page, 'Audit logs');
  await expect(front(page).getByTestId('rows')).toHaveText('100,000 rows');
  const pages = () =>
    server.seen.filter(({ path, query }) => path === '/api/logs' && query.get('page_size') === '100').length;

  const bar = front(page).locator('.ag-body-vertical-scroll-viewport');
  // The scroll bar has its length a frame after the rows are there.
  await expect.poll(() => bar.evaluate(({ scrollHeight }) => scrollHeight)).toBeGreaterThan(2_000_000);
  const before = pages();
  await scrollTo(page, 1);
  await expect(cell(page, 99_999, 'key')).toHaveText(server.tenant.logs.row(99_999).key);
  expect(pages() - before).toBe(1);

  await scrollTo(page, 0);
  await expect(cell(page, 0, 'key')).toBeVisible();
  const atTop = pages();
  expect(atTop - before).toBe(1);
  // A drag: the thumb moves through the whole height, a step a frame. No time passes meanwhile, as between frames that are late
  // it would rest.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
  await bar.evaluate(async (element) => {
    const { frame } = window as unknown as { frame: typeof requestAnimationFrame };
    for (let step = 0; step <= 60; step += 1) {
      element.scrollTop = (step / 60) * (element.scrollHeight * 0.6);
      await new Promise(frame);
    }
  });
  await page.clock.resume();
  // Where the thumb rests on a busy computer may be a step short of where it was put; the rows there are loaded.
  const inSight = () =>
    front(page).evaluate((view) => {
      const rows = [...view.querySelectorAll('.ag-row[row-index]')];
      const first = Math.min(...rows.map((row) => Number(row.getAttribute('row-index'))));
      return {
        far: first > 50_000,
        loaded: rows.every((row) => row.querySelector('[col-id="key"]')?.textContent),
      };
    });
  await expect.poll(inSight).toEqual({ far: true, loaded: true });
  expect(pages() - atTop).toBeLessThanOrEqual(3);
});

test('a capped total shows as 10,000+, and scrolling continues past it', async ({ start, simulate }) => {
  const server = await simulate({ logs: 10_250, users: 100, tied: [0, 0] });
  // This server cannot count in time: the exact total stays unknown.
  server.faults.add(
    { kind: 'status', status: 504 },
    { on: ({ path, query }) => path === '/api/logs' && !query.has('enableCap'), times: 99 },
  );
  const { page } = await start({ tenants: { Capped: server } });
  await openList(page, 'Audit logs');
  await expect(front(page).getByTestId('rows')).toHaveText('10,000+ rows');
  await expect(async () => {
    await scrollTo(page, 1);
    await expect(cell(page, 10_249, 'key')).toHaveText(server.tenant.logs.row(10_249).key, {
      timeout: 1_000,
    });
  }).toPass();
  await expect(front(page).getByTestId('rows')).toHaveText('10,250 rows');
});

test('new logs shift nothing; they are announced, and shown on demand', async ({ start, simulate }) => {
  const server = await simulate({ logs: 500, users: 100, tied: [0, 0] });
  const { page } = await start({ tenants: { Busy: server } });
  await openList(page, 'Audit logs');
  await expect(front(page).getByTestId('rows')).toHaveText('500 rows');
  const newest = server.tenant.logs.times[0] ?? 0;
  for (let n = 1; n <= 12; n += 1) server.tenant.insertLog(newest + n * 1000, 'Interaction.End');
  await scrollTo(page, 1);
  await expect(cell(page, 499, 'key')).toHaveText(server.tenant.logs.row(499).key);
  await expect(page.getByRole('button', { name: '12 new' })).toBeVisible({ timeout: 25_000 });
  await page.getByRole('button', { name: '12 new' }).click();
  await expect(front(page).getByTestId('rows')).toHaveText('512 rows');
  // What is read stays in its place below the new rows: that is found first, whatever is scrolled meanwhile.
  await expect(async () => {
    await scrollTo(page, 0);
    await expect(cell(page, 0, 'key')).toHaveText('Interaction.End', { timeout: 2_000 });
  }).toPass();
});

test('a server that goes away and comes back', async ({ start, simulate }) => {
  const server = await simulate({ logs: 5_000, users: 3_000, tied: [0, 0] });
  const { port } = server;
  const { page } = await start({ tenants: { Flaky: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('3,000 rows');
  await server.stop();

  // What is here stays; what is not says why.
  await scrollTo(page, 0.5);
  await expect(front(page).getByRole('alert')).toContainText('refused the connection');
  await expect(front(page).getByRole('alert')).toContainText('Check that the server is running');
  await expectAccessible(page, undefined, { hasContrast: true });
  await keepTab(page);
  await openList(page, 'Roles');
  await expect(front(page).getByRole('alert')).toContainText('refused the connection');
  await expectAccessible(page);

  await server.start(port);
  await front(page).getByRole('button', { name: 'Try again' }).click();
  await expect(front(page).getByTestId('rows')).toHaveText('45 rows');
  await openList(page, 'Users');
  await front(page).getByRole('button', { name: 'Try again' }).click();
  await expect(front(page).getByRole('alert')).toHaveCount(0);
  await expect(cell(page, 1_500, 'name')).toBeVisible();
});

test('closing a view cancels its requests', async ({ start, simulate }) => {
  const server = await simulate({ logs: 500, users: 3_000, tied: [0, 0] });
  const { page } = await start({ tenants: { Slow: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('3,000 rows');
  server.faults.add({ kind: 'status', status: 503 }, { on: '/api/users', times: 99 });
  await scrollTo(page, 0.7);
  await expect.poll(() => server.seen.filter(({ status }) => status === 503).length).toBeGreaterThan(0);
  await page.getByRole('button', { name: /^Close tab/ }).click();
  await expect(page.getByRole('heading', { name: 'Logto Desk' })).toBeVisible();
  // What is there then asks for numbers, not for pages of the view.
  const pages = () =>
    server.seen.filter(({ path, query }) => path === '/api/users' && query.get('page_size') === '100').length;
  await page.waitForTimeout(200);
  const after = pages();
  expect(after).toBeGreaterThan(0);
  await page.waitForTimeout(4_000);
  expect(pages()).toBe(after);
});

test('the demo tenant needs nothing but this computer', async ({ start }) => {
  const { page } = await start();
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).hostname));
  await openDemo(page);
  await openList(page, 'Audit logs');
  await expect(front(page).getByTestId('rows')).toHaveText('100,000 rows');
  expect([...hosts].filter((host) => host !== new URL(page.url()).hostname)).toEqual([]);
});
