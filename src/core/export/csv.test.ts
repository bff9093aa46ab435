import { expect, test } from 'vitest';
import { cellOf } from './csv.ts';

test('seconds are seconds, and milliseconds are milliseconds', () => {
  const at = Date.parse('2026-11-26T08:00:00.000Z');
  expect(cellOf({ id: 'at', kind: 'time' }, { at })).toBe('2026-11-26T08:00:00.000Z');
  expect(cellOf({ id: 'at', kind: 'seconds' }, { at: at / 1_000 })).toBe('2026-11-26T08:00:00.000Z');
});
