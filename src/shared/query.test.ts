import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from './catalog/index.ts';
import { DeskError } from './errors.ts';

import { likeContaining } from './like.ts';
import { coversTime, heldAt, pathValues, type Query, queryOf, timeBounds, toParams, urlOf } from './query.ts';

import { because } from './reasons.ts';

import { anyCondition } from './testing.ts';

const now = 1_795_000_000_000;
const users = (filters: Query['filters']): Query => ({ profile: 'demo', resource: 'users', filters });
const logs = (filters: Query['filters']): Query => ({ profile: 'demo', resource: 'logs', filters });

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((text) => text.isWellFormed());

/** Any query that the catalogue allows, with any text in its filters. */
const anyQuery = fc.constantFrom(...catalog).chain((resource) =>
  fc.record({
    profile: fc.stringMatching(/^[a-z0-9-]{1,20}$/),
    resource: fc.constant(resource.id),
    ...(resource.parent ? { parent: fc.string({ minLength: 1, maxLength: 30 }) } : {}),
    filters: fc
      .subarray(resource.filters.map(({ id }) => id))
      .chain((ids) =>
        fc.record(
          Object.fromEntries(
            ids.map((id) => [id, fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 })]),
          ),
        ),
      ),
    where: fc.option(fc.array(anyCondition(word), { minLength: 1, maxLength: 3 }), { nil: undefined }),
    sort: fc.option(fc.record({ column: word, descending: fc.boolean() }), { nil: undefined }),
  }),
);

describe('a query as a URL', () => {
  test('comes back as it was, whatever was typed', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        expect(queryOf(urlOf(query))).toEqual(query);
      }),
      { numRuns: 300 },
    );
  });

  test('keeps the columns in their order', () => {
    const query = { ...users({}), columns: ['id', 'name'] };
    expect(urlOf(query)).toBe('/demo/users?columns=id%2Cname');
    expect(queryOf(urlOf(query))).toEqual(query);
  });

  test('names a list below a row by the row', () => {
    expect(urlOf({ profile: 'demo', resource: 'user-roles', parent: 'a/b', filters: {} })).toBe(
      '/demo/users/a%2Fb/roles',
    );
  });

  test('names one row by its id, and is of no list then', () => {
    const query = { ...users({}), object: 'a/b c' };
    expect(urlOf(query)).toBe('/demo/users/a%2Fb%20c');
    expect(queryOf(urlOf(query))).toEqual(query);
    expect(() => toParams(query, now)).toThrow(DeskError);
    expect(() => urlOf({ ...users({}), resource: 'sign-in-experience', object: 'x' })).toThrow(DeskError);
  });

  test.each([
    '/',
    '/demo',
    '/demo/nope',
    '/demo/user-roles/1',
    '/demo/sign-in-experience/1',
    '/demo/users/1?nope=1',
    '/demo/users/1/nope',
    '/demo/users?nope=1',
    '/demo/%E0%A4%A/x',
    '/a/b/c/d/e',
  ])('that names no list is refused: %s', (url) => {
    expect(() => queryOf(url)).toThrow(DeskError);
  });
});

describe('a query as API parameters', () => {
  test('searches for typed text literally', () => {
    expect(toParams(users({ keyword: ['50%_a\\b'] }), now)).toEqual([['search', '%50\\%\\_a\\\\b%']]);
    expect(likeContaining('kim')).toBe('%kim%');
  });

  test('leaves an empty keyword out, which the server would refuse', () => {
    expect(toParams(users({ keyword: ['  '] }), now)).toEqual([]);
  });

  test('refuses a text that no address has room for, in any of its forms, and says what finds a list', () => {
    const addresses = Array.from({ length: 300 }, (_, at) => `somebody${at}@corp.example`).join(',');
    expect(() => toParams(users({ keyword: [addresses] }), now)).toThrow(
      expect.objectContaining({
        code: 'query.invalid',
        detail: expect.objectContaining({ where: 'keyword', why: because('search.tooLongForUsers') }),
      }),
    );
    expect(() => toParams(users({ keyword: ['김'.repeat(200)] }), now)).toThrow(DeskError);
    expect(toParams(users({ keyword: ['a'.repeat(500)] }), now)).toHaveLength(1);
  });

  test('repeats a parameter for several values', () => {
    expect(
      toParams({ profile: 'p', resource: 'applications', filters: { type: ['SPA', 'Native'] } }, now),
    ).toEqual([
      ['types', 'SPA'],
      ['types', 'Native'],
    ]);
  });

  test('counts a span back from now', () => {
    expect(toParams(logs({ time: ['24h'] }), now)).toEqual([['start_time', String(now - 86_400_000)]]);
  });

  test('holds a pinned list at its moment, within the bounds asked for', () => {
    expect(toParams(logs({}), now, 500)).toEqual([['end_time', '500']]);
    expect(toParams(logs({ time: ['100', '300'] }), now, 500)).toEqual([
      ['start_time', '100'],
      ['end_time', '300'],
    ]);
    expect(toParams(logs({ time: ['100', '900'] }), now, 500)).toEqual([
      ['start_time', '100'],
      ['end_time', '500'],
    ]);
  });

  test('never asks for a start after the end, which the server refuses', () => {
    expect(toParams(logs({ time: ['800', ''] }), now, 500)).toEqual([
      ['start_time', '800'],
      ['end_time', '800'],
    ]);
  });

  test.each([
    [users({ nope: ['1'] }), /no filter "nope"/],
    [{ profile: 'p', resource: 'roles', filters: { type: ['Robot'] } }, /not one of User, MachineToMachine/],
    [{ profile: 'p', resource: 'user-roles', filters: {} }, /requires the ID of its users/],
    [{ ...users({}), parent: 'x' }, /is not nested under any list/],
    [logs({ time: ['900', '100'] }), /start is after the end/],
    [logs({ time: ['yesterday-ish', ''] }), /not a valid date/],
    [logs({ time: ['3x'] }), /nor one of 1h, 24h, 7d, 30d/],
    [logs({ time: ['2026-02-30', ''] }), /not a valid date/],
    [logs({ time: ['2026-04-31'] }), /neither a date/],
  ] as [Query, RegExp][])('is refused with what to do: %j', (query, reason) => {
    expect(() => toParams(query, now)).toThrow(reason);
  });

  test('reads dates and unix milliseconds alike', () => {
    expect(timeBounds(['2026-11-20T00:00:00Z', '1795132800001'], now)).toEqual({
      from: 1_795_132_800_000,
      to: 1_795_132_800_001,
    });
  });
});

test('a copy from a moment on is whole for the views of that time alone', () => {
  const from = Date.UTC(2026, 10, 20);
  const asked = (...time: string[]) =>
    coversTime(from, logs(time.length > 0 ? { time } : {}), from + 86_400_000);
  expect(asked('24h')).toBe(true);
  expect(asked(String(from), '')).toBe(true);
  // What is older than the copy, by a millisecond or without an end, is not in it.
  expect(asked('7d')).toBe(false);
  expect(asked(String(from - 1), '')).toBe(false);
  expect(asked('', String(from + 1))).toBe(false);
  expect(asked()).toBe(false);
  expect(coversTime(null, logs({}), from)).toBe(true);
});

test('a parent id is encoded into its path', () => {
  expect(pathValues('/api/users/{userId}/roles', '../x')).toEqual({ userId: '../x' });
  expect(pathValues('/api/organizations/{id}/users/{userId}/roles', 'o/u')).toEqual({ id: 'o', userId: 'u' });
  expect(pathValues('/api/configs/oidc/{keyType}', undefined, { keyType: 'private-keys' })).toEqual({
    keyType: 'private-keys',
  });
  expect(() => pathValues('/api/organizations/{id}/users/{userId}/roles', 'o')).toThrow(/joined/);
});

describe('the time of a view, held', () => {
  const held = (...time: string[]) => heldAt(logs({ time }), now).filters.time;

  test('counts back from the moment the view was opened', () => {
    expect(held('24h')).toEqual([String(now - 86_400_000), '']);
    expect(toParams(heldAt(logs({ time: ['24h'] }), now), now + 1_000, now - 60_000)).toEqual([
      ['start_time', String(now - 86_400_000)],
      ['end_time', String(now - 60_000)],
    ]);
  });

  test('stays as it was written where it does not depend on now, or cannot be read', () => {
    for (const time of [['2026-11-20'], ['100', ''], ['', '2026-11-20'], ['2026-02-30']])
      expect(held(...time)).toEqual(time);
    expect(heldAt(logs({}), now)).toEqual(logs({}));
  });
});
