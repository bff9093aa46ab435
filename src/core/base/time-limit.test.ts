import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { isFull } from '../../doors/full.ts';
import { addSimulator, testCore } from '../../doors/testing.ts';
import { mirrorPlace } from '../../doors/workers.ts';
import { startSimulator } from '../../simulator/server.ts';
import { TimeLimitError, withinTime } from './time-limit.ts';

/** Backtracks 2^n times over a name of n letters. */
const catastrophic = 'name:regex"^(([a-z ])+.?)+!$"';
/** No expression, and as costly: each `%` may end at any letter. */
const wild = `name:like"%${'a%'.repeat(16)}!"`;

test('work that does not end is stopped, and what comes after it is done', () => {
  expect(() => withinTime(50, () => /^(a+)+$/.test(`${'a'.repeat(60)}!`))).toThrow(TimeLimitError);
  // What ends by itself has the time that a busy machine takes to begin it.
  expect(withinTime(30_000, () => withinTime(30_000, () => 'inner'))).toBe('inner');
  expect(() =>
    withinTime(30_000, () => {
      throw new RangeError('its own');
    }),
  ).toThrow(RangeError);
});

test.each([catastrophic, wild])(
  '%s, which never ends, freezes neither the demo’s process nor the copy’s',
  async (line) => {
    await using server = await startSimulator({ users: 40, logs: 1, tied: [0, 0] });
    for (const user of server.tenant.users) user.name = `${'a'.repeat(48)} b`;
    // The time that a copy has is waited for to its end in a full run; here it is stopped after a part of it.
    const dataDir = mkdtempSync(join(tmpdir(), 'logto-desk-limit-'));
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const mirror = isFull ? mirrorPlace(dataDir) : { ...mirrorPlace(dataDir), expressionMs: 600 };
    await using held = testCore({ mirror }, { dataDir });
    const { id } = await addSimulator(held.core, server);
    await held.core.jobs.ended((await held.core.startJob('copy', { profile: id, resources: ['users'] })).id);
    const query = { profile: id, resource: 'users', filters: { search: [line] } };
    const plain = { profile: id, resource: 'users', filters: {} };
    // The demo answers as a server does that cannot read an expression.
    await expect(held.core.pages.page({ query, index: 0 }, {})).rejects.toMatchObject({
      code: line === wild ? 'http.server' : 'query.expression',
    });
    const looked = held.core.pages.fromMirror({ query, index: 0 });
    const meanwhile = held.core.pages.fromMirror({ query: plain, index: 0 });
    await expect(looked).rejects.toMatchObject({ code: 'query.expression' });
    expect((await meanwhile).rows).toHaveLength(40);
  },
);

test('more rows than were asked for are refused before they are parsed, and another tenant answers meanwhile', async () => {
  const flood = gzipSync(`[${'{},'.repeat(2_000_000)}{}]`);
  const hostile = createServer((request, response) => {
    if (request.url?.endsWith('/oidc/token')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: 'hostile-token', expires_in: 3600, scope: 'all' }));
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(flood);
  });
  hostile.listen(0, '127.0.0.1');
  await once(hostile, 'listening');
  await using server = await startSimulator({ users: 120, logs: 1, tied: [0, 0] });
  await using held = testCore();
  const { id } = await addSimulator(held.core, server, 'Good');
  const { port } = hostile.address() as AddressInfo;
  const flooding = await held.core.profiles.add(
    { kind: 'oss', name: 'Flood', endpoint: `http://127.0.0.1:${port}`, appId: 'a' },
    'some-secret',
    'memory',
  );
  const of = (profile: string) =>
    held.core.pages.page({ query: { profile, resource: 'users', filters: {} }, index: 0 }, {});
  const floods = [of(flooding.id), of(flooding.id)].map((one) => one.catch((error) => error));
  expect((await of(id)).rows).toHaveLength(100);
  for (const one of floods)
    expect(await one).toMatchObject({
      code: 'http.unreadable',
      detail: { reason: 'the answer has more in it than was asked for' },
    });
  hostile.close();
  hostile.closeAllConnections();
});
