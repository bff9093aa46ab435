import { afterEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { isComplete } from '../../shared/complete.ts';
import type { Query } from '../../shared/query.ts';
import { type Row, rowIdOf } from '../../shared/row.ts';
import { lineOf } from '../../shared/search/line.ts';
import { emptySearch } from '../../shared/search/terms.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { belowSource } from '../export/below.ts';
import { harvest } from './harvest.ts';
import type { HarvestReport } from './report.ts';
import { type Source, serverSource } from './source.ts';
import type { HarvestState, Resumed } from './state.ts';

let server: Simulator;
let held: TestCore;
let profile: string;

const open = async (users: number) => {
  server = await startSimulator({ users, logs: 1, tied: [0, 0] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
};
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const users = (filters: Query['filters'] = {}): Query => ({ profile, resource: 'users', filters });

/** Ids and report of a harvest; it ends early, with where it was, when `stop` says so after a batch. */
const read = async (
  query: Query,
  {
    resumed,
    stop = () => false,
    complete = true,
  }: { resumed?: Resumed; stop?: (rows: number) => boolean; complete?: boolean } = {},
) => {
  const session = await held.core.sessionOf(profile);
  const { signal } = new AbortController();
  const rows = harvest({
    session,
    query,
    clock: Date.now,
    signal,
    complete,
    ...(resumed ? { resumed } : {}),
  });
  const ids: string[] = [];
  for (let step = await rows.next(); ; step = await rows.next()) {
    if (step.done) return { ids, report: step.value as HarvestReport | null, state: null };
    ids.push(...step.value.rows.map((row) => rowIdOf({ rowId: 'id' }, row)));
    if (!stop(ids.length)) continue;
    const left = structuredClone(step.value.checkpoint());
    await rows.return(step.value as never);
    return { ids, report: null, state: left };
  }
};

/** One page of the server's users, where the row at `hidden` is kept back and the one at `instead` comes twice. */
const hide = (page: number, hidden: number, instead: number, times = 1) => {
  const all = server.tenant.users;
  const rows: Row[] = all.slice((page - 1) * 100, page * 100);
  rows[hidden - (page - 1) * 100] = all[instead] as Row;
  server.faults.add(
    { kind: 'status', status: 200, headers: { 'total-number': String(all.length) }, body: rows },
    {
      times,
      on: ({ path, query }) =>
        path === '/api/users' && query.get('page') === String(page) && query.get('page_size') === '100',
    },
  );
};

const everybody = () => server.tenant.users.map(({ id }) => id).sort();

test.each([true, false])(
  'short pages in the middle of a list of a known length do not end it; what lacks is looked for: %s',
  async (complete) => {
    await open(3_000);
    const { users: all } = server.tenant;
    // One alone would be outvoted by the pages that are under way beside it.
    for (let page = 3; page <= 30; page += 1)
      server.faults.add(
        {
          kind: 'status',
          status: 200,
          headers: { 'total-number': '3000' },
          body: all.slice((page - 1) * 100, page * 100 - 1),
        },
        { on: ({ query }) => query.get('page') === String(page) && query.get('page_size') === '100' },
      );
    const { ids, report } = await read(users(), { complete });
    const asked = server.seen.filter(({ query }) => query.get('page_size') === '100');
    expect(asked.some(({ query }) => query.get('page') === '30')).toBe(true);
    const found = complete ? 28 : 0;
    expect(new Set(ids).size).toBe(2_972 + found);
    expect(report).toMatchObject({ rows: 2_972 + found, missing: 28 - found, mended: found });
  },
);

test('rows of one moment that hide where a harvest broke off are looked for there', async () => {
  await open(1_000);
  const { users: all } = server.tenant;
  // Two imports; between the pages of the second nothing hides.
  for (const start of [295, 695])
    for (let at = start; at < start + 10; at += 1) (all[at] as Row).createdAt = all[start]?.createdAt;
  // Searched by an expression, users are not asked for by the start of their ids.
  const line = lineOf({ ...emptySearch, terms: [{ field: 'id', mode: 'regex', values: ['.'] }] });
  const query = users({ search: [line] });
  // Also of what the first run had asked for when it broke off.
  hide(4, 300, 299, 99);
  const first = await read(query, { stop: (rows) => rows >= 300 });
  expect(first.state).toMatchObject({ first: { next: 3 } });
  const rest = await read(query, {
    resumed: { state: first.state as HarvestState, ids: first.ids },
  });
  expect([...first.ids, ...rest.ids].sort()).toEqual(everybody());
  expect(rest.report).toMatchObject({ rows: 1_000, missing: 0, mended: 1 });
  // Only around the two imports.
  expect(server.seen.filter(({ query: asked }) => asked.get('page_size') !== '100').length).toBeLessThan(10);
});

test('more new rows than a page leave unknown how many came and went', async () => {
  await open(2_050);
  const gone = server.tenant.users.slice(10, 13).map(({ id }) => id);
  const before = everybody();
  let done = false;
  const { ids, report } = await read(users(), {
    stop: (rows) => {
      if (rows < 1_000 || done) return false;
      done = true;
      for (const id of gone) server.tenant.removeUser(id);
      for (let n = 1; n <= 150; n += 1) server.tenant.insertUser(Date.now() + n);
      return false;
    },
  });
  const met = new Set(ids);
  expect(before.filter((id) => !met.has(id))).toEqual([]);
  expect(report).toMatchObject({ added: null, removed: null, missing: 0, unproven: 0 });
});

test('a row that came while a list was read backwards does not stand in for one that is kept back', async () => {
  await open(1_950);
  const hidden = server.tenant.users[310]?.id ?? '';
  hide(4, 310, 311);
  let firstPages = 0;
  server.onRequest = ({ path, query }) => {
    if (path !== '/api/users') return;
    if (query.get('page') === '1' && query.get('page_size') === '100') firstPages += 1;
    // The oldest goes while the first pass reads: it proves nothing.
    if (query.get('page') === '10' && firstPages === 1)
      server.tenant.removeUser(server.tenant.users.at(-1)?.id ?? '');
    // The second pass, backwards, has asked for the list's length, and for no other page yet.
    if (firstPages === 3 && query.get('page') !== '1') {
      firstPages += 1;
      server.tenant.insertUser(Date.now());
      hide(4, 311, 312);
    }
  };
  const { ids, report } = await read(users());
  expect(server.tenant.users[311]?.id).toBe(hidden);
  expect(ids).toContain(hidden);
  expect(report).toMatchObject({ missing: 0, added: 1, removed: 1 });
  expect(report?.mended).toBeGreaterThan(0);
});

test('a list that never rests: no more rows lack than the report says', async () => {
  await open(3_000);
  server.onRequest = ({ path }) => {
    const last = server.tenant.users.at(-1);
    // Of the youngest, so that others slip into pages that were read.
    const [, , second] = server.tenant.users;
    if (path === '/api/users' && last) server.tenant.removeUser(second?.id ?? '');
  };
  const { ids, report } = await read(users());
  const met = new Set(ids);
  const lost = everybody().filter((id) => !met.has(id)).length;
  expect(report?.unproven).toBeGreaterThanOrEqual(Math.max(1, lost));
  // One a request, and a pass is some thirty of them.
  expect(report?.unproven).toBeLessThanOrEqual(40);
  expect(report && isComplete(report)).toBe(false);
});

test.each([{ missing: 2 }, { unproven: 2 }, { unreadable: 2 }, { uncounted: 1 }])(
  'what is nested under rows that did not come is not proved, either: %j',
  async (lack) => {
    await open(50);
    const server = serverSource(await held.core.sessionOf(profile), Date.now);
    const lacking: Source = {
      profile: server.profile,
      async *read(options) {
        const report = yield* server.read(options);
        return options.query.parent ? report : { ...report, ...lack };
      },
    };
    const rows = belowSource(lacking, 'role-users', Date.now).read({
      query: { profile, resource: 'roles', filters: {} },
      signal: new AbortController().signal,
    });
    let step = await rows.next();
    while (!step.done) step = await rows.next();
    const isCounted = !('uncounted' in lack);
    expect(step.value).toMatchObject({
      missing: 0,
      unproven: isCounted ? 2 : 0,
      uncounted: isCounted ? 0 : 1,
      lacks: [{ kind: isCounted ? 'unproven' : 'uncounted' }],
    });
    expect(isComplete(step.value)).toBe(false);
  },
);
