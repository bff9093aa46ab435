import { isFull } from '../src/doors/full.ts';
import { placedResources } from '../src/shared/catalog/index.ts';
import { singularOf, titleOf } from '../src/shared/phrases/catalog-words.ts';
import { createPhrases } from '../src/shared/phrases/index.ts';
import {
  cell,
  expect,
  expectAccessible,
  front,
  openDemo,
  openList,
  openRow,
  rowToClick,
  scrollTo,
  test,
} from './desk.ts';

const { t } = createPhrases();

const otherTheme = { light: 'dark', dark: 'light' } as const;
// In two halves, so that they can run side by side; each in a theme, and in the other through the other door.
const middle = Math.ceil(placedResources.length / 2);
for (const [half, theme, resources] of [
  ['first', 'light', placedResources.slice(0, middle)],
  ['second', 'dark', placedResources.slice(middle)],
] as const) {
  test(`every list of a tenant opens, and a row of it: the ${half} half`, async ({ start, door }) => {
    const { page } = await start({ view: { colorScheme: door === 'browser' ? theme : otherTheme[theme] } });
    await openDemo(page);
    for (const [at, resource] of resources.entries()) {
      await openList(page, titleOf(t, resource.id));
      const absent = front(page).getByText(
        /^(?:Not available on this tenant|Nothing here yet|Not set up on this tenant\.)$/,
      );
      if (resource.singleton) {
        const fields = front(page).getByRole('article', { name: titleOf(t, resource.id) });
        await expect(fields.getByRole('tab', { name: 'JSON' }).or(absent), resource.id).toBeVisible();
      } else {
        // What is waited for stands there, too: an empty list has it until its answer comes.
        const first = rowToClick(page, 0);
        await expect(first.or(absent).first(), resource.id).toBeVisible();
        if (!(await absent.isVisible()))
          await expect(await openRow(page)).toHaveAccessibleName(`${singularOf(t, resource.id)} details`);
      }
      // Lists are made of the same parts, in the same colours.
      if (isFull || resource.singleton || at % 3 === 0)
        await expectAccessible(page, 'section[data-front]', { hasContrast: isFull || at === 0 });
    }
  });
}

test('secrets of a tenant are masked wherever they could be shown', async ({ start }) => {
  const { page } = await start();
  await openDemo(page);
  for (const list of [
    'Applications',
    'Connectors',
    'SSO connectors',
    'Webhooks',
    'One-time tokens',
    'JWT customizers',
  ]) {
    await openList(page, list);
    const panel = await openRow(page);
    await panel.getByRole('tab', { name: 'JSON' }).click();
    await expect(panel.locator('pre').first()).toContainText('••••••••');
    expect(await page.content(), list).not.toContain('sim-');
  }
});

test('ids are shown as names that lead on, from a log to its user to an organization and back', async ({
  start,
}) => {
  const { page } = await start();
  await openDemo(page);
  await openList(page, 'Audit logs');
  const user = cell(page, 0, 'payload.userId').getByRole('button');
  await expect(user).not.toHaveText(/^[a-z0-9]{12}$/);
  const name = (await user.textContent()) ?? '';
  await user.click();
  const panel = front(page).getByRole('complementary', { name: 'User details' });
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(name);
  await panel.getByRole('tab', { name: 'Audit logs' }).click();
  await expect(panel.getByText(/of \d/)).toBeVisible();
  await openList(page, 'Invitations');
  const organization = cell(page, 0, 'organizationId').getByRole('button');
  await expect(organization).not.toHaveText(/^[a-z0-9]{12}$/);
  await organization.click();
  const page2 = front(page).getByRole('complementary', { name: 'Organization details' });
  await page2.getByRole('tab', { name: 'Members' }).click();
  await page2
    .getByRole('button', { name: /^Open (?!as)/ })
    .first()
    .click();
  await expect(front(page).getByRole('complementary', { name: 'User details' })).toBeVisible();
});

test('a thousand logs cost ten pages and at most a look-up of names for each', async ({
  start,
  simulate,
}) => {
  const server = await simulate({ users: 3_000, logs: 5_000, tied: [0, 0] });
  const { page } = await start({ tenants: { Counted: server } });
  await expect(cell(page, 0, 'name')).toBeVisible();
  const before = server.seen.length;
  await openList(page, 'Audit logs');
  await expect(
    cell(page, 0, 'payload.userId')
      .or(cell(page, 0, 'key'))
      .first(),
  ).toBeVisible();
  for (let row = 0; row <= 960; row += 30) {
    await scrollTo(page, row / 5_000);
    await page.evaluate(
      () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
    );
  }
  await expect(cell(page, 965, 'key')).not.toBeEmpty();
  // The last names are asked for after the last rows.
  await expect(
    front(page)
      .locator('[col-id="payload.userId"]')
      .getByText(/^[a-z0-9]{12}$/),
  ).toHaveCount(0);
  const asked = server.seen.slice(before).filter(({ path }) => path.startsWith('/api/'));
  const pages = asked.filter(({ path, query }) => path === '/api/logs' && query.get('page_size') === '100');
  const names = asked.filter(({ query }) => query.has('search.id'));
  expect(pages.length).toBeLessThanOrEqual(11);
  expect(names.length).toBeLessThanOrEqual(pages.length);
  expect(asked.filter(({ path }) => path === '/api/applications').length).toBeLessThanOrEqual(1);
});

test('users are searched by fields, put together by hand or typed in a line', async ({ start }) => {
  const { page } = await start();
  await openDemo(page);
  await page.getByRole('button', { name: 'Advanced search' }).click();
  const builder = page.getByRole('region', { name: 'Advanced search' });
  await builder.getByPlaceholder('Any of these values').fill('@hanbit.example');
  await page.keyboard.press('Enter');
  await builder.getByRole('combobox', { name: 'Comparison' }).click();
  await page.getByRole('option', { name: 'ends with' }).click();
  await expect(builder.getByText('Users whose email ends with “@hanbit.example”')).toBeVisible();
  await expect(builder.getByText('search.primaryEmail=%25%40hanbit.example')).toBeVisible();
  await expectAccessible(page);
  await builder.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(front(page).getByTestId('rows')).toHaveText(/^[\d,]{3,6} rows$/);
  await expect(cell(page, 0, 'primaryEmail')).toHaveText(/@hanbit\.example$/);

  const box = page.getByRole('combobox', { name: 'Search users' });
  await expect(box).toHaveValue('email:$"@hanbit.example"');
  await box.fill('email:$"@hanbit.example" or');
  await box.press('Enter');
  await box.fill('email:$"@hanbit.example" nam');
  await expect(page.getByText(/^Column 26: there is no field "nam"; did you mean "name"/)).toBeVisible();
  await box.fill('email:$"@hanbit.example" and username:="minjun_kim1"');
  await box.press('Enter');
  await expect(front(page).getByText('No rows match')).toBeVisible();
  await box.fill('username:regex"^minjun_kim[0-9]$"');
  await box.press('Enter');
  await expect(cell(page, 0, 'username')).toHaveText(/^minjun_kim\d$/);
  await box.fill('kim');
  await box.press('Enter');
  await expect(front(page).getByTestId('rows')).not.toHaveText('1 rows');
});
