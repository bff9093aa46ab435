import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { resourceOf } from '../../../shared/catalog/index.ts';
import { fits, testsOf } from '../../../shared/fits.ts';
import {
  type Condition,
  compareKeys,
  countsOf,
  localModes,
  networkModes,
  sortedBy,
  sortKey,
  timeBuckets,
} from '../../../shared/local.ts';
import type { Query } from '../../../shared/query.ts';
import type { Row } from '../../../shared/row.ts';
import { MirrorStore } from '../store.ts';
import type { TypedColumn } from './column.ts';
import { TypedColumns } from './columns.ts';
import { inOrder } from './in-order.ts';
import { layoutOf } from './layout.ts';
import { beginning, prefixOf, putValue } from './prefix.ts';
import { crowdedTexts, openLogs } from './testing.ts';

const owner = { endpoint: 'http://127.0.0.1:9', tenant: '' };
const folder = mkdtempSync(join(tmpdir(), 'logto-desk-typed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const text = fc.oneof(
  fc.constantFrom(
    ...['Success', 'error', 'Éric', 'Éric'.normalize('NFD'), 'item 9', 'Item 10', 'item 010', '007', '7', ''],
    ...[
      '10.0.0.1',
      '10.0.0.10',
      '203.0.113.5',
      '2001:db8::1',
      '821012345678',
      'true',
      '1',
      'İstanbul',
      '김민준',
    ],
    ...[
      '김민준'.normalize('NFD'),
      '\ud800',
      'a\0b',
      '2026-11-20',
      '2026-11-20T08:30:00Z',
      '１２',
      '\u{1f600}',
      '\uffee',
    ],
    ...['x'.repeat(1_200), '1'.repeat(150), 'a1', 'a01', 'A1'],
  ),
  fc.string({ unit: 'grapheme', maxLength: 9 }),
);
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: text },
  fc.constantFrom(null, undefined, true, false, {}, [], [1, 'a'], ['Éric', null], { a: { b: 1 } }),
  fc.constantFrom(0, -0, 1, -1, 1.5, 2 ** 53 - 1, 2 ** 53, 2 ** 53 + 4, 1e300, -1e300, 5e-324, -7),
  fc.integer({ min: 1_700_000_000_000, max: 1_800_000_000_000 }),
  fc.constantFrom({ text: 'y'.repeat(500) }, ['z'.repeat(500)]),
);
const paths = ['key', 'payload.result', 'payload.ip', 'payload.userId', 'payload.error', 'id', 'createdAt'];

const anyRow = fc
  .record({
    key: value,
    payload: fc.oneof(
      fc.record({ result: value, ip: value, userId: value, error: value }, { requiredKeys: [] }),
      fc.constantFrom(null, 'none', [1]),
    ),
    createdAt: fc.oneof(
      fc.integer({ min: 0, max: 40 }),
      fc.constantFrom(1_795_132_800_000, -5, null, 'soon', 1.5),
    ),
  })
  // As a server's answer is read: what JSON has no form for is not there.
  .map((row) => JSON.parse(JSON.stringify(row)) as Row);

const rows = fc
  .tuple(
    fc.array(anyRow, { minLength: 1, maxLength: 12 }),
    fc.array(fc.integer({ min: 0, max: 11 }), { maxLength: 60 }),
  )
  // The same values often: those get a number.
  .map(([some, again]) =>
    [...some, ...again.map((at) => some[at % some.length] as Row)].map(
      (row, at): Row => ({ ...row, id: `l${at}` }),
    ),
  );

/** Rows may hold half of a character; a query is refused with one before it gets here. */
const asText = text.map((one) => one.toWellFormed());

const condition: fc.Arbitrary<Condition> = fc
  .record({ column: fc.constantFrom(...paths), mode: fc.constantFrom(...localModes), value: asText })
  .map(({ column, mode, value: entered }) => ({
    column,
    mode,
    value: networkModes.includes(mode) ? '10.0.0.0/8' : entered,
  }));

const now = Date.UTC(2026, 10, 20);

/** In the list's own order: the newest first, then as they came. */
const inListOrder = (all: readonly Row[]): Row[] => {
  const made = ({ createdAt }: Row) =>
    Number.isSafeInteger(createdAt) ? Number(createdAt) : Number.NEGATIVE_INFINITY;
  return [...all].sort((a, b) => (made(b) === made(a) ? 0 : made(b) - made(a)));
};

let files = 0;
const storeOf = (all: readonly Row[]): MirrorStore => {
  files += 1;
  const store = new MirrorStore(join(folder, `${files}.sqlite`), owner, 1);
  for (let at = 0; at < all.length; at += 7) store.put('logs', '', all.slice(at, at + 7), 1);
  return store;
};

const readable = (query: Query, store: MirrorStore): boolean => {
  try {
    store.page(query, 0, 0, now);
    return true;
  } catch {
    return false;
  }
};

test('a typed view has the rows of the window’s own filter, sort and count, whatever stands in them', () => {
  fc.assert(
    fc.property(
      rows,
      fc.array(condition, { maxLength: 2 }),
      fc.record({ column: fc.constantFrom(...paths), descending: fc.boolean() }),
      fc.constantFrom(null, ...timeBuckets),
      fc.constantFrom('utc', 'Asia/Kathmandu'),
      (all, where, sort, bucket, zone) => {
        const store = storeOf(all);
        try {
          const query: Query = { profile: 'p', resource: 'logs', filters: {}, where, sort };
          fc.pre(readable(query, store));
          const fitting = inListOrder(all).filter((row) =>
            fits(testsOf(resourceOf('logs'), where, { now }), row),
          );
          const expected = sortedBy(fitting, sort, (row) => row).map(({ id }) => id);
          const ids = (from: number, size: number) =>
            store.page(query, from, size, now).rows.map(({ id }) => id);
          // A later page alone, then all of them.
          expect(ids(3, 4)).toEqual(expected.slice(3, 7));
          expect(ids(0, 1_000)).toEqual(expected);
          // Rows that cannot fit were left out by SQLite; with the columns in memory, they are held against it here.
          for (const path of paths)
            store.page({ ...query, where: [], sort: { column: path, descending: false } }, 0, 1, now);
          expect(ids(0, 1_000)).toEqual(expected);
          expect(store.page({ ...query, where: [] }, 0, 1, now).total).toBe(all.length);
          const counting = { column: sort.column, bucket, zone };
          const byKey = (counts: readonly { value: string | null; count: number }[]) =>
            new Map(counts.map(({ value: key, count }) => [key, count]));
          expect(byKey(store.counts(query, counting, 1_000, now).counts)).toEqual(
            byKey(countsOf(fitting, counting)),
          );
        } finally {
          store.close();
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('no row that fits is left out before it is held against a filter: by case, forms of letters, signs of patterns, kinds', () => {
  const values: unknown[] = [
    ...[
      'Éric',
      'Éric'.normalize('NFD'),
      'ÉRIC',
      'Eric',
      'K',
      '\u212a',
      'İ',
      'i̇',
      'ß',
      'SS',
      '김',
      '１２',
      '12',
    ],
    ...[
      '50%',
      '50',
      '5_0',
      '5x0',
      'a\\b',
      'a\\\\b',
      "it's",
      'a\0b',
      'a',
      '',
      ' a ',
      'x'.repeat(1_200),
      'true',
      '-1',
      '-3',
    ],
    ...[
      '203.0.113.9',
      '203.0.1.1',
      '203.01.1.1',
      '203.1.0.1',
      '20.3.0.1',
      '203.0.',
      '203.0/',
      '::ffff:203.0.113.9',
    ],
    ...[
      '2001:db8::1',
      '2001:DB8::2',
      'fe80::1%eth0',
      '10.0.0.1',
      ' 10.0.0.1',
      '10.0.0.1/8',
      '010.0.0.1',
      '10.0.0.256',
    ],
    ...[12, 0, -3, 1.5, true, false, null, undefined, {}, [], ['Éric', 12], { a: 'Eric' }],
  ];
  const entered = values.filter((one): one is string => typeof one === 'string' && !one.startsWith('xx'));
  const all = values.flatMap((ip, at): Row[] => [
    JSON.parse(JSON.stringify({ id: `once${at}`, createdAt: at, payload: { ip } })),
    // What comes often has a number.
    ...Array.from({ length: 9 }, (_, n) =>
      JSON.parse(JSON.stringify({ id: `often${at}-${n}`, createdAt: at, payload: { userId: ip } })),
    ),
  ]);
  // A narrowing that leaves more rows than these is not taken.
  expect(all.length).toBeLessThan(600);
  const store = storeOf(all);
  const idsOf = (query: Partial<Query>) =>
    store
      .page({ profile: 'p', resource: 'logs', filters: {}, ...query }, 0, 1_000, now)
      .rows.map(({ id }) => id);
  const asked = (where: Condition[]) => {
    const expected = inListOrder(all).filter((row) => fits(testsOf(resourceOf('logs'), where, { now }), row));
    expect(idsOf({ where }), JSON.stringify(where)).toEqual(expected.map(({ id }) => id));
    return expected.length;
  };
  const networks = [
    '203.0.0.0/16',
    '203.0.113.9',
    '203.0.113.0/20',
    '203.0.112.0/22',
    '203.0.0.0/12',
    '203.0.0.0/7',
    '2001:db8::/32',
    '::/0',
    '10.0.0.0/8',
  ];
  for (const column of ['payload.ip', 'payload.userId']) {
    for (const value of [...networks, networks.join(', '), '203.0.113.9,2001:db8::1'])
      for (const mode of ['network', 'outside'] as const)
        expect(asked([{ column, mode, value }])).toBeGreaterThan(0);
    for (const mode of ['contains', 'is', 'lacks', 'filled', 'empty', 'less'] as const)
      for (const one of [...entered, 'xxx'])
        for (const value of new Set([one, one.toUpperCase(), one.normalize('NFD')])) {
          asked([{ column, mode, value }]);
        }
  }
  for (const [from, to] of [
    [3, 9],
    [0, 3],
    [5, 5],
  ] as const) {
    const expected = inListOrder(all).filter(
      ({ createdAt }) => Number(createdAt) >= from && Number(createdAt) <= to,
    );
    expect(idsOf({ filters: { time: [`${from}`, `${to}`] } })).toEqual(expected.map(({ id }) => id));
  }
  store.close();
});

test('many rows are in the order of the window’s own sort: few texts, a text each, and all that begin alike', () => {
  const many = 9_000;
  const all = Array.from({ length: many }, (_, at): Row => {
    const mixed = (at * 7_919) % many;
    return {
      id: `l${at}`,
      key: ['Zebra', 'apple', 'Éric', '', null, 'item 10', 'item 9'][mixed % 7],
      createdAt: 1_795_132_800_000 - Math.floor(at / 3),
      payload: {
        // A text each; most begin alike, so that what they begin with does not tell them apart.
        ip: mixed % 9 === 0 ? `b${mixed}` : `same beginning ${mixed}`,
        userId: `${'xyz'[mixed % 3]}${mixed % 50}`,
        result: mixed % 5 === 0 ? mixed - 100 : mixed % 11 === 0 ? -1.5 : `t${mixed % 4_000}`,
      },
    };
  });
  const store = new MirrorStore(join(folder, 'many.sqlite'), owner, 1);
  for (let at = 0; at < many; at += 500) store.put('logs', '', all.slice(at, at + 500), 1);
  for (const column of ['key', 'payload.ip', 'payload.userId', 'payload.result', 'createdAt', 'id'])
    for (const descending of [false, true]) {
      const sort = { column, descending };
      const query: Query = { profile: 'p', resource: 'logs', filters: {}, sort };
      const expected = sortedBy(inListOrder(all), sort, (row) => row).map(({ id }) => id);
      const ids = (from: number, size: number) => store.page(query, from, size, now).rows.map(({ id }) => id);
      for (const from of [6_300, 0, 3_777, 8_950])
        expect(ids(from, 60), `${column} from ${from}`).toEqual(expected.slice(from, from + 60));
      expect(ids(0, many), column).toEqual(expected);
    }
  store.close();
});

test('a list that is read in several pieces is the list that is read in one', () => {
  const path = join(folder, 'pieces.sqlite');
  const store = new MirrorStore(path, owner, 1);
  const all = Array.from({ length: 100 }, (_, at) => ({
    id: `l${at}`,
    createdAt: 5_000 - Math.floor(at / 9),
    key: at % 4 === 0 ? null : `k${at % 5}`,
    payload: { ip: 'x'.repeat(at) },
  }));
  store.put('logs', '', all, 1);
  store.close();
  const { sql, terms, shelf } = openLogs(path);
  const layout = layoutOf('logs');
  const readIn = (pieces: { first: number; rows: number; characters: number } | undefined, rows: number) => {
    const columns = new TypedColumns(sql, terms, pieces);
    let steps = 0;
    const read = (...some: string[]) =>
      columns.read({ ...shelf, rows }, 'one', layout, some, () => {
        steps += 1;
      });
    const values = (column: TypedColumn) => all.map((_, at) => columns.valueIn(column, at));
    const first = read('key', 'createdAt');
    const then = read('payload.ip', 'id');
    const numbers = [...then.numbers];
    return { steps, numbers, columns: [...first.columns, ...then.columns].map(values) };
  };
  const { steps, ...whole } = readIn(undefined, 100);
  expect(whole.columns[3]).toEqual(all.map(({ id }) => id));
  expect(whole.columns[2]?.at(-1)).toBe('x'.repeat(99));
  // However many rows there are said to be.
  for (const pieces of [
    { first: 7, rows: 7, characters: 1 },
    { first: 10, rows: 40, characters: 2_000 },
    { first: 50, rows: 100, characters: 2 ** 20 },
  ])
    for (const rows of [100, 20, 500]) {
      const { steps: more, ...read } = readIn(pieces, rows);
      expect(read).toEqual(whole);
      if (rows === 100) expect(more).toBeGreaterThan(steps);
    }
  sql.close();
});

test('a filter that the server knows has the rows that the rows’ JSON has', () => {
  fc.assert(
    fc.property(rows, asText, fc.integer({ min: 0, max: 40 }), (all, asked, until) => {
      const store = storeOf(all);
      try {
        for (const filters of [
          { event: [asked] },
          // Of a filter of one value the first one counts.
          { event: [asked, 'Interaction.Create'] },
          { event: ['Interaction.Create', asked] },
          { user: [asked, 'true'] },
          { user: ['true'] },
          { user: [asked] },
          { time: ['5', '20'] },
        ]) {
          const query: Query = { profile: 'p', resource: 'logs', filters };
          // A column that has no place is read in the rows.
          const byJson: Query = { ...query, where: [{ column: 'nowhere', mode: 'empty', value: '' }] };
          const idsOf = (one: Query) => store.page(one, 0, 1_000, now, until).rows.map(({ id }) => id);
          expect(idsOf(query)).toEqual(idsOf(byJson));
        }
      } finally {
        store.close();
      }
    }),
    { numRuns: 30 },
  );
});

test('a choice of several has the rows of each, a choice of one those of the first; rows deleted meanwhile are left out', () => {
  files += 1;
  const store = new MirrorStore(join(folder, `${files}.sqlite`), owner, 1);
  const kinds = ['SPA', 'Native', 'SAML', 'Traditional'];
  const all = Array.from(
    { length: 12 },
    (_, at): Row => ({
      id: `a${at}`,
      type: kinds[at % 4] ?? '',
      isThirdParty: at % 3 === 0,
    }),
  );
  store.put('applications', '', all, 1);
  const queryOf = (filters: Query['filters']): Query => ({ profile: 'p', resource: 'applications', filters });
  const idsOf = (filters: Query['filters']) =>
    store
      .page(queryOf(filters), 0, 100, now)
      .rows.map(({ id }) => id)
      .toSorted();
  const idsWhere = (fit: (row: Row) => boolean) =>
    all
      .filter(fit)
      .map(({ id }) => id)
      .toSorted();
  expect(idsOf({ type: ['SPA'] })).toEqual(idsWhere(({ type }) => type === 'SPA'));
  expect(idsOf({ type: ['SAML', ' ', 'SPA'] })).toEqual(
    idsWhere(({ type }) => type === 'SPA' || type === 'SAML'),
  );
  expect(idsOf({ 'third-party': ['true', 'false'] })).toEqual(
    idsWhere(({ isThirdParty }) => isThirdParty === true),
  );
  expect(idsOf({ 'third-party': [' '] })).toEqual(idsWhere(() => true));

  const { numbers } = store.view(queryOf({}), now);
  expect(store.rowsAt(queryOf({}), numbers)).toHaveLength(12);
  const past = Uint32Array.of(numbers[0] ?? 0, 4_000_000_000, numbers[1] ?? 0);
  expect(store.rowsAt(queryOf({}), past)).toEqual(store.rowsAt(queryOf({}), numbers.slice(0, 2)));
  store.close();
});

test('texts that somebody chose so that they are not found again are filtered, sorted and counted as what they are', () => {
  const texts = crowdedTexts(80);
  const all = [...texts, ...texts].map((ip, at): Row => ({ id: `l${at}`, createdAt: at, payload: { ip } }));
  const store = storeOf(all);
  const query: Query = { profile: 'p', resource: 'logs', filters: {} };
  const counting = { column: 'payload.ip', bucket: null };
  const { counts } = store.counts(query, counting, 1_000, now);
  expect(new Map(counts.map(({ value, count }) => [value, count]))).toEqual(
    new Map(texts.map((value) => [value, 2])),
  );
  expect(counts).toHaveLength(texts.length);
  for (const value of texts) {
    const where = [{ column: 'payload.ip', mode: 'is', value } as const];
    expect(store.page({ ...query, where }, 0, 10, now).total).toBe(2);
  }
  const sort = { column: 'payload.ip', descending: false };
  const expected = sortedBy(inListOrder(all), sort, (row) => row).map(({ id }) => id);
  expect(store.page({ ...query, sort }, 0, 1_000, now).rows.map(({ id }) => id)).toEqual(expected);
  store.close();
});

test('what a key begins with is in the order of the keys', () => {
  const filled = value.filter((one) => sortKey(one) !== null).map((one) => sortKey(one) as string | number);
  fc.assert(
    fc.property(filled, filled, (a, b) => {
      if (prefixOf(a) < prefixOf(b)) expect(compareKeys(a, b)).toBe(-1);
    }),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(
      text.filter((one) => one !== ''),
      (one) => {
        const prefix = new Float64Array(1);
        putValue(prefix, 0, one, beginning);
        expect(prefix[0]).toBe(prefixOf(sortKey(one) ?? ''));
      },
    ),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(9), fc.integer({ min: 0, max: 2 ** 50 }))), (keys) => {
      const expected = keys.map((_, at) => at).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
      expect([...inOrder(Float64Array.from(keys))]).toEqual(expected);
    }),
  );
});

test('rows are counted by hour, day and month where they stand, also where clocks change and within a time', () => {
  const minutes = 60_000;
  // Spring in Berlin and St John’s, autumn on Lord Howe (by half an hour), and both ends of a year.
  const begins = ['2026-03-28', '2026-10-24', '2026-04-04', '2026-11-01', '2026-12-31'].map((day) =>
    Date.parse(day),
  );
  const moments = begins.flatMap((begin) => [
    ...[begin - 1, begin],
    ...Array.from({ length: 90 }, (_, n) => begin + n * 37 * minutes + n),
  ]);
  const all = [...moments, 0].map((createdAt, at): Row => ({ id: `l${at}`, createdAt }));
  const store = storeOf(all);
  const query: Query = { profile: 'p', resource: 'logs', filters: {} };
  const [from = 0, to = 0] = [moments[100], moments[300]].sort();
  const within = all.filter(({ createdAt }) => Number(createdAt) >= from && Number(createdAt) <= to);
  const asTime = [from, to].map((ms) => new Date(ms).toISOString());
  const byKey = (counts: readonly { value: string | null; count: number }[]) =>
    [...counts].sort((a, b) => (`${a.value}` < `${b.value}` ? -1 : 1));
  for (const zone of ['utc', 'Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe'])
    for (const bucket of timeBuckets) {
      const counting = { column: 'createdAt', bucket, zone };
      const counted = (one: Query) => byKey(store.counts(one, counting, 100_000, now).counts);
      expect(counted(query), `${zone} ${bucket}`).toEqual(byKey(countsOf(all, counting)));
      expect(counted({ ...query, filters: { time: asTime } })).toEqual(byKey(countsOf(within, counting)));
    }
  // A row without a moment is counted, too; it stands at no place in time.
  store.put('logs', '', [{ id: 'none', createdAt: null }], 1);
  const counting = { column: 'createdAt', bucket: 'day', zone: 'utc' } as const;
  expect(byKey(store.counts(query, counting, 100_000, now).counts)).toEqual(
    byKey(countsOf([...all, { id: 'none', createdAt: null }], counting)),
  );
  store.close();
});

test('a list is read in its own order and by its kept count, with no scan of the rows and nothing sorted', () => {
  const path = join(folder, 'plans.sqlite');
  const store = new MirrorStore(path, owner, 1);
  store.put(
    'logs',
    '',
    [
      { id: 'a', createdAt: 1 },
      { id: 'b', createdAt: 2 },
    ],
    1,
  );
  store.close();
  const db = new DatabaseSync(path);
  const planOf = (sql: string) =>
    db
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail);
  expect(planOf('SELECT number FROM cells WHERE list = 1 ORDER BY later, number LIMIT 100 OFFSET 9')).toEqual(
    ['SEARCH cells USING PRIMARY KEY (list=?)'],
  );
  expect(
    planOf(
      'SELECT number FROM cells WHERE list = 1 AND (later, number) > (5, 1) ORDER BY later, number LIMIT 9',
    ),
  ).toEqual(['SEARCH cells USING PRIMARY KEY (list=? AND (later,number)>(?,?))']);
  expect(db.prepare('SELECT rows FROM shelves').get()).toEqual({ rows: 2 });
  db.close();
});
