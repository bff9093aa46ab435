import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applied, type Changeable, journalOf, openChangeable, planOf } from '../../doors/changes-testing.ts';
import type { PlanItem } from './plan.ts';

let open: Changeable;
/** Answers in the place of the server; true where it did. What it leaves is passed on to the server. */
let lie: (asked: { method: string; path: string }, response: ServerResponse) => boolean;
let endProxy: () => void;

/** A proxy between the desk and the tenant, as a gateway or a cache is. */
const startProxy = async () => {
  const proxy = createServer(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    if (lie({ method, path: url }, response)) return;
    const { host: _, connection: __, ...headers } = request.headers;
    const answer = await fetch(`${open.server.endpoint}${url}`, {
      method,
      headers: { ...(headers as Record<string, string>), 'accept-encoding': 'identity' },
      ...(parts.length > 0 ? { body: Buffer.concat(parts) } : {}),
    });
    const passed = [...answer.headers].filter(([name]) => !/^(connection|transfer-|keep-)/.test(name));
    response
      .writeHead(answer.status, Object.fromEntries(passed))
      .end(Buffer.from(await answer.arrayBuffer()));
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  endProxy = () => {
    proxy.close();
    proxy.closeAllConnections();
  };
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
};

beforeEach(async () => {
  lie = () => false;
  open = await openChangeable(6);
  const { core } = open.held;
  const [app] = open.server.tokens.apps;
  const { id } = await core.profiles.update(
    open.profile,
    {
      kind: 'oss',
      name: 'Test',
      endpoint: await startProxy(),
      appId: app?.appId ?? '',
      access: 'read-write',
    },
    app?.secret,
    'memory',
  );
  await core.changes.unlock(id);
});
afterEach(async () => {
  endProxy();
  await open.close();
});

const isWrite = ({ method, path }: { method: string; path: string }) =>
  method !== 'GET' && path.startsWith('/api/');
const writes = () => open.server.seen.filter(isWrite);
const at = (id: string) => ({ resource: 'users', id, parent: '', label: '' });
const plainRole = () => String(open.server.tenant.roles.find(({ type }) => type === 'User')?.id);
const holds = (role: string, user: string) => open.server.tenant.usersByRole.get(role)?.has(user) === true;

/** Plans one change, lies to it, and gives its entry. */
const made = async (item: PlanItem, lying: typeof lie) => {
  const { core } = open.held;
  const plan = await core.changes.planItems(open.profile, [item], { title: 'import' });
  lie = lying;
  const job = await applied(core, plan.id);
  lie = () => false;
  const [entry] = await journalOf(core, open.profile);
  return { job, entry: entry ?? expect.fail('nothing is noted') };
};

const named = { 'logto-core-request-id': 'of-the-server' };
const json = { 'content-type': 'application/json' };

test.each<[string, number, Record<string, string>, string]>([
  ['nothing', 200, {}, ''],
  ['a text', 200, { 'content-type': 'text/plain' }, 'Please sign in to the guest network'],
  ['a text with the name of a request', 200, named, 'Please sign in to the guest network'],
  [
    'JSON that is cut off and called a text',
    201,
    { ...named, 'content-type': 'text/plain' },
    '{"roleIds":["a',
  ],
  ['JSON of somebody else', 200, json, '{"status":"ok"}'],
  ['“accepted”, for later', 202, { ...named, ...json }, '{}'],
  ['several statuses', 207, { ...named, ...json }, '{"responses":[{"status":500}]}'],
  ['no content, of somebody else', 204, {}, ''],
])(
  'what a gateway answers in the server’s place makes no change done: %s',
  async (_, status, headers, body) => {
    const [user, role] = [open.user(0), plainRole()];
    open.server.tenant.usersByRole.get(role)?.delete(user.id);
    const item = { operation: 'users.addRoles', target: at(user.id), values: { roleIds: [role] } };
    const { entry } = await made(item, (asked, response) => {
      if (!isWrite(asked)) return false;
      response.writeHead(status, headers).end(body);
      return true;
    });
    expect(holds(role, user.id)).toBe(false);
    expect(entry).toMatchObject({ outcome: 'not-done', error: { code: 'http.unreadable' } });
  },
);

test('a field that is emptied is not empty because an answer has nothing of it', async () => {
  const user = open.user(0);
  const before = 'still_there';
  user.username = before;
  for (const body of ['{}', '[]', 'null', '{"id":"somebody","username":null}']) {
    const item = { operation: 'users.update', target: at(user.id), values: { username: null } };
    const { entry } = await made(item, (asked, response) => {
      if (!isWrite(asked)) return false;
      response.writeHead(200, { ...named, ...json }).end(body);
      return true;
    });
    expect(user.username).toBe(before);
    expect(entry, body).toMatchObject({ outcome: 'not-done' });
  }
});

test('another object’s row in the answer does not make a change done', async () => {
  const [user, other] = [open.user(0), open.user(1)];
  const item = { operation: 'users.update', target: at(user.id), values: { name: 'Renamed' } };
  const { entry } = await made(item, (asked, response) => {
    if (!isWrite(asked)) return false;
    response.writeHead(200, { ...named, ...json }).end(JSON.stringify({ ...other, name: 'Renamed' }));
    return true;
  });
  expect(entry).toMatchObject({ outcome: 'not-done' });
});

test('a value of nobody in the answer is not taken for the server’s own form of what was asked', async () => {
  const user = open.user(0);
  const before = 'Before';
  user.name = before;
  const item = { operation: 'users.update', target: at(user.id), values: { name: 'After' } };
  const { entry } = await made(item, (asked, response) => {
    if (!isWrite(asked)) return false;
    response.writeHead(200, { ...named, ...json }).end(JSON.stringify({ ...user, name: 'A cached one' }));
    return true;
  });
  expect(entry).toMatchObject({ outcome: 'not-done', made: {} });
  expect(user.name).toBe(before);
});

test('an answer of megabytes in the place of a name does not fill the journal', async () => {
  const user = open.user(0);
  const item = { operation: 'users.update', target: at(user.id), values: { name: 'After' } };
  let sent = false;
  open.server.faults.add(
    { kind: 'status', status: 200, body: { ...user, name: 'x'.repeat(3_000_000) }, when: 'after' },
    {
      times: 5,
      on(asked) {
        sent ||= isWrite(asked);
        return sent && asked.path.startsWith(`/api/users/${user.id}`);
      },
    },
  );
  const { entry } = await made(item, () => false);
  expect(user.name).toBe('After');
  expect(JSON.stringify(entry).length).toBeLessThan(10_000);
});

test.each<[string, (victim: { id: string }) => unknown]>([
  ['an ID that climbs', () => ({ id: '..', username: 'fresh' })],
  ['an ID that no address can have', () => JSON.parse('{"id":"\\ud800","username":"fresh"}')],
  ['an ID without end', () => ({ id: 'x'.repeat(100_000), username: 'fresh' })],
  ['no ID', () => ({})],
  ['nothing', () => null],
  ['another user', (victim) => victim],
  ['another user, as one of that name', ({ id }) => ({ id, username: 'other' })],
])('a create that is answered with %s does nothing to anybody else', async (_, bodyOf) => {
  const victim = open.user(1);
  const role = plainRole();
  open.server.tenant.usersByRole.get(role)?.delete(victim.id);
  const item = {
    operation: 'users.create',
    target: at(''),
    values: { username: 'fresh', roleIds: [role] },
  };
  const { core } = open.held;
  const { entry, job } = await made(item, (asked, response) => {
    if (!isWrite(asked) || asked.path !== '/api/users') return false;
    response.writeHead(200, { ...named, ...json }).end(JSON.stringify(bodyOf(victim)));
    return true;
  });
  expect(job.state).toBe('done');
  expect(entry).toMatchObject({ outcome: 'not-done', made: {} });
  expect(writes()).toEqual([]);
  expect(holds(role, victim.id)).toBe(false);
  const undo = await core.changes.undo(open.profile, { entries: [entry.id] });
  expect(undo.counts).toMatchObject({ delete: 0 });
});

test('a look that shows somebody else after an answer that is lost takes nobody for what was made', async () => {
  const { core } = open.held;
  const stranger = { id: 'stranger00000', username: 'somebody_else' };
  let sent = false;
  const item = { operation: 'users.create', target: at(''), values: { username: 'fresh' } };
  const { entry } = await made(item, (asked, response) => {
    const isLook = sent && asked.path.startsWith('/api/users?');
    sent ||= isWrite(asked);
    if (isWrite(asked)) response.destroy();
    // A proxy that drops what was searched for.
    else if (isLook) response.writeHead(200, { ...named, ...json }).end(JSON.stringify([stranger]));
    return isWrite(asked) || isLook;
  });
  expect(entry).toMatchObject({ outcome: 'not-done', made: {} });
  const undo = await core.changes.undo(open.profile, { entries: [entry.id] });
  expect(undo.counts).toMatchObject({ delete: 0 });
});

test('another object’s row in the place of the one that is asked for is not a basis for a change', async () => {
  const [user, other] = [open.user(0), open.user(1)];
  const { core } = open.held;
  const on = { kind: 'ids' as const, ids: [user.id] };
  const showOther: typeof lie = ({ method, path }, response) => {
    if (method !== 'GET' || !path.startsWith(`/api/users/${user.id}`)) return false;
    response.writeHead(200, { ...named, ...json }).end(JSON.stringify(other));
    return true;
  };
  lie = showOther;
  const wrong = await planOf(core, { profile: open.profile, operation: 'users.delete', on });
  lie = () => false;
  expect(wrong.counts).toMatchObject({ refused: 1, delete: 0 });
  const { entry } = await made({ operation: 'users.delete', target: at(user.id), values: {} }, showOther);
  expect(entry).toMatchObject({ outcome: 'not-done', error: { code: 'changes.incomplete' } });
  expect(writes()).toEqual([]);
});

test('a gateway that has lost its way to the server gets nobody into the journal as deleted', async () => {
  const user = open.user(0);
  const lost: typeof lie = (_, response) => {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    return true;
  };
  const item = { operation: 'users.delete', target: at(user.id), values: {} };
  expect((await made(item, lost)).entry).toMatchObject({ outcome: 'not-done' });
  // Once the request is on its way, the look after it does not come either: nobody knows.
  let sent = false;
  const after: typeof lie = (asked, response) => {
    sent ||= isWrite(asked);
    return sent && lost(asked, response);
  };
  expect((await made(item, after)).entry).toMatchObject({ outcome: 'unknown' });
  expect(open.server.tenant.users).toContain(user);
});

test('a password that a gateway answers for, after or before the server had it, is not called unset', async () => {
  const user = open.user(0);
  const { core } = open.held;
  const password = core.changes.keepSecret('Correct-Horse-9!');
  const item = { operation: 'users.setPassword', target: at(user.id), values: { password } };
  const { entry } = await made(item, (asked, response) => {
    if (!isWrite(asked)) return false;
    response.writeHead(403, { 'content-type': 'text/html' }).end('<html><title>Blocked</title></html>');
    return true;
  });
  expect(entry).toMatchObject({ outcome: 'unknown', error: { code: 'http.unreadable' } });
});

test('what changes are held against is asked of no cache', async () => {
  const { core } = open.held;
  const item = { operation: 'users.update', target: at(open.user(0).id), values: { name: 'Fresh' } };
  const from = open.server.seen.length;
  await core.changes.planItems(open.profile, [item], { title: 'import' });
  const reads = open.server.seen.slice(from).filter(({ path }) => path.startsWith('/api/users/'));
  expect(reads.map(({ headers }) => headers['cache-control'])).toEqual(reads.map(() => 'no-cache'));
  expect(reads).not.toEqual([]);
});
