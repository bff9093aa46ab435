import { expect, test } from 'vitest';
import { catalog, findResource } from '../catalog/index.ts';
import {
  columnTitle,
  filterTitle,
  fullTitleInText,
  fullTitleOf,
  neighbourTitle,
  relatedTitle,
  singularOf,
  titleInText,
  titleOf,
} from './catalog-words.ts';
import { catalog as english } from './en/catalog/index.ts';
import { createPhrases } from './index.ts';

const { t } = createPhrases();

/** The names that a language has, as paths: `users/columns/name`. */
const namesIn = (words: object, above: readonly string[] = []): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? namesIn(value, [...above, key])
      : [[...above, key].join('/')],
  );

/** The names that the catalogue needs. */
const needed = catalog.flatMap(({ id, columns, filters, related, adjacent = [] }) => [
  ...['title', 'inText', 'singular'].map((name) => `${id}/${name}`),
  ...columns.map((column) => `${id}/columns/${column.id}`),
  ...filters
    .filter(({ kind }) => kind !== 'keyword' && kind !== 'search')
    .map((filter) => `${id}/filters/${filter.id}`),
  ...related.filter(({ value }) => value !== undefined).map(({ filter }) => `${id}/related/${filter}`),
  ...adjacent.map(({ column }) => `${id}/neighbours/${column}`),
]);

test('every list and column of the catalogue has words, and no words stand for what is gone', () => {
  expect(namesIn(english).sort()).toEqual([...needed].sort());
});

test('lists, rows, columns and filters are called by their words', () => {
  expect([titleOf(t, 'saml-applications'), titleInText(t, 'saml-applications')]).toEqual([
    'SAML applications',
    'SAML applications',
  ]);
  expect([titleInText(t, 'logs'), singularOf(t, 'logs')]).toEqual(['audit logs', 'Audit log']);
  expect(columnTitle(t, 'logs', 'payload.userAgentParsed.os.name')).toBe('OS');
  expect(columnTitle(t, 'role-users', 'primaryEmail')).toBe('Email');
  expect(filterTitle(t, 'logs', 'application')).toBe('Application ID');
  expect(neighbourTitle(t, 'logs', 'payload.ip')).toBe('IP address');
  const related = findResource('logs')?.related.map((one) => relatedTitle(t, 'logs', one));
  expect(related).toEqual(['Of this user', 'Of this application']);
  expect(relatedTitle(t, 'users', { resource: 'user-mfa' })).toBe('MFA factors');
});

test('a list nested under rows is named with the list of those, in its own spelling', () => {
  expect([fullTitleOf(t, 'user-mfa'), fullTitleInText(t, 'user-mfa')]).toEqual([
    'Users: MFA factors',
    'users: MFA factors',
  ]);
});

test('what the catalogue does not know keeps the name that it came with', () => {
  expect(columnTitle(t, 'users', 'customData.plan')).toBe('customData.plan');
  expect(columnTitle(t, 'no-such-list', 'a.b')).toBe('a.b');
  expect(titleOf(t, 'no-such-list')).toBe('no-such-list');
});

test('a language without the words of the catalogue shows the English ones', () => {
  expect(columnTitle(createPhrases('ko').t, 'users', 'primaryEmail')).toBe('Email');
});
