import { expect, test } from 'vitest';
import { wholeProgress } from './progress';

const job = (
  rows: number,
  total: number | null,
  startedAt = 0,
  part: { number: number; of: number } | null = null,
) => ({ rows, total, startedAt, part });

test('several jobs are one progress, and end with the last of them', () => {
  // Half of one in 10 s, a quarter of the other in 20 s.
  expect(wholeProgress([job(500, 1_000, 10_000), job(250, 1_000)], 20_000)).toEqual({
    share: 750 / 2_000,
    secondsLeft: 60,
  });
});

test('what does not know how much there is has no share and no end', () => {
  expect(wholeProgress([job(500, 1_000), job(9, null)], 20_000)).toEqual({ share: null, secondsLeft: null });
  expect(wholeProgress([job(0, 1_000)], 20_000)).toEqual({ share: 0, secondsLeft: null });
  expect(wholeProgress([job(0, 0)], 20_000).share).toBeNull();
  // More rows than were counted when it began.
  expect(wholeProgress([job(1_200, 1_000)], 20_000).share).toBe(1);
});

test('work on several lists has no share and no end before its last one, whatever is known of the one that it is at', () => {
  const at = (number: number) => wholeProgress([job(500, 1_000, 0, { number, of: 3 })], 20_000);
  expect(at(1)).toEqual({ share: null, secondsLeft: null });
  expect(at(2)).toEqual({ share: null, secondsLeft: null });
  expect(at(3)).toEqual({ share: 0.5, secondsLeft: 20 });
});
