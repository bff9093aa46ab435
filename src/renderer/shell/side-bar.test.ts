import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Resource } from '../../shared/catalog';
import type * as All from '../../shared/catalog/all';
import { pageInNode } from '../page-in-node';
import type * as SideBar from './SideBar';

/** A list that the catalogue lacks. */
const badges = vi.hoisted(
  () =>
    ({
      id: 'badges',
      path: '/api/roles',
      rowId: 'id',
      labels: ['name'],
      columns: [{ id: 'name', kind: 'text' }],
      filters: [],
      paging: 'always',
      secrets: [],
      related: [],
      sidebar: { family: 'access', icon: 'roles' },
    }) satisfies Resource,
);

vi.mock('../../shared/catalog/all', async (original) => ({
  all: [...(await original<typeof All>()).all, badges],
}));

let held: typeof SideBar;

beforeAll(async () => {
  pageInNode(() => {
    throw new Error('no core is asked');
  });
  held = await import('./SideBar');
}, 60_000);

test('a list of the catalogue stands in the side bar, among those of its family', () => {
  const drawn = renderToStaticMarkup(
    createElement(
      MantineProvider,
      null,
      createElement(held.ListLinks, { profile: 'prod', front: 'badges', lacking: new Set<string>() }),
    ),
  );
  const said = drawn
    .replace(/<style.*?<\/style>/gs, '')
    .split(/<[^>]*>/)
    .filter(Boolean);
  const access = said.slice(said.indexOf('Access'), said.indexOf('Organizations'));
  expect(access).toEqual(['Access', 'Audit logs', 'Roles', 'API resources', 'badges']);
  expect(drawn.match(/aria-current/g)).toHaveLength(1);
});
