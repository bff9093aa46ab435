import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { nodeFetch } from '../../doors/node-fetch.ts';
import { profileOf } from '../../shared/profile.ts';
import { sender } from './send.ts';
import { openSession, type Session } from './session.ts';

/** Each gives a write something that no server of Logto does; asked is by raw sockets, as no library would answer so. */
let answer: (socket: Socket) => void;
/** Writes that came, by the line that asks. */
let writes: string[];
let elsewhere: string[];
const sockets = new Set<Socket>();

const token = JSON.stringify({ access_token: 'hostile.token', expires_in: 3600, scope: 'all' });
const headed = (head: string, body = '') =>
  `HTTP/1.1 ${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

const listening = (hear: (line: string, socket: Socket) => void) =>
  createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => hear(data.toString('latin1').split('\r\n')[0] ?? '', socket));
  });
const server = listening((line, socket) => {
  if (line.includes('/oidc/token'))
    return socket.write(headed('200 OK\r\ncontent-type: application/json', token));
  if (!/^(POST|PATCH|DELETE) /.test(line)) return;
  writes.push(line);
  return answer(socket);
});
const other = listening((line, socket) => {
  elsewhere.push(line);
  socket.write(headed('200 OK\r\ncontent-type: application/json', '{}'));
});

beforeAll(async () => {
  for (const one of [server, other]) {
    one.listen(0, '127.0.0.1');
    await once(one, 'listening');
  }
});
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  other.close();
});

let session: Session;
let waits: number[];
beforeEach(() => {
  [writes, elsewhere, waits] = [[], [], []];
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked = { kind: 'oss', name: 'T', endpoint, appId: 'hostile' } as const;
  session = openSession(profileOf({ ...asked, access: 'read-write' }, 't'), {
    send: sender(nodeFetch(), { answer: 2_000, whole: 3_000 }),
    secretOf: async () => 'hostile secret',
    language: () => 'en',
    clock: Date.now,
    retry: { tries: 4, baseMs: 1, longestMs: 30_000 },
    sleep: async (ms) => void waits.push(ms),
    random: () => 0.5,
  });
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
});

const write = () => session.write({ method: 'PATCH', path: '/api/users/u', body: { name: 'New' } });

test.each([
  ['a year', '31536000'],
  ['a date in 2099', 'Fri, 01 Jan 2099 00:00:00 GMT'],
  ['more than a number holds', '9'.repeat(400)],
])('who is to wait for %s is refused at once, and nothing is sent again', async (_, retryAfter) => {
  answer = (socket) => socket.write(headed(`429 Too Many Requests\r\nretry-after: ${retryAfter}`));
  expect(await write()).toMatchObject({ status: 429, error: { code: 'http.rate_limited' } });
  expect([writes.length, waits]).toEqual([1, []]);
});

test.each([
  ['no time at all', '0'],
  ['a time that is over', 'Fri, 01 Jan 1999 00:00:00 GMT'],
  ['a negative time', '-5'],
  ['what is no time', '1e300'],
])('who is to wait for %s waits as long as ever, and not for ever', async (_, retryAfter) => {
  answer = (socket) => socket.write(headed(`429 Too Many Requests\r\nretry-after: ${retryAfter}`));
  expect(await write()).toMatchObject({ status: 429 });
  expect(writes).toHaveLength(20);
  expect(Math.max(...waits)).toBeLessThanOrEqual(30_000);
  // Ever slower, whatever it asks for.
  expect(waits.at(-1)).toBeGreaterThan(10_000);
});

const started = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
/** Writes a part again and again, until whoever asked is gone. */
const again = (socket: Socket, part: string, ms = 20) => {
  const timer = setInterval(() => socket.write(part), ms);
  socket.on('close', () => clearInterval(timer));
};
const bomb = gzipSync(Buffer.alloc(200_000_000, ' '), { level: 9 });

const endless: Record<string, (socket: Socket) => void> = {
  'headers by the byte': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nx-slow: ');
    again(socket, 'a');
  },
  'a body by the byte': (socket) => {
    socket.write(`${started}content-length: 1000000\r\n\r\n{"id":"u"`);
    again(socket, ' ');
  },
  'chunks without an end': (socket) => {
    socket.write(`${started}transfer-encoding: chunked\r\n\r\n`);
    again(socket, '9\r\n{"id":"u"\r\n');
  },
  'early hints without an end': (socket) => again(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n'),
  'a bomb': (socket) => {
    socket.write(`${started}content-encoding: gzip\r\ncontent-length: ${bomb.length}\r\n\r\n`);
    socket.write(bomb);
  },
  'two lengths': (socket) =>
    socket.write(`${started}content-length: 2\r\ncontent-length: 200\r\n\r\n{}HTTP/1.1 200 OK\r\n\r\n`),
  'nothing at all': () => {},
  'a torn answer': (socket) => {
    socket.write(`${started}content-length: 100\r\n\r\n{"id":"u","name":"New"`);
    socket.destroy();
  },
};

test.each(Object.keys(endless))(
  '%s does not say what became of a write: unknown, sent once, and over in its time',
  async (name) => {
    answer = endless[name] ?? expect.fail('no such answer');
    const before = process.memoryUsage().rss;
    expect(await write()).toMatchObject({ kind: 'unknown' });
    expect(writes).toHaveLength(1);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  },
);

test.each(['301 Moved Permanently', '302 Found', '307 Temporary Redirect', '308 Permanent Redirect'])(
  'a write that is sent elsewhere goes nowhere, and is not called done: %s',
  async (status) => {
    const port = (other.address() as AddressInfo).port;
    answer = (socket) => socket.write(headed(`${status}\r\nlocation: http://127.0.0.1:${port}/api/users/u`));
    const said = await write();
    expect(said).toMatchObject({ error: expect.objectContaining({ code: expect.any(String) }) });
    expect(elsewhere).toEqual([]);
    expect(writes).toHaveLength(1);
  },
);
