import { describe, expect, test } from 'vitest';
import { nodeFetch } from '../../doors/node-fetch.ts';
import { DeskError } from '../../shared/errors.ts';
import { type Profile, profileOf } from '../../shared/profile.ts';
import { startSimulator } from '../../simulator/server.ts';
import { sender } from './send.ts';
import { requestToken, TokenSource } from './token.ts';

const good = { appId: 'good app+id', secret: 'pässwörd: %&=+ ', managementRole: true };
const roleless = { appId: 'roleless', secret: 'x', managementRole: false };
const send = sender(nodeFetch());

const profileFor = (endpoint: string, appId: string, resource?: string): Profile =>
  profileOf({ kind: 'oss', name: 'T', endpoint, appId, ...(resource ? { resource } : {}) }, 't');

describe('a token request', () => {
  test('carries id and secret in Basic, whatever characters they have', async () => {
    await using server = await startSimulator({ apps: [good], users: 1, logs: 1 });
    const token = await requestToken(send, profileFor(server.endpoint, good.appId), good.secret);
    expect(token.scope).toBe('all');
    const [seen] = server.seen;
    expect(seen?.headers.authorization).toMatch(/^Basic /);
    expect(seen?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  test.each([
    ['wrong secret', { secret: 'no' }, 'token.wrong_secret'],
    ['unknown app', { appId: 'nobody' }, 'token.unknown_app'],
    ['wrong resource', { resource: 'https://other.logto.app/api' }, 'token.wrong_resource'],
    ['missing role', { appId: roleless.appId, secret: roleless.secret }, 'token.missing_role'],
  ])('tells apart: %s', async (_case, change, code) => {
    await using server = await startSimulator({ apps: [good, roleless], users: 1, logs: 1 });
    const { appId, secret, resource } = {
      appId: good.appId,
      secret: good.secret,
      resource: undefined,
      ...change,
    };
    await expect(
      requestToken(send, profileFor(server.endpoint, appId, resource), secret),
    ).rejects.toMatchObject({ code });
  });

  test.each(['{}', '[]', 'null', '"token"', '{"access_token":7,"expires_in":60}', '{"access_token":""}'])(
    'that is answered well by what is no token is not taken for one: %s',
    async (text) => {
      const headers = new Headers({ server: 'keryx' });
      const asked = requestToken(
        async () => ({ status: 200, ok: true, headers, text }),
        profileFor('http://127.0.0.1:9', good.appId),
        good.secret,
      );
      await expect(asked).rejects.toMatchObject({
        code: 'http.unreadable',
        detail: { status: 200, reason: 'a token was expected; answered by keryx' },
      });
    },
  );

  test('that meets something else than Logto says so', async () => {
    await using server = await startSimulator({ apps: [good], users: 1, logs: 1 });
    server.faults.add({ kind: 'html', status: 200 });
    await expect(
      requestToken(send, profileFor(server.endpoint, good.appId), good.secret),
    ).rejects.toMatchObject({
      code: 'http.unreadable',
      detail: { reason: 'Attention Required!' },
    });
    server.faults.add({ kind: 'html', status: 403 });
    await expect(
      requestToken(send, profileFor(server.endpoint, good.appId), good.secret),
    ).rejects.toMatchObject({ code: 'http.unreadable' });
    // Nothing was there that may have been deleted since.
    for (const status of [404, 405]) {
      server.faults.add({ kind: 'status', status, headers: { server: 'keryx' } });
      await expect(
        requestToken(send, profileFor(server.endpoint, good.appId), good.secret),
      ).rejects.toMatchObject({
        code: 'http.unreadable',
        detail: { status, reason: 'there is no token endpoint; answered by keryx' },
      });
      server.faults.add({ kind: 'status', status });
      await expect(
        requestToken(send, profileFor(server.endpoint, good.appId), good.secret),
      ).rejects.toMatchObject({ detail: { status, reason: 'there is no token endpoint' } });
    }
  });
});

describe('a token source', () => {
  const answers = (seconds: number) => {
    let asked = 0;
    const request = async () => {
      asked += 1;
      return { access_token: `token-${asked}`, expires_in: seconds, scope: 'all' };
    };
    return { request, asked: () => asked };
  };

  test('asks once however many wait', async () => {
    const { request, asked } = answers(3600);
    const source = new TokenSource(request, () => 0);
    expect(new Set(await Promise.all(Array.from({ length: 50 }, () => source.get())))).toEqual(
      new Set(['token-1']),
    );
    expect(asked()).toBe(1);
  });

  test('keeps a token until a minute before it expires', async () => {
    let now = 0;
    const { request } = answers(3600);
    const source = new TokenSource(request, () => now);
    await source.get();
    now = 3_539_000;
    expect(await source.get()).toBe('token-1');
    now = 3_541_000;
    expect(await source.get()).toBe('token-2');
  });

  test('uses a token that lives shorter than that minute for half its life', async () => {
    let now = 0;
    const { request, asked } = answers(30);
    const source = new TokenSource(request, () => now);
    await source.get();
    expect(await source.get()).toBe('token-1');
    now = 14_000;
    expect(await source.get()).toBe('token-1');
    expect(asked()).toBe(1);
    now = 16_000;
    expect(await source.get()).toBe('token-2');
  });

  test('drops a refused token once, however many report it', async () => {
    const { request, asked } = answers(3600);
    const source = new TokenSource(request, () => 0);
    const old = await source.get();
    source.drop(old);
    await source.get();
    source.drop(old);
    expect(await source.get()).toBe('token-2');
    expect(asked()).toBe(2);
  });

  test('answers many callers of a failing tenant with one request, then asks again', async () => {
    let now = 0;
    let asked = 0;
    const source = new TokenSource(
      async () => {
        asked += 1;
        throw new DeskError('token.wrong_secret');
      },
      () => now,
    );
    const outcomes = await Promise.allSettled([source.get(), source.get()]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(source.get()).rejects.toMatchObject({ code: 'token.wrong_secret' });
    expect(asked).toBe(1);
    now = 3_001;
    await expect(source.get()).rejects.toMatchObject({ code: 'token.wrong_secret' });
    expect(asked).toBe(2);
  });

  test('remembers no failure of the network', async () => {
    let asked = 0;
    const source = new TokenSource(
      async () => {
        asked += 1;
        if (asked === 1) throw new DeskError('network.refused');
        return { access_token: 't', expires_in: 3600 };
      },
      () => 0,
    );
    await expect(source.get()).rejects.toMatchObject({ code: 'network.refused' });
    expect(await source.get()).toBe('t');
  });
});
