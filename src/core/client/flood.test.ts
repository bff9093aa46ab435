import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { isFull } from '../../doors/full.ts';
import { addSimulator, type TestCore, testCore } from '../../doors/testing.ts';
import { errorValueOf } from '../../shared/errors.ts';
import { type Simulator, startSimulator } from '../../simulator/server.ts';
import { scrubber } from './scrub.ts';

const secret = 'flooded-secret-0123456789';
const token = 'flooded.token.0123456789abcdef';
/** What takes longest to look through: each sign of it may be one of a credential. */
const hostile = ['%25', '\\u0041', 'QUFB', '41 41 ', '&amp;'] as const;
const floodBytes = 16_000_000;
const rowBytes = isFull ? floodBytes : 4_000_000;

/** How the hostile server answers a page. */
let answer: (response: ServerResponse) => void;
/** What it has sent so far, and whether whoever asked went away before it had ended. */
let sent = 0;
let left = false;

const server = createServer((request, response) => {
  if (request.url?.endsWith('/oidc/token'))
    return response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ access_token: token, expires_in: 3600, scope: 'all' }));
  response.on('close', () => {
    left ||= !response.writableFinished;
  });
  return answer(response);
});
let endpoint = '';
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

let other: Simulator;
let held: TestCore;
let flooding: string;
let quiet: string;
beforeEach(async () => {
  [sent, left] = [0, false];
  other = await startSimulator({ users: 30, logs: 1 });
  held = testCore();
  const input = { kind: 'oss' as const, name: 'Flood', endpoint, appId: 'flooding' };
  flooding = (await held.core.profiles.add(input, secret, 'memory')).id;
  quiet = (await addSimulator(held.core, other)).id;
});
afterEach(async () => {
  await held[Symbol.asyncDispose]();
  await other.stop();
});

const page = (profile: string) =>
  held.core.pages.page({ query: { profile, resource: 'users', filters: {} }, index: 0 }, {});

/**
 * A page of the flooding tenant. From when it came: how many of the other's were read, and which part of that time the
 * longest turn of the event loop took, 1 for all of it, however busy the machine is.
 */
const besideFlood = async () => {
  // With its token there, a page is one request.
  await page(quiet);
  const flood = page(flooding)
    .catch((error) => errorValueOf(error))
    .then((outcome) => ({ outcome }));
  let ended = false;
  flood.finally(() => {
    ended = true;
  });
  const longestTurn = (async () => {
    let [since, longest, last] = [0, 0, performance.now()];
    while (!ended) {
      await nextTurn();
      const now = performance.now();
      if (sent > 0) {
        since ||= last;
        longest = Math.max(longest, now - last);
      }
      last = now;
    }
    return longest / (last - since);
  })();
  let pages = 0;
  while (!ended) {
    const wasSent = sent > 0;
    const before = other.seen.length;
    expect((await page(quiet)).rows).toHaveLength(30);
    expect(other.seen.length).toBeGreaterThan(before);
    if (wasSent && !ended) pages += 1;
  }
  return { ...(await flood), pages, longestTurn: await longestTurn };
};

/** Sends the same again and again, until whoever asked goes away. */
const sendForEver = (response: ServerResponse, chunk: Buffer) => {
  const more = () => {
    while (!response.destroyed) {
      sent += chunk.length;
      if (!response.write(chunk)) return;
    }
  };
  response.on('drain', more);
  more();
};

const headers = { 'content-type': 'application/json', 'total-number': '1' };

test.each(hostile)(
  'a row of many MB of %s is looked through in turns: the other tenant’s pages come meanwhile',
  async (unit) => {
    answer = (response) => {
      const name = JSON.stringify(unit.repeat(rowBytes / unit.length));
      response.writeHead(200, headers).end(`[{"id":"u1","name":${name}}]`, () => {
        sent = rowBytes;
      });
    };
    const { pages, longestTurn } = await besideFlood();
    expect(pages).toBeGreaterThan(0);
    expect(longestTurn).toBeLessThan(1 / 2);
  },
);

test.each([400, 404, 500, 302])(
  'of an error page of status %i its beginning is read, however long it is',
  async (status) => {
    const chunk = Buffer.from('%25<p>&amp;'.repeat(10_000));
    answer = (response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.write('<title>flooded</title>');
      sendForEver(response, chunk);
    };
    const outcome = await page(flooding).catch((error) => errorValueOf(error));
    expect(outcome).toHaveProperty('code');
    expect(JSON.stringify(outcome).length).toBeLessThan(2_000);
    // It never ended: whoever asked went away, long before what a good answer may have.
    await expect.poll(() => left).toBe(true);
    expect(sent).toBeLessThan(floodBytes);
  },
);

test('an answer without end is left, and one of more rows than were asked for refused, while the other answers', async () => {
  const chunk = Buffer.alloc(1_000_000, ' ');
  answer = async (response) => {
    response.writeHead(200, headers).write(chunk);
    sent = chunk.length;
    // However busy the machine is: it continues once the other has been answered beside it.
    const before = other.seen.length;
    await expect.poll(() => other.seen.length).toBeGreaterThan(before + 1);
    sendForEver(response, chunk);
  };
  const endless = await besideFlood();
  expect(endless.outcome).toMatchObject({ code: 'http.unreadable' });
  expect(endless.pages).toBeGreaterThan(0);
  await expect.poll(() => left).toBe(true);
  answer = (response) => response.writeHead(200, headers).end(`[${'{"id":"u"},'.repeat(5_000)}{"id":"u"}]`);
  expect(await page(flooding).catch((error) => errorValueOf(error))).toMatchObject({
    code: 'http.unreadable',
  });
  expect((await page(quiet)).rows).toHaveLength(30);
});

test('what is looked through in turns is what is looked through at once, also where a piece ends', async () => {
  const scrub = scrubber([secret, token]);
  const { signal } = new AbortController();
  const encodings = [
    (text: string) => text,
    (text: string) => Buffer.from(text).toString('base64'),
    (text: string) => [...text].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join(''),
    (text: string) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  ];
  for (const encode of encodings) {
    const written = encode(secret);
    // Around where one piece ends and the next begins.
    for (let before = 100_000 - written.length - 2; before < 100_004; before += 5) {
      const text = `${'. '.repeat(before).slice(0, before)} ${written} ${'. '.repeat(60_000)}`;
      const clean = await scrub.answer(text, signal);
      expect(clean).toBe(scrub.text(text));
      expect(clean).toContain('[removed]');
    }
  }
  const stopped = new AbortController();
  const scrubbing = scrub.answer('%25'.repeat(1_000_000), stopped.signal);
  stopped.abort(new Error('cancelled'));
  await expect(scrubbing).rejects.toThrow();
});
