import { expect, test } from 'vitest';
import { type HarvestReport, mostLacks, nothingRead } from './report.ts';
import { failedReport, failures, mirrorOf, together } from './together.ts';

const report = (parts: Partial<HarvestReport>): HarvestReport => ({ ...nothingRead, ...parts });

test('counts of two lists are their sums; what one of them does not know, nobody knows', () => {
  const one = report({
    rows: 3,
    repeated: 1,
    before: 4,
    expected: 5,
    mended: 1,
    missing: 2,
    added: 1,
    removed: 2,
  });
  const other = report({
    rows: 7,
    before: 8,
    expected: 9,
    unproven: 3,
    unreadable: 4,
    uncounted: 1,
    mended: 2,
    repeated: 4,
    added: 5,
    removed: 6,
  });
  expect(together(one, other)).toEqual({
    rows: 10,
    repeated: 5,
    before: 12,
    expected: 14,
    mended: 3,
    missing: 2,
    added: 6,
    removed: 8,
    unproven: 3,
    unreadable: 4,
    uncounted: 1,
    lacks: [],
  });
  expect(together(report({ before: null, expected: null, added: null, removed: null }), other)).toMatchObject(
    {
      before: null,
      expected: null,
      added: null,
      removed: null,
    },
  );
  // A list below a row that says no total of its own is held against what came.
  expect(together(one, report({ rows: 7, before: null, expected: null }))).toMatchObject({
    before: 11,
    expected: 12,
  });
});

test('what lacks below a row is named by that row, and as much is named as may be', () => {
  const parent = { id: 'o1', name: 'Acme' };
  const lacks = [{ kind: 'missing' as const, rows: 1 }];
  expect(together(report({ lacks }), report({ lacks }), parent).lacks).toEqual([
    { kind: 'missing', rows: 1 },
    { kind: 'missing', rows: 1, parent },
  ]);
  const many = report({ lacks: Array.from({ length: mostLacks }, () => ({ kind: 'missing', rows: 1 })) });
  expect(together(many, report({ lacks }), parent).lacks).toEqual(many.lacks);
  expect(together(report({}), report({ lacks })).lacks).toEqual(lacks);
});

test('two readings of the copy are as old as the older, and whole where both are', () => {
  const old = { mirror: { asOf: 1, whole: true } };
  const fresh = { mirror: { asOf: 2, whole: true } };
  expect(mirrorOf(fresh, old)).toEqual(old);
  expect(mirrorOf(old, { mirror: { asOf: 2, whole: false } })).toEqual({ mirror: { asOf: 1, whole: false } });
  expect(mirrorOf({ mirror: { asOf: 1, whole: false } }, fresh)).toEqual({
    mirror: { asOf: 1, whole: false },
  });
  expect(mirrorOf({}, old)).toEqual(old);
  expect(mirrorOf(old, {})).toEqual(old);
  expect(mirrorOf({}, {})).toEqual({});
});

test('a list that failed lacks an unknown number of rows', () =>
  expect(failedReport(7)).toMatchObject({
    rows: 7,
    before: null,
    expected: null,
    unreadable: 1,
    lacks: [{ kind: 'unreadable', rows: null }],
  }));

test('a server that fails on some lists is told from one that fails altogether', () => {
  const error = new Error('first');
  const some = failures();
  for (let list = 0; list < 30; list += 1) {
    for (let failed = 0; failed < 4; failed += 1) some.failed(error);
    some.answered();
  }
  some.end();
  const five = failures();
  for (let failed = 0; failed < 4; failed += 1) five.failed(new Error('before'));
  expect(() => five.failed(new Error('the fifth'))).toThrow('the fifth');
  const none = failures();
  none.end();
  none.failed(error);
  none.failed(new Error('second'));
  expect(() => none.end()).toThrow('first');
  none.answered();
  none.end();
});
