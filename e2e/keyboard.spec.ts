import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import {
  cell,
  expect,
  expectAccessible,
  front,
  keepTab,
  openDemo,
  openList,
  openRow,
  tabs,
  test,
} from './desk.ts';

/** Presses a key until something has the focus. */
const until = async (page: Page, key: string, holds: () => Promise<boolean>) => {
  for (let n = 0; n < 60 && !(await holds()); n += 1) await page.keyboard.press(key);
  expect(await holds()).toBe(true);
};
const focused = (page: Page) => page.locator(':focus');

test('without a mouse: a user, one of their roles, and an export', { tag: '@walk' }, async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 320, logs: 20, tied: [0, 0] });
  const { page, save } = await start({ tenants: { Acme: server } });
  await expect(cell(page, 0, 'name')).not.toBeEmpty();
  // No mouse helps from here on. `/` is the search; what is typed there is text.
  await page.keyboard.press('F6');
  await page.keyboard.press('/');
  const search = front(page).getByRole('combobox', { name: 'Search users' });
  await expect(search).toBeFocused();
  await page.keyboard.type('a/b?');
  await expect(search).toHaveValue('a/b?');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('rows')).toHaveText('320 rows');

  // Parts of the window, one after the other.
  const region = () =>
    page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region'));
  await until(page, 'F6', async () => (await region()) === 'grid');
  await expect(cell(page, 0, 'name')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'User details' });
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(
    (await cell(page, 2, 'name').textContent()) ?? '',
  );
  await page.keyboard.press('F6');
  await expect(panel).toBeFocused();
  await until(page, 'Tab', () =>
    panel.getByRole('tab', { name: 'Overview' }).evaluate((tab) => tab === document.activeElement),
  );
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('tab', { name: 'Fields' })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(panel.getByRole('tab', { name: 'Roles', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  for (const [key, end] of [
    ['End', panel.getByRole('tab').last()],
    ['Home', panel.getByRole('tab', { name: 'Overview' })],
  ] as const) {
    await page.keyboard.press(key);
    await expect(end).toBeFocused();
    await expect(end).toHaveAttribute('aria-selected', 'true');
  }
  await page.keyboard.press('F6');
  expect(await region()).toBe('status');
  await page.keyboard.press('F6');
  expect(await region()).toBe('side');
  await page.keyboard.press('Shift+F6');
  expect(await region()).toBe('status');

  // Tab leaves the grid after one stop, either way, and comes back to the cell that was left.
  await until(page, 'Shift+F6', async () => (await region()) === 'grid');
  await expect(cell(page, 2, 'name')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await region()).toBe('panel');
  await page.keyboard.press('Shift+Tab');
  await expect(cell(page, 2, 'name')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  expect(await region()).toBeUndefined();
  await page.keyboard.press('Tab');
  await expect(cell(page, 2, 'name')).toBeFocused();

  const path = join(dataDir, 'users.csv');
  await save(path, async () => {
    await page.keyboard.press('Alt+e');
    const dialog = page.getByRole('dialog', { name: /^Export/ });
    await expect(dialog).toBeVisible();
    const go = dialog.getByRole('button', { name: /^Export and|^Export…/ });
    await until(page, 'Tab', () => go.evaluate((button) => button === document.activeElement));
    await page.keyboard.press('Enter');
  });
  await expect(page.getByTestId('job')).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  expect(statSync(path).size).toBeGreaterThan(1_000);
});

test('the side bar is one stop with arrows inside; a link skips it; every page has its heading', async ({
  start,
}) => {
  const { page } = await start();
  await page.getByText('Explore the demo tenant').waitFor();
  await page.keyboard.press('Tab');
  await expect(focused(page)).toHaveText('Skip to the list');
  await openDemo(page);
  const lists = page.getByRole('navigation', { name: 'Lists' });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('F6');
  await expect(lists.getByRole('button', { name: 'Users', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(focused(page)).not.toHaveText('Users');
  await until(page, 'ArrowDown', async () => (await focused(page).textContent()) === 'Roles');
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('rows')).toHaveText('45 rows');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Roles');
  await expect(focused(page)).toHaveText('Roles');
  // One stop: Tab is out of it, and back at it.
  await page.keyboard.press('Tab');
  await expect(tabs(page).locator('li[data-front] [data-tab]')).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(focused(page)).toHaveText('Roles');
  await page.keyboard.press('Shift+Tab');
  await expect(focused(page)).toHaveText('Skip to the list');
  await page.keyboard.press('Enter');
  await expect(cell(page, 0, 'name')).toBeFocused();
  await expectAccessible(page);
  // A dialog gives the focus back, the first time too, and where the palette opened it.
  const back = async (name: RegExp, to = cell(page, 0, 'name')) => {
    await expect(page.getByRole('dialog', { name })).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(to).toBeFocused();
  };
  await page.keyboard.press('Alt+e');
  await back(/^Export/);
  // What scrolls is reached by keys also while another part of the side bar has its stop.
  await page.getByRole('button', { name: 'Add a tenant' }).focus();
  await expect(lists).toHaveAttribute('tabindex', '0');
  await expectAccessible(page, 'nav');
  await cell(page, 0, 'name').click({ button: 'right' });
  await page.keyboard.press('Escape');
  await expect(lists).not.toHaveAttribute('tabindex');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('keyboard shortcuts');
  await expect(page.getByRole('dialog').getByRole('option').first()).toHaveAccessibleName(
    /^Keyboard shortcuts/,
  );
  await page.keyboard.press('Enter');
  await back(/^Keyboard shortcuts/);
  await openList(page, 'Sign-in experience');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sign-in experience');
  // What was found is told to who does not see it.
  await openList(page, 'Users');
  await expect(front(page).getByTestId('rows')).toHaveAttribute('aria-live', 'polite');
  for (const name of ['Status', 'Users'])
    await expect(page.getByRole('region', { name, exact: true })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // What the palette opens gets the focus, wherever it was: keys go there.
  await keepTab(page);
  await lists.getByRole('button', { name: 'Users', exact: true }).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('applications');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Applications');
  await expect(cell(page, 0, 'name')).toBeFocused();
  // A key that brings another view has the focus follow where it is lost with the view that goes.
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Users');
  await expect(cell(page, 0, 'name')).toBeFocused();
  // Keys of the window move nothing in the grid that they leave.
  await page.keyboard.press('ArrowRight');
  await expect(cell(page, 0, 'username')).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Applications');
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(cell(page, 0, 'username')).toBeFocused();
  // What is in front already is gone to, too.
  await lists.getByRole('button', { name: 'Users', exact: true }).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('users');
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('Users');
  await page.keyboard.press('Enter');
  await expect(cell(page, 0, 'username')).toBeFocused();

  // A panel that the palette opened leaves the focus at its row.
  await openList(page, 'Organizations');
  await expect(cell(page, 2, 'name')).not.toBeEmpty();
  const organization = (await cell(page, 2, 'name').textContent()) ?? '';
  await openList(page, 'Users');
  await page.keyboard.press('Control+k');
  await page.keyboard.type(organization);
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText(organization);
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Organization details' });
  await expect(panel).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(cell(page, 2, 'name')).toBeFocused();

  // A menu that is open hears Escape also at the button that opened it, and nothing below it does.
  const opened = await openRow(page, 2);
  const theme = page.getByRole('button', { name: 'Theme' });
  await theme.click();
  await expect(page.getByRole('menu').locator(':focus')).toHaveCount(1);
  await theme.focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(opened).toBeVisible();
  // So it is with a dialog that came while a cell still had the focus: neither of its keys is the grid's.
  const exporting = page.getByRole('dialog', { name: /^Export/ });
  await page.keyboard.press('Alt+e');
  await expect(exporting.locator(':focus')).toHaveCount(1);
  await cell(page, 2, 'name').focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(opened).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opened).toHaveCount(0);
  await page.keyboard.press('Alt+e');
  await expect(exporting.locator(':focus')).toHaveCount(1);
  await cell(page, 3, 'name').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(opened).toHaveCount(0);
  await cell(page, 2, 'name').focus();

  // A dialog is answered or left before anything else: no key reaches what is behind it, and one Escape leaves it.
  await page.keyboard.press('Alt+e');
  await expect(page.getByRole('dialog', { name: /^Export/ })).toBeVisible();
  for (const key of ['Control+k', 'Alt+ArrowLeft', 'Alt+1', 'Alt+w']) await page.keyboard.press(key);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Organizations');
  await back(/^Export/, cell(page, 2, 'name'));
});

test('keys go on after what had the focus went away, was left, or was done', async ({ start }) => {
  const { page } = await start();
  const press = async (button: Locator) => {
    await button.focus();
    await page.keyboard.press('Enter');
  };
  await press(page.getByRole('button', { name: 'Explore the demo tenant' }));
  await expect(cell(page, 0, 'name')).toBeFocused();
  await page.keyboard.press('Alt+l');
  await press(page.getByRole('button', { name: 'Unlock', exact: true }));
  await expect(cell(page, 0, 'name')).toBeFocused();
  await press(front(page).getByRole('button', { name: 'Read-only' }));
  await press(page.getByRole('button', { name: 'Allow changes' }));
  await expect(front(page).getByTestId('unlock')).toBeFocused();

  await press(cell(page, 1, 'name'));
  const panel = front(page).getByRole('complementary', { name: 'User details' });
  const edit = panel.getByRole('button', { name: 'Edit', exact: true });
  await press(edit);
  await expect(panel.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await press(panel.getByRole('button', { name: 'Cancel' }));
  await expect(edit).toBeFocused();
  await page.keyboard.press('Enter');
  const email = panel.getByRole('textbox', { name: 'Email', exact: true });
  await email.fill('kim@example.test');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Keep editing' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(email).toBeFocused();
  // A dialog begins where Enter does what it is for.
  await page.keyboard.press('Enter');
  const review = page.getByRole('dialog', { name: /^Review:/ });
  await expect(review.getByRole('button', { name: 'Unlock this tenant to apply' })).toBeFocused();
  // Until it can have been read no key is heard there.
  await expect(async () => {
    await review
      .getByRole('button', { name: 'Unlock this tenant to apply' })
      .press('Enter', { timeout: 500 })
      .catch(() => {});
    await expect(review.getByRole('button', { name: 'Apply 1 change' })).toBeFocused({ timeout: 300 });
  }).toPass();
  await page.keyboard.press('Escape');
  await expect(email).toBeFocused();
  await page.keyboard.press('Escape');
  await press(page.getByRole('button', { name: 'Discard', exact: true }));
  await expect(edit).toBeFocused();
  const more = panel.getByRole('button', { name: 'More actions' });
  for (const [action, field] of [
    ['Add roles', 'Roles'],
    ['Revoke sessions', 'Sessions'],
  ] as const) {
    await press(more);
    await press(page.getByRole('menuitem', { name: action, exact: true }));
    await expect(page.getByRole('dialog').locator(':focus')).toHaveAccessibleName(field);
    await page.keyboard.press('Escape');
    await expect(more).toBeFocused();
  }

  await openList(page, 'Audit logs');
  await expect(cell(page, 0, 'key')).not.toBeEmpty();
  await press(front(page).getByRole('button', { name: 'Count rows' }));
  const counts = page.getByRole('dialog', { name: /counted$/ });
  await expect(counts.locator(':focus')).toHaveAccessibleName('Count by');
  await press(counts.getByRole('button', { name: 'Count all rows' }));
  await expect(counts.getByRole('button', { name: 'Count all rows' })).toHaveCount(0);
  await expect(counts.locator(':focus')).toHaveAccessibleName('Count by');
  // What is typed takes the place of what was chosen, Enter takes the first that fits, and what names nothing does not stay.
  const by = counts.locator(':focus');
  const marked = page.locator('[role="option"][data-combobox-selected]');
  await page.keyboard.type('res');
  await expect(marked).toHaveText('Result');
  await page.keyboard.press('Enter');
  await expect(by).toHaveValue('Result');
  await page.keyboard.type('hour');
  await expect(page.getByText('No column with that name')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(counts.getByLabel('Count by').first()).toHaveValue('Result');
  await page.keyboard.press('Escape');
  await expect(counts).toHaveCount(0);
  await page.keyboard.press('Alt+f');
  const column = page.getByRole('combobox', { name: 'Column' });
  await expect(column).toBeFocused();
  await page.keyboard.type('agent');
  await expect(marked).toHaveText('User agent');
  // Enter takes what is marked, also where the box has another place in mind.
  await marked.evaluate((one) => {
    one.removeAttribute('data-combobox-selected');
    one.parentElement?.lastElementChild?.setAttribute('data-combobox-selected', 'true');
  });
  await expect(marked).toHaveText(/\.ua$/);
  await page.keyboard.press('Enter');
  await expect(column).toHaveValue(/\.ua$/);
  const value = page.getByRole('textbox', { name: 'Value' });
  await expect(value).toBeFocused();
  await page.keyboard.type('o');
  await page.keyboard.press('Enter');
  await expect(value).toHaveCount(0);
  await press(front(page).getByRole('button', { name: 'Search all rows' }));
  await expect(cell(page, 0, 'createdAt')).toBeFocused();

  await openList(page, 'Organizations');
  const organization = await openRow(page);
  await organization.getByRole('tab', { name: 'Members', exact: true }).click();
  await press(organization.getByRole('button', { name: 'Open as a list' }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Members/);
  await expect(cell(page, 0, 'name')).toBeFocused();

  await page.keyboard.press('Alt+h');
  await expect(front(page).getByRole('article')).toBeFocused();
  for (const [words, there] of [
    ['audit logs', cell(page, 0, 'createdAt')],
    ['what changed', front(page).getByRole('article', { name: 'What changed' })],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
    await expect(there).toBeFocused();
  }
  // Rows that come anew have the focus where it was.
  await openList(page, 'Audit logs');
  await cell(page, 0, 'createdAt').focus();
  await page.keyboard.press('ArrowDown');
  await cell(page, 1, 'createdAt').evaluate((one) => one.setAttribute('data-former', ''));
  // Also where the grid loses it twice, as on a slow computer, whose cells are not in place yet.
  await page.evaluate(() => {
    let left = 2;
    let isLetGo = false;
    const letGo = () => {
      if (isLetGo || left === 0) return;
      isLetGo = true;
      left -= 1;
      queueMicrotask(() => {
        isLetGo = false;
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
    };
    document.addEventListener('focusin', letGo);
  });
  await page.keyboard.press('Alt+r');
  await expect(page.locator('[data-former]')).toHaveCount(0);
  await expect(cell(page, 1, 'createdAt')).toBeFocused();
});
