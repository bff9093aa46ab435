import { beforeAll, expect, test } from 'vitest';
import { outcomes } from '../../shared/change/change';
import { pageInNode } from '../page-in-node';
import type { ShownJob } from '../state/jobs';
import type * as Outcome from './outcome';

let held: typeof Outcome;

beforeAll(async () => {
  pageInNode(() => {
    throw new Error('no core is asked');
  });
  held = await import('./outcome');
}, 60_000);

const base = {
  id: '1',
  title: 'users',
  profile: 'p',
  query: null,
  picked: false,
  run: '',
  state: 'done',
  rows: 12,
  total: null,
  part: null,
  startedAt: 0,
  endedAt: 1,
  resumable: false,
  earlier: false,
  path: '',
  fileName: 'users.csv',
  error: null,
  downloads: false,
  makes: null,
  isPausable: false,
} as const;
const report = {
  rows: 12,
  repeated: 0,
  before: 12,
  expected: 12,
  mended: 0,
  missing: 0,
  added: 0,
  removed: 0,
  unproven: 0,
  unreadable: 0,
  uncounted: 0,
  lacks: [],
  bytes: 1,
  sha256: '',
};
const exported = (changes: Partial<typeof report>) =>
  held.outcomeOfJob({ ...base, kind: 'export', result: { ...report, ...changes } } as ShownJob);

test('of an export nothing worse is said than was seen', () => {
  expect(exported({})).toEqual({ text: '12 rows written · Complete', bad: false });
  expect(exported({ missing: 1 })).toEqual({ text: '12 rows written · Not complete', bad: true });
  // All that came is there; what would prove it did not come.
  expect(exported({ uncounted: 1 })).toEqual({ text: '12 rows written · Not provable', bad: true });
});

test('what a plan refused is part of what its job came to', () => {
  const counts = Object.fromEntries(outcomes.map((one) => [one, one === 'done' ? 3 : 0]));
  const ended = (left: number) => {
    const result = { rows: 3, total: 3, outcomes: counts, stopped: false, run: 'r', secrets: 0, left };
    return held.outcomeOfJob({ ...base, kind: 'changes', result } as ShownJob);
  };
  expect(ended(0)).toEqual({ text: 'Done: 3', bad: false });
  expect(ended(4)).toEqual({ text: 'Done: 3 · Refused in the review, not sent: 4', bad: true });
});

test('a snapshot of lists that were copied in part is none of all', () => {
  const taken = (wholeAt: number | null) => {
    const lists = [{ resource: 'users', parent: '', rows: 12, wholeAt, sha256: '' }];
    return held.outcomeOfJob({
      ...base,
      kind: 'snapshot',
      result: { rows: 12, manifest: { lists } },
    } as ShownJob);
  };
  expect(taken(5)).toEqual({ text: '12 rows written', bad: false });
  expect(taken(null)).toEqual({ text: '12 rows written · Not complete', bad: true });
});

test('work on several lists says which it is at; of what counts nothing, nothing is said', () => {
  const running = (rows: number, total: number | null, part: { number: number; of: number } | null) =>
    held.rowsInWords({
      ...base,
      kind: 'copy',
      state: 'running',
      rows,
      total,
      part,
      result: null,
    } as ShownJob);
  expect(running(300, 900, { number: 2, of: 9 })).toBe('list 2 of 9 · 300 rows');
  expect(running(300, 900, { number: 9, of: 9 })).toBe('list 9 of 9 · 300 of 900 rows');
  expect(running(300, 900, null)).toBe('300 of 900 rows');
  expect(running(0, null, null)).toBe('');
});

test('what went well hides nothing that did not, until the jobs are looked at', () => {
  const jobOf = (id: string, endedAt: number | null, failed = false): ShownJob => ({
    ...base,
    id,
    kind: 'export',
    state: endedAt === null ? 'running' : failed ? 'failed' : 'done',
    endedAt,
    error: failed ? { code: 'query.invalid', detail: {} } : null,
    result: null,
  });
  const toldAt = (jobs: ShownJob[], lookedAt: number) => {
    const told = held.toldOf(jobs, lookedAt);
    return told && [told.job.id, told.last.id, told.others];
  };
  expect(toldAt([], 0)).toBeNull();
  expect(toldAt([jobOf('a', null)], 0)).toBeNull();
  const jobs = [jobOf('b', 30), jobOf('a', 10, true), jobOf('c', 20), jobOf('d', null)];
  expect(toldAt(jobs, 0)).toEqual(['a', 'b', 2]);
  expect(toldAt(jobs, 10)).toEqual(['b', 'b', 0]);
  expect(toldAt(jobs, 30)).toEqual(['b', 'b', 0]);
  expect(toldAt([...jobs, jobOf('e', 40, true), jobOf('f', 50, true)], 10)).toEqual(['f', 'f', 3]);
});
