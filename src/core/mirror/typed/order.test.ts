import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { compareKeys, sortedBy, sortKey } from '../../../shared/local.ts';
import { openMirror } from '../file.ts';
import { Statements } from '../statements.ts';
import { MirrorStore } from '../store.ts';
import { ColumnReader, leavingTexts } from './column.ts';
import { TypedColumns } from './columns.ts';
import { layoutOf } from './layout.ts';
import { Ordered } from './order.ts';
import { beginning, behind, type Place, prefixOf, putLeft, putValue } from './prefix.ts';
import { Shelves } from './shelves.ts';
import { Terms } from './terms.ts';

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
  '金',
  'か\u3099',
  '１',
);

test('what keys begin with, and go on with, is in their order, and is told from the texts', () => {
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

test('many rows whose texts begin alike are in order, wherever one looks first', () => {
  const total = 12_000;
  const kinds: ((at: number) => string)[] = [
    (at) => `customer-${(at * 7_919) % total}`,
    (at) => `user${at * 7}@example.com`,
    (at) => `김${'가나다라마바사아자차카타'[at % 12]}${'도레미파솔라시'[at % 7]} ${at % 50}`,
    (at) => (at % 5 === 0 ? 'alike from end to end' : `alike from end to ${at % 3 === 0 ? 'é' : 'E'}${at}`),
  ];
  const sql = new Statements(openMirror(join(folder, 'alike.sqlite'), { endpoint: 'none', tenant: '' }));
  const columns = new TypedColumns(sql, new Terms(sql));
  for (const textOf of kinds)
    for (const leaving of [leavingTexts, { texts: 0, once: 0, rows: total, rarely: 1 }]) {
      const reader = new ColumnReader(total, leaving, () => undefined);
      const rows = Array.from({ length: total }, (_, at) => ({ at, text: textOf(at) }));
      for (let at = 0; at < total; at += 1_000)
        reader.take(
          JSON.stringify(rows.slice(at, at + 1_000).map(({ text }) => text)),
          new Uint32Array(1_000),
        );
      const column = reader.done();
      for (const descending of [false, true]) {
        const sort = { column: 'text', descending };
        const expected = sortedBy(rows, sort, ({ text }) => ({ text })).map(({ at }) => at);
        const ordered = new Ordered(columns, column, null, descending, () => undefined);
        for (const [from, to] of [
          [7_000, 7_060],
          [11_990, 12_100],
          [0, total],
        ] as const)
          expect([...ordered.slice(from, to)]).toEqual(expected.slice(from, to));
      }
    }
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
  const sql = new Statements(new DatabaseSync(path));
  const terms = new Terms(sql);
  const shelf = new Shelves(sql, terms).whole('logs', '');
  if (!shelf) throw new Error('The list has no columns.');
  const pieces = { first: 10, rows: 30, characters: 400 };
  for (const leaving of [leavingTexts, { texts: 40, once: 0.75, rows: 1_000, rarely: 1 }]) {
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
