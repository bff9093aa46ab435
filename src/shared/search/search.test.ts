import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reasonSaid } from '../phrases/testing.ts';
import { queryOf, toParams, toServerQuery, urlOf } from '../query.ts';
import { completionsAt, isLine, lineOf, parseLine } from './line.ts';
import { checkRegex } from './regex.ts';
import { faultOf } from './search.ts';
import { type SearchMode, searchFields, searchModes, type UserSearch } from './terms.ts';

const likeModes: SearchMode[] = ['contains', 'starts', 'ends', 'is', 'pattern'];
const value = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => text.isWellFormed() && text.trim() !== '');

/** Any search that the API takes: each field in one manner. */
const anySearch: fc.Arbitrary<UserSearch> = fc
  .record({
    joint: fc.constantFrom('all' as const, 'any' as const),
    caseSensitive: fc.boolean(),
    hideAdmins: fc.boolean(),
    terms: fc.uniqueArray(
      fc.record({
        field: fc.constantFrom(...searchFields),
        mode: fc.constantFrom(...likeModes, 'similar' as const),
        values: fc.array(value, { minLength: 1, maxLength: 3 }),
      }),
      { selector: ({ field }) => field, minLength: 1, maxLength: 4 },
    ),
    notInRole: fc.option(fc.stringMatching(/^[a-z0-9]{4,12}$/), { nil: undefined }),
    notInOrganization: fc.option(fc.stringMatching(/^[a-z0-9]{4,12}$/), { nil: undefined }),
    inRole: fc.option(value, { nil: undefined }),
  })
  .map(({ inRole, notInRole, notInOrganization, ...search }) => ({
    ...search,
    // One condition alone is joined to nothing.
    joint: search.terms.length > 1 ? search.joint : 'all',
    // The API cannot leave others out of a role's users.
    ...(inRole ? { inRole, hideAdmins: false } : {}),
    ...(notInRole && !inRole ? { notInRole } : {}),
    ...(notInOrganization && !inRole ? { notInOrganization } : {}),
  }));

describe('a search', () => {
  test('comes back from its line, and from a URL, as it was', () => {
    fc.assert(
      fc.property(anySearch, (search) => {
        const line = lineOf(search);
        expect(parseLine(line)).toEqual({ search, mistake: null });
        expect(isLine(line)).toBe(true);
        const query = { profile: 'demo', resource: 'users', filters: { search: [line] } };
        expect(queryOf(urlOf(query))).toEqual(query);
      }),
      { numRuns: 500 },
    );
  });

  test('has flags before, between and after what is joined by "and"', () => {
    const plain = parseLine('hide-admins name:"a" and email:"b"');
    for (const line of [
      'hide-admins and name:"a" and email:"b"',
      'name:"a" and hide-admins and email:"b"',
      'name:"a" and email:"b" and hide-admins',
    ])
      expect(parseLine(line)).toEqual(plain);
  });

  test('of the members of an organization asks nothing else', () => {
    const { search, mistake } = parseLine('in-org:"Acme, Inc."');
    expect(mistake).toBeNull();
    expect(search && lineOf(search)).toBe('in-organization:"Acme, Inc."');
    const query = { profile: 'p', resource: 'users', filters: { search: ['in-org:acme'] } };
    expect(toServerQuery(query)).toMatchObject({
      resource: 'organization-users',
      parent: 'acme',
      filters: {},
    });
    for (const more of ['name:~"a"', 'in-role:b', 'not-in-org:b', 'hide-admins'])
      expect(reasonSaid(parseLine(`${more} in-org:acme`).mistake?.reason)).toContain(
        'cannot be searched further',
      );
  });

  test('two searches that differ ask differently', () => {
    const asked = (search: UserSearch) =>
      JSON.stringify(
        toParams(
          toServerQuery({ profile: 'p', resource: 'users', filters: { search: [lineOf(search)] } }),
          0,
        ),
      );
    fc.assert(
      fc.property(anySearch, value, (search, other) => {
        const [first, ...rest] = search.terms;
        if (!first || first.mode === 'pattern') return;
        // What is written otherwise may mean the same: a phone, or marks apart from their letters.
        const isSame = first.values.some((one) => one.normalize('NFC') === other.normalize('NFC'));
        if (isSame || first.field === 'phone') return;
        const changed = { ...search, terms: [{ ...first, values: [...first.values, other] }, ...rest] };
        expect(asked(changed)).not.toBe(asked(search));
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  [
    'email:~"@corp.test" and name:^"Kim"',
    [
      ['search.name', 'Kim%'],
      ['mode.name', 'like'],
      ['search.primaryEmail', '%@corp.test%'],
      ['mode.primaryEmail', 'like'],
      ['joint', 'and'],
    ],
  ],
  [
    'email:$"@corp.test" case-sensitive',
    [
      ['search.primaryEmail', '%@corp.test'],
      ['mode.primaryEmail', 'like'],
      ['isCaseSensitive', 'true'],
    ],
  ],
  [
    'username:="a_b%c\\\\d"',
    [
      ['search.username', 'a_b%c\\d'],
      ['mode.username', 'exact'],
    ],
  ],
  [
    'name:like"K_m%"',
    [
      ['search.name', 'K_m%'],
      ['mode.name', 'like'],
    ],
  ],
  [
    'name:similar"(Kim|Lee)%"',
    [
      ['search.name', '(Kim|Lee)%'],
      ['mode.name', 'similar_to'],
      ['isCaseSensitive', 'true'],
    ],
  ],
  [
    'phone:regex"^\\\\+49" or phone:regex"^49"',
    [
      ['search.primaryPhone', '(?:^\\+49)|(?:^49)'],
      ['mode.primaryPhone', 'posix'],
    ],
  ],
  [
    'id:=a,b,c',
    [
      ['search.id', 'a'],
      ['search.id', 'b'],
      ['search.id', 'c'],
      ['mode.id', 'exact'],
    ],
  ],
  [
    'email:$"@a.test","@b.test"',
    [
      ['search.primaryEmail', '@a\\.test$|@b\\.test$'],
      ['mode.primaryEmail', 'posix'],
    ],
  ],
  [
    'username:="k_m" or username:^"K."',
    [
      ['search.username', '^k_m$|^K\\.'],
      ['mode.username', 'posix'],
    ],
  ],
  [
    'phone:="+82 10-1183-4274","+49 (0)30 901820"',
    [
      ['search.primaryPhone', '821011834274'],
      ['search.primaryPhone', '4930901820'],
      ['mode.primaryPhone', 'exact'],
    ],
  ],
  [
    'phone:="010-1183-4274"',
    [
      ['search.primaryPhone', '%1011834274'],
      ['mode.primaryPhone', 'like'],
    ],
  ],
  [
    'phone:^"010-11"',
    [
      ['search.primaryPhone', '^.{1,3}1011'],
      ['mode.primaryPhone', 'posix'],
    ],
  ],
  [
    'phone:~"0101"',
    [
      ['search.primaryPhone', '%0101%'],
      ['mode.primaryPhone', 'like'],
    ],
  ],
  [
    `name:="${'김민준'.normalize('NFD')}"`,
    [
      ['search.name', '김민준'.normalize('NFC')],
      ['search.name', '김민준'.normalize('NFD')],
      ['mode.name', 'exact'],
    ],
  ],
  [
    'name:kim',
    [
      ['search.name', '%kim%'],
      ['mode.name', 'like'],
    ],
  ],
  [
    'name:likely',
    [
      ['search.name', '%likely%'],
      ['mode.name', 'like'],
    ],
  ],
  [
    'hide-admins not-in-role:abc',
    [
      ['hideAdminUser', 'true'],
      ['excludeRoleId', 'abc'],
    ],
  ],
])('%s asks the API for the same', (line, params) => {
  expect(toParams({ profile: 'p', resource: 'users', filters: { search: [line] } }, 0)).toEqual(params);
});

test.each([
  ['email', 1, 'a field is expected'],
  ['emial:~"x"', 1, 'did you mean "email"?'],
  ['email:~"x" and nmae:~"y"', 16, 'did you mean "name"?'],
  ['Mail:kim', 1, 'did you mean "email"?'],
  ['role:Admin', 1, 'did you mean "in-role"?'],
  ['suspendet:yes', 1, 'did you mean "suspended"?'],
  ['suspended:yes', 1, 'the server does not search "suspended"'],
  ['email:~"x" constructor', 12, 'a field is expected'],
  ['email:~"x" name:~"y"', 12, '"and" or "or" is missing'],
  ['email:~"x" and name:~"y" or id:="z"', 26, 'joins all conditions'],
  ['email:~"x', 8, 'not closed'],
  ['email:~""', 8, 'empty value'],
  ['email:', 7, 'a value is missing'],
  ['email: ', 7, 'a value is missing'],
  ['email: and name:kim', 7, 'a value is missing'],
  ['email: name:kim', 7, 'a value is missing'],
  ['email:~"x" and', 15, 'a condition is missing'],
  ['and email:~"x"', 1, 'must stand between two conditions'],
  ['in-role:"a" and', 16, 'a condition is missing'],
  ['in-organization:"a" and in-role:"b"', 1, 'not by role either: the API lists them as they are'],
  ['in-organization:"a" and name:~"b"', 1, 'cannot be searched further'],
  ['in-role:"a" or name:~"b"', 13, 'by "and" only'],
  ['hide-admins or name:"a"', 13, 'between two conditions'],
  ['name:"a" or hide-admins', 13, 'by "and" only'],
  ['in-role:"a" and in-role:"b"', 17, 'one "in-role:"'],
  ['not-in-role:a not-in-role:b', 15, 'one "not-in-role:"'],
  ['name:~"b" or in-role:"a"', 14, 'by "and" only'],
  ['name:regex"a(b"', 13, 'not closed'],
  ['name:~"x" and name:regex"y"', 1, 'one way at a time'],
])('%j has its mistake at column %i', (line, column, reason) => {
  const { mistake } = parseLine(line);
  expect(mistake?.column).toBe(column);
  expect(reasonSaid(mistake?.reason)).toContain(reason);
});

test.each([
  'kim',
  'kim lee',
  'hide and seek',
  'note: call',
  'http://x',
  'urn:logto:role',
  'constructor',
  '한지훈',
  'a@b.c',
])('%j is words, not a search', (text) => expect(isLine(text)).toBe(false));

test.each(['emial:kim', 'role:Admin', 'suspended:yes', 'IN-ORG:acme', 'hide-admins'])(
  '%j is meant as a search',
  (text) => expect(isLine(text)).toBe(true),
);

test('an empty value breaks a rule before anything is sent', () => {
  const search = {
    joint: 'all',
    caseSensitive: false,
    hideAdmins: false,
    terms: [{ field: 'name', mode: 'is', values: [''] }],
  } as const;
  expect(reasonSaid(faultOf(search))).toContain('empty value');
});

test.each([
  ['^k.*m$', 'good', 0],
  ['(?:a|b)+?c{2,3}', 'good', 0],
  ['[[:alpha:]_-]+', 'good', 0],
  ['[]a]', 'good', 0],
  ['[^]a]', 'good', 0],
  ['[[.].]]b', 'good', 0],
  ['[]', 'wrong', 0],
  ['[]a', 'wrong', 0],
  ['[^]', 'wrong', 0],
  ['[\\]', 'wrong', 0],
  ['a[b]c[d', 'wrong', 5],
  ['[[:alpha:', 'wrong', 0],
  ['a(?=b)', 'good', 0],
  ['(?i)kim', 'unsure', 0],
  ['a(b', 'wrong', 1],
  ['a)b', 'wrong', 1],
  ['[a-', 'wrong', 0],
  ['[z-a]', 'wrong', 0],
  ['*a', 'wrong', 0],
  ['a**', 'wrong', 2],
  ['a|b', 'good', 0],
  ['a|*b', 'wrong', 2],
  ['a{300}', 'wrong', 1],
  ['a{3,2}', 'wrong', 1],
  ['a\\', 'wrong', 1],
  ['\\p{L}', 'wrong', 0],
  ['a(?i)b', 'wrong', 1],
] as const)('the expression %s is %s', (pattern, kind, at) => {
  expect(checkRegex(pattern)).toMatchObject(kind === 'good' ? { kind } : { kind, at });
});

test('the end of a line completes fields, modes and words', () => {
  expect(completionsAt('em', 2)).toEqual({ from: 0, options: ['email:'] });
  expect(completionsAt('email:', 6).options).toContain('~"');
  expect(completionsAt('email:~"x" ', 11).options).toEqual(
    expect.arrayContaining(['and ', 'case-sensitive']),
  );
  expect(completionsAt('email:~"x" and n', 16)).toEqual({ from: 15, options: ['name:'] });
  expect(completionsAt('email:~"na', 10).options).toEqual([]);
  expect(searchModes).toHaveLength(7);
});

test('what a search could not continue with is not offered', () => {
  const offered = (line: string) => completionsAt(line, line.length).options;
  // The API lists the members of an organization as they are.
  expect(offered('in-organization:"x" ')).toEqual(['case-sensitive']);
  expect(offered('in-organization:"x" and ')).toEqual([]);
  expect(offered('in-role:"x" ')).toEqual(['and ', 'case-sensitive']);
  expect(offered('in-role:"x" and ')).toContain('name:');
  expect(offered('email:~"x" or name:~"y" ')).toEqual(
    expect.arrayContaining(['or ', 'hide-admins', 'in-role:', 'not-in-role:']),
  );
  expect(offered('email:~"x" or name:~"y" ')).not.toContain('and ');
  expect(offered('not-in-role:"x" ')).not.toContain('not-in-role:');
});

test('"and" joins roles and organizations with the other conditions, too', () => {
  for (const line of ['in-role:"a" and email:~"b"', 'email:~"b" and in-role:"a"', 'in-role:"a" email:~"b"'])
    expect(parseLine(line).search && lineOf(parseLine(line).search as never)).toBe('email:~"b" in-role:"a"');
});

test('blanks after a colon are not part of a value, and not a mistake', () => {
  for (const [typed, meant] of [
    ['email: kim@corp.example', 'email:kim@corp.example'],
    ['name:  ="Kim" and phone: ~"82"', 'name:="Kim" and phone:~"82"'],
    ['in-org: acme', 'in-org:acme'],
    ['name: andy', 'name:andy'],
  ] as const) {
    expect(parseLine(typed).mistake).toBeNull();
    expect(parseLine(typed)).toEqual(parseLine(meant));
  }
});
