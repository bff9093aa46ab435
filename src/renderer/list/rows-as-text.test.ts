import { beforeAll, expect, test } from 'vitest';
import type { Column } from '../../shared/catalog';
import { pageInNode } from '../page-in-node';
import type * as RowsAsText from './rows-as-text';

let text: typeof RowsAsText;

beforeAll(async () => {
  pageInNode(() => {
    throw new Error('no core is asked');
  });
  text = await import('./rows-as-text');
}, 60_000);

const name: Column = { id: 'name', kind: 'text' };
const bio: Column = { id: 'bio', kind: 'text' };
const titled = [
  { column: name, title: 'Name' },
  { column: bio, title: 'About' },
];

test('rows paste into a sheet: headings, a line each, breaks and tabs within a cell', () => {
  const rows = [
    { name: 'Kim', bio: 'one\ttwo' },
    { name: 'Lee "L"', bio: null },
  ];
  expect(text.tsvOf(titled, rows)).toBe('Name\tAbout\nKim\t"one\ttwo"\n"Lee ""L"""\t');
});

test('an id is the name that is shown for it, where one is known, and stands in a column of its own', () => {
  const user: Column = { id: 'userId', kind: 'id', ref: 'users' };
  const columns = [titled[0] as RowsAsText.Titled, { column: user, title: 'User' }];
  const rows = [
    { name: 'a', userId: 'u1' },
    { name: 'b', userId: 'u2' },
    { name: 'c', userId: null },
  ];
  const known = text.tsvOf(columns, rows, (list, id) => (list === 'users' && id === 'u1' ? 'Kim' : null));
  expect(known).toBe('Name\tUser\tUser (ID)\na\tKim\tu1\nb\tu2\tu2\nc\t\t');
  expect(text.tsvOf(columns, rows)).toBe('Name\tUser\na\tu1\nb\tu2\nc\t');
});

test('what would run as a formula is text; numbers and phones stay', () => {
  const rows = ['=HYPERLINK("x")', '@SUM(A1)', '＝1+1', '-12.5', '821011834274'].map((one) => ({
    name: one,
  }));
  const lines = text.tsvOf([{ column: name, title: 'Name' }], rows).split('\n');
  expect(lines.slice(1)).toEqual(['"\'=HYPERLINK(""x"")"', "'@SUM(A1)", "'＝1+1", '-12.5', '821011834274']);
});

test('a column is a list of what it has; a row is JSON, several an array', () => {
  expect(text.listOf(name, [{ name: 'a' }, { name: null }, { name: 'b\nc' }])).toBe('a\nb c');
  expect(JSON.parse(text.jsonOf([{ id: 1 }]))).toEqual({ id: 1 });
  expect(JSON.parse(text.jsonOf([{ id: 1 }, { id: 2 }]))).toHaveLength(2);
});
