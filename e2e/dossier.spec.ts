import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cell, expect, expectAccessible, openDemo, test } from './desk.ts';

test('a user’s dossier goes home from the panel as a page that asks nobody for anything, and from the palette as JSON', async ({
  start,
  dataDir,
}) => {
  const { page, save } = await start();
  await openDemo(page);
  await cell(page, 0, 'name').click();
  const panel = page.getByRole('complementary', { name: /User/ });
  await panel.getByRole('button', { name: 'Dossier…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Dossier of/ });
  await expectAccessible(page);
  const path = join(dataDir, 'one.html');
  await save(path, () => dialog.getByRole('button', { name: /^Save/ }).click());
  const job = page.getByTestId('job').first();
  await expect(job).toHaveAttribute('data-state', 'done', { timeout: 120_000 });
  await expect(job).toContainText('Complete');

  // As the browser reads it.
  const shown = await page.context().newPage();
  const asked: string[] = [];
  const refused: string[] = [];
  shown.on('request', (request) => asked.push(request.url()));
  shown.on('console', (message) => refused.push(message.text()));
  await shown.setContent(readFileSync(path, 'utf8'));
  await expect(shown.getByRole('heading', { level: 1 })).toHaveText(/^Dossier of /);
  await expect(shown.getByRole('heading', { level: 2, name: 'Audit logs of this user' })).toBeVisible();
  // A few rows of each table are looked at: of hundreds, each look takes a minute.
  await shown.evaluate(() => {
    for (const row of document.querySelectorAll('tbody tr:nth-child(n+6)')) row.remove();
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await shown.emulateMedia({ colorScheme });
    await expectAccessible(shown, undefined, { hasContrast: true });
  }
  // Its own style is let in by the policy, which lets in nothing else.
  expect(await shown.evaluate(() => getComputedStyle(document.body).maxWidth)).toBe('1200px');
  expect([asked, refused]).toEqual([[], []]);
  await shown.close();

  const id = /<small>([a-z0-9]{12})<\/small>/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  await page.keyboard.press('Control+k');
  await page.keyboard.type('dossier');
  await page.getByRole('option', { name: /^Dossier of a user of/ }).click();
  await page.getByRole('textbox', { name: 'User' }).fill(id);
  await page.getByRole('radio', { name: /^JSON/ }).check();
  const json = join(dataDir, 'one.json');
  await save(json, () => page.getByRole('button', { name: /^Save/ }).click());
  // It appears in its place when it is whole.
  await expect(() => expect(JSON.parse(readFileSync(json, 'utf8')).user.id).toBe(id)).toPass({
    timeout: 60_000,
  });
});
