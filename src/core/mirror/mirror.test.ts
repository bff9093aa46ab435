import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { timeBuckets } from '../../shared/local.ts';
import { refusalOf } from '../../shared/phrases/testing.ts';
import type { Query } from '../../shared/query.ts';
import { queryResource } from '../../shared/query.ts';
import { rowIdOf } from '../../shared/row.ts';
import { lineOf } from '../../shared/search/line.ts';
import { emptySearch, searchFields } from '../../shared/search/terms.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { harvest } from '../harvest/harvest.ts';
import { removeMirror } from './file.ts';
import { MirrorStore } from './store.ts';

let server: Simulator;
let held: TestCore;
let profile: string;
let store: MirrorStore;
const owner = { endpoint: 'http://127.0.0.1:9', tenant: 'https://default.logto.app/api' };
const folder = mkdtempSync(join(tmpdir(), 'logto-desk-mirror-'));
const mirrored = ['users', 'roles', 'logs', 'applications', 'organizations'];

const idsOnServer = async (query: Query): Promise<string[]> => {
  const session = await held.core.sessionOf(profile);
  const ids: string[] = [];
  const { signal } = new AbortController();
  for await (const { rows } of harvest({ session, query, clock: Date.now, signal }))
    ids.push(...rows.map((row) => rowIdOf(queryResource(query), row)));
  return ids.sort();
};

const idsInMirror = (query: Query): string[] =>
  store
    .page(query, 0, 100_000, Date.now())
    .rows.map((row) => rowIdOf(queryResource(query), row))
    .sort();

beforeAll(async () => {
  server = await startSimulator({ users: 400, logs: 600, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
  store = new MirrorStore(join(folder, 'all.sqlite'), owner, Date.now());
  const session = await held.core.sessionOf(profile);
  const { signal } = new AbortController();
  for (const resource of mirrored) {
    const query = { profile, resource, filters: {} };
    const startedAt = store.begin(resource, '', Date.now(), null);
    for await (const { rows } of harvest({ session, query, clock: Date.now, signal }))
      store.putCopied(resource, '', rows, startedAt, null);
    store.finish(resource, '', { startedAt, at: Date.now(), since: null, marksGone: true });
  }
});
afterAll(async () => {
  store.close();
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Words that some rows have, and signs that patterns give a meaning. */
const word = fc.oneof(
  fc.constantFrom('kim', 'Kim', 'an', 'é', '김', '@hanbit', '_', '%', '\\', '.example', '1'),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 3 })
    .filter((text) => text.trim() === text && text !== ''),
);

const anySearch = fc
  .record({
    joint: fc.constantFrom('all' as const, 'any' as const),
    caseSensitive: fc.boolean(),
    terms: fc.uniqueArray(
      fc.record({
        field: fc.constantFrom(...searchFields),
        mode: fc.constantFrom(
          'contains' as const,
          'starts' as const,
          'ends' as const,
          'is' as const,
          'pattern' as const,
        ),
        values: fc.array(word, { minLength: 1, maxLength: 2 }),
      }),
      { selector: ({ field }) => field, minLength: 1, maxLength: 3 },
    ),
  })
  .map((search) => ({
    ...emptySearch,
    ...search,
    joint: search.terms.length > 1 ? search.joint : ('all' as const),
  }));

const time = fc.tuple(fc.integer({ min: 0, max: 599 }), fc.integer({ min: 0, max: 599 })).map(([a, b]) => {
  const { times } = server.tenant.logs;
  return [String(times[Math.max(a, b)]), String(times[Math.min(a, b)])];
});

const filtersOf: Record<string, fc.Arbitrary<Query['filters']>> = {
  users: fc.oneof(
    word.map((keyword): Query['filters'] => ({ keyword: [keyword] })),
    anySearch.map((search): Query['filters'] => ({ search: [lineOf(search)] })),
  ),
  roles: fc.record(
    { type: fc.constantFrom(['User'], ['MachineToMachine']), keyword: fc.tuple(word) },
    { requiredKeys: [] },
  ),
  logs: fc.record(
    { event: fc.constantFrom(['Interaction.SignIn.Submit'], ['RevokeToken'], ['Nope']), time },
    { requiredKeys: [] },
  ),
  applications: fc.record(
    {
      type: fc.constantFrom(['SPA'], ['SPA', 'Native'], ['MachineToMachine']),
      'third-party': fc.constantFrom(['true'], ['false']),
      keyword: fc.tuple(word),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<Query['filters']>,
};

describe('one query, two compilers: the mirror answers as the server does', () => {
  test.each(Object.keys(filtersOf))('for %s', async (resource) => {
    await fc.assert(
      fc.asyncProperty(filtersOf[resource] ?? fc.constant({}), async (filters) => {
        const query = { profile, resource, filters };
        expect(idsInMirror(query)).toEqual(await idsOnServer(query));
      }),
      { numRuns: 60 },
    );
  });

  test('for whole lists, in the server’s order', async () => {
    for (const resource of mirrored) {
      const query = { profile, resource, filters: {} };
      expect(idsInMirror(query), resource).toEqual(await idsOnServer(query));
    }
    const { rows } = store.page({ profile, resource: 'logs', filters: {} }, 100, 50, Date.now());
    expect(rows.map(({ createdAt }) => createdAt)).toEqual([...server.tenant.logs.times.slice(100, 150)]);
  });
});

test('what the API cannot be asked: any column filters and sorts', () => {
  const failed = store.page(
    {
      profile,
      resource: 'logs',
      filters: {},
      where: [{ column: 'payload.result', mode: 'is', value: 'error' }],
      sort: { column: 'payload.ip', descending: false },
    },
    0,
    1_000,
    Date.now(),
  );
  const expected = Array.from({ length: 600 }, (_, at) => server.tenant.logs.row(at)).filter(
    ({ payload }) => payload.result === 'Error',
  );
  expect(failed.total).toBe(expected.length);
  const addresses = failed.rows.map(({ payload }) => String((payload as { ip: string }).ip));
  expect(addresses).toEqual([...addresses].sort(new Intl.Collator('en', { numeric: true }).compare));
  const inside = (mode: 'network' | 'outside') =>
    store.page(
      {
        profile,
        resource: 'logs',
        filters: {},
        where: [{ column: 'payload.ip', mode, value: '203.0.0.0/20' }],
      },
      0,
      1_000,
      Date.now(),
    ).total;
  const all = Array.from({ length: 600 }, (_, at) => String(server.tenant.logs.row(at).payload.ip));
  // 203.0.0.0/20: the third part of the address is below 16.
  const inTheFirst16 = (ip: string) => Number(ip.split('.')[2]) < 16;
  expect(inside('network')).toBe(all.filter((ip) => inTheFirst16(ip)).length);
  expect(inside('outside')).toBe(all.filter((ip) => !inTheFirst16(ip)).length);
  const suspended = store.page(
    {
      profile,
      resource: 'users',
      filters: {},
      where: [{ column: 'isSuspended', mode: 'is', value: 'true' }],
    },
    0,
    1_000,
    Date.now(),
  );
  expect(suspended.total).toBe(server.tenant.users.filter(({ isSuspended }) => isSuspended).length);
});

test('rows are counted by any column, within any view', () => {
  const query: Query = {
    profile,
    resource: 'logs',
    filters: { event: ['Interaction.SignIn.Identifier.Password.Submit'] },
  };
  const { counts, total, whole } = store.counts(
    query,
    { column: 'payload.result', bucket: null },
    10,
    Date.now(),
  );
  const rows = Array.from({ length: 600 }, (_, at) => server.tenant.logs.row(at)).filter(
    ({ key }) => key === 'Interaction.SignIn.Identifier.Password.Submit',
  );
  expect([total, whole]).toEqual([rows.length, true]);
  const of = (result: string) => rows.filter(({ payload }) => payload.result === result).length;
  const [good, bad] = [of('Success'), of('Error')];
  expect([good + bad, good > bad, bad > 0]).toEqual([rows.length, true, true]);
  expect(counts).toEqual([
    { value: 'Success', count: good },
    { value: 'Error', count: bad },
  ]);
  const all = Array.from({ length: 600 }, (_, at) => server.tenant.logs.row(at));
  // Neither zone has a summer time: its clock is ahead by as much all the time.
  for (const [zone, ahead, end] of [
    [undefined, 0, ''],
    ['Asia/Seoul', 540, ':00+09:00'],
    ['Asia/Kathmandu', 345, ':00+05:45'],
  ] as const)
    for (const bucket of timeBuckets) {
      const counting = { column: 'createdAt', bucket, zone };
      const times = store.counts({ profile, resource: 'logs', filters: {} }, counting, 10_000, Date.now());
      const keyOf = ({ createdAt }: { createdAt: number }) => {
        const clock = new Date(createdAt + ahead * 60_000).toISOString();
        return { hour: clock.slice(0, 13) + end, day: clock.slice(0, 10), month: clock.slice(0, 7) }[bucket];
      };
      const groups = [...Map.groupBy(all, keyOf)].sort(([one], [other]) => (one < other ? 1 : -1));
      expect(times.counts).toEqual(groups.map(([value, { length }]) => ({ value, count: length })));
    }
});

test('any text of any list is found, in any script', () => {
  const [user] = server.tenant.users.filter(({ primaryEmail }) => primaryEmail);
  const [hit] = store.search(String(user?.primaryEmail), 10).hits;
  expect(hit).toMatchObject({ resource: 'users', id: user?.id, snippet: user?.primaryEmail });
  expect(store.search('Storefront', 10).hits.map(({ resource }) => resource)).toContain('applications');
  const korean = server.tenant.users.find(({ name }) => /^[가-힣]{3}/.test(name ?? ''));
  expect(store.search(String(korean?.name), 500).hits.map(({ id }) => id)).toContain(korean?.id);
  expect(store.search('"; DROP TABLE rows; --', 10)).toEqual({ hits: [], unread: 0 });
  expect(store.search('  ', 10)).toEqual({ hits: [], unread: 0 });
});

const idsFound = (text: string, limit = 1_000) => store.search(text, limit).hits.map(({ id }) => id);

test('words of one and two characters are found, alone and together', () => {
  const users = server.tenant.users.filter(({ name }) => name !== null);
  const korean = users.find(({ name }) => /^[가-힣]{3}$/.test(name ?? ''));
  const given = String(korean?.name).slice(1);
  expect(given).toHaveLength(2);
  expect(idsFound(given)).toContain(korean?.id);
  expect(idsFound(given.normalize('NFD'))).toContain(korean?.id);
  const japanese = users.find(
    ({ name }) => /^\S{1,2} \S{1,2}$/.test(name ?? '') && !/[a-z]/i.test(name ?? ''),
  );
  const [family = '', own = ''] = String(japanese?.name).split(' ');
  for (const text of [`${family} ${own}`, `${own} ${family}`, family, own])
    expect(idsFound(text)).toContain(japanese?.id);
  // A short word beside a long one narrows what that finds.
  const mail = String(japanese?.primaryEmail);
  expect(idsFound(`${mail} ${own}`)).toEqual([japanese?.id]);
  expect(idsFound(`${mail} q9`)).toEqual([]);
  expect(store.search('ha', 5).hits).toHaveLength(5);
  // Of so few rows none was left out, with hits or without.
  expect(store.search('ha', 50)).toMatchObject({ unread: 0 });
  expect(store.search('§§', 50)).toEqual({ hits: [], unread: 0 });
  for (const { snippet } of store.search('ha', 50).hits) expect(snippet.toLowerCase()).toContain('ha');
});

test.each(['is', 'contains', 'starts', 'ends'] as const)(
  'of a long list of values a row needs one, as of a short one: %s',
  (mode) => {
    const named = server.tenant.users.flatMap(({ id, name }) => (name === null ? [] : [{ id, name }]));
    const part = (name: string) => {
      const [first = ''] = name.split(' ');
      return { is: name, contains: name.slice(1, 4), starts: first, ends: name.slice(-3) }[mode];
    };
    const fits = (name: string, value: string) =>
      ({
        is: name === value,
        contains: name.includes(value),
        starts: name.startsWith(value),
        ends: name.endsWith(value),
      })[mode];
    const found = (values: string[], sensitive = true) => {
      const terms = [{ field: 'name' as const, mode, values }];
      const search = [lineOf({ ...emptySearch, caseSensitive: sensitive, terms })];
      return idsInMirror({ profile, resource: 'users', filters: { search } });
    };
    for (const many of [1, 20, 21, 60]) {
      const values = [...new Set(named.slice(0, many).map(({ name }) => part(name)))];
      const expected = named.filter(({ name }) => values.some((value) => fits(name, value)));
      const ids = expected.map(({ id }) => id).sort();
      expect(found(values)).toEqual(ids);
      const turned = values.filter((value) => value.toUpperCase().toLowerCase() === value.toLowerCase());
      const upper = turned.map((value) => value.toUpperCase());
      expect(found(upper, false)).toEqual(found(turned, false));
      // Of values that nobody has, however many, there is nobody.
      expect(found(Array.from({ length: many }, (_, at) => `nobody ${at}`))).toEqual([]);
    }
  },
);

test('a phone is found in any writing, alone and beside a name', () => {
  const user = server.tenant.users.find(({ primaryPhone, name }) => primaryPhone?.startsWith('8210') && name);
  const phone = String(user?.primaryPhone);
  const national = `0${phone.slice(2, 4)}-${phone.slice(4, 8)}-${phone.slice(8)}`;
  for (const text of [
    phone,
    national,
    national.replaceAll('-', ''),
    `+82 ${national.slice(1)}`,
    `+${phone}`,
    `+82 (0)${national.slice(1).replaceAll('-', ' ')}`,
    `${user?.name} ${national}`,
  ])
    expect(idsFound(text)).toContain(user?.id);
  const conditions = ['is', 'contains'] as const;
  for (const mode of conditions) {
    const query = { profile, resource: 'users', filters: {} };
    const where = [{ column: 'primaryPhone', mode, value: national }];
    expect(idsInMirror({ ...query, where })).toEqual([user?.id]);
  }
  expect(idsInMirror({ profile, resource: 'users', filters: { keyword: [national] } })).toEqual([user?.id]);
  expect(idsInMirror({ profile, resource: 'users', filters: { search: [`phone:="${national}"`] } })).toEqual([
    user?.id,
  ]);
});

test('text that is stored apart from its marks is found however it is typed', () => {
  const own = new MirrorStore(join(folder, 'forms.sqlite'), owner, 1);
  const name = '김민준';
  own.put(
    'users',
    '',
    [
      { id: 'apart', name: name.normalize('NFD') },
      { id: 'one', name },
    ],
    1,
  );
  for (const form of ['NFC', 'NFD'])
    for (const text of [name, '민준', `${name} ${name}`]) {
      expect(
        own
          .search(text.normalize(form), 9)
          .hits.map(({ id }) => id)
          .sort(),
      ).toEqual(['apart', 'one']);
      const askedBy: Query['filters'][] = [
        { keyword: [text.normalize(form)] },
        { search: [`name:~"${name.normalize(form)}"`] },
      ];
      for (const filters of askedBy)
        expect(own.page({ profile, resource: 'users', filters }, 0, 9, 1).total).toBe(
          text.includes(' ') && 'keyword' in filters ? 0 : 2,
        );
    }
  own.close();
});

test('a page of logs is held at a moment in the midst of them', () => {
  const query = { profile, resource: 'logs', filters: {} };
  const all = store.page(query, 0, 1_000, Date.now()).rows;
  const until = Number(all[250]?.createdAt);
  const held = store.page(query, 0, 1_000, Date.now(), until);
  expect(held.total).toBe(all.filter(({ createdAt }) => Number(createdAt) <= until).length);
  expect(held.rows.every(({ createdAt }) => Number(createdAt) <= until)).toBe(true);
});

test('a condition that cannot be read is refused, not answered by no rows', () => {
  const where = [{ column: 'isSuspended', mode: 'is' as const, value: 'maybe' }];
  const page = () => store.page({ profile, resource: 'users', filters: {}, where }, 0, 9, 1);
  expect(refusalOf(page)).toBe('Suspended: "maybe" is neither yes nor no');
});

test('a user is found once, however many roles and organizations list the same one', () => {
  const own = new MirrorStore(join(folder, 'once.sqlite'), owner, 1);
  const put = (list: string, parent: string, ids: string[]) =>
    own.put(
      list,
      parent,
      ids.map((id) => ({ id, name: 'Somebody Xu' })),
      1,
    );
  put('users', '', ['one', 'two']);
  for (const parent of ['r1', 'r2', 'r3']) put('role-users', parent, ['one', 'two']);
  put('organization-users', 'o1', ['two']);
  // A nested row with the same id under another parent is another row.
  for (const parent of ['r1', 'r2']) put('role-scopes', parent, ['scope']);
  for (const text of ['somebody', 'xu'])
    expect(
      own
        .search(text, 9)
        .hits.map(({ id }) => id)
        .sort(),
    ).toEqual(['one', 'scope', 'scope', 'two']);
  expect(own.search('somebody', 2).hits).toHaveLength(2);
  // It is the user, and not a member of some list; one whose own list does not have them stays a member.
  put('organization-users', 'o1', ['two', 'stranger']);
  for (const text of ['somebody', 'xu'])
    expect(
      own
        .search(text, 9)
        .hits.flatMap(({ id, resource }) => (id === 'scope' ? [] : `${id} ${resource}`))
        .sort(),
    ).toEqual(['one users', 'stranger organization-users', 'two users']);
  own.close();
});

test('what is gone is not found, by a long word or a short one', () => {
  const own = new MirrorStore(join(folder, 'gone.sqlite'), owner, 1);
  const copy = (at: number, rows: { id: string; name: string }[]) => {
    const startedAt = own.begin('users', '', at, null);
    own.putCopied('users', '', rows, startedAt, null);
    own.finish('users', '', { startedAt, at, since: null, marksGone: true });
  };
  copy(1, [
    { id: 'stays', name: 'Somebody Xu' },
    { id: 'goes', name: 'Somebody Xu' },
  ]);
  copy(2, [{ id: 'stays', name: 'Somebody Xu' }]);
  for (const text of ['somebody', 'xu', 'somebody xu'])
    expect(own.search(text, 9).hits.map(({ id }) => id)).toEqual(['stays']);
  own.close();
});

test('a search for a short word says of how many rows it did not look at', () => {
  const own = new MirrorStore(join(folder, 'many.sqlite'), owner, 1);
  const rows = Array.from({ length: 100_500 }, (_, at) => ({ id: `r${at}`, name: at < 3 ? 'Zq' : 'Ho' }));
  own.put('roles', '', rows, 1);
  expect(own.search('zq', 9)).toEqual({ hits: [], unread: 500 });
  expect(own.search('ho', 9)).toMatchObject({ hits: { length: 9 }, unread: 0 });
  own.close();
});

test('no secret is in the file', () => {
  const content = readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('');
  expect(content).toContain('Storefront');
  expect(content).not.toContain('sim-app-secret');
  expect(content).not.toContain(server.tokens.apps[0]?.secret);
});

test('rows that are no longer there are gone, and back when they are seen again', () => {
  const own = new MirrorStore(join(folder, 'gone.sqlite'), owner, 1);
  const query = { profile, resource: 'roles', filters: {} };
  const rows = [{ id: 'a' }, { id: 'b' }];
  own.put('roles', '', rows, 10);
  expect(own.page(query, 0, 10, 11)).toMatchObject({ total: 2, asOf: 10, whole: false });
  own.begin('roles', '', 20, null);
  own.putCopied('roles', '', rows.slice(0, 1), 20, null);
  expect(own.finish('roles', '', { startedAt: 20, at: 21, since: null, marksGone: true })).toBe(1);
  expect(own.page(query, 0, 10, 22)).toMatchObject({ total: 1, asOf: 21, whole: true });
  expect(own.row('roles', 'b')).toEqual({ id: 'b' });
  own.put('roles', '', rows, 30);
  expect(own.page(query, 0, 10, 31).total).toBe(2);
  own.close();
});

test('what is looked at during a copy does not take the copy’s stamp: the copy tells what is gone', () => {
  const own = new MirrorStore(join(folder, 'looked.sqlite'), owner, 1);
  const query = { profile, resource: 'roles', filters: {} };
  own.put('roles', '', [{ id: 'a' }, { id: 'gone' }], 5);
  const startedAt = own.begin('roles', '', 10, null);
  own.putCopied('roles', '', [{ id: 'a' }], startedAt, null);
  // A page that was asked for before it went, at the very moment of the copy.
  own.put('roles', '', [{ id: 'looked' }], startedAt);
  own.put('roles', '', [{ id: 'a', name: 'New' }], startedAt + 3);
  expect(own.copiedIds('roles', '', 0, 10).ids).toEqual(['a']);
  expect(own.finish('roles', '', { startedAt, at: 20, since: null, marksGone: true })).toBe(1);
  expect(own.page(query, 0, 10, 21).rows.map(({ id }) => id)).toEqual(['a', 'looked']);
  own.close();
});

test('a row is shown as it was seen last, under whatever parent, and one that is there before one that is gone', () => {
  const own = new MirrorStore(join(folder, 'versions.sqlite'), owner, 1);
  own.put('role-users', 'r1', [{ id: 'u', name: 'Old' }], 5);
  own.put('role-users', 'r2', [{ id: 'u', name: 'New' }], 9);
  own.put('role-users', 'r3', [{ id: 'u', name: 'Older' }], 2);
  expect(own.row('role-users', 'u')).toEqual({ id: 'u', name: 'New' });
  expect(own.names('role-users', ['u'])).toEqual({ u: 'New' });
  const startedAt = own.begin('role-users', 'r2', 20, null);
  own.finish('role-users', 'r2', { startedAt, at: 21, since: null, marksGone: true });
  expect(own.row('role-users', 'u')).toEqual({ id: 'u', name: 'Old' });
  expect(own.names('role-users', ['u'])).toEqual({ u: 'Old' });
  own.close();
});

test('a search does not find what is gone', () => {
  const own = new MirrorStore(join(folder, 'found.sqlite'), owner, 1);
  own.put('roles', '', [{ id: 'a', name: 'Quetzal keeper' }], 5);
  expect(own.search('Quetzal', 5).hits).toHaveLength(1);
  const startedAt = own.begin('roles', '', 10, null);
  own.finish('roles', '', { startedAt, at: 11, since: null, marksGone: true });
  for (const word of ['Quetzal', 'Qu']) expect(own.search(word, 5).hits).toEqual([]);
  own.close();
});

test('a view is remembered for its zone, and for as long as what counts back from now stays the same', () => {
  const own = new MirrorStore(join(folder, 'remembered.sqlite'), owner, 1);
  const made = Date.UTC(2026, 0, 1, 20);
  // Of the one a catalogue's column is asked for, of the other a path that only the rows' JSON has.
  own.put('users', '', [{ id: 'one', name: 'One', createdAt: made, customData: { seen: made } }], made);
  for (const column of ['createdAt', 'customData.seen']) {
    const asked = (mode: 'is' | 'more', value: string, more: { zone?: string; now?: number } = {}) => {
      const query = { profile: 'p', resource: 'users', filters: {}, where: [{ column, mode, value }] };
      return own.page({ ...query, ...(more.zone ? { zone: more.zone } : {}) }, 0, 9, more.now ?? made).total;
    };
    expect([asked('is', '2026-01-02'), asked('is', '2026-01-02', { zone: 'Asia/Seoul' })]).toEqual([0, 1]);
    expect([asked('more', '1d'), asked('more', '1d', { now: made + 3 * 86_400_000 })]).toEqual([1, 0]);
  }
  own.close();
});

test('a view that is held at a moment has what was there at it, in mid-list', () => {
  const own = new MirrorStore(join(folder, 'until.sqlite'), owner, 1);
  const query = { profile, resource: 'logs', filters: {} };
  own.put(
    'logs',
    '',
    [10, 20, 30, 40].map((createdAt) => ({ id: `l${createdAt}`, createdAt })),
    50,
  );
  expect(own.page(query, 0, 10, 60).total).toBe(4);
  expect(own.page(query, 0, 10, 60, 30).rows.map(({ id }) => id)).toEqual(['l30', 'l20', 'l10']);
  expect(own.page(query, 1, 1, 60, 25)).toMatchObject({ total: 2, rows: [{ id: 'l10' }] });
  own.close();
});

test('of two copies of a list at once, the later one tells what is gone, whatever the other still reads', () => {
  const own = new MirrorStore(join(folder, 'two.sqlite'), owner, 1);
  const query = { profile, resource: 'roles', filters: {} };
  own.put('roles', '', [{ id: 'a' }, { id: 'b' }, { id: 'gone' }], 5);
  const first = own.begin('roles', '', 10, null);
  own.putCopied('roles', '', [{ id: 'gone' }], first, null);
  const second = own.begin('roles', '', 10, null);
  expect(second).toBeGreaterThan(first);
  own.putCopied('roles', '', [{ id: 'a' }, { id: 'b' }], second, null);
  own.putCopied('roles', '', [{ id: 'a' }, { id: 'b' }], first, null);
  const end = { at: 30, since: null, marksGone: true };
  expect(own.finish('roles', '', { startedAt: first, ...end })).toBe(0);
  expect(own.page(query, 0, 10, 31)).toMatchObject({ total: 3, whole: false });
  expect(own.finish('roles', '', { startedAt: second, ...end })).toBe(1);
  expect(own.page(query, 0, 10, 31).rows.map(({ id }) => id)).toEqual(['a', 'b']);
  own.close();
});

test('another program’s database in its place is left as it is', () => {
  const path = join(folder, 'cookies.sqlite');
  const cookies = new DatabaseSync(path);
  cookies.exec("CREATE TABLE cookies (name TEXT); INSERT INTO cookies VALUES ('theirs')");
  cookies.close();
  const before = readFileSync(path);
  expect(() => new MirrorStore(path, owner, 1)).toThrow(expect.objectContaining({ code: 'mirror.failed' }));
  removeMirror(path);
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(readdirSync(folder).filter((name) => name.startsWith('cookies'))).toEqual(['cookies.sqlite']);
});

test('a mirror is the owner’s alone, whatever the umask and whatever it was', () => {
  const before = process.umask(0);
  try {
    const place = join(folder, 'open');
    mkdirSync(place, { mode: 0o777 });
    writeFileSync(join(place, 'a.sqlite'), '', { mode: 0o666 });
    const own = new MirrorStore(join(place, 'a.sqlite'), owner, 1);
    own.put('roles', '', [{ id: 'a' }], 1);
    expect(statSync(place).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(place)) expect(statSync(join(place, name)).mode & 0o777, name).toBe(0o600);
    expect(readdirSync(place).sort()).toEqual(['a.sqlite', 'a.sqlite-shm', 'a.sqlite-wal']);
    own.close();
  } finally {
    process.umask(before);
  }
});

test('a mirror is refused to every other tenant, and to whoever asks for the first time', () => {
  const path = join(folder, 'owned.sqlite');
  const own = new MirrorStore(path, owner, 1);
  own.put('roles', '', [{ id: 'a' }], 1);
  own.close();
  for (const other of [
    { ...owner, endpoint: 'https://new.example' },
    { ...owner, tenant: 'https://other.logto.app/api' },
  ])
    expect(() => new MirrorStore(path, other, 2)).toThrow(
      expect.objectContaining({ code: 'mirror.foreign', detail: { where: owner.endpoint } }),
    );
  const db = new DatabaseSync(path);
  db.exec('DELETE FROM owner');
  db.close();
  // An earlier program did not say whose it was.
  expect(() => new MirrorStore(path, owner, 2)).toThrow(expect.objectContaining({ code: 'mirror.unowned' }));
});

test('a file that is not a mirror is set aside, and a new one is created', () => {
  const path = join(folder, 'broken.sqlite');
  writeFileSync(path, 'this is not a database at all, but long enough to be looked at'.repeat(50));
  const own = new MirrorStore(path, owner, 77);
  expect(own.setAside).toBe(join(folder, 'broken.damaged-77.sqlite'));
  expect(readFileSync(own.setAside ?? '', 'utf8')).toContain('not a database');
  own.put('roles', '', [{ id: 'a' }], 1);
  own.close();
  const again = new MirrorStore(path, owner, 78);
  expect(again.setAside).toBeNull();
  expect(again.page({ profile, resource: 'roles', filters: {} }, 0, 10, 1).total).toBe(1);
  again.close();
});
