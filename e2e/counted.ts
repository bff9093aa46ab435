import type { Locator, Page } from '@playwright/test';

/** Does a job of an operator's day, and counts what it takes. */
export const counted = (page: Page) => {
  let actions = 0;
  return {
    count: () => actions,
    async click(target: Locator, how: { button?: 'right' } = {}) {
      actions += 1;
      await target.click(how);
    },
    /** A list and its option: one choice. */
    async choose(box: string, option: string) {
      actions += 1;
      await page.getByRole('combobox', { name: box, exact: true }).last().click();
      await page.getByRole('option', { name: option, exact: true }).last().click();
    },
    /** A menu and its command: one choice. */
    async menu(of: Locator, command: string) {
      actions += 1;
      await of.click({ button: 'right' });
      await page.getByRole('menuitem', { name: command }).click();
    },
    async press(keys: string) {
      actions += 1;
      await page.keyboard.press(keys);
    },
    async type(text: string, into: Locator) {
      actions += 1;
      await into.fill(text);
    },
    async paste(text: string, into: Locator) {
      actions += 1;
      await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
      await into.focus();
      await page.keyboard.press('ControlOrMeta+v');
    },
  };
};
