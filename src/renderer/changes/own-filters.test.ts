import { beforeAll, expect, test } from 'vitest';
import { testCore } from '../../doors/testing';
import { pageInNode } from '../page-in-node';
import type * as Bar from './OwnBar';

let bar: typeof Bar;
let workspace: typeof import('../state/workspace');

beforeAll(async () => {
  const held = testCore();
  pageInNode(() => held.core);
  bar = await import('./OwnBar');
  workspace = await import('../state/workspace');
  return () => held[Symbol.asyncDispose]();
}, 60_000);

test('searching again for the same thing drops nothing', () => {
  const query = { profile: 'one', resource: 'journal', filters: { text: ['kim'] } };
  workspace.openQuery(query);
  const [tab] = workspace.useWorkspace.getState().tabs;
  let letGo = 0;
  const filters = new bar.OwnFilters<'text' | 'kind'>(tab?.id ?? '', query, () => {
    letGo += 1;
  });
  const urlNow = () => workspace.useWorkspace.getState().tabs[0]?.url;
  filters.set('text', 'kim');
  filters.set('kind', null);
  filters.set('kind', '');
  expect([letGo, urlNow()]).toEqual([0, tab?.url]);
  filters.set('text', 'kim lee');
  expect(letGo).toBe(1);
  expect(urlNow()).not.toBe(tab?.url);
});
