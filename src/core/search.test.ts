import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { lineOf } from '../shared/search/line.ts';
import { isCaseSensitive } from '../shared/search/search.ts';
import type { SearchField, SearchMode, UserSearch } from '../shared/search/terms.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import type { UserRow } from '../simulator/user-data.ts';
import { listPage } from './rows/listing.ts';

let server: Simulator;
let held: TestCore;
let profile = '';

beforeAll(async () => {
  server = await startSimulator({ users: 90, logs: 1, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const found = async (line: string) => {
  const query = { profile, resource: 'users', filters: { search: [line] } };
  const { rows } = await listPage(await held.core.sessionOf(profile), { query, index: 0 }, Date.now);
  return rows.map(({ id }) => String(id)).sort();
};

const columns: Record<SearchField, keyof UserRow> = {
  id: 'id',
  username: 'username',
  name: 'name',
  email: 'primaryEmail',
  phone: 'primaryPhone',
};

/** What the words of a mode mean, without any pattern. */
const meaning: Partial<Record<SearchMode, (text: string, value: string) => boolean>> = {
  contains: (text, value) => text.includes(value),
  starts: (text, value) => text.startsWith(value),
  ends: (text, value) => text.endsWith(value),
  is: (text, value) => text === value,
};

const fits = (search: UserSearch, user: UserRow): boolean => {
  const fold = (text: string) => (isCaseSensitive(search) ? text : text.toLowerCase());
  const results = search.terms.map(({ field, mode, values }) => {
    const text = user[columns[field]];
    return typeof text === 'string' && values.some((value) => meaning[mode]?.(fold(text), fold(value)));
  });
  return search.joint === 'all' ? results.every(Boolean) : results.some(Boolean);
};

test('finds the users that its words mean, wildcards in the text included', async () => {
  const [first] = server.tenant.users;
  Object.assign(first ?? {}, { name: '100%_sure\\yes', username: 'a_b' });
  const texts = server.tenant.users.flatMap((user) =>
    Object.values(columns).flatMap((column) => user[column] ?? []),
  );
  const piece = fc
    .tuple(fc.constantFrom(...texts.map(String)), fc.nat(6), fc.integer({ min: 1, max: 8 }))
    .map(([text, from, length]) => text.slice(from, from + length) || text);
  const search: fc.Arbitrary<UserSearch> = fc.record({
    joint: fc.constantFrom('all' as const, 'any' as const),
    caseSensitive: fc.boolean(),
    hideAdmins: fc.constant(false),
    terms: fc.uniqueArray(
      fc.record({
        field: fc.constantFrom(...(Object.keys(columns) as SearchField[])),
        mode: fc.constantFrom('contains' as const, 'starts' as const, 'ends' as const, 'is' as const),
        values: fc.array(fc.oneof(piece, fc.constantFrom('%', '_', '\\', 'a_b', '100%')), {
          minLength: 1,
          maxLength: 3,
        }),
      }),
      { selector: ({ field }) => field, minLength: 1, maxLength: 3 },
    ),
  });
  await fc.assert(
    fc.asyncProperty(search, async (asked) => {
      const expected = server.tenant.users.filter((user) => fits(asked, user)).map(({ id }) => id);
      expect(await found(lineOf(asked))).toEqual(expected.sort());
    }),
    { numRuns: 250 },
  );
});

test('an expression that the server cannot read is said to be one, and asked for once', async () => {
  const before = server.seen.length;
  // PostgreSQL knows this option; the simulator, like a server that knows less, does not.
  await expect(found('name:regex"(?q)x"')).rejects.toMatchObject({
    code: 'query.expression',
    detail: { status: 500 },
  });
  expect(server.seen.slice(before).filter(({ path }) => path === '/api/users')).toHaveLength(1);
});

test('users without a role are asked for by the role’s id', async () => {
  const [role = '', members = new Set<string>()] = [...server.tenant.usersByRole][0] ?? [];
  const left = await found(`not-in-role:"${role}"`);
  expect(left).toHaveLength(90 - members.size);
  expect(left.some((id) => members.has(id))).toBe(false);
});

test('users with a role are asked for below the role, searched by the same fields', async () => {
  const bySize = [...server.tenant.usersByRole].sort(([, a], [, b]) => b.size - a.size);
  const [role = '', members = new Set<string>()] = bySize[0] ?? [];
  expect(await found(`in-role:"${role}"`)).toEqual([...members].sort());
  const named = server.tenant.users.filter(
    ({ id, name }) => members.has(id) && name?.toLowerCase().includes('e'),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(await found(`name:~"e" in-role:${role}`)).toEqual(named.map(({ id }) => id).sort());
  await expect(found(`in-role:${role} hide-admins`)).rejects.toMatchObject({ code: 'query.invalid' });
});
