import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { runHere } from '../cli/testing-here.ts';
import { keychainService } from '../doors/keychain-service.ts';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import type * as All from '../shared/catalog/all.ts';
import { findResource, placedResources, type Resource } from '../shared/catalog/index.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import type { Core } from './core.ts';
import type * as Kinds from './job-kinds.ts';
import { isInterrupted, type JobKind } from './jobs/kind.ts';
import { type Door, router } from './router.ts';

/** A list that the catalogue lacks, of what the server has: roles by another name, of which the description is a secret. */
const badges = vi.hoisted(
  () =>
    ({
      id: 'badges',
      path: '/api/roles',
      rowId: 'id',
      labels: ['name'],
      columns: [
        { id: 'name', kind: 'text' },
        { id: 'description', kind: 'text' },
      ],
      filters: [],
      paging: 'always',
      secrets: ['description'],
      related: [],
      sidebar: { family: 'tenant', icon: 'roles' },
    }) satisfies Resource,
);

vi.mock('../shared/catalog/all.ts', async (original) => ({
  all: [...(await original<typeof All>()).all, badges],
}));

vi.mock('./job-kinds.ts', async (original) => ({
  jobKinds: [...(await original<typeof Kinds>()).jobKinds, (deps: Kinds.KindDeps) => countJob(deps)],
}));

const countSchema = z.object({ profile: z.string(), to: z.number() });

/** A kind that the list of kinds lacks: it counts until it is interrupted, and to its end once it is resumed. */
const countJob = ({
  profileOf,
  isKnown,
}: Pick<Kinds.KindDeps, 'profileOf' | 'isKnown'>): JobKind<
  'count',
  z.infer<typeof countSchema>,
  { rows: number }
> => ({
  id: 'count',
  request: countSchema,
  result: z.object({ rows: z.number() }),
  isPausable: true,
  async open({ profile: idOrName, to }, { resume }) {
    const { id: profile } = await profileOf(idOrName);
    return {
      about: { title: 'numbers', profile },
      kept: { profile, to },
      async run({ signal, tell }) {
        tell({ rows: 3, total: to });
        if (resume) return { rows: to };
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
      },
    };
  },
  resume: {
    place: ({ profile }) => `count ${profile}`,
    isLeft: isInterrupted,
    find: async ({ title, profile, startedAt }) =>
      isKnown(profile) ? { title, profile, startedAt } : 'gone',
    discard: async () => {},
  },
});

let server: Simulator;
let folder: string;
let held: TestCore;
let profile: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'logto-desk-extension-'));
  server = await startSimulator({ users: 5, logs: 0, tied: [0, 0] });
  held = testCore({}, { dataDir: folder, service: keychainService });
  profile = (await addSimulator(held.core, server, 'Test', 'keychain')).id;
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
  rmSync(folder, { recursive: true });
});

const exported = (path: string) =>
  readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

test('a list is one file and one line: it has its place, its pages, the terminal’s words, and exports', async () => {
  expect(findResource('badges')).toBe(badges);
  expect(placedResources.at(-1)).toBe(badges);
  const query = { profile, resource: 'badges', filters: {} };
  const { rows, total } = await held.core.pages.page({ query, index: 0 }, {});
  expect(rows).toHaveLength(total ?? 0);
  const [{ name, description } = {}] = server.tenant.roles;
  expect(rows).toContainEqual(expect.objectContaining({ name }));
  expect(JSON.stringify(rows)).not.toContain(description);

  const listed = await runHere(folder, ['list', 'badges', '--profile', profile, '--page-size', '100']);
  expect(listed).toMatchObject({ code: 0, said: expect.stringContaining(String(name)) });
  expect(listed.said).toMatch(/^Name +Description\n/);
  expect(listed.said).not.toContain(description);

  const typed = join(folder, 'typed.ndjson');
  const how = ['--profile', profile, '--format', 'ndjson', '--output', typed];
  expect(await runHere(folder, ['export', 'badges', ...how])).toEqual({
    code: 0,
    said: `${total} rows written; complete\n`,
  });
  const asked = { query, format: 'ndjson', columns: 'all', bom: false } as const;
  const path = join(folder, 'pressed.ndjson');
  const job = await held.core.startJob('export', asked, { path });
  expect(await held.core.jobs.ended(job.id)).toMatchObject({ state: 'done', rows: total, title: 'badges' });
  for (const file of [typed, path]) {
    expect(exported(file)).toHaveLength(total ?? 0);
    expect(readFileSync(file, 'utf8')).not.toContain(description);
  }
});

/** What the page is told of the jobs. */
const toldBy = async (core: Core) => {
  const door: Door = { kind: 'desktop', chooseFile: async () => null, chooseFolder: async () => null };
  for await (const jobs of await router.createCaller({ core, door }).jobs.watch()) return jobs;
  return [];
};

test('a kind of job is one file and one line: it is started, listed, kept over a restart, and resumed', async () => {
  const { core } = held;
  // No type knows of it.
  const started: { id: string } = await Reflect.apply(core.startJob, core, ['count', { profile, to: 10 }]);
  expect(await toldBy(core)).toContainEqual(
    expect.objectContaining({
      id: started.id,
      kind: 'count',
      state: 'running',
      rows: 3,
      total: 10,
      isPausable: true,
      makes: null,
      downloads: false,
    }),
  );
  await core.stop();
  expect(await core.jobs.ended(started.id)).toMatchObject({ state: 'cancelled', result: null });

  held = testCore({}, { dataDir: folder, service: keychainService });
  await held.core.takeUp();
  const left = held.core.jobs.list().at(-1);
  expect(left).toMatchObject({ kind: 'count', title: 'numbers', state: 'failed', resumable: true });
  const again = await held.core.resumeJob(left?.id ?? '');
  expect(await held.core.jobs.ended(again?.id ?? '')).toMatchObject({ state: 'done', result: { rows: 10 } });
  await expect.poll(() => held.core.settings.keptJobs).toEqual([]);
  const countsOf = () => held.core.settings.jobHistory.filter(({ kind }) => kind === 'count');
  await expect.poll(countsOf).toHaveLength(1);
  await held.core.stop();

  held = testCore({}, { dataDir: folder, service: keychainService });
  await held.core.takeUp();
  expect(await toldBy(held.core)).toContainEqual(
    expect.objectContaining({
      id: again?.id,
      kind: 'count',
      state: 'done',
      earlier: true,
      resumable: false,
      result: { rows: 10 },
      isPausable: true,
    }),
  );
  await held.core.dismiss(again?.id ?? '');
  expect(countsOf()).toEqual([]);
});
