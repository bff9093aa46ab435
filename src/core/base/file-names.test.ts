import { expect, test } from 'vitest';
import { suggestedNameAt } from './file-names.ts';

const at = Date.UTC(2026, 10, 29, 0, 51, 7);

test('files of one list and day have names of their own, which sort by time', () => {
  expect(suggestedNameAt(['Acme EU', 'users'], at)).toBe('Acme-EU-users-2026-11-29T0051Z');
  expect(suggestedNameAt(['Acme EU', 'users'], at + 60_000)).toBe('Acme-EU-users-2026-11-29T0052Z');
});

test('of a long name the time stays', () => {
  const name = suggestedNameAt(['n'.repeat(300), 'users'], at);
  expect(name).toHaveLength(120);
  expect(name.endsWith('n-2026-11-29T0051Z')).toBe(true);
});
