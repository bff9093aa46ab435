import { expect, test } from 'vitest';
import { refusalOf } from './phrases/testing.ts';
import { fileOfViews, queryOfView, viewOf, viewsOfFile, withViews } from './saved-view.ts';

const query = {
  profile: 'production',
  resource: 'users',
  filters: { search: ['email:$"@corp.test"'] },
  columns: ['name', 'primaryEmail'],
};

test('a view is a query without its tenant, and opens on any other', () => {
  const view = viewOf('Corp', query);
  expect(JSON.stringify(view)).not.toContain('production');
  expect(queryOfView(view, 'staging')).toEqual({ ...query, profile: 'staging' });
  expect(() => viewOf('x', { profile: 'p', resource: 'user-roles', parent: 'u', filters: {} })).toThrow(
    /one tenant/,
  );
});

test('a file gives the views back, and has nothing of a tenant in it', () => {
  const views = [
    viewOf('Corp', query),
    viewOf('Machines', { profile: 'production', resource: 'roles', filters: { type: ['MachineToMachine'] } }),
  ];
  const text = fileOfViews(views);
  expect(viewsOfFile(text)).toEqual(views);
  expect(text).not.toContain('production');
});

test.each([
  ['', 'it is not JSON'],
  ['{}', 'it contains no'],
  ['{"kind":"logto-desk-views","version":2,"views":[]}', 'it contains no'],
  [fileOfViews([{ name: 'x', url: '/nothing' }]), 'there is no list'],
  [fileOfViews([{ name: 'x', url: '/users?drop=1' }]), 'has no filter'],
])('a file that is not one is refused with the reason: %s', (text, reason) =>
  expect(refusalOf(() => viewsOfFile(text))).toContain(reason),
);

test('a name that steers a terminal or reads in another order than it is, is refused', () => {
  for (const name of [
    'a\u001b[2Jb',
    'a\u0007',
    'two\nlines',
    'a\u202Egnp',
    '\u2066a\u2069',
    'a\u200Fb',
    'a\u2028b',
  ])
    expect(() => viewsOfFile(fileOfViews([{ name, url: '/users' }])), JSON.stringify(name)).toThrow(
      'it contains no Logto Desk views',
    );
  // Joiners and marks are part of writing.
  for (const name of ['می‌خواهم', '👩‍💻 admins', 'نَصّ', 'क्‍ष'])
    expect(viewsOfFile(fileOfViews([{ name, url: '/users' }]))).toHaveLength(1);
});

test('a view of the same name is replaced', () => {
  const [one, two] = [viewOf('corp', query), viewOf('Corp', { ...query, columns: ['id'] })];
  expect(withViews([one], [two])).toEqual([two]);
});
