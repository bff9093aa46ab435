import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestCore, testCore } from '../../doors/testing';
import { pageInNode } from '../page-in-node';
import type * as Lock from './lock';
import type * as Queries from './queries';
import type * as Start from './start';
import type * as Workspace from './workspace';

let held: TestCore;
let parts: typeof Start & typeof Lock & typeof Queries & typeof Workspace;

beforeAll(async () => {
  held = testCore();
  pageInNode(() => held.core);
  parts = {
    ...(await import('./start')),
    ...(await import('./lock')),
    ...(await import('./queries')),
    ...(await import('./workspace')),
  };
  const tabs = [{ id: 'a', url: '/one/users' }];
  held.core.settings.workspace = { tabs, active: 'a', loading: [], columns: {} };
  held.core.settings.changePreferences({ theme: 'dark' });
}, 60_000);
afterAll(() => held[Symbol.asyncDispose]());

beforeEach(() => {
  parts.queries.clear();
  parts.useLocked.setState({ locked: null });
  parts.useWorkspace.setState({ tabs: [], active: null, ready: false });
});

test('one call brings all that the first drawing needs', async () => {
  await parts.start();
  expect(parts.useLocked.getState().locked).toBe(false);
  expect(parts.useWorkspace.getState()).toMatchObject({ ready: true, active: 'a' });
  const known = (key: string) => parts.queries.getQueryData([key]);
  expect(known('preferences')).toMatchObject({ theme: 'dark' });
  expect(known('profiles')).toEqual([]);
  expect(known('views')).toEqual([]);
  expect(known('app')).toMatchObject({ about: { version: expect.any(String) } });
});

test('of a locked app it brings nothing of a tenant', async () => {
  held.core.lock.close();
  await parts.start();
  expect(parts.useLocked.getState().locked).toBe(true);
  expect(parts.useWorkspace.getState()).toMatchObject({ ready: false, tabs: [] });
  expect(parts.queries.getQueryData(['profiles'])).toBeUndefined();
  expect(parts.queries.getQueryData(['preferences'])).toBeDefined();
  held.core.lock.open();
});
