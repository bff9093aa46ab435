import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addSimulator, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Query } from '../../shared/query.ts';
import { eras } from '../../simulator/eras.ts';
import { startSimulator } from '../../simulator/server.ts';
import { gatherIn } from './testing.ts';

/** Servers and proxies of any manners at once: what they tell wrong, drop, mix and fail on. */
const manners = fc.record({
  era: fc.constantFrom(...eras),
  users: fc.integer({ min: 1, max: 420 }),
  logs: fc.integer({ min: 1, max: 420 }),
  /** Rows in a tie, from the first place on. */
  tie: fc.tuple(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 220 })),
  drawnTies: fc.boolean(),
  microseconds: fc.boolean(),
  dropsTotals: fc.boolean(),
  dropsCap: fc.boolean(),
  tellsAtMost: fc.constantFrom(undefined, undefined, 0, 50, 100, 200, 300),
  longNames: fc.array(fc.integer({ min: 0, max: 419 }), { maxLength: 2 }),
  resource: fc.constantFrom('users' as const, 'logs' as const),
  span: fc.option(fc.tuple(fc.integer({ min: 0, max: 419 }), fc.integer({ min: 0, max: 419 }))),
});

test('whatever a server does, each row comes once, and no report is complete that lacks one', async () => {
  await fc.assert(
    fc.asyncProperty(manners, async ({ tie: [first, length], resource, span, tellsAtMost, ...options }) => {
      const tied: [number, number] = [first, first + length];
      await using server = await startSimulator({
        ...options,
        longNames: options.longNames.filter((place) => place < options.users),
        ...(resource === 'users' ? { tied } : { tied: [0, 0] as [number, number], tiedLogs: tied }),
        ...(tellsAtMost === undefined ? {} : { tellsAtMost }),
      });
      await using held = testCore();
      const { id: profile } = await addSimulator(held.core, server);
      const { users, logs } = server.tenant;
      const [one, other] = (span ?? []).map((place) => Math.floor(Number(logs.times[place % options.logs])));
      const isTimed = resource === 'logs' && one !== undefined && other !== undefined;
      const [from, to] = isTimed
        ? [Math.min(one, other), Math.max(one, other)]
        : [0, Number.POSITIVE_INFINITY];
      const idsIn = (since: number) =>
        resource === 'users'
          ? users.map(({ id }) => id)
          : Array.from({ length: logs.length }, (_, at) => logs.row(at))
              .filter(({ createdAt }) => createdAt >= since && createdAt <= to)
              .map(({ id }) => id);
      const all = idsIn(from);
      // Where bounds are exclusive, what the millisecond before has after its beginning comes along, and is counted.
      const isReached = options.era === '1.41' && options.microseconds;
      const allowed = new Set(isReached ? idsIn(from - 1) : all);
      const query: Query = {
        profile,
        resource,
        filters: isTimed ? { time: [String(from), String(to)] } : {},
      };
      const { ids, report } = await gatherIn(await held.core.sessionOf(profile), query);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !allowed.has(id))).toEqual([]);
      expect(report.rows).toBe(ids.length);
      if (isComplete(report)) expect(all.filter((id) => !ids.includes(id))).toEqual([]);
      // A server that tells the truth, and fails on nothing, is proved.
      const isHonest =
        !options.dropsTotals &&
        tellsAtMost === undefined &&
        (resource === 'logs' || options.longNames.length === 0);
      if (isHonest) expect(isComplete(report)).toBe(true);
    }),
    {
      numRuns: 20,
      // Once: logs between milliseconds, on a server that takes its bounds by millisecond.
      examples: [
        [
          {
            era: '1.42',
            users: 1,
            logs: 7,
            tie: [0, 0],
            drawnTies: false,
            microseconds: true,
            dropsTotals: false,
            dropsCap: false,
            tellsAtMost: undefined,
            longNames: [],
            resource: 'logs',
            span: [0, 5],
          },
        ],
      ],
    },
  );
}, 300_000);
