import { expect, test } from 'vitest';
import { shortestPassphrase } from '../../shared/limits';
import { passphraseMistake } from './passphrase';

test('a passphrase is long enough, and entered twice in the same way', () => {
  const good = 'x'.repeat(shortestPassphrase);
  expect(passphraseMistake('', '')).toEqual({ field: 'passphrase', kind: 'short' });
  expect(passphraseMistake(good.slice(1), good.slice(1))).toEqual({ field: 'passphrase', kind: 'short' });
  expect(passphraseMistake(good, '')).toEqual({ field: 'again', kind: 'differs' });
  expect(passphraseMistake(good, `${good} `)).toEqual({ field: 'again', kind: 'differs' });
  expect(passphraseMistake(good, good)).toBeNull();
});
