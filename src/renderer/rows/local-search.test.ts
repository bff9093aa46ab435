import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { PageOfRows } from '../../core/router';
import type { Query } from '../../shared/query';
import { pageInNode } from '../page-in-node';
import { blankState, type ListState } from './list-state';
import type { LocalSearch as Search } from './local-search';

let LocalSearch: typeof Search;
beforeAll(async () => {
  pageInNode(() => {
    throw new Error('what is loaded asks nobody');
  });
  ({ LocalSearch } = await import('./local-search'));
}, 60_000);
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const query: Query = { profile: 'p', resource: 'users', filters: {} };
const page = (...names: string[]): PageOfRows => ({
  rows: names.map((name) => ({ id: name, name })),
  total: null,
  capped: false,
  until: null,
  fetchedAt: 1,
  requestId: null,
});

const searched = (pages: Map<number, PageOfRows>) => {
  let state: ListState = { ...blankState, fetchedAt: 1, loadedRows: 3 };
  let told = 0;
  const search = new LocalSearch({
    query,
    state: () => state,
    pages: () => pages,
    change: (changes) => {
      state = { ...state, ...changes };
    },
    onLoaded: () => {
      told += 1;
    },
  });
  return { search, state: () => state, told: () => told };
};
const named = (value: string) => ({ where: [{ column: 'name', mode: 'contains' as const, value }] });

test('conditions choose among the loaded rows, in the order that is asked for', () => {
  const { search, state } = searched(new Map([[0, page('Kim', 'Lee', 'Kang')]]));
  search.set({ ...named('K'), sort: { column: 'name', descending: false } });
  expect(search.rows.map(({ row, place }) => [row.name, place])).toEqual([
    ['Kang', 2],
    ['Kim', 0],
  ]);
  expect(state()).toMatchObject({ matching: 2, lookedAt: 3, fromTop: true, scan: null });
  search.set({});
  expect(search.isAsked).toBe(false);
  expect(state()).toMatchObject({ matching: null });
});

test('what further pages bring is told once for many of them, and never after the end', () => {
  const pages = new Map([[0, page('Kim')]]);
  const { search, state, told } = searched(pages);
  search.begin(named('K'));
  pages.set(4, page('Kang'));
  search.forget();
  for (let n = 0; n < 3; n += 1) search.loaded();
  expect(told()).toBe(0);
  vi.runAllTimers();
  expect(told()).toBe(1);
  expect(state()).toMatchObject({ matching: 2, fromTop: false });
  search.loaded();
  search.close();
  vi.runAllTimers();
  expect(told()).toBe(1);
});

test('where nothing is asked of rows, pages are told by nobody', () => {
  const { search, told } = searched(new Map([[0, page('Kim')]]));
  search.loaded();
  search.searchAll();
  vi.runAllTimers();
  expect(told()).toBe(0);
  expect(search.scan).toBeNull();
});
