import { describe, expect, test } from 'vitest';
import { resourceOf } from '../shared/catalog/index.ts';
import { refusalOf } from '../shared/phrases/testing.ts';
import { columnsTyped, conditionTyped, refuseUnseen } from './fields.ts';

const users = resourceOf('users');
const logs = resourceOf('logs');

describe('a condition as it is typed', () => {
  test.each([
    ['Suspended is true', 'isSuspended', 'is', 'true'],
    ['suspended is Yes', 'isSuspended', 'is', 'true'],
    ['isSuspended differs ✓', 'isSuspended', 'differs', 'true'],
    ['Last sign-in more 7 days ago', 'lastSignInAt', 'more', '7 days ago'],
    ['Last sign-in empty', 'lastSignInAt', 'empty', ''],
    ['Name contains what is this', 'name', 'contains', 'what is this'],
    ['customData.plan is pro', 'customData.plan', 'is', 'pro'],
    ['Has password IS no', 'hasPassword', 'is', 'false'],
    [`name is ${'김민준'.normalize('NFD')}`, 'name', 'is', '김민준'],
  ])('%s', (text, column, mode, value) =>
    expect(conditionTyped(users, text)).toEqual({ column, mode, value }),
  );

  test.each([
    ['Suspended is maybe', /neither yes nor no/],
    ['Suspended contains tr', /"contains" does not fit Suspended; use is, differs, filled, empty/],
    ['Created more 2026-02-30', /is not a time/],
    ['Created network 10.0.0.0/8', /does not fit/],
    ['name is', /a value is missing/],
    ['name equals kim', /COLUMN MODE VALUE/],
    ['Last signin more 7d', /did you mean "Last sign-in"/],
  ])('%s is refused', (text, reason) => expect(refusalOf(() => conditionTyped(users, text))).toMatch(reason));

  test('of logs, by the titles of the window', () => {
    expect(conditionTyped(logs, 'Result is error')).toEqual({
      column: 'payload.result',
      mode: 'is',
      value: 'Error',
    });
    expect(conditionTyped(logs, 'IP address network 10.0.0.0/8')).toMatchObject({ column: 'payload.ip' });
    expect(() => conditionTyped(logs, 'IP address network 10.0.0.0/99')).toThrow(/neither an address nor/);
  });
});

test('columns are named by id or title, and refused when no row has them', () => {
  expect(columnsTyped(users, 'Name, primaryEmail,last sign-in,customData.plan')).toEqual([
    'name',
    'primaryEmail',
    'lastSignInAt',
    'customData.plan',
  ]);
  expect(() => columnsTyped(users, 'name,,id')).toThrow(/a name is missing/);
  const asked = (columns: string[]) => ({ profile: 'p', resource: 'users', filters: {}, columns });
  const rows = [{ id: 'a', customData: { plan: 'pro' }, tier: 1 }];
  refuseUnseen(asked(['name', 'customData.plan', 'tier']), rows);
  refuseUnseen(asked(['customData.plan']), []);
  const unseen = (column: string, of = rows) => refusalOf(() => refuseUnseen(asked([column]), of));
  expect(unseen('n')).toContain('no field "n"; did you mean "name"');
  expect(unseen('n', [])).toContain('no field "n"');
  expect(unseen('customData.plam')).toContain('did you mean "customData.plan"');
});
