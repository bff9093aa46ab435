import { expect, test } from 'vitest';
import { planOf } from './plan.ts';
import { type ExportRequest, exportSchema } from './request.ts';

const query: ExportRequest['query'] = { profile: 't', resource: 'users', filters: {} };
const now = 1_795_165_200_000;
const plan = (asked: Partial<ExportRequest>, toFile = true) =>
  planOf(exportSchema.parse({ query, format: 'csv', ...asked }), { toFile, now });
const columnsOf = (asked: Partial<ExportRequest>, first = [{}]) =>
  plan(asked)
    .columnsFor(first)
    .map(({ id }) => id);

test.each([
  ['csv', false, false],
  ['ndjson', false, false],
  ['json', false, false],
  ['xlsx', false, true],
  ['parquet', false, true],
  ['csv', true, true],
  ['parquet', true, true],
] as const)(
  'a file is made of a spool where its format or counts ask for that: %s',
  (format, counted, is) => {
    const counts = counted ? { counts: { column: 'isSuspended', bucket: null } } : {};
    expect(plan({ format, ...counts }).isSpooled).toBe(is);
    // A stream cannot be resumed.
    expect(plan({ format, ...counts }, false).isSpooled).toBe(false);
  },
);

test('all columns are those of the catalogue and what the first rows have beyond them', () => {
  const asked = { query: { ...query, resource: 'applications' } };
  const all = columnsOf(asked, [{ id: 'a', novelty: 1, secret: 'hidden' }]);
  expect(all).toEqual(expect.arrayContaining(['id', 'name', 'novelty']));
  expect(all).not.toContain('secret');
  expect(plan({}).isWhole).toBe(true);
});

test('chosen columns are written in their order, also those that nobody knows', () => {
  const chosen = { ...query, columns: ['name', 'novelty', 'id'] };
  expect(columnsOf({ query: chosen, columns: 'visible' })).toEqual(['name', 'novelty', 'id']);
  expect(plan({ query: chosen, columns: 'visible' }).isWhole).toBe(false);
});

test('what is nested under rows stands beside whose it is', () => {
  const below = { query: { ...query, resource: 'organizations' }, below: 'organization-users' };
  expect(columnsOf(below).slice(0, 2)).toEqual(['parentId', 'parentName']);
  expect(plan(below).resource.id).toBe('organization-users');
});

test('counts have columns of their own, with a name where the ids of rows are counted', () => {
  const logs = { ...query, resource: 'logs' };
  const counted = (column: string) => ({ query: logs, counts: { column, bucket: null }, names: true });
  expect(columnsOf(counted('payload.userId'))).toEqual(['value', 'name', 'count']);
  expect(plan(counted('payload.userId')).namedList).toBe('users');
  expect(columnsOf(counted('payload.result'))).toEqual(['value', 'count']);
});

test('conditions choose rows, of those that were not picked by hand', () => {
  const where: ExportRequest['query']['where'] = [{ column: 'name', mode: 'is', value: 'Kim' }];
  const rows = [{ name: 'Kim' }, { name: 'Lee' }];
  const asked = { query: { ...query, where } };
  expect(plan(asked).fitting(rows)).toEqual([{ name: 'Kim' }]);
  expect(plan({ ...asked, picked: [{ id: 'a', index: 0 }] }).fitting(rows)).toEqual(rows);
});

test('of a row that is counted a spool keeps what it is counted under, of any other no secret', () => {
  const row = { id: 'a', name: 'Shop', secret: 'hidden' };
  const asked = { query: { ...query, resource: 'applications' } };
  const counted = { ...asked, counts: { column: 'name', bucket: null } };
  expect(plan(counted).written([row])).toEqual([{ value: 'Shop' }]);
  expect(plan(counted, false).written([row])).toEqual([row]);
  expect(plan(asked).written([row])).toEqual([{ id: 'a', name: 'Shop' }]);
});
