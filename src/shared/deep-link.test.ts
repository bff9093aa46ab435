import { expect, test } from 'vitest';
import { linkOf, queryOfLink } from './deep-link.ts';

test('a link brings the view back, filters and columns included', () => {
  const query = {
    profile: 'production',
    resource: 'users',
    filters: { search: ['email:$"@corp.test" and name:^"Kim"'] },
    columns: ['name', 'primaryEmail'],
  };
  expect(queryOfLink(linkOf(query))).toEqual(query);
});

test.each([
  'https://evil.example/demo/users',
  'logto-desk://view',
  'logto-desk://view/',
  'logto-desk://evil/demo/users',
  'logto-desk://view/demo/nothing',
  'logto-desk://view/demo/users?delete=1',
  'logto-desk://view/demo/users/../../x',
  `logto-desk://view/demo/users?keyword=${'x'.repeat(20_000)}`,
  'javascript:alert(1)',
])('%s is refused', (link) =>
  expect(() => queryOfLink(link)).toThrow(expect.objectContaining({ code: 'query.invalid' })),
);
