import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MirrorStore } from '../src/core/mirror/store.ts';
import type { Condition } from '../src/shared/local.ts';
import type { Query } from '../src/shared/query.ts';
import { LogData } from '../src/simulator/log-data.ts';
import { idText } from '../src/simulator/random.ts';
import { printTable, quantile } from './table.ts';

const batch = 500;
const runs = 5;

/** Made-up audit logs, the newest first. */
export const logsOf = (count: number) =>
  new LogData({
    count,
    seed: 7,
    anchor: Date.UTC(2026, 10, 20),
    users: 20_000,
    userIds: (index) => idText(12, 8, index),
    apps: ['a', 'b', 'c'],
    machines: ['m'],
  });

/** Time of the processor, ms: the same beside other programs as alone. */
const busy = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};

/** What work takes: of the processor, and by the clock, ms. */
const once = (work: () => unknown): { took: number; busy: number } => {
  const [from, before] = [performance.now(), busy()];
  work();
  return { took: performance.now() - from, busy: busy() - before };
};
type Time = ReturnType<typeof once>;

type Line = { asked: string; 'busy, ms': string; 'median, ms': string; 'slowest, ms': string };

const lineOf = (asked: string, times: readonly Time[]): Line => {
  const took = times.map((time) => time.took);
  return {
    asked,
    'busy, ms': quantile(
      times.map((time) => time.busy),
      0.5,
    ).toFixed(1),
    'median, ms': quantile(took, 0.5).toFixed(1),
    'slowest, ms': Math.max(...took).toFixed(1),
  };
};

const all: Query = { profile: 'bench', resource: 'logs', filters: {} };

const conditions: [name: string, condition: Condition][] = [
  ['filter: result is Error', { column: 'payload.result', mode: 'is', value: 'Error' }],
  ['filter: event contains password', { column: 'key', mode: 'contains', value: 'password' }],
  ['filter: address in a network', { column: 'payload.ip', mode: 'network', value: '203.0.0.0/20' }],
  ['filter: agent contains firefox', { column: 'payload.userAgent', mode: 'contains', value: 'firefox' }],
  ['filter: session contains ab', { column: 'payload.sessionId', mode: 'contains', value: 'ab' }],
  ['filter: ID less than m', { column: 'id', mode: 'less', value: 'm' }],
  ['filter: user is filled', { column: 'payload.userId', mode: 'filled', value: '' }],
];

const sorted = [
  'payload.result',
  'key',
  'payload.ip',
  'payload.userId',
  'payload.sessionId',
  'id',
  'createdAt',
];

/**
 * How fast a copy of `count` audit logs is filled and answers, and how much of the disk it takes. Each question is asked of
 * a copy that was opened for it, so that nothing is remembered of it, a few times over.
 */
export const measureCopy = (count: number): void => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-bench-mirror-'));
  const path = join(folder, 'copy.sqlite');
  const opened = () => new MirrorStore(path, { endpoint: 'bench', tenant: '' }, 0);
  const data = logsOf(count);
  const filling = opened();
  const startedAt = filling.begin('logs', '', 1, null);
  const filled = { took: 0, busy: 0 };
  for (let at = 0; at < count; at += batch) {
    const rows = Array.from({ length: Math.min(batch, count - at) }, (_, n) => data.row(at + n));
    const { took, busy: worked } = once(() => filling.putCopied('logs', '', rows, startedAt, null));
    filled.took += took;
    filled.busy += worked;
  }
  filling.finish('logs', '', { startedAt, at: 2, since: null, marksGone: true });
  filling.close();
  const lines: Line[] = [];
  const ask = (
    asked: string,
    work: (store: MirrorStore) => unknown,
    then?: (store: MirrorStore) => unknown,
  ) => {
    const first: Time[] = [];
    const later: Time[] = [];
    for (let run = 0; run < runs; run += 1) {
      const store = opened();
      first.push(once(() => work(store)));
      if (then) later.push(once(() => then(store)));
      store.close();
    }
    lines.push(lineOf(asked, first));
    if (then) lines.push(lineOf(`${asked}, a later page`, later));
  };
  ask('what is kept of its lists', (store) => [store.lists(), store.below()]);
  const page = (query: Query, offset: number) => (store: MirrorStore) => store.page(query, offset, 100, 0);
  ask('first page', page(all, 0), page(all, Math.floor(count * 0.7)));
  ask('text search: an ID', (store) => store.search(idText(21, 34, Math.floor(count / 2)), 20));
  ask('text search: password firefox', (store) => store.search('password firefox', 20));
  ask('text search: nothing has it', (store) => store.search('passwords firefoxes', 20));
  for (const [name, condition] of conditions)
    ask(name, page({ ...all, where: [condition] }, 0), page({ ...all, where: [condition] }, 500));
  for (const column of sorted)
    ask(
      `sort: ${column}`,
      page({ ...all, sort: { column, descending: false } }, 0),
      page({ ...all, sort: { column, descending: false } }, Math.floor(count * 0.7)),
    );
  const [, [, containing] = []] = conditions;
  ask(
    'filter and sort',
    page(
      { ...all, where: containing ? [containing] : [], sort: { column: 'payload.ip', descending: true } },
      0,
    ),
  );
  for (const column of ['payload.result', 'key', 'payload.ip', 'payload.userId'])
    ask(`count: ${column}`, (store) => store.counts(all, { column, bucket: null }, 1_000, 0));
  for (const bucket of ['hour', 'day', 'month'] as const)
    ask(`histogram: ${bucket}`, (store) =>
      store.counts(all, { column: 'createdAt', bucket, zone: 'Europe/Berlin' }, 1_000, 0),
    );
  const { size } = opened();
  printTable(`The copy, of ${count.toLocaleString('en')} audit logs, filled at once`, [
    { '': 'filled, rows/s', is: Math.round(count / (filled.took / 1_000)) },
    { '': 'filled, rows/s of the processor', is: Math.round(count / (filled.busy / 1_000)) },
    { '': 'bytes a row', is: Math.round(size / count) },
  ]);
  printTable(`Asked of it, ${runs} times each`, lines);
  rmSync(folder, { recursive: true, force: true });
};
