import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { nodeFetch } from '../../doors/node-fetch.ts';
import { sender } from './send.ts';

let server: Server;
afterEach(() => {
  server.close();
  server.closeAllConnections();
});

const listening = async (answer: Parameters<typeof createServer>[1]): Promise<string> => {
  server = createServer(answer as never);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
};

test('an answer that begins in time may take longer to end, up to the limit for the whole', async () => {
  const url = await listening(async (_, response) => {
    response.write('begun ');
    await wait(400);
    response.end('ended');
  });
  const limits = { answer: 200, whole: 20_000 };
  expect((await sender(nodeFetch(), limits)(url, {})).text).toBe('begun ended');
  await expect(sender(nodeFetch(), { answer: 20_000, whole: 100 })(url, {})).rejects.toMatchObject({
    code: 'network.timeout',
    detail: { where: new URL(url).host },
  });
});

test('an answer that does not begin in time is a time-out', async () => {
  const url = await listening(() => {});
  await expect(sender(nodeFetch(), { answer: 50, whole: 20_000 })(url, {})).rejects.toMatchObject({
    code: 'network.timeout',
  });
});

test('an end ends what is under way, and what is asked after it', async () => {
  const asked = Promise.withResolvers<void>();
  const url = await listening(() => asked.resolve());
  const ending = new AbortController();
  const send = sender(nodeFetch(), undefined, ending.signal);
  const under = send(url, {});
  await asked.promise;
  ending.abort();
  await expect(under).rejects.toMatchObject({ code: 'cancelled' });
  await expect(send(url, {})).rejects.toMatchObject({ code: 'cancelled' });
});

test('a cancel of one request leaves the others', async () => {
  let answer = () => {};
  const both = Promise.withResolvers<void>();
  let count = 0;
  const url = await listening((_, response) => {
    count += 1;
    if (count === 2) both.resolve();
    answer = () => response.end('there');
  });
  const send = sender(nodeFetch());
  const cancel = new AbortController();
  const cancelled = send(url, { signal: cancel.signal });
  cancelled.catch(() => {});
  while (count < 1) await wait(5);
  const other = send(url, {});
  await both.promise;
  cancel.abort();
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  answer();
  expect((await other).text).toBe('there');
});
