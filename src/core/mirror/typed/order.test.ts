import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { compareKeys, sortedBy, sortKey } from '../../../shared/local.ts';
import { openMirror } from '../file.ts';
import { Statements } from '../statements.ts';
import { MirrorStore } from '../store.ts';
import { ColumnReader, type Leaving, leavingTexts, type TypedColumn } from './column.ts';
import { TypedColumns } from './columns.ts';
import { layoutOf } from './layout.ts';
import { Ordered } from './order.ts';
import { beginning, behind, type Place, prefixOf, putLeft, putValue } from './prefix.ts';
import { Terms } from './terms.ts';
import { openLogs } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'logto-desk-order-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unit = fc.constantFrom(
  'a',
  'B',
  'é',
  'e',
  '\u0301',
  '0',
  '1',
  '9',
  '"',
  '\\',
  '\n',
  ' ',
  '김',
  '가',
  '힣',
  '\ud7a5',
  '金',
  'か\u3099',
  '１',
);

test('what keys begin with, and continue with, is in their order, and is told from the texts', () => {
  const text = fc.string({ unit, minLength: 1, maxLength: 24 });
  fc.assert(
    fc.property(text, fc.oneof(text, fc.constant('')), text, (begin, one, other) => {
      const texts = [begin + one, begin + other];
      const [a = '', b = ''] = texts.map((each) => String(sortKey(each)));
      let place: Place | null = beginning;
      let order = 0;
      let read = 0;
      while (place && order === 0) {
        const at: Place = place;
        const prefixes = [a, b].map((key) => prefixOf(key, at));
        for (const [row, each] of texts.entries()) {
          const put = new Float64Array(4);
          putValue(put, row, each, at);
          putLeft(put, row + 2, JSON.stringify([begin, each, begin]), JSON.stringify(begin).length + 2, at);
          expect(put[row]).toBe(prefixes[row]);
          expect(put[row + 2]).toBe(prefixes[row]);
        }
        const [first = 0, second = 0] = prefixes;
        order = Math.sign(first - second);
        place = behind(first, at);
        read += 1;
      }
      expect(order).toBe(compareKeys(a, b));
      expect(read).toBeLessThan(100);
    }),
    { numRuns: 2_000 },
  );
  expect(behind(prefixOf(7), beginning)).toBeNull();
});

/** Columns that count how often a value is read. */
class Counting extends TypedColumns {
  reads = 0;

  override readLeft<T>(...asked: [TypedColumn, number, (json: string, from: number) => T]): T | null {
    this.reads += 1;
    return super.readLeft(...asked);
  }

  override valueOf(column: TypedColumn, cell: number): unknown {
    this.reads += 1;
    return super.valueOf(column, cell);
  }
}

const columnOf = (values: readonly unknown[], leaving: Leaving): TypedColumn => {
  const reader = new ColumnReader(values.length, leaving, () => undefined);
  for (let at = 0; at < values.length; at += 1_000)
    reader.take(JSON.stringify(values.slice(at, at + 1_000)), new Uint32Array(1_000));
  return reader.done();
};

const atOnce: Leaving = { texts: 0, once: 0, rows: 1_000_000, news: 1 };

test('many rows whose texts begin alike are in order, wherever one looks first, and read few times over', () => {
  const total = 6_000;
  const mixed = (at: number) => (at * 7_919) % total;
  const kinds: ((at: number) => string | number)[] = [
    (at) => `customer-${mixed(at)}`,
    (at) => `user${at * 7}@example.com`,
    (at) => `김${'가나다라마바사아자차카타'[at % 12]}${'도레미파솔라시'[at % 7]} ${at % 50}`,
    (at) => (at % 5 === 0 ? 'alike from end to end' : `alike from end to ${at % 3 === 0 ? 'é' : 'E'}${at}`),
    (at) => 'x'.repeat(150) + mixed(at),
    (at) => 'a1'.repeat(96) + mixed(at),
    (at) => 'é'.repeat(40) + mixed(at),
    (at) => `Пользователь №${mixed(at)}`,
    // Most are the same, for long; of one only the part that decides is.
    (at) => (at % 10 === 0 ? `u${at}` : 'the same for all of it, and long'),
    (at) => `${'y'.repeat(200)}${mixed(at)}`,
    // At each place one goes another way.
    (at) => 'z'.repeat(at % 190) + mixed(at),
    (at) => (at % 3 === 0 ? 2 ** 46 + mixed(at) : at % 3 === 1 ? mixed(at) : `${mixed(at)}`),
  ];
  const sql = new Statements(openMirror(join(folder, 'alike.sqlite'), { endpoint: 'none', tenant: '' }));
  for (const [kind, valueAt] of kinds.entries()) {
    const columns = new Counting(sql, new Terms(sql));
    const rows = Array.from({ length: total }, (_, at) => ({ at, value: valueAt(at) }));
    const column = columnOf(
      rows.map(({ value }) => value),
      atOnce,
    );
    for (const descending of kind < 3 ? [false, true] : [kind % 2 === 0]) {
      const sort = { column: 'value', descending };
      const expected = sortedBy(rows, sort, ({ value }) => ({ value })).map(({ at }) => at);
      columns.reads = 0;
      const ordered = new Ordered(columns, column, null, descending, () => undefined);
      for (const [from, to] of [
        [4_000, 4_060],
        [5_990, 6_100],
        [0, total],
      ] as const)
        expect([...ordered.slice(from, to)], `${kind}`).toEqual(expected.slice(from, to));
      expect(columns.reads, `${kind}`).toBeLessThan(14 * total);
    }
  }
  sql.close();
});

test('an order that is broken off anywhere is done again when rows are asked for', () => {
  const total = 9_000;
  const values = Array.from({ length: total }, (_, at) => `${'w'.repeat(60)}${(at * 7_919) % total}`);
  const sql = new Statements(openMirror(join(folder, 'broken.sqlite'), { endpoint: 'none', tenant: '' }));
  const columns = new TypedColumns(sql, new Terms(sql));
  const column = columnOf(values, atOnce);
  const sort = { column: 'value', descending: false };
  const expected = sortedBy(
    values.map((value, at) => ({ at, value })),
    sort,
    ({ value }) => ({ value }),
  ).map(({ at }) => at);
  let left = Number.POSITIVE_INFINITY;
  const ordered = new Ordered(columns, column, null, false, () => {
    left -= 1;
    if (left < 0) throw new Error('left');
  });
  let broken = 0;
  for (let steps = 0; ; steps += 3) {
    left = steps;
    try {
      expect([...ordered.slice(0, total)]).toEqual(expected);
      break;
    } catch (error) {
      expect(error).toHaveProperty('message', 'left');
      broken += 1;
    }
  }
  expect(broken).toBeGreaterThan(2);
  sql.close();
});

test('a view that was there when a write failed is right after it', () => {
  const store = new MirrorStore(
    join(folder, 'failed.sqlite'),
    { endpoint: 'http://127.0.0.1:9', tenant: '' },
    1,
  );
  // So many that they are not ranked by value.
  const total = 36_000;
  const all = Array.from({ length: total }, (_, at) => ({
    id: `l${at}`,
    createdAt: total - at,
    payload: { ip: `customer-${at % 50 === 0 ? at % 150 : (at * 7_919) % total}` },
  }));
  for (let at = 0; at < total; at += 4_000) store.put('logs', '', all.slice(at, at + 4_000), 1);
  const sort = { column: 'payload.ip', descending: false };
  const ids = (from: number) =>
    store.page({ profile: 'p', resource: 'logs', filters: {}, sort }, from, 50, 1).rows.map(({ id }) => id);
  const expected = sortedBy(all, sort, (row) => row).map(({ id }) => id);
  expect(ids(total)).toEqual([]);
  expect(() => store.put('users', '', [{ id: 'u', name: 1n }], 2)).toThrow();
  for (const from of [0, 100, 20_000, total - 50]) expect(ids(from)).toEqual(expected.slice(from, from + 50));
  store.close();
});

test('columns that are read one after another are of the same rows, though others came between', () => {
  const path = join(folder, 'between.sqlite');
  const store = new MirrorStore(path, { endpoint: 'http://127.0.0.1:9', tenant: '' }, 1);
  const rowOf = (at: number) => ({
    id: `l${at}`,
    createdAt: 5_000 + at,
    key: `k${at}`,
    payload: { ip: `ip${at}` },
  });
  store.put('logs', '', [0, 1, 2, 3].map(rowOf), 1);
  const { sql, terms, shelf } = openLogs(path);
  const columns = new TypedColumns(sql, terms);
  const read = (column: string) => columns.read(shelf, 'one', layoutOf('logs'), [column], () => undefined);
  expect(read('key').numbers).toHaveLength(4);
  store.put('logs', '', [4, 5].map(rowOf), 1);
  const { numbers, columns: [ip] = [] } = read('payload.ip');
  expect(numbers).toHaveLength(6);
  const values = ip && Array.from(ip.cells, (_, at) => columns.valueIn(ip, at));
  expect(values).toEqual([5, 4, 3, 2, 1, 0].map((at) => `ip${at}`));
  store.close();
  sql.close();
});

test('rows whose texts are left where they were read are in the order of the window’s own sort', () => {
  const path = join(folder, 'left.sqlite');
  const store = new MirrorStore(path, { endpoint: 'http://127.0.0.1:9', tenant: '' }, 1);
  const texts = ['item 10', 'Item 9', 'Éric', 'same beginning', 'a"b', 'a\\b', 'a\tb', '김민준', '007', 'z'];
  const all = Array.from({ length: 600 }, (_, at) => ({
    id: `l${at}`,
    createdAt: 9_000 - at,
    payload: { ip: at % 40 === 39 ? null : at % 50 === 7 ? at : `${texts[(at * 7) % 10]}${(at * 37) % 600}` },
  }));
  store.put('logs', '', all, 1);
  store.close();
  const { sql, terms, shelf } = openLogs(path);
  const pieces = { first: 10, rows: 30, characters: 400 };
  for (const leaving of [leavingTexts, { texts: 40, once: 0.75, rows: 1_000, news: 1 }]) {
    const columns = new TypedColumns(sql, terms, pieces, leaving);
    const read = columns.read(shelf, 'one', layoutOf('logs'), ['payload.ip'], () => undefined);
    const [column] = read.columns;
    if (!column) throw new Error('The column is not there.');
    expect(column.others.areLeft).toBe(leaving !== leavingTexts);
    const some = Uint32Array.from({ length: 300 }, (_, at) => at * 2);
    for (const places of [null, some])
      for (const descending of [false, true]) {
        const ordered = new Ordered(columns, column, places, descending, () => undefined);
        const rows = places ? [...places].map((place) => all[place] ?? {}) : all;
        const expected = sortedBy(rows, { column: 'payload.ip', descending }, (row) => row);
        expect(ordered.total).toBe(rows.length);
        for (const [from, to] of [
          [250, 300],
          [0, 40],
          [0, rows.length],
        ] as const)
          expect([...ordered.slice(from, to)].map((at) => all[at])).toEqual(expected.slice(from, to));
      }
  }
  sql.close();
});
