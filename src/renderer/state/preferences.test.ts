import { notifyManager, QueryObserver } from '@tanstack/react-query';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCore, testCore } from '../../doors/testing';
import type * as Link from '../link/api';
import { pageInNode } from '../page-in-node';
import type * as State from './preferences';
import type * as Queries from './queries';

let held: TestCore;
let parts: typeof State & typeof Queries & typeof Link;

beforeAll(async () => {
  held = testCore();
  pageInNode(() => held.core);
  parts = {
    ...(await import('./preferences')),
    ...(await import('./queries')),
    ...(await import('../link/api')),
  };
}, 60_000);
afterAll(() => held[Symbol.asyncDispose]());

test('what is chosen stays chosen, whatever was asked before it and beside it', async () => {
  const { api, choosePreference, queries } = parts;
  const observer = new QueryObserver(queries, {
    queryKey: ['preferences'],
    queryFn: () => api.preferences.get.query(),
  });
  const shown: string[] = [];
  // As the library's hook hears of it.
  const end = observer.subscribe(
    notifyManager.batchCalls(() => {
      const { data } = observer.getCurrentResult();
      if (data) shown.push(`${data.theme} ${data.zone}`);
    }),
  );
  await observer.refetch();
  await expect.poll(() => shown.at(-1)).toBe('system local');
  const asked = observer.refetch();
  choosePreference({ theme: 'dark' });
  // It is told before the next task: a box that is controlled by it does not spring back.
  await Promise.resolve();
  expect(shown.at(-1)).toBe('dark local');
  shown.splice(0, shown.length - 1);
  choosePreference({ zone: 'utc' });
  await asked;
  await expect.poll(() => held.core.settings.preferences).toMatchObject({ theme: 'dark', zone: 'utc' });
  await expect.poll(() => queries.isFetching()).toBe(0);
  end();
  expect([...new Set(shown)]).toEqual(['dark local', 'dark utc']);
});

test('a choice that cannot be kept is said', async () => {
  const { choosePreference, hearFaults } = parts;
  const told: string[] = [];
  const end = hearFaults(({ code }) => told.push(code));
  choosePreference({ theme: 'sepia' as never });
  await expect.poll(() => told).toHaveLength(1);
  end();
});
