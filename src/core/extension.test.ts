import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { findResource, placedResources, type Resource } from '../shared/catalog/index.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { Jobs } from './jobs/jobs.ts';
import type { JobKind, JobOf } from './jobs/kind.ts';
import { ResumableJobs } from './jobs/resumable.ts';

/** A list that no server has: a file of the catalogue stands for one that is added. */
vi.mock('../shared/catalog/domains.ts', () => ({
  domains: {
    id: 'domains',
    path: '/api/domains',
    rowId: 'domain',
    labels: ['domain'],
    columns: [{ id: 'domain', kind: 'text' }],
    filters: [],
    paging: 'always',
    secrets: ['key'],
    related: [],
    place: { family: 'tenant', icon: 'domains' },
  } satisfies Resource,
}));

let server: Simulator;
let held: TestCore;
let profile: string;

beforeEach(async () => {
  server = await startSimulator({ users: 5, logs: 0, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

test('a list is one file: it has its place, its page, and its secrets masked', async () => {
  const list = findResource('domains');
  expect(list?.rowId).toBe('domain');
  expect(placedResources).toContain(list);
  server.faults.add(
    { kind: 'status', status: 200, body: [{ domain: 'a.example', key: 'hunter2hunter2' }] },
    { on: '/api/domains' },
  );
  const page = await held.core.pages.page(
    { query: { profile, resource: 'domains', filters: {} }, index: 0 },
    {},
  );
  expect(page.rows).toMatchObject([{ domain: 'a.example' }]);
  expect(JSON.stringify(page.rows)).not.toContain('hunter2');
});

/** Counts to a number; what it counted so far is its result. */
const countRequest = z.object({ to: z.number(), from: z.number().default(0) });
type Count = z.infer<typeof countRequest>;
type CountJob = JobOf<'count', { rows: number }>;

const counting = (left: { from: number } | null): JobKind<'count', Count, { rows: number }> => ({
  id: 'count',
  request: countRequest,
  result: z.object({ rows: z.number() }),
  async open(request, { resume }) {
    const from = resume ? (left?.from ?? 0) : request.from;
    return {
      about: { title: 'numbers', profile: 'prod' },
      kept: request,
      async run({ signal, tell }) {
        tell({ rows: from, total: request.to });
        if (resume) return { rows: request.to };
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
      },
    };
  },
  resume: {
    place: () => 'the only one',
    isLeft: ({ state }) => state !== 'done',
    find: async ({ title, startedAt, profile: of }) => ({ title, startedAt, profile: of }),
    discard: async () => {},
  },
});

test('a kind of job is one file: it runs, breaks off, is there after a restart, and is gone on with', async () => {
  const { settings } = held.core;
  const kept = {
    get: () => settings.keptJobs,
    change: (next: Parameters<typeof settings.changeKeptJobs>[0]) => settings.changeKeptJobs(next),
  };
  const history = {
    get: () => settings.jobHistory,
    change: (next: Parameters<typeof settings.changeJobHistory>[0]) => settings.changeJobHistory(next),
  };
  const runOf = () => {
    const jobs = new Jobs<CountJob>(Date.now);
    const kind = counting({ from: 3 });
    return {
      jobs,
      kind,
      all: new ResumableJobs({
        jobs,
        kinds: [kind],
        kept,
        history,
        isKnown: () => true,
        clock: Date.now,
        warn: () => {},
      }),
    };
  };
  const first = runOf();
  const job = await first.all.start(first.kind, { to: 10, from: 0 });
  expect(first.jobs.list()).toMatchObject([{ kind: 'count', state: 'running', total: 10 }]);
  await first.jobs.interruptAll();
  expect(await first.jobs.ended(job.id)).toMatchObject({ state: 'cancelled', result: null });
  const next = runOf();
  await next.all.restore();
  const [left] = next.jobs.list();
  expect(left).toMatchObject({ kind: 'count', title: 'numbers', state: 'failed', resumable: true });
  const again = await next.all.resume(left?.id ?? '');
  expect(await next.jobs.ended(again?.id ?? '')).toMatchObject({ state: 'done', result: { rows: 10 } });
  await expect.poll(() => settings.keptJobs).toEqual([]);
  await expect.poll(() => settings.jobHistory).toHaveLength(1);
  const later = runOf();
  await later.all.restore();
  expect(later.jobs.list()).toMatchObject([
    { id: again?.id, kind: 'count', state: 'done', earlier: true, resumable: false, result: { rows: 10 } },
  ]);
  await later.all.dismiss(again?.id ?? '');
  expect(settings.jobHistory).toEqual([]);
});
