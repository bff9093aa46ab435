import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import type { Query } from '../../shared/query.ts';
import { unreadableOf } from '../../shared/row.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import type { UserRow } from '../../simulator/user-data.ts';
import { harvest } from '../harvest/harvest.ts';
import { countRows, listPage, listRows } from './listing.ts';

let server: Simulator;
let held: TestCore;
let profile = '';

beforeAll(async () => {
  // Many users of one moment, whom pages alone would lose.
  server = await startSimulator({ users: 2_000, logs: 1, tied: [100, 900] });
  held = testCore();
  profile = (await addSimulator(held.core, server)).id;
});
afterAll(async () => {
  await held[Symbol.asyncDispose]();
  await server.stop();
});

const users = (search: string): Query => ({ profile, resource: 'users', filters: { search: [search] } });
const withEmail = () => server.tenant.users.filter(({ primaryEmail }) => primaryEmail !== null);
const some = (count: number): UserRow[] => withEmail().slice(0, count);
const lineOfEmails = (asked: readonly UserRow[], others: readonly string[] = []) =>
  `email:=${[...asked.map(({ primaryEmail }) => primaryEmail), ...others].map((one) => `"${one}"`).join(',')}`;
const longestAddress = (since: number) =>
  Math.max(...server.seen.slice(since).map(({ path, query }) => `${path}?${query}`.length));

test('1,000 addresses in one line are asked in parts, each row once, in order, with the right total', async () => {
  const asked = some(1_000);
  const line = lineOfEmails([...asked].reverse(), [
    'nobody@nowhere.test',
    String(asked[5]?.primaryEmail).toUpperCase(),
  ]);
  expect(encodeURIComponent(line).length).toBeGreaterThan(16_384);
  const since = server.seen.length;
  const session = await held.core.sessionOf(profile);
  const pages = [];
  for (let index = 0; index < 11; index += 1)
    pages.push(await listPage(session, { query: users(line), index }, Date.now));
  expect(pages.map(({ total }) => total)).toEqual(Array(11).fill(1_000));
  const rows = pages.flatMap((page) => page.rows);
  expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(asked.map(({ id }) => id)));
  expect(rows).toHaveLength(1_000);
  const times = rows.map(({ createdAt }) => Number(createdAt));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(longestAddress(since)).toBeLessThan(8_000);
  expect(await countRows(session, users(line), undefined, Date.now)).toBe(1_000);
});

test('parts that find the same user find them once, and an export of them is complete', async () => {
  const asked = some(300);
  const line = `${lineOfEmails(asked)} or username:~"${'a'}" case-sensitive`;
  const expected = server.tenant.users.filter((user) => asked.includes(user) || user.username?.includes('a'));
  const reading = harvest({
    session: await held.core.sessionOf(profile),
    query: users(line),
    clock: Date.now,
    signal: new AbortController().signal,
  });
  const ids: string[] = [];
  let step = await reading.next();
  for (; !step.done; step = await reading.next()) ids.push(...step.value.rows.map(({ id }) => String(id)));
  expect(ids.sort()).toEqual(expected.map(({ id }) => id).sort());
  expect(step.value).toMatchObject({ missing: 0, unproven: 0, rows: expected.length });
});

test('a pasted list says who was found, who was not, who twice, and who is several', async () => {
  const [one, two, three, four] = withEmail().filter(
    ({ username, primaryPhone }) => username && primaryPhone,
  );
  if (!one || !two || !three || !four) throw new Error('four users are needed');
  Object.assign(one, { primaryPhone: '821055550001' });
  Object.assign(two, { primaryPhone: '491055550001' });
  const text = [
    String(one.primaryEmail).toUpperCase(),
    one.primaryEmail,
    'nobody@nowhere.test',
    '+82 10-5555-0001',
    '010-5555-0001',
    three.username,
    four.id,
    'Kim Minjun',
  ].join('\n');
  const found = await held.core.pages.find(profile, text, { mirrored: false });
  const idsOf = Object.fromEntries(found.entries.map((entry) => [entry.line, entry.ids.sort()]));
  expect(idsOf).toEqual({
    1: [one.id],
    3: [],
    4: [one.id],
    5: [one.id, two.id].sort(),
    6: [three.id],
    7: [four.id],
    8: [],
  });
  expect(found.repeated).toEqual([{ text: one.primaryEmail, line: 2, first: 1 }]);
  expect(Object.keys(found.labels).sort()).toEqual([one.id, two.id, three.id, four.id].sort());
  const { rows, total } = await listRows(
    await held.core.sessionOf(profile),
    { query: found.query ?? users(''), page: 1, size: 100 },
    Date.now,
  );
  expect(total).toBe(4);
  expect(rows.map(({ id }) => id).sort()).toEqual([one.id, two.id, three.id, four.id].sort());
});

test('a user that the server fails on leaves the others of a long list', async () => {
  const asked = some(250);
  const [, failing] = asked;
  const name = failing?.name;
  Object.assign(failing ?? {}, { name: '😀'.repeat(65) });
  const { rows, total } = await held.core.pages.page({ query: users(lineOfEmails(asked)), index: 0 }, {});
  Object.assign(failing ?? {}, { name });
  expect(total).toBe(250);
  expect(rows.filter(unreadableOf)).toHaveLength(1);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(100);
});

test('a list is looked up in a copy, too, however long it is', async () => {
  const job = await held.core.startJob('copy', {
    profile,
    resources: ['users'],
    below: false,
    belowUsers: false,
  });
  await held.core.jobs.ended(job.id);
  const since = server.seen.length;
  const asked = some(1_000);
  const called = server.tenant.users.find(({ primaryPhone }) => primaryPhone?.startsWith('8210'));
  const text = [
    ...asked.map(({ primaryEmail }) => String(primaryEmail).toUpperCase()),
    `0${called?.primaryPhone?.slice(2, 4)}-${called?.primaryPhone?.slice(4)}`,
    'nobody@nowhere.test',
  ].join(';');
  const found = await held.core.pages.find(profile, text, { mirrored: true });
  expect(server.seen.length).toBe(since);
  expect(found.mirror).toMatchObject({ whole: true });
  expect(found.entries.filter(({ ids }) => ids.length === 0).map((entry) => entry.text)).toEqual([
    'nobody@nowhere.test',
  ]);
  const ids = new Set([...asked, called].map((user) => user?.id));
  expect(new Set(Object.keys(found.labels))).toEqual(ids);
  const view = await held.core.pages.fromMirror({ query: found.query ?? users(''), index: 0 });
  expect(view.total).toBe(ids.size);
});

test('a list with nobody in it has no view, and one with nothing in it is refused', async () => {
  expect((await held.core.pages.find(profile, 'nobody@nowhere.test', { mirrored: false })).query).toBeNull();
  expect((await held.core.pages.find(profile, 'Kim Minjun', { mirrored: false })).entries[0]?.ids).toEqual(
    [],
  );
  await expect(held.core.pages.find(profile, ' ,;\n', { mirrored: false })).rejects.toMatchObject({
    code: 'query.invalid',
  });
});

test('text typed apart from its marks finds what is stored together, and the other way', async () => {
  const [user] = server.tenant.users;
  const [role] = server.tenant.roles;
  const session = await held.core.sessionOf(profile);
  const total = async (resource: string, keyword: string) =>
    (
      await listPage(
        session,
        { query: { profile, resource, filters: { keyword: [keyword] } }, index: 0 },
        Date.now,
      )
    ).total;
  for (const stored of ['NFC', 'NFD'])
    for (const typed of ['NFC', 'NFD']) {
      Object.assign(user ?? {}, { name: '김민준쌍'.normalize(stored) });
      Object.assign(role ?? {}, { name: 'Rôle spécial'.normalize(stored) });
      expect(await total('users', '민준쌍'.normalize(typed))).toBe(1);
      expect(await total('roles', 'spécial'.normalize(typed))).toBe(1);
      const query: Query = { profile, resource: 'roles', filters: { keyword: ['spécial'.normalize(typed)] } };
      expect(await countRows(session, query, undefined, Date.now)).toBe(1);
    }
});

test('a phone in any writing finds the user, by keyword and by line', async () => {
  const [user] = server.tenant.users;
  Object.assign(user ?? {}, { primaryPhone: '821099990000' });
  const session = await held.core.sessionOf(profile);
  for (const typed of ['+82 10-9999-0000', '010-9999-0000', '+821099990000', '821099990000'])
    for (const filters of [
      { keyword: [typed] },
      { search: [`phone:="${typed}"`] },
      { search: [`phone:~"${typed}"`] },
    ] as Query['filters'][]) {
      const { rows } = await listPage(
        session,
        { query: { profile, resource: 'users', filters }, index: 0 },
        Date.now,
      );
      expect(rows.map(({ id }) => id)).toEqual([user?.id]);
    }
});

test('a member of an organization is found by a phone in any writing', async () => {
  const [[organization = '', members = new Set<string>()] = []] = [...server.tenant.usersByOrganization];
  const user = server.tenant.users.find(({ id }) => members.has(id));
  Object.assign(user ?? {}, { primaryPhone: '821099990001' });
  const session = await held.core.sessionOf(profile);
  for (const typed of ['+82 10-9999-0001', '010-9999-0001', '821099990001']) {
    const query: Query = {
      profile,
      resource: 'organization-users',
      parent: organization,
      filters: { keyword: [typed] },
    };
    const { rows } = await listPage(session, { query, index: 0 }, Date.now);
    expect(rows.map(({ id }) => id)).toEqual([user?.id]);
  }
});

test('of a list, whom the server fails on is not one who is not there; all others are told', async () => {
  await using failing = await startSimulator({ users: 500, logs: 1, tied: [0, 500], longNames: [5, 60] });
  await using own = testCore();
  const { id } = await addSimulator(own.core, failing);
  const asked = failing.tenant.users.slice(0, 90).map((user) => user.id);
  const list = [...asked, 'nobodyatall1', 'nobodyatall2'].join('\n');
  const { entries } = await own.core.pages.find(id, list, { mirrored: false });
  const texts = (of: typeof entries) => of.map(({ text }) => text);
  expect(texts(entries.filter(({ unread }) => unread))).toEqual([asked[5], asked[60]]);
  expect(texts(entries.filter(({ ids, unread }) => ids.length === 0 && !unread))).toEqual([
    'nobodyatall1',
    'nobodyatall2',
  ]);
});
