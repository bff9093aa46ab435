import { describe, expect, test } from 'vitest';
import { Pace } from './adaptive-concurrency.ts';

/**
 * A server in a clock of its own, ms: it works on `slots` requests at a time, each takes `work` ms, a third more or less,
 * and any more wait for their turn. `run` keeps as many requests under way as the pace says.
 */
const served = (pace: (clock: () => number) => Pace) => {
  let now = 0;
  const paced = pace(() => now);
  const asked: { at: number; left: number }[] = [];
  let count = 0;
  // The fractions of the golden ratio's multiples: spread evenly, in no order, and the same each time.
  const share = () => 2 / 3 + (2 / 3) * ((++count * 0.6180339887) % 1);
  const run = (answers: number, { slots, work }: { slots: number; work: number }): number[] => {
    const levels: number[] = [];
    while (levels.length < answers) {
      while (asked.length < paced.level) asked.push({ at: now, left: work * share() });
      const working = asked.slice(0, slots);
      const step = Math.min(...working.map(({ left }) => left));
      now += step;
      for (const one of working) one.left -= step;
      for (const done of working.filter(({ left }) => left <= 1e-9)) {
        asked.splice(asked.indexOf(done), 1);
        paced.answered(now - done.at);
        levels.push(paced.level);
      }
    }
    return levels;
  };
  return { run };
};

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the number of requests at once', () => {
  for (const slots of [1, 2, 4, 7]) {
    test(`settles where ${slots} at a time is what the server does`, () => {
      const { run } = served((clock) => new Pace(clock, 16));
      run(600, { slots, work: 20 });
      const levels = run(600, { slots, work: 20 });
      expect(mean(levels)).toBeGreaterThan(slots * 0.8);
      expect(mean(levels)).toBeLessThan(slots + 1);
      expect(Math.max(...levels)).toBeLessThanOrEqual(slots + 2);
    });
  }

  test('never exceeds its bound, and reaches it where the server bears more', () => {
    const { run } = served((clock) => new Pace(clock, 8));
    const first = run(200, { slots: 100, work: 20 });
    expect(first.indexOf(8)).toBeLessThan(80);
    expect(Math.max(...first)).toBe(8);
    expect(mean(run(400, { slots: 100, work: 20 }))).toBeGreaterThan(7);
  });

  test('falls when the server has other work to do, and comes back after it', () => {
    const { run } = served((clock) => new Pace(clock, 16));
    run(600, { slots: 12, work: 20 });
    expect(mean(run(300, { slots: 12, work: 20 }))).toBeGreaterThan(10);
    const busy = run(120, { slots: 2, work: 40 });
    expect(Math.min(...busy)).toBeLessThanOrEqual(6);
    run(600, { slots: 2, work: 40 });
    expect(mean(run(300, { slots: 2, work: 40 }))).toBeLessThan(4);
    run(600, { slots: 12, work: 20 });
    expect(mean(run(300, { slots: 12, work: 20 }))).toBeGreaterThan(10);
  });

  test('comes back from one at a time, too', () => {
    const { run } = served((clock) => new Pace(clock, 16));
    run(600, { slots: 1, work: 20 });
    expect(mean(run(100, { slots: 1, work: 20 }))).toBeLessThan(2);
    run(600, { slots: 12, work: 20 });
    expect(mean(run(300, { slots: 12, work: 20 }))).toBeGreaterThan(10);
  });

  test('bears pages that become slower with their depth', () => {
    const { run } = served((clock) => new Pace(clock, 16));
    const levels: number[] = [];
    for (let depth = 0; depth < 100; depth += 1) levels.push(...run(20, { slots: 6, work: 10 + depth }));
    expect(mean(levels.slice(400))).toBeGreaterThan(5);
  });
});
