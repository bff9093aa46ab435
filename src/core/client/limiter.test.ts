import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Limiter } from './limiter.ts';

// Ten seconds are not waited for: the clock and the timers are the test's.
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const startsOf = (limiter: Limiter, count: number, priority: 'visible' | 'background', starts: number[]) => {
  for (let n = 0; n < count; n += 1) void limiter.run(async () => void starts.push(Date.now()), priority);
};

/** The largest number of starts in any span of ten seconds. */
const busiest = (starts: readonly number[]) =>
  Math.max(...starts.map((from) => starts.filter((start) => start >= from && start < from + 10_000).length));

test('a Cloud tenant starts at most 200 requests in any ten seconds', async () => {
  const limiter = new Limiter('cloud');
  const starts: number[] = [];
  startsOf(limiter, 150, 'visible', starts);
  await vi.advanceTimersByTimeAsync(9_000);
  startsOf(limiter, 350, 'visible', starts);
  await vi.advanceTimersByTimeAsync(40_000);
  expect(starts).toHaveLength(500);
  expect(busiest(starts)).toBeLessThanOrEqual(200);
});

test('a job uses 95 % of it, evenly, and a view comes first at once', async () => {
  const limiter = new Limiter('cloud');
  const jobStarts: number[] = [];
  startsOf(limiter, 1_000, 'background', jobStarts);
  await vi.advanceTimersByTimeAsync(20_000);
  const before = jobStarts.length;
  expect(before).toBeGreaterThanOrEqual(380);
  const viewStarts: number[] = [];
  const asked = Date.now();
  startsOf(limiter, 3, 'visible', viewStarts);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(Math.max(...viewStarts) - asked).toBeLessThan(1_000);
  expect(busiest([...jobStarts, ...viewStarts])).toBeLessThanOrEqual(200);
  expect(jobStarts.length).toBeGreaterThan(before);
});

test('an OSS server has no such limit', async () => {
  const limiter = new Limiter('oss');
  const starts: number[] = [];
  startsOf(limiter, 1_000, 'visible', starts);
  await vi.advanceTimersByTimeAsync(100);
  expect(starts).toHaveLength(1_000);
  expect(limiter.recent).toBe(1_000);
  await vi.advanceTimersByTimeAsync(10_001);
  expect(limiter.recent).toBe(0);
});

test('what is cancelled while it waits is never started', async () => {
  const limiter = new Limiter('cloud');
  const starts: number[] = [];
  startsOf(limiter, 200, 'visible', starts);
  await vi.advanceTimersByTimeAsync(1);
  const control = new AbortController();
  const late = limiter.run(async () => void starts.push(-1), 'visible', control.signal);
  control.abort(new Error('gone'));
  await expect(late).rejects.toThrow('gone');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(starts).not.toContain(-1);
});

test('what is visible goes before what is asked ahead, and both before a job', async () => {
  const limiter = new Limiter('cloud');
  const starts: number[] = [];
  startsOf(limiter, 200, 'visible', starts);
  await vi.advanceTimersByTimeAsync(1);
  const order: string[] = [];
  for (const priority of ['background', 'ahead', 'visible'] as const)
    void limiter.run(async () => void order.push(priority), priority);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(order).toEqual(['visible', 'ahead', 'background']);
});

test('a job that is cancelled while it waits for its share is never started', async () => {
  const limiter = new Limiter('cloud');
  const starts: number[] = [];
  startsOf(limiter, 20, 'background', starts);
  const control = new AbortController();
  const late = limiter.run(async () => void starts.push(-1), 'background', control.signal);
  await vi.advanceTimersByTimeAsync(1);
  control.abort(new Error('gone'));
  await expect(late).rejects.toThrow('gone');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(starts).toHaveLength(20);
  expect(starts).not.toContain(-1);
});
