import { expect, test } from 'vitest';
import { createPhrases } from '../../shared/phrases';
import { runningInWords } from './time-left';

const { t } = createPhrases();

test('what is left is said as long as something comes', () => {
  expect(runningInWords(t, 12, null)).toBe('12 s left');
  expect(runningInWords(t, 180, null)).toBe('3 min left');
  expect(runningInWords(t, 180, 7)).toBe('nothing new for 7 s');
  expect(runningInWords(t, null, 7)).toBe('nothing new for 7 s');
  expect(runningInWords(t, null, null)).toBeNull();
  // All came, and is being written.
  expect(runningInWords(t, 0, 7)).toBeNull();
});
