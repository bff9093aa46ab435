import { expect, test } from 'vitest';
import { askedFirst, linkOf, longestLink, queryOfLink } from './deep-link.ts';

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

test('a link that is longer than any mail has is refused before it is read', () => {
  const start = 'logto-desk://view/demo/users?keyword=';
  expect(queryOfLink(start + 'x'.repeat(longestLink - start.length))).toMatchObject({ resource: 'users' });
  expect(() => queryOfLink(start + 'x'.repeat(longestLink))).toThrow(
    expect.objectContaining({ code: 'query.invalid', detail: expect.objectContaining({ where: 'link' }) }),
  );
});

test.each([
  ['logto-desk://view/demo/users', 'demo'],
  ['logto-desk://view/demo/roles/abc/users', 'demo'],
  ['logto-desk://view/production/users?search=name%3Aregex%22(a%2B)%2B%24%22', 'expression'],
  [
    'logto-desk://view/production/users?search=email%3A%3D%22a%22+and+name%3Asimilar%22(a%7Cb)%2B%22',
    'expression',
  ],
  ['logto-desk://view/production/roles/abc/users?search=name%3Aregex%22(a%2B)%2B%24%22', 'expression'],
  ['logto-desk://view/demo/users?search=name%3Aregex%22(a%2B)%2B%24%22', 'expression'],
  ['logto-desk://view/production/users?keyword=%5E(a%2B)%2B%24', null],
  ['logto-desk://view/production/users?search=name%3A%5E%22Kim%22', null],
])('%s is asked about as %s', (link, asked) => expect(askedFirst(queryOfLink(link))).toBe(asked));
