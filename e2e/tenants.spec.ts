import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Simulator } from '../src/simulator/server.ts';
import {
  addTenant,
  cell,
  enterTenant,
  expect,
  expectAccessible,
  expectKept,
  front,
  goodApp,
  keepTab,
  openDemo,
  openList,
  tabs,
  test,
} from './desk.ts';

const roleless = { appId: 'roleless', secret: 'roleless-secret', managementRole: false };

test('an OSS tenant is added by hand, past every failure of its token', async ({ start, simulate }) => {
  const server = await simulate({ apps: [goodApp, roleless], users: 120, logs: 50, tied: [0, 0] });
  const { page } = await start();
  await page.getByText('Add a tenant').first().click();
  const dialog = page.getByRole('dialog');
  await enterTenant(page, {
    name: 'Own server',
    endpoint: `127.0.0.1:${server.port}/`,
    appId: 'nobody',
    secret: 'wrong',
  });
  await expect(dialog.getByText(`http://127.0.0.1:${server.port}/oidc/token`)).toBeVisible();
  await expectAccessible(page);

  const test = dialog.getByRole('button', { name: /^Test (connection|again)/ });
  const fails = async (reason: string, next: string) => {
    await test.click();
    await expect(dialog.getByRole('alert').getByText(reason)).toBeVisible();
    await expect(dialog.getByRole('alert').getByText(next)).toBeVisible();
  };
  await fails('This tenant has no app with this ID', 'Check the App ID');
  await expect(page.getByLabel('App ID')).toBeFocused();
  await page.getByLabel('App ID').fill(goodApp.appId);
  await fails('The app secret is wrong', 'Copy it again');
  await expectAccessible(page);
  await page.getByLabel('App secret').fill(goodApp.secret);
  await page.getByLabel('Resource indicator').fill('https://other.example/api');
  await fails('This tenant has no API with this resource indicator', 'https://default.logto.app/api');
  await page.getByLabel('Resource indicator').fill('https://default.logto.app/api');
  await page.getByLabel('App ID').fill(roleless.appId);
  await page.getByLabel('App secret').fill(roleless.secret);
  await fails('The app has no access to the Management API', 'Logto Management API access');
  await expect(test).toBeFocused();
  await page.getByLabel('Endpoint', { exact: true }).fill('127.0.0.1:9');
  await fails('127.0.0.1:9 refused the connection', 'Check that the server is running');

  await enterTenant(page, { name: 'Own server', endpoint: server.endpoint, ...goodApp });
  await test.click();
  await expect(dialog.getByText('Connected: 120 users, read-only')).toBeVisible();
  await expect(dialog.getByRole('listitem').filter({ hasText: 'ms' })).toHaveCount(7);
  await dialog.getByText('More: label, color, images').click();
  await page.getByRole('combobox', { name: 'Label' }).fill('production');
  await page.keyboard.press('Escape');
  await page.getByRole('radio', { name: 'Red' }).click();
  await dialog.getByRole('button', { name: 'Test and add' }).click();
  await expect(front(page).getByTestId('rows')).toHaveText('120 rows');
  await expect(page.getByRole('complementary', { name: 'Logto Desk' }).getByText('production')).toBeVisible();
  await expect(front(page).getByText('read-only')).toBeVisible();
});

test('a Cloud tenant’s addresses follow from its id, and a custom domain is refused with the right address', async ({
  start,
}) => {
  const { page } = await start();
  await page.getByText('Add a tenant').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tenant ID').fill('auth.example.com');
  await expect(dialog.getByText('is not available at a custom domain')).toBeVisible();
  await expect(dialog.getByText('https://{tenant-id}.logto.app')).toBeVisible();
  await dialog.getByLabel('Tenant ID').fill('a1b2c3');
  await expect(dialog.getByText('https://a1b2c3.logto.app/oidc/token')).toBeVisible();
  await expect(dialog.getByText('https://a1b2c3.logto.app/api').first()).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Test and add' })).toBeDisabled();
  await expect(dialog.getByText('Still required: Name, App ID, App secret')).toBeVisible();
});

test('what was typed moves nothing under the mouse', async ({ start, simulate }) => {
  const server = await simulate();
  const { page } = await start();
  await page.getByRole('button', { name: 'Add a tenant' }).first().click();
  // Where buttons are in each frame after the last entry.
  const seen = page.getByRole('dialog').evaluate(
    (dialog) =>
      new Promise<string[]>((resolve) => {
        const places = new Set<string>();
        const note = () => {
          const all = [...dialog.querySelectorAll('button, label')].map((one) => one.getBoundingClientRect());
          places.add(all.map(({ x, y }) => `${x}/${y}`).join());
          requestAnimationFrame(note);
        };
        dialog.querySelector('[type="password"]')?.addEventListener('input', () => {
          requestAnimationFrame(note);
          // Longer than it takes until an entry is looked at.
          setTimeout(() => resolve([...places]), 800);
        });
      }),
  );
  await enterTenant(page, { name: 'Still', endpoint: server.endpoint, ...goodApp });
  expect(await seen).toHaveLength(1);
});

test('a pasted .env fills the form, one button tests and adds, and Escape asks before entries are lost', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 110, logs: 20, tied: [0, 0] });
  const { page } = await start({ view: { viewport: { width: 1000, height: 700 } } });
  await page.getByText('Add a tenant').first().click();
  const form = page.getByRole('dialog', { name: 'Add a tenant' });
  await expect(form.getByText('assign the role “Logto Management API access”')).toBeVisible();
  // Nothing of the form lies over the buttons at its foot, wherever it is scrolled to.
  const foot = form.getByRole('button', { name: 'Test and add' }).locator('xpath=ancestor::div[hr or p][1]');
  await expect(foot).toContainText('Still required');
  const over = await foot.evaluate((element) => {
    const scrolled = element.closest('[role="dialog"]') ?? element;
    const found = new Set<string>();
    for (let down = 0; down < 400; down += 20) {
      for (const one of scrolled.querySelectorAll('*')) if (one.contains(element)) one.scrollTop = down;
      scrolled.scrollTop = down;
      const { left, top, width, height } = element.getBoundingClientRect();
      for (let x = left + 8; x < left + width - 8; x += 24)
        for (let y = top + 4; y < top + height - 4; y += 10) {
          const hit = document.elementFromPoint(x, y);
          if (hit && !element.contains(hit)) found.add(hit.textContent ?? '');
        }
    }
    return [...found];
  });
  expect(over).toEqual([]);
  const name = form.getByLabel('Name', { exact: true });
  // A person's paste, without the system's clipboard, which all tests share.
  const paste = (text: string) =>
    name.evaluate((field, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await paste(`LOGTO_ENDPOINT=${server.endpoint}\nAPP_ID=${goodApp.appId}\nAPP_SECRET=wrong\n`);
  await expect(form.getByText('you pasted: Name, Endpoint, App ID, App secret')).toBeVisible();
  await expect(form.getByLabel('Endpoint', { exact: true })).toHaveValue(server.endpoint);
  await form.getByRole('button', { name: 'Test and add' }).click();
  await expect(form.getByText('Not connected. See the field “App secret”.')).toBeVisible();
  await expect(form.getByLabel('App secret')).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);

  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: 'Discard what you entered?' });
  await expect(question).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await expect(name).toHaveValue('127.0.0.1');

  await form.getByLabel('App secret').fill(goodApp.secret);
  await form.getByRole('button', { name: 'Test and add' }).click();
  // The form says the same until it is gone.
  await expect(page.getByRole('alert').getByText('Connected: 110 users, read-only')).toBeVisible();
  await expect(form).toHaveCount(0);
  await expect(front(page).getByTestId('rows')).toHaveText('110 rows');

  await page.getByRole('button', { name: 'Add a tenant' }).first().click();
  await name.fill('Not to be');
  await form.getByRole('button', { name: 'Close' }).click();
  await question.getByRole('button', { name: 'Discard' }).click();
  await expect(form).toHaveCount(0);
});

const addOwn = async (page: Page, name: string, server: Simulator) => {
  await addTenant(page, name, server);
  await expect(cell(page, 0, 'name')).toBeVisible();
};

test('two tenants stand side by side in tabs, two keys apart, and are there after a restart', {
  tag: '@walk',
}, async ({ start, simulate, dataDir }) => {
  const [one, two] = [
    await simulate({ users: 110, logs: 40, tied: [0, 0] }),
    await simulate({ users: 220, logs: 40, tied: [0, 0], seed: 9 }),
  ];
  const first = await start();
  await addOwn(first.page, 'First', one);
  await addOwn(first.page, 'Second', two);
  const opened = (page: typeof first.page) => tabs(page).getByRole('listitem');
  await expect(opened(first.page)).toHaveCount(2);
  await expect(front(first.page).getByTestId('rows')).toHaveText('220 rows');
  await first.page.keyboard.press('Alt+1');
  await expect(front(first.page).getByTestId('rows')).toHaveText('110 rows');
  await first.page.keyboard.press('Alt+2');
  await expect(front(first.page).getByTestId('rows')).toHaveText('220 rows');
  await keepTab(first.page);
  await openList(first.page, 'Roles');
  await front(first.page).getByRole('textbox', { name: 'Search roles' }).fill('machine');
  await expect(front(first.page).getByTestId('rows')).toHaveText('7 rows');
  await expectKept(
    dataDir,
    ({ tabs }) => tabs.length === 3 && tabs.some(({ url }) => url.includes('machine')),
  );
  await first.quit();

  const { page } = await start();
  await expect(opened(page)).toHaveCount(3);
  await expect(page.locator('li[data-front]')).toContainText('Roles: machine');
  await expect(front(page).getByTestId('rows')).toHaveText('7 rows');
  await page.keyboard.press('Alt+1');
  await expect(front(page).getByTestId('rows')).toHaveText('110 rows');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Go to a user/ }).fill('switch second');
  await expect(page.getByRole('dialog').getByText('Switch to Second')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(front(page).getByTestId('rows')).toHaveText(/8 rows|220 rows/);
});

test('a tenant that moved shows what is there now, and nothing of where it was', async ({
  start,
  simulate,
}) => {
  const [before, after] = [
    await simulate({ users: 110, logs: 20, tied: [0, 0] }),
    await simulate({ users: 220, logs: 20, tied: [0, 0] }),
  ];
  const { page } = await start({ tenants: { Moving: before } });
  await expect(front(page).getByTestId('rows')).toHaveText('110 rows');
  await page.getByRole('navigation', { name: 'Tenants' }).getByText('Moving', { exact: true }).hover();
  await page.getByRole('button', { name: 'Edit Moving' }).click();
  await page.getByLabel('Endpoint', { exact: true }).fill(after.endpoint);
  await page.getByLabel('App secret').fill(goodApp.secret);
  await page.getByRole('dialog').getByRole('button', { name: 'Save changes' }).click();
  await expect(front(page).getByTestId('rows')).toHaveText('220 rows');
  // What was kept of it is another tenant's: it is not searched, and nobody says that there was nothing in it.
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: /^Go to a user/ }).fill('no row has this');
  await expect(page.getByRole('dialog', { name: 'Go to…' })).toContainText(
    'The offline copy could not be searched: Moving',
  );
});

test('without a keychain the reason is said, and the secret can be kept until quit', async ({
  start,
  simulate,
  dataDir,
}) => {
  const server = await simulate({ users: 110, logs: 40, tied: [0, 0] });
  const env = { DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: dataDir };
  const first = await start({ env });
  await first.page.getByText('Add a tenant').first().click();
  await enterTenant(first.page, { name: 'Keyless', endpoint: server.endpoint, ...goodApp });
  const dialog = first.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add without testing' }).click();
  await expect(dialog.getByText('The system keychain is not responding')).toBeVisible();
  await expectAccessible(first.page);
  await dialog.getByRole('button', { name: 'Keep it in memory until I quit' }).click();
  await expect(front(first.page).getByTestId('rows')).toHaveText('110 rows');
  await expectKept(dataDir, ({ tabs }) => tabs.length === 1);
  await first.quit();

  const { page } = await start({ env });
  await expect(front(page).getByText('The system keychain is not responding')).toBeVisible();
});

test('a tenant is edited and removed, its views with it', async ({ start, simulate }) => {
  const server = await simulate({ users: 110, logs: 40, tied: [0, 0] });
  const { page } = await start();
  await addOwn(page, 'Passing', server);
  const bar = page.getByRole('complementary', { name: 'Logto Desk' });
  const edit = () => bar.getByRole('button', { name: /^Edit Pass/ });
  await bar.getByText('Passing').hover();
  await edit().click();
  await page.getByLabel('Name', { exact: true }).fill('Passed');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(bar.getByText('Passed')).toBeVisible();
  await expect(cell(page, 0, 'name')).toBeVisible();
  await bar.getByText('Passed').hover();
  await edit().click();
  await page.getByRole('button', { name: 'Remove tenant' }).click();
  await expect(page.getByText('Remove Passed?')).toBeVisible();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Logto Desk' })).toBeVisible();
  await expect(bar.getByText('Passed')).toHaveCount(0);
});

test('damaged settings are set aside, and whoever misses tenants is told where they are', async ({
  start,
  dataDir,
}) => {
  writeFileSync(join(dataDir, 'settings.json'), '{"profiles": [{"id"');
  const { page } = await start();
  const notice = page.getByRole('alert').filter({ hasText: 'The settings cannot be read' });
  await expect(notice).toContainText(/saved as .*settings\.damaged-\d+\.json/);
  await expect(page.getByText('Explore the demo tenant')).toBeVisible();
  await expectAccessible(page);
});

test('both themes are legible', async ({ start, dataDir }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    const { page, quit } = await start({ view: { colorScheme } });
    if (colorScheme === 'light') await openDemo(page);
    await expect(cell(page, 0, 'name')).toBeVisible();
    await cell(page, 1, 'name').click();
    await expect(page.getByRole('complementary', { name: 'User details' })).toBeVisible();
    await expectAccessible(page, undefined, { hasContrast: true });
    await page.getByRole('button', { name: 'Add a tenant' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page, undefined, { hasContrast: true });
    await expectKept(dataDir, ({ tabs }) => tabs.length > 0);
    await quit();
  }
});
