import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { addTenant, cell, expect, front, test } from './desk.ts';

/** Jobs of an operator's day, walked on a server of an older era; what a job takes is counted as it is done. */
const counted = (page: Page) => {
  let actions = 0;
  return {
    count: () => actions,
    async click(target: Locator) {
      actions += 1;
      await target.click();
    },
    /** A list and its option: one choice. */
    async choose(box: string, option: string) {
      actions += 1;
      await page.getByRole('combobox', { name: box, exact: true }).last().click();
      await page.getByRole('option', { name: option, exact: true }).last().click();
    },
    async paste(text: string, into: Locator) {
      actions += 1;
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await into.focus();
      await page.keyboard.press('ControlOrMeta+v');
    },
  };
};

test('all suspended users with their roles, as Excel', async ({ start, simulate, dataDir }) => {
  const server = await simulate({ era: '1.30', users: 320, logs: 5, tied: [0, 0] });
  const suspended = server.tenant.users.filter(({ isSuspended }) => isSuspended).length;
  expect(suspended).toBeGreaterThan(1);
  const { page, save } = await start();
  await addTenant(page, 'Old', server);
  await expect(cell(page, 0, 'id')).not.toBeEmpty();
  const by = counted(page);
  await by.click(page.getByRole('button', { name: 'Add filter' }));
  await by.choose('Column', 'Suspended');
  await by.click(page.getByRole('button', { name: 'Apply' }));
  await expect(front(page).getByTestId('local')).toContainText(`${suspended} rows match`);
  await expect(front(page).getByTestId('local')).toContainText('in all 320 rows');
  const path = join(dataDir, 'suspended.xlsx');
  await save(path, async () => {
    await by.click(page.getByRole('button', { name: 'Export', exact: true }));
    const dialog = page.getByRole('dialog', { name: /^Export/ });
    await expect(dialog.getByRole('radio', { name: `All ${suspended} rows that match` })).toBeChecked();
    await by.click(dialog.getByRole('checkbox', { name: 'roles' }));
    await by.click(dialog.getByRole('radio', { name: /^Excel/ }));
    await by.click(dialog.getByRole('button', { name: /^Export and|^Export…/ }));
  });
  const job = page.getByTestId('job');
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  await expect(job).toContainText(`${suspended} rows written`);
  await expect(job).toContainText('Complete');
  expect(statSync(path).size).toBeGreaterThan(2_000);
  expect(by.count()).toBe(7);

  // The next time the file's kind and its roles are as they were: of the export two actions are left, of the job five.
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
  const { page, save } = await start();
  await addTenant(page, 'Old', server);
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
