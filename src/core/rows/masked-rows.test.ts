import { expect, test } from 'vitest';
import { resourceOf } from '../../shared/catalog/index.ts';
import { secretMask } from '../../shared/row.ts';
import { maskedRows } from './masked-rows.ts';

const users = resourceOf('users');

test('rows that take long leave others their turn, and stay in their order', async () => {
  const fields = Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`field${at}`, `v${at}`]));
  const text = JSON.stringify({ ...fields, apiKey: 'not to be seen' });
  const rows = Array.from({ length: 10 }, (_, at) => ({ id: `u${at}`, customData: { text } }));
  let turns = 0;
  let isOver = false;
  const count = () => {
    turns += 1;
    if (!isOver) setImmediate(count);
  };
  setImmediate(count);
  const masked = await maskedRows(users, rows);
  isOver = true;
  expect(turns).toBeGreaterThanOrEqual(rows.length - 1);
  expect(masked.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  for (const { customData } of masked) {
    expect(JSON.stringify(customData)).not.toContain('not to be seen');
    expect(JSON.stringify(customData)).toContain('field39999');
  }
});

test('texts that are JSON are looked through up to a million characters a row, those beyond masked whole', async () => {
  const long = (size: number) => JSON.stringify({ note: 'x'.repeat(size), apiKey: 'not to be seen' });
  const customData = { first: long(600_000), second: long(600_000), third: long(10) };
  const [row] = await maskedRows(users, [{ id: 'u', customData }]);
  expect(JSON.stringify(row)).not.toContain('not to be seen');
  expect(row?.customData).toMatchObject({ second: secretMask, third: secretMask });
  expect(JSON.stringify(row)).toContain('x'.repeat(600_000));
});
