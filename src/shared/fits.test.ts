import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resourceOf } from './catalog/index.ts';
import { compareTexts, fits, testsOf } from './fits.ts';
import { type Condition, localModes } from './local.ts';
import type { Row } from './row.ts';

const now = Date.UTC(2026, 10, 21, 12);
const none = { columns: [], filters: [] };

/** Whether a row fits one condition, of a list or of none. */
const fitsOne = (condition: Condition, row: Row, list?: string) =>
  fits(testsOf(list ? resourceOf(list) : none, [condition], { now }), row);

const row: Row = {
  name: 'Jürgen <b>Weiß</b>',
  count: 12,
  at: Date.UTC(2026, 4, 1),
  off: false,
  custom: { plan: 'pro', 'a:b': 1 },
  ip: '10.20.30.40',
  none: null,
  list: [],
};

const cases: [column: string, mode: Condition['mode'], value: string, expected: boolean][] = [
  ['name', 'contains', 'jürgen', true],
  ['name', 'contains', '<b>', true],
  ['name', 'lacks', 'kim', true],
  ['custom.plan', 'is', 'PRO', true],
  ['custom.plan', 'differs', 'pro', false],
  ['off', 'is', 'false', true],
  ['count', 'is', '12.0', true],
  ['count', 'less', '13', true],
  ['count', 'more', '9', true],
  ['count', 'more', 'not a number', false],
  // Nothing is not zero.
  ['count', 'more', '', false],
  ['count', 'more', '  ', false],
  ['at', 'less', '2026-06-01', true],
  ['at', 'more', '2026-06-01', false],
  ['none', 'less', '5', false],
  ['none', 'empty', '', true],
  ['ip', 'network', '10.20.0.0/16', true],
  ['ip', 'outside', '10.20.0.0/16', false],
  ['ip', 'network', '10.21.0.0/16, 192.168.0.1', false],
  ['ip', 'outside', '10.21.0.0/16, 192.168.0.1', true],
  ['none', 'network', '0.0.0.0/0', false],
  ['name', 'outside', '10.0.0.0/8', false],
  ['list', 'empty', '', true],
  ['missing.deeper', 'empty', '', true],
  ['custom', 'filled', '', true],
  ['custom', 'contains', '"plan"', true],
];

test.each(cases)('%s %s %j: %s', (column, mode, value, expected) =>
  expect(fitsOne({ column, mode, value }, row)).toBe(expected),
);

test('a row has to fit all conditions', () => {
  const plan: Condition = { column: 'custom.plan', mode: 'is', value: 'pro' };
  const both = (other: Condition) => fits(testsOf(none, [plan, other], { now }), row);
  expect(both({ column: 'count', mode: 'less', value: '20' })).toBe(true);
  expect(both({ column: 'count', mode: 'more', value: '20' })).toBe(false);
  expect(fits([], row)).toBe(true);
});

test('any value can be filtered by any condition', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom(...localModes),
      fc.string({ unit: 'binary' }),
      (v, mode, value) => {
        expect(typeof fitsOne({ column: 'v', mode, value }, { v })).toBe('boolean');
      },
    ),
  );
});

test('Yes, true and the tick mean the same, of a column and of a field that nobody knows', () => {
  for (const value of ['Yes', 'yes', 'TRUE', 'true', '✓', '✔️', 'on', '1', 'y'])
    for (const [column, list] of [
      ['isSuspended', 'users'],
      ['customData.vip', undefined],
    ] as const) {
      const rows = [true, false].map((flag) =>
        column === 'isSuspended' ? { isSuspended: flag } : { customData: { vip: flag } },
      );
      const fitting = (mode: Condition['mode']) =>
        rows.map((row) => fitsOne({ column, mode, value }, row, list));
      expect(fitting('is')).toEqual([true, false]);
      expect(fitting('contains')).toEqual([true, false]);
      expect(fitting('differs')).toEqual([false, true]);
    }
  for (const value of ['No', 'false', '✗', '–'])
    expect(fitsOne({ column: 'isSuspended', mode: 'is', value }, { isSuspended: false }, 'users')).toBe(true);
  expect(fitsOne({ column: 'isSuspended', mode: 'is', value: 'tru' }, { isSuspended: true }, 'users')).toBe(
    false,
  );
});

const times: [mode: Condition['mode'], value: string, at: number, expected: boolean][] = [
  ['is', '2026-11-20', Date.UTC(2026, 10, 20), true],
  ['is', '2026-11-20', Date.UTC(2026, 10, 21) - 1, true],
  ['is', '2026-11-20', Date.UTC(2026, 10, 21), false],
  ['is', 'yesterday', Date.UTC(2026, 10, 20, 23), true],
  ['differs', 'yesterday', Date.UTC(2026, 10, 20, 23), false],
  ['is', '24h', now - 1, true],
  ['more', '24h', now - 86_400_000, true],
  ['more', '24h', now - 86_400_001, false],
  ['less', '7 days ago', now - 7 * 86_400_000 - 1, true],
  ['less', '7 days ago', now - 7 * 86_400_000, false],
  ['more', '2026-11-20', Date.UTC(2026, 10, 20), true],
  ['less', '2026-11-20', Date.UTC(2026, 10, 20), false],
  ['is', '2026-02-30', Date.UTC(2026, 2, 2), false],
];

test.each(times)('a time %s %j', (mode, value, at, expected) => {
  expect(fitsOne({ column: 'createdAt', mode, value }, { createdAt: at }, 'users')).toBe(expected);
  // OIDC counts in seconds.
  if (at % 1000 === 0)
    expect(
      fitsOne(
        { column: 'payload.loginTs', mode, value },
        { payload: { loginTs: at / 1000 } },
        'user-sessions',
      ),
    ).toBe(expected);
});

test('text is the same whether its marks are composed or not', () => {
  for (const name of ['김민준', 'Zoë Müller', 'ガイド'])
    for (const [typed, stored] of [
      [name.normalize('NFD'), name.normalize('NFC')],
      [name.normalize('NFC'), name.normalize('NFD')],
    ] as const)
      for (const mode of ['is', 'contains'] as const)
        expect(fitsOne({ column: 'name', mode, value: typed }, { name: stored }, 'users')).toBe(true);
});

test('a phone is found in any writing, where a column has phones', () => {
  const row = { primaryPhone: '821011834274', name: '821011834274' };
  for (const value of [
    '+82 10-1183-4274',
    '010-1183-4274',
    '+821011834274',
    '0082 10 1183 4274',
    '821011834274',
  ])
    for (const mode of ['is', 'contains'] as const)
      expect(fitsOne({ column: 'primaryPhone', mode, value }, row, 'users')).toBe(true);
  expect(fitsOne({ column: 'primaryPhone', mode: 'is', value: '+82 10-1183-4275' }, row, 'users')).toBe(
    false,
  );
  expect(fitsOne({ column: 'name', mode: 'is', value: '010-1183-4274' }, row, 'users')).toBe(false);
});

test('a list has a value when one of its parts is that', () => {
  const row = { events: ['User.Created', 'Role.Deleted'] };
  expect(fitsOne({ column: 'events', mode: 'is', value: 'role.deleted' }, row, 'hooks')).toBe(true);
  expect(fitsOne({ column: 'events', mode: 'is', value: 'role' }, row, 'hooks')).toBe(false);
});

test('the order of texts is that of people, also where first signs tell of it', () => {
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const unit = fc.oneof(
    fc.constantFrom(
      ...'aAlLzZ09 -_@[`{',
      '\u00b7',
      '\u0301',
      '\u0338',
      '\u200d',
      'ß',
      'ﬁ',
      'é',
      '１',
      '김',
      '한',
      '\u212a',
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  );
  const text = fc.array(unit, { maxLength: 4 }).map((units) => units.join(''));
  fc.assert(
    fc.property(text, text, (one, other) => {
      expect(Math.sign(compareTexts(one, other))).toBe(Math.sign(compare(one, other)));
    }),
    { numRuns: 2_000 },
  );
  expect(compareTexts('k9', 'm')).toBeLessThan(0);
  expect(compareTexts('M', 'k')).toBeGreaterThan(0);
  expect(compareTexts('10', '9')).toBeGreaterThan(0);
});
