import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sized } from '../doors/full.ts';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { StandInContents, standInIpc, standInProtocol, standInSession } from './electron-stand-in.ts';
import { serveLink } from './link.ts';
import { confine, denyPermissions, pageOrigin, registerScheme, scheme, servePage } from './page.ts';

describe('the page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'logto-desk-main-'));
  writeFileSync(join(folder, 'index.html'), '<title>desk</title>');
  writeFileSync(join(folder, 'app.js'), 'void 0');
  const { protocol, privileged, get } = standInProtocol();
  registerScheme(protocol);
  servePage(protocol, folder);

  test('has a secure scheme of its own', () => {
    expect(privileged).toEqual([
      { scheme, privileges: expect.objectContaining({ standard: true, secure: true }) },
    ]);
    expect(privileged[0]?.privileges).not.toHaveProperty('bypassCSP');
  });

  test('is served with a policy that lets it talk to nobody', async () => {
    const response = await get(`${pageOrigin}/demo/users?keyword=x`);
    expect(await response?.text()).toBe('<title>desk</title>');
    const policy = response?.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'none'");
  });

  test.each([
    `${pageOrigin}/../secrets.json`,
    `${pageOrigin}/%2e%2e/%2e%2e/etc/passwd.txt`,
    `${pageOrigin}/..%5c..%5cx.js`,
    `${scheme}://elsewhere/index.html`,
    `${pageOrigin}/none.js`,
  ])('has nothing at %s', async (url) => expect((await get(url))?.status).toBe(404));

  test('answers no method but GET', async () =>
    expect((await get(`${pageOrigin}/`, 'POST'))?.status).toBe(404));
});

describe('a window', () => {
  const contents = new StandInContents(pageOrigin);
  const opened: string[] = [];
  confine(contents.asContents, { openExternal: async (url: string) => void opened.push(url) });

  test('opens web links in the system’s browser and nothing else anywhere', () => {
    for (const url of [
      'https://logto.io/docs',
      'http://example.com',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://x',
      'not a url',
    ]) {
      expect(contents.opens(url)).toEqual({ action: 'deny' });
    }
    expect(opened).toEqual(['https://logto.io/docs', 'http://example.com']);
  });

  test('stays on its own page', () => {
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate'] as const) {
      expect(contents.mayNavigate(event, `${pageOrigin}/demo/users`)).toBe(true);
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        `${pageOrigin}.evil.example/`,
        `${scheme}://other/`,
        'data:text/html,x',
      ]) {
        expect(contents.mayNavigate(event, url), url).toBe(false);
      }
    }
  });

  test('takes in no webview', () => {
    let denied = false;
    contents.emit('will-attach-webview', { preventDefault: () => (denied = true) });
    expect(denied).toBe(true);
  });

  test('has no permission but to write text to the clipboard', () => {
    const { session, kept } = standInSession();
    denyPermissions(session);
    const asked = (permission: Parameters<NonNullable<typeof kept.check>>[1]) =>
      kept.check?.(null, permission, '', {} as never);
    for (const permission of [
      'media',
      'geolocation',
      'notifications',
      'openExternal',
      'clipboard-read',
      'hid',
      'serial',
      'usb',
    ] as const) {
      expect(asked(permission), permission).toBe(false);
    }
    expect(asked('clipboard-sanitized-write')).toBe(true);
    kept.request?.(contents.asContents, 'media', (granted) => expect(granted).toBe(false), {} as never);
    expect(kept.device?.({} as never)).toBe(false);
  });
});

describe('the link', () => {
  let server: Simulator;
  let held: TestCore;
  let profile = '';
  const { ipcMain, receive } = standInIpc();

  beforeAll(async () => {
    server = await startSimulator({ users: 300, logs: 20, tied: [0, 0] });
    held = testCore();
    profile = (await addSimulator(held.core, server)).id;
    const door = {
      kind: 'desktop' as const,
      chooseFile: async () => null,
      chooseFolder: async () => null,
    };
    serveLink(
      ipcMain,
      () => ({ core: held.core, door }),
      ({ sender, senderFrame }) => senderFrame === sender.mainFrame && senderFrame?.origin === pageOrigin,
    );
  });
  afterAll(async () => {
    await held[Symbol.asyncDispose]();
    await server.stop();
  });

  const page = () => new StandInContents(pageOrigin);
  const answersTo = (contents: StandInContents) =>
    contents.sent.map(([, answer]) => answer as Record<string, unknown>);
  const query = () => ({ profile, resource: 'users', filters: {} });

  test('carries a query and its answer', async () => {
    const contents = page();
    receive(contents, { type: 'query', id: 1, path: 'list.page', input: { query: query(), index: 0 } });
    await expect.poll(() => answersTo(contents).map(({ type }) => type)).toEqual(['data', 'done']);
    expect(answersTo(contents)[0]).toMatchObject({ id: 1, data: { total: 300 } });
    // What is sent has to survive the structured clone of IPC.
    expect(structuredClone(contents.sent)).toEqual(contents.sent);
  });

  test('carries typed errors, without a stack', async () => {
    const contents = page();
    receive(contents, {
      type: 'query',
      id: 1,
      path: 'list.page',
      input: { query: { ...query(), profile: 'nope' }, index: 0 },
    });
    receive(contents, { type: 'query', id: 2, path: 'no.such', input: null });
    receive(contents, { type: 'mutation', id: 3, path: 'profiles.add', input: 7 });
    await expect.poll(() => contents.sent.length).toBe(3);
    const desk = answersTo(contents)
      .map(({ error }) => (error as { data: { desk: { code: string } } }).data.desk.code)
      .sort();
    expect(desk).toEqual(['input.invalid', 'internal', 'profile.not_found']);
    expect(JSON.stringify(contents.sent)).not.toContain('stack');
  });

  test('answers no frame but the main frame of our own page', async () => {
    const [inner, foreign] = [page(), new StandInContents('https://evil.example')];
    receive(inner, { type: 'query', id: 1, path: 'profiles.list', input: undefined }, {
      origin: pageOrigin,
    } as never);
    receive(inner, { type: 'query', id: 2, path: 'profiles.list', input: undefined }, null);
    receive(foreign, { type: 'query', id: 3, path: 'profiles.list', input: undefined });
    const own = page();
    receive(own, { type: 'query', id: 4, path: 'profiles.list', input: undefined });
    await expect.poll(() => own.sent.length).toBe(2);
    expect([inner.sent, foreign.sent]).toEqual([[], []]);
  });

  test.each([
    null,
    7,
    'query',
    {},
    { type: 'eval', id: 1 },
    { type: 'query', id: -1, path: 'x' },
    { type: 'query', id: 1, path: 'x'.repeat(999) },
    // To compare this length with a number throws.
    { type: 'query', id: 1, path: { length: { valueOf: 1, toString: 1 } } },
  ])('drops what is not a call: %j', async (message) => {
    const contents = page();
    receive(contents, message);
    receive(contents, { type: 'query', id: 5, path: 'profiles.list', input: undefined });
    await expect.poll(() => contents.sent.length).toBe(2);
    expect(answersTo(contents).every(({ id }) => id === 5)).toBe(true);
  });

  const messages = sized(10_000, 300);
  test(`survives ${messages.toLocaleString('en')} hostile messages`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.anything({ withDate: true, withMap: true, withNullPrototype: true }),
        async (message) => {
          const contents = page();
          receive(contents, message);
          receive(contents, { type: 'query', id: 7, path: message, input: message });
          receive(contents, { type: 'subscription', id: 8, path: 'list.page', input: message });
          await new Promise((resolve) => setImmediate(resolve));
          expect(JSON.stringify(contents.sent) ?? '').not.toContain('stack');
        },
      ),
      { numRuns: messages },
    );
    const contents = page();
    receive(contents, { type: 'query', id: 1, path: 'profiles.list', input: undefined });
    await expect.poll(() => contents.sent.length).toBe(2);
  });

  /** Asks for two pages, lets something happen, and tells which of them are answered when the server has answered both. */
  const answeredAfter = async (happens: (contents: StandInContents) => void) => {
    let reached = 0;
    server.faults.clear();
    server.faults.add(
      { kind: 'latency', ms: 300 },
      { on: ({ path }) => path === '/api/users' && ++reached <= 2, times: 2 },
    );
    const asked = () => server.seen.filter(({ path }) => path === '/api/users').length;
    const before = asked();
    const contents = page();
    for (const id of [1, 2])
      receive(contents, { type: 'query', id, path: 'list.page', input: { query: query(), index: id } });
    await expect.poll(() => reached, { interval: 10 }).toBe(2);
    happens(contents);
    await expect.poll(asked).toBe(before + 2);
    // What is answered at all is answered before what is asked now.
    receive(contents, { type: 'query', id: 3, path: 'list.page', input: { query: query(), index: 0 } });
    const ids = () => [...new Set(answersTo(contents).map(({ id }) => Number(id)))].sort();
    await expect.poll(ids).toContain(3);
    return ids().filter((id) => id !== 3);
  };

  test('cancels a call, and every call of a page that goes away', async () => {
    expect(await answeredAfter(() => {})).toEqual([1, 2]);
    expect(await answeredAfter((contents) => receive(contents, { type: 'cancel', id: 1 }))).toEqual([2]);
    const leaves =
      (details: { isMainFrame: boolean; isSameDocument: boolean }) => (contents: StandInContents) =>
        void contents.emit('did-start-navigation', details);
    expect(await answeredAfter(leaves({ isMainFrame: true, isSameDocument: false }))).toEqual([]);
    expect(await answeredAfter((contents) => void contents.emit('destroyed'))).toEqual([]);
    // Another address of the same page, and a frame in it, end nothing.
    expect(await answeredAfter(leaves({ isMainFrame: true, isSameDocument: true }))).toEqual([1, 2]);
    expect(await answeredAfter(leaves({ isMainFrame: false, isSameDocument: false }))).toEqual([1, 2]);
  });
});
