import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../../doors/testing';
import { type Simulator, startSimulator } from '../../simulator/server';
import { pageInNode } from '../page-in-node';
import type * as Names from './names';

let held: TestCore;
let servers: Simulator[] = [];
let names: typeof Names;

beforeAll(async () => {
  pageInNode(() => held.core);
  names = await import('./names');
}, 60_000);
afterEach(async () => {
  vi.useRealTimers();
  names.forgetNames();
  await held[Symbol.asyncDispose]();
  for (const server of servers) await server.stop();
  servers = [];
});

/** A tenant with one user whose id is the same everywhere. */
const addTenant = async (name: string) => {
  const server = await startSimulator({ users: 5, logs: 5, tied: [0, 0] });
  servers.push(server);
  server.tenant.insertUser(Date.now(), { id: 'same-id-here', name: `Kim of ${name}` });
  return (await addSimulator(held.core, server, name)).id;
};
const asked = () =>
  servers.flatMap(({ seen }) => seen).filter(({ path }) => path.startsWith('/api/users')).length;

test('what is opened shortly one after another has its names at once; who scrolls on waits for more of them', async () => {
  held = testCore();
  const one = await addTenant('One');
  const ids = ['first-id-here', 'other-id-here', 'third-id-here', 'fourth-id-her'];
  for (const id of ids) servers[0]?.tenant.insertUser(Date.now(), { id, name: `Kim ${id}` });
  // However long the answers take: what was asked for was asked for in one moment.
  vi.useFakeTimers({ toFake: ['Date'] });
  const timers = vi.spyOn(globalThis, 'setTimeout');
  /** How long the request for an id is put off, ms. */
  const putOff = (id: string) => {
    timers.mockClear();
    names.nameOf(one, 'users', id);
    return Number(timers.mock.calls[0]?.[1]);
  };
  for (const id of ids.slice(0, 3)) {
    expect(putOff(id)).toBeLessThan(100);
    await expect.poll(() => names.nameOf(one, 'users', id)).toBe(`Kim ${id}`);
  }
  expect(putOff('fourth-id-her')).toBeGreaterThan(100);
  await expect.poll(() => names.nameOf(one, 'users', 'fourth-id-her')).toBe('Kim fourth-id-her');
  expect(asked()).toBe(4);
  timers.mockRestore();
});

test('an id has the name that its own tenant gives it', async () => {
  held = testCore();
  const [one, two] = [await addTenant('One'), await addTenant('Two')];
  expect(names.nameOf(one, 'users', 'same-id-here')).toBeNull();
  await expect.poll(() => names.nameOf(one, 'users', 'same-id-here')).toBe('Kim of One');
  expect(names.nameOf(two, 'users', 'same-id-here')).toBeNull();
  await expect.poll(() => names.nameOf(two, 'users', 'same-id-here')).toBe('Kim of Two');
  expect(names.nameOf(one, 'users', 'same-id-here')).toBe('Kim of One');
});

test('a name is asked for once; one that nobody has is not asked for again', async () => {
  held = testCore();
  const one = await addTenant('One');
  names.nameOf(one, 'users', 'same-id-here');
  names.nameOf(one, 'users', 'nobody-at-all');
  await expect.poll(() => names.nameOf(one, 'users', 'same-id-here')).toBe('Kim of One');
  const before = asked();
  for (let time = 0; time < 3; time += 1) names.nameOf(one, 'users', 'nobody-at-all');
  await new Promise((done) => setTimeout(done, 100));
  expect(names.nameOf(one, 'users', 'nobody-at-all')).toBeNull();
  expect(asked()).toBe(before);
});

test('names are forgotten with the lock, and asked for anew', async () => {
  held = testCore();
  const one = await addTenant('One');
  names.nameOf(one, 'users', 'same-id-here');
  await expect.poll(() => names.nameOf(one, 'users', 'same-id-here')).toBe('Kim of One');
  const [kim] = servers[0]?.tenant.users ?? [];
  if (kim) kim.name = 'Kim, renamed';
  held.core.lock.close();
  names.forgetNames();
  held.core.lock.open();
  expect(names.nameOf(one, 'users', 'same-id-here')).toBeNull();
  await expect.poll(() => names.nameOf(one, 'users', 'same-id-here')).toBe('Kim, renamed');
});

test('names of a tenant that moved are forgotten with where it was, and no other ones', async () => {
  held = testCore();
  const [one, two] = [await addTenant('One'), await addTenant('Two')];
  for (const id of [one, two]) names.nameOf(id, 'users', 'same-id-here');
  await expect.poll(() => names.nameOf(one, 'users', 'same-id-here')).toBe('Kim of One');
  await expect.poll(() => names.nameOf(two, 'users', 'same-id-here')).toBe('Kim of Two');
  const { tenantChanged } = await import('./forget');
  await tenantChanged(one);
  expect(names.nameOf(one, 'users', 'same-id-here')).toBeNull();
  expect(names.nameOf(two, 'users', 'same-id-here')).toBe('Kim of Two');
});

test('ids that one request is too small for wait, and go along with what is opened meanwhile', async () => {
  held = testCore();
  const one = await addTenant('One');
  for (let n = 0; n < 101; n += 1) names.nameOf(one, 'users', `nobody-${n}`);
  await expect.poll(asked).toBe(1);
  const timers = vi.spyOn(globalThis, 'setTimeout');
  names.nameOf(one, 'users', 'same-id-here');
  expect(Number(timers.mock.calls[0]?.[1])).toBeLessThan(100);
  timers.mockRestore();
  await expect.poll(() => names.nameOf(one, 'users', 'same-id-here')).toBe('Kim of One');
  const [, second] = servers[0]?.seen.filter(({ path }) => path.startsWith('/api/users')) ?? [];
  expect(second?.query.getAll('search.id')).toHaveLength(2);
});

test('names of one tenant are told while another one does not answer', async () => {
  held = testCore();
  const [one, two] = [await addTenant('One'), await addTenant('Two')];
  servers[1]?.faults.add({ kind: 'latency', ms: 60_000 }, { on: '/api/users', times: 5 });
  const told = vi.fn();
  const stop = names.onNames(told);
  for (const id of [one, two]) names.nameOf(id, 'users', 'same-id-here');
  await expect.poll(() => told.mock.calls.length).toBe(1);
  stop();
  expect(names.nameOf(one, 'users', 'same-id-here')).toBe('Kim of One');
  expect(names.nameOf(two, 'users', 'same-id-here')).toBeNull();
});

test('a name that was under way when all were forgotten is not known afterwards', async () => {
  held = testCore();
  const one = await addTenant('One');
  servers[0]?.faults.add({ kind: 'latency', ms: 150 }, { on: '/api/users', times: 5 });
  names.nameOf(one, 'users', 'same-id-here');
  await expect.poll(asked).toBeGreaterThan(0);
  names.forgetNames();
  // Asked for afterwards, it is answered afterwards.
  servers[0]?.tenant.insertUser(Date.now(), { id: 'another-id', name: 'Lee' });
  await expect.poll(() => names.nameOf(one, 'users', 'another-id')).toBe('Lee');
  expect(names.nameOf(one, 'users', 'same-id-here')).toBeNull();
});

// The last one: the clock that it puts forward is the page's own.
test('a name that a failing server did not give is asked for again a moment later', async () => {
  held = testCore({ retry: { tries: 1, baseMs: 1, longestMs: 1 } });
  const one = await addTenant('One');
  servers[0]?.faults.add({ kind: 'status', status: 500 }, { on: '/api/users', times: 1_000 });
  let told = 0;
  const stop = names.onNames(() => {
    told += 1;
  });
  names.nameOf(one, 'users', 'same-id-here');
  await expect.poll(() => told, { timeout: 10_000 }).toBe(1);
  stop();
  servers[0]?.faults.clear();
  const before = asked();
  expect(names.nameOf(one, 'users', 'same-id-here')).toBeNull();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 21_000 });
  expect(names.nameOf(one, 'users', 'same-id-here')).toBeNull();
  await expect.poll(() => names.nameOf(one, 'users', 'same-id-here')).toBe('Kim of One');
  expect(asked()).toBe(before + 1);
});
