import { beforeAll, beforeEach, expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog';
import { pageInNode } from '../page-in-node';
import type * as Times from '../state/times';
import type * as Cells from './cell';

let cells: typeof Cells;
let times: typeof Times;

beforeAll(async () => {
  pageInNode(() => {
    throw new Error('cells ask nothing');
  });
  cells = await import('./cell');
  times = await import('../state/times');
}, 60_000);
beforeEach(() => times.useTimes.setState({ times: 'dates' }));

const columnOf = (list: string, id: string) => {
  const column = resourceOf(list).columns.find((one) => one.id === id);
  if (!column) throw new Error(`no column ${id}`);
  return column;
};

test('a value of an enumeration is shown in words, and one that nobody knows as it is', () => {
  const type = columnOf('applications', 'type');
  expect(cells.cellText(type, { type: 'MachineToMachine' })).toBe('Machine-to-machine');
  expect(cells.cellText(type, { type: 'Teapot' })).toBe('Teapot');
  expect(cells.cellText(columnOf('user-mfa', 'type'), { type: 'WebAuthn' })).toBe('Passkey');
  expect(
    cells.cellText(columnOf('sign-in-experience', 'mfa.factors'), { mfa: { factors: ['Totp', 'New'] } }),
  ).toBe('Authenticator app, New');
  expect(cells.isDrawn(type)).toBe(true);
});

test('an event is its key, as filters and exports have it, and says on hover what it means', () => {
  const key = columnOf('logs', 'key');
  const row = { key: 'Interaction.SignIn.Identifier.Password.Submit' };
  expect(cells.cellText(key, row)).toBe(row.key);
  expect(cells.cellHint(key, row)).toBe(`Sign-in: password submitted · ${row.key}`);
  expect(cells.cellHint(key, { key: 'Some.New.Key' })).toBe('Some.New.Key');
  expect(cells.cellHint(key, {})).toBeNull();
});

test('a time is a date that says on hover how far it is, or the other way round by choice', () => {
  const created = columnOf('users', 'createdAt');
  const row = { createdAt: Date.now() - 3 * 3_600_000 - 60_000 };
  expect(cells.cellText(created, row)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  expect(cells.cellHint(created, row)).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC.* · 3 hours ago$/);
  times.useTimes.setState({ times: 'relative' });
  expect(cells.cellText(created, row)).toBe('3 hours ago');
  expect(cells.cellText(created, { createdAt: null })).toBe('');
});

test('whatever a server puts in a value’s place, a cell shows something of it', async () => {
  const { catalog } = await import('../../shared/catalog');
  const { wordsOf, outcomeOf, textOf } = await import('../common/values');
  const { relativeText } = await import('../../shared/relative-time');
  const hostile = JSON.parse(
    '[1e400,-1e400,1e308,-1e-308,"",null,[],{},true,{"toString":1,"valueOf":1,"toJSON":1},[{"toString":1}],[null],[[]]]',
  ) as unknown[];
  const rowOf = (path: string, value: unknown): Record<string, unknown> => {
    const [top = '', ...rest] = path.split('.');
    return { [top]: rest.length === 0 ? value : rowOf(rest.join('.'), value) };
  };
  for (const shown of ['dates', 'relative'] as const) {
    times.useTimes.setState({ times: shown });
    for (const { columns } of catalog)
      for (const column of columns)
        for (const value of hostile) {
          const row = rowOf(column.id, value);
          expect(typeof cells.cellText(column, row)).toBe('string');
          cells.cellHint(column, row);
          textOf(column, row);
          wordsOf(column, value);
          outcomeOf(value);
        }
  }
  expect(relativeText(Number.POSITIVE_INFINITY, 0, 'en')).toBe('Infinity');
});
