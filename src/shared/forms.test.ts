import fc from 'fast-check';
import { expect, test } from 'vitest';
import { composed, decomposed } from './forms.ts';
import type { Query } from './query.ts';
import { toParams, toServerQuery } from './query.ts';
import { parseLine } from './search/line.ts';
import { matcher } from './search/match.ts';
import { searchParts } from './search/parts.ts';
import { searchParams } from './search/search.ts';
import { emptySearch, type SearchTerm, type UserSearch } from './search/terms.ts';

const name = '김민준';

const paramsOf = (query: Omit<Query, 'profile'>) => toParams(toServerQuery({ profile: 'p', ...query }), 0);

test('a keyword is asked of users in both of its forms, and of other lists as one text', () => {
  for (const typed of [name.normalize('NFD'), name]) {
    const params = paramsOf({ resource: 'users', filters: { keyword: [typed] } });
    expect(params).toContainEqual(['search.name', `${name.normalize('NFC')}|${name.normalize('NFD')}`]);
    expect(params).toContainEqual(['mode.name', 'posix']);
    expect(params).toContainEqual(['joint', 'or']);
    expect(paramsOf({ resource: 'roles', filters: { keyword: [typed] } })).toEqual([['search', `%${name}%`]]);
    expect(paramsOf({ resource: 'organizations', filters: { keyword: [typed] } })).toContainEqual([
      'q',
      name,
    ]);
    expect(paramsOf({ resource: 'logs', filters: { event: [typed] } })).toEqual([['logKey', name]]);
  }
  expect(paramsOf({ resource: 'users', filters: { keyword: ['kim'] } })).toEqual([['search', '%kim%']]);
});

test('a phone is looked for in any writing, beside what else may be written like that', () => {
  for (const typed of ['+82 10-1183-4274', '010-1183-4274']) {
    const digits = typed.startsWith('+') ? '821011834274' : '1011834274';
    const params = paramsOf({ resource: 'users', filters: { keyword: [typed] } });
    expect(params).toContainEqual(['search.primaryPhone', `%${digits}%`]);
    expect(params).toContainEqual(['search.name', `%${typed}%`]);
    expect(paramsOf({ resource: 'organization-users', parent: 'o', filters: { keyword: [typed] } })).toEqual([
      ['q', digits],
    ]);
    expect(paramsOf({ resource: 'roles', filters: { keyword: [typed] } })).toEqual([
      ['search', `%${typed}%`],
    ]);
  }
  expect(paramsOf({ resource: 'users', filters: { keyword: ['821011834274'] } })).toEqual([
    ['search', '%821011834274%'],
  ]);
});

test('text is composed, and has another form only where it has marks', () => {
  const query = (text: string): Query => ({ profile: 'p', resource: 'roles', filters: { keyword: [text] } });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const [nfc, nfd] = [text.normalize('NFC'), text.normalize('NFD')];
      expect(composed(query(nfd))).toEqual(query(nfc));
      expect(composed(query(text))).toEqual(composed(composed(query(text))));
      expect(decomposed(query(text))).toEqual(nfc === nfd ? null : query(nfd));
    }),
  );
});

test('text is found in either form, typed in either form', () => {
  const text = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .filter((one) => one.isWellFormed());
  const mode = fc.constantFrom('contains' as const, 'starts' as const, 'ends' as const, 'is' as const);
  fc.assert(
    fc.property(text, mode, (stored, how) => {
      for (const typed of ['NFC', 'NFD'])
        for (const kept of ['NFC', 'NFD']) {
          const finds = matcher({ field: 'name', mode: how, values: [stored.normalize(typed)] }, true);
          expect(finds(stored.normalize(kept))).toBe(true);
        }
    }),
  );
});

const users = ['ann', 'bob', 'cem', 'dia', 'eva'].flatMap((word, at) =>
  ['a.test', 'b.test'].map((host) => ({ username: `${word}${at}`, email: `${word}@${host}`, name: word })),
);

/** Users that a search finds, without any server. */
const foundBy = (search: UserSearch) =>
  users.filter((user) => {
    const tests = ['username', 'email', 'name'].flatMap((field) => {
      const terms = search.terms.filter((term) => term.field === field);
      const text = String(user[field as keyof typeof user]);
      return terms.length === 0 ? [] : [terms.some((term) => matcher(term, false)(text))];
    });
    return search.joint === 'all' ? tests.every(Boolean) : tests.some(Boolean);
  });

test('a search too long for an address is asked in parts that together find the same', () => {
  const long = (value: string) => [...Array(140).keys()].map((at) => `${value}-${at}-${'x'.repeat(40)}`);
  const term = fc.record({
    field: fc.constantFrom('username' as const, 'email' as const, 'name' as const),
    mode: fc.constantFrom('contains' as const, 'is' as const),
    values: fc
      .uniqueArray(fc.constantFrom(...users.flatMap((user) => [user.name, user.email, user.username])), {
        minLength: 1,
        maxLength: 4,
      })
      .chain((values) => fc.boolean().map((isLong) => (isLong ? [...long('n'), ...values] : values))),
  });
  const search = fc.record({
    joint: fc.constantFrom('all' as const, 'any' as const),
    terms: fc.array(term, { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(search, ({ joint, terms }) => {
      const asked: UserSearch = { ...emptySearch, joint, terms: terms as SearchTerm[] };
      const parts = searchParts(asked);
      for (const part of parts) {
        const text = new URLSearchParams(
          searchParams(part).map(([one, value]) => [one, value] as [string, string]),
        );
        expect(text.toString().length).toBeLessThanOrEqual(6_000);
      }
      const together = new Set(parts.flatMap(foundBy));
      expect(users.filter((user) => together.has(user))).toEqual(foundBy(asked));
    }),
    { numRuns: 60 },
  );
});

test('a line of 20,000 ids is read', () => {
  const line = `id:=${[...Array(20_000).keys()].map((at) => `"u${at}"`).join(',')}`;
  expect(parseLine(line).search?.terms[0]?.values).toHaveLength(20_000);
});
