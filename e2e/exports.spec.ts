import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cell,
  expect,
  expectAccessible,
  front,
  holdBack,
  openDemo,
  openJobs,
  openList,
  test,
} from './desk.ts';

const linesOf = (path: string) => readFileSync(path, 'utf8').split(/\r?\n/).filter(Boolean);

test('all users go home as CSV, those too that pages keep back, and the result proves it', {
  tag: '@walk',
}, async ({ start, dataDir }) => {
  const { page, save } = await start();
  await openDemo(page);
  const path = join(dataDir, 'users.csv');
  await save(path, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('dialog').getByText('All rows of this view (20,000)')).toBeVisible();
    await expect(page.getByRole('radio', { name: /^Parquet/ })).toBeVisible();
    await expect(page.getByTestId('contains')).toHaveText(
      /all rows of this view \(20,000 when last counted\) with all fields, as CSV, with times in .+ and secrets masked\.$/,
    );
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: /byte order mark/ }).check();
    await page.getByRole('button', { name: /^Export and|^Export…/ }).click();
  });
  const job = page.getByTestId('job');
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await expectAccessible(page);
  const [head, ...rows] = linesOf(path);
  expect(head).toMatch(/^\ufeffname,username,primaryEmail/);
  expect(rows).toHaveLength(20_000);
  await expect(job).toContainText('20,000 rows written');
  await expect(job).toContainText('Complete');
  // What it came to is whole in a small window, too; its name gives way.
  for (const width of [1280, 1000]) {
    await page.setViewportSize({ width, height: 700 });
    const says = job.getByText('20,000 rows written');
    await expect(says).toBeInViewport({ ratio: 0.99 });
    expect(await says.evaluate((one) => one.scrollWidth <= one.clientWidth)).toBe(true);
  }
  const ids = rows.map((row) => row.match(/,([a-z0-9]{12}),\d{4}-/)?.[1]);
  expect(new Set(ids).size).toBe(rows.length);
  // The page says more of it, and takes no list's room: the view is where it was.
  const details = await openJobs(page);
  await expect(details).toContainText(/\d+ rows missing from paging were recovered/);
  await expect(details).toContainText('Complete: every row the server counts is included.');
  await expectAccessible(page, undefined, { hasContrast: true });
  await details.getByRole('button', { name: 'Dismiss' }).click();
  await expect(job).toHaveCount(0);
  await expect(front(page)).toContainText('No jobs yet');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(front(page).getByTestId('rows')).toHaveText('20,000 rows');
});

test('the selection and the visible columns go home as NDJSON', async ({ start, dataDir }) => {
  const { page, save } = await start();
  await openDemo(page);
  await openList(page, 'Audit logs');
  await expect(cell(page, 5, 'payload.ip')).toHaveText(/\S/);
  const picked: string[] = [];
  for (const row of [0, 2, 5]) {
    await front(page).locator(`.ag-row[row-index="${row}"] .ag-checkbox-input`).check();
    picked.push((await cell(page, row, 'payload.ip').textContent()) ?? '');
  }
  await expect(front(page).getByText('3 selected')).toBeVisible();
  const path = join(dataDir, 'logs.ndjson');
  await save(path, async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('radio', { name: 'The 3 selected rows' })).toBeChecked();
    await page.getByRole('radio', { name: /^Visible columns/ }).check();
    await page.getByRole('radio', { name: /^NDJSON/ }).check();
    await expect(page.getByTestId('contains')).toContainText(
      /the 3 selected rows with \d+ columns, as NDJSON/,
    );
    await page.getByRole('button', { name: /^Export and|^Export…/ }).click();
  });
  await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  const rows = linesOf(path).map((line) => JSON.parse(line));
  expect(rows.map((row) => row['payload.ip'])).toEqual(picked);
  expect(Object.keys(rows[0]).slice(0, 3)).toEqual(['createdAt', 'key', 'payload.result']);
});

test('an export shows its progress and can be cancelled', async ({ start, simulate, dataDir }) => {
  const server = await simulate({ users: 5_000, logs: 10, tied: [0, 0] });
  const { page, answerSave } = await start({ tenants: { Slow: server } });
  await expect(front(page).getByTestId('rows')).toHaveText('5,000 rows');
  server.faults.add({ kind: 'latency', ms: 2_000 }, { on: '/api/users', times: 200 });
  await answerSave(join(dataDir, 'users.csv'));
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('button', { name: /^Export and|^Export…/ }).click();
  const job = page.getByTestId('job');
  await expect(job).toContainText(/[\d,]+ of 5,000 rows/);
  await expect(job).toContainText(/ left · /);
  const details = await openJobs(page);
  await expect(details).toContainText(/rows\/s · .* left/);
  await expectAccessible(page);
  // Where nothing comes any more, no time is told.
  server.faults.clear();
  const release = holdBack(server, '/api/users');
  await expect(details).toContainText(/nothing new for \d+ s/);
  await expect(job).toContainText(/nothing new for \d+ s/);
  await details.getByRole('button', { name: 'Cancel' }).click();
  await expect(job).toHaveAttribute('data-state', 'cancelled');
  release();
  await expect(job).toContainText('nothing was saved');
});
