import { afterEach, beforeAll, expect, test } from 'vitest';
import type { PageOfRows } from '../../core/router';
import type { Query } from '../../shared/query';
import { pageInNode } from '../page-in-node';
import type * as SeenLists from '../state/seen-lists';
import { blankState } from './list-state';
import type { SeenBefore as Before } from './seen-before';

let SeenBefore: typeof Before;
let seen: typeof SeenLists;
beforeAll(async () => {
  pageInNode(() => {
    throw new Error('what was seen asks nobody');
  });
  ({ SeenBefore } = await import('./seen-before'));
  seen = await import('../state/seen-lists');
}, 60_000);
afterEach(() => seen.forgetSeen());

const query: Query = { profile: 'p', resource: 'users', filters: {} };
const page: PageOfRows = {
  rows: [{ id: 'a' }],
  total: 900,
  capped: false,
  until: null,
  fetchedAt: 1,
  requestId: null,
};
const pages = new Map([0, 3, 4, 8].map((index) => [index, page]));
const known = { ...blankState, total: 900 };

test('what was in sight, and the first page, stands for whoever comes back, until it is dropped', () => {
  const left = new SeenBefore(query, true);
  left.sight = [310, 420];
  left.top = 311;
  left.keep(pages, known);
  const back = new SeenBefore(query, true);
  expect([...(back.shown?.pages.keys() ?? [])]).toEqual([0, 3, 4]);
  expect(back.shown).toMatchObject({ total: 900, capped: false, top: 311 });
  expect(back.drop()).toMatchObject({ total: 900 });
  expect([back.shown, back.drop()]).toEqual([null, null]);
  // A copy's rows are its own.
  expect(new SeenBefore(query, false).shown).toBeNull();
});

test('nothing is kept of a list of which only is shown what was seen before, nor of one whose length nobody knows', () => {
  const left = new SeenBefore(query, true);
  left.keep(pages, { ...known, seen: true });
  left.keep(pages, blankState);
  expect(new SeenBefore(query, true).shown).toBeNull();
});
