import { QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { keepChoice } from './choices';
import { queries } from './queries';

type Plan = { everyHours: number; keepLogsDays: number | null };

/** A plan that is kept elsewhere, as a view looks at it; saves wait to be let through. */
const watched = async (queryKey: string[]) => {
  const kept: { plan: Plan } = { plan: { everyHours: 0, keepLogsDays: null } };
  const view = new QueryObserver<Plan>(queries, { queryKey, queryFn: async () => kept.plan });
  const leave = view.subscribe(() => {});
  await view.refetch();
  const saves: ((fails?: Error) => void)[] = [];
  const choose = (changes: Partial<Plan>) =>
    keepChoice<Plan>(queryKey, changes, async (chosen) => {
      const { promise, resolve } = Promise.withResolvers<Error | undefined>();
      saves.push(resolve);
      const fault = await promise;
      if (fault) throw fault;
      if (chosen) kept.plan = chosen;
    });
  return { kept, saves, choose, seen: () => queries.getQueryData<Plan>(queryKey), leave };
};

test('a second choice keeps the first, whatever was answered in between', async () => {
  const { kept, saves, choose, seen, leave } = await watched(['plan', 'between']);
  const first = choose({ everyHours: 6 });
  const second = choose({ keepLogsDays: 30 });
  // As when a copy ends: the answer is of before both.
  await queries.refetchQueries({ queryKey: ['plan', 'between'] });
  saves[0]?.();
  await first;
  await expect.poll(() => saves.length).toBe(2);
  expect(seen()).toEqual({ everyHours: 6, keepLogsDays: 30 });
  saves[1]?.();
  await second;
  expect(kept.plan).toEqual({ everyHours: 6, keepLogsDays: 30 });
  leave();
});

test('of three choices of one thing the last is seen all the time, and kept', async () => {
  const { kept, saves, choose, seen, leave } = await watched(['plan', 'last']);
  const all = [6, 12, 24].map((everyHours) => choose({ everyHours }));
  for (const at of all.keys()) {
    await expect.poll(() => saves.length).toBe(at + 1);
    expect(seen()?.everyHours).toBe(24);
    saves[at]?.();
    await all[at];
  }
  expect(kept.plan.everyHours).toBe(24);
  leave();
});

test('a choice that cannot be kept says so, and keeps the next one not back', async () => {
  const { kept, saves, choose, leave } = await watched(['plan', 'fails']);
  const first = choose({ everyHours: 6 });
  const second = choose({ keepLogsDays: 30 });
  saves[0]?.(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await expect.poll(() => saves.length).toBe(2);
  saves[1]?.();
  await second;
  expect(kept.plan.keepLogsDays).toBe(30);
  leave();
});
