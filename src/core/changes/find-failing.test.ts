import { afterEach, expect, test } from 'vitest';
import { type Changeable, openChangeable } from '../../doors/changes-testing.ts';
import type { Simulator } from '../../simulator/server.ts';
import { findFailing } from './find-failing.ts';

const opened: Changeable[] = [];
afterEach(async () => {
  for (const { close } of opened.splice(0)) await close();
});

const open = async (users: number, longNames: number[], tied: [number, number] = [0, 0]) => {
  const all = await openChangeable(users, { tenant: { longNames, tied } });
  opened.push(all);
  return { server: all.server, session: await all.held.core.sessionOf(all.profile) };
};

/** Times beside a user in the list, as a row that cannot be read has them. */
const beside = ({ tenant }: Simulator, place: number) => ({
  before: tenant.users[place - 1]?.createdAt ?? null,
  after: tenant.users[place + 1]?.createdAt ?? null,
});

test('a user whom the server fails on is found among thousands by about a hundred searches, which write nothing', async () => {
  const { server, session } = await open(3_000, [1_777]);
  const before = server.seen.length;
  const { id, asked } = await findFailing(session, beside(server, 1_777));
  expect(id).toBe(server.tenant.users[1_777]?.id);
  expect(asked).toBeLessThan(130);
  const seen = server.seen.slice(before).filter(({ path }) => path.startsWith('/api/'));
  expect(seen.length).toBe(asked + 1);
  expect(seen.every(({ method }) => method === 'GET')).toBe(true);
});

test('of users made at the same moment every page is asked', async () => {
  const { server, session } = await open(450, [230], [100, 300]);
  expect((await findFailing(session, beside(server, 230))).id).toBe(server.tenant.users[230]?.id);
});

test('of several the one beside which the times are is found first, and then the others', async () => {
  const { server, session } = await open(400, [3, 350]);
  const first = await findFailing(session, beside(server, 350));
  expect([3, 350].map((at) => server.tenant.users[at]?.id)).toContain(first.id);
  const found = server.tenant.users.find(({ id }) => id === first.id);
  if (found) found.name = 'Cured';
  const rest = [3, 350].find((at) => server.tenant.users[at]?.id !== first.id) ?? 0;
  expect((await findFailing(session, beside(server, rest))).id).toBe(server.tenant.users[rest]?.id);
});

test('an imported ID of other letters and length is found, too', async () => {
  const { server, session } = await open(60, [10]);
  const user = server.tenant.users[10] ?? expect.fail('no user');
  user.id = 'Legacy-User_07';
  server.tenant.version += 1;
  expect((await findFailing(session, beside(server, 10))).id).toBe('Legacy-User_07');
});

test('where the server fails on none, or on all, that is said; a cancel ends it', async () => {
  const { server, session } = await open(60, []);
  await expect(findFailing(session, { before: null, after: null })).rejects.toMatchObject({
    code: 'changes.unfound',
  });
  server.faults.add({ kind: 'status', status: 500 }, { on: '/api/users', times: 1_000 });
  await expect(findFailing(session, { before: null, after: null })).rejects.toMatchObject({
    code: 'changes.unfound',
  });
  server.faults.clear();
  const stop = new AbortController();
  const onAsk = (count: number) => {
    if (count === 2) stop.abort();
  };
  const canceled = findFailing(session, { before: null, after: null }, { signal: stop.signal, onAsk });
  await expect(canceled).rejects.toMatchObject({ code: 'cancelled' });
});
