import { expect, type Locator, type Page } from '@playwright/test';
import type { Simulator } from '../src/simulator/server.ts';
import { addEntered, cell, enterTenant, front, goodApp, openRow } from './desk.ts';

/** Adds a simulated tenant by hand, and allows changes to it. */
export const addChangeable = async (page: Page, name: string, { endpoint }: Pick<Simulator, 'endpoint'>) => {
  await page.getByRole('button', { name: 'Add a tenant' }).first().click();
  await enterTenant(page, { name, endpoint, ...goodApp });
  await page.getByText('Allow changes', { exact: true }).click();
  await addEntered(page);
  await expect(cell(page, 0, 'name')).toHaveCount(1);
};

/** The chip that locks and unlocks the tenant in front. */
export const chip = (page: Page) => front(page).getByTestId('unlock');

/** The plan that is reviewed. */
export const plan = (page: Page) => page.getByRole('dialog', { name: /^Review:/ });

/** Unlocks where the plan asks for it, applies it, and waits for what the newest job came to. */
export const apply = async (page: Page, outcome = /Done: /) => {
  const unlock = plan(page).getByRole('button', { name: 'Unlock this tenant to apply' });
  const start = plan(page).getByRole('button', { name: /^Apply [\d,]+ changes?$/ });
  await expect(unlock.or(start)).toBeVisible();
  if (await unlock.isVisible()) await unlock.click();
  const job = page.getByTestId('job');
  const before = (await job.count()) > 0 ? Number(await job.getAttribute('data-count')) : 0;
  await start.click();
  await expect(plan(page)).toHaveCount(0);
  await expect(job).toHaveAttribute('data-count', String(before + 1));
  // A thousand changes take half a minute where the machine has other work.
  await expect(job).toContainText(outcome, { timeout: 120_000 });
};

/** Opens the panel of a user by what is typed into the search box. */
export const openUser = async (page: Page, text: string) => {
  const box = front(page).getByRole('combobox', { name: 'Search users' });
  await box.fill(text);
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('rows')).toHaveText('1 row');
  const panel = await openRow(page);
  await expect(panel.getByRole('button', { name: 'More actions' })).toBeVisible();
  return panel;
};

/** The box of roles in a dialog, whatever it is there. */
export const rolesBox = (dialog: Locator) =>
  dialog
    .getByRole('combobox', { name: 'Roles' })
    .or(dialog.getByRole('textbox', { name: 'Roles' }))
    .first();

/** Gives a command of the panel's menu. */
export const moreAction = async (page: Page, name: string) => {
  await front(page).getByRole('complementary').getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
};
