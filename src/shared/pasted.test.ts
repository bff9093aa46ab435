import { expect, test } from 'vitest';
import { isList, lineOfPasted, pastedOf } from './pasted.ts';
import { parseLine } from './search/line.ts';

test('a list is read as tickets, mails and sheets have it', () => {
  const text = [
    '\ufeffKim@corp.test',
    '"lee@corp.test"; park@corp.test',
    'Choi Min <choi@corp.test>, mailto:jung@corp.test',
    "'ahn@corp.test'\t+82 10-1183-4274\tkim_0",
    'a@x.test b@x.test',
    '',
    '010-1183-4275',
    '821011834276',
    'rngy15bm3zwv',
    'Kim Minjun',
  ].join('\r\n');
  const { entries, repeated } = pastedOf(text);
  expect(repeated).toEqual([]);
  expect(entries.map((entry) => [entry.text, entry.line, entry.fields.join()])).toEqual([
    ['Kim@corp.test', 1, 'email'],
    ['lee@corp.test', 2, 'email'],
    ['park@corp.test', 2, 'email'],
    ['choi@corp.test', 3, 'email'],
    ['jung@corp.test', 3, 'email'],
    ['ahn@corp.test', 4, 'email'],
    ['+82 10-1183-4274', 4, 'phone'],
    ['kim_0', 4, 'id,username'],
    ['a@x.test', 5, 'email'],
    ['b@x.test', 5, 'email'],
    ['010-1183-4275', 7, 'phone'],
    ['821011834276', 8, 'phone,id'],
    ['rngy15bm3zwv', 9, 'id,username'],
    ['Kim Minjun', 10, ''],
  ]);
});

test('what comes again is told with the line on which it first stood', () => {
  const { entries, repeated } = pastedOf(
    'a@x.test\nA@X.test\n+82 10 1183 4274\n821011834274\nb@x.test\n"b@x.test"',
  );
  expect(entries.map(({ text }) => text)).toEqual(['a@x.test', '+82 10 1183 4274', 'b@x.test']);
  expect(repeated).toEqual([
    { text: 'A@X.test', line: 2, first: 1 },
    { text: '821011834274', line: 4, first: 3 },
    { text: 'b@x.test', line: 6, first: 5 },
  ]);
});

test('a list becomes one search, composed and quoted', () => {
  const name = 'ren\u00e9@corp.test';
  const { entries } = pastedOf(`${name.normalize('NFD')}\n"o""x"\nkim`);
  const { search } = parseLine(lineOfPasted(entries));
  expect(search).toMatchObject({
    joint: 'any',
    terms: [
      { field: 'id', mode: 'is', values: ['o""x', 'kim'] },
      { field: 'username', mode: 'is', values: ['o""x', 'kim'] },
      { field: 'email', mode: 'is', values: [name] },
    ],
  });
  expect(lineOfPasted([])).toBe('');
});

test('text of several addresses or lines is a list, words and search lines are none', () => {
  expect(isList('a@x.test, b@x.test')).toBe(true);
  expect(isList('kim\nlee')).toBe(true);
  expect(isList('kim lee')).toBe(false);
  expect(isList('kim')).toBe(false);
  expect(isList('email:="a@x.test","b@x.test"')).toBe(false);
});

test('a pasted text of nothing but quotes, dots, or brackets ends', () => {
  for (const sign of ['"', "'", '“', '.', ':', '<', '>', '<a>', '"a', '\u00ad'])
    for (const end of ['', 'x'])
      expect(pastedOf(sign.repeat(200_000) + end).entries.length).toBeLessThanOrEqual(1);
  expect(pastedOf('"kim@x.test"').entries.map(({ text }) => text)).toEqual(['kim@x.test']);
  expect(pastedOf('“kim@x.test”.').entries).toHaveLength(1);
  expect(pastedOf('""').entries).toEqual([]);
});
