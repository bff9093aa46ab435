import { expect, test } from 'vitest';
import { wholeProgress } from './progress';

const job = (rows: number, total: number | null, startedAt = 0) => ({ rows, total, startedAt });

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
