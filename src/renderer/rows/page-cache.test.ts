import { expect, test } from 'vitest';
import type { PageOfRows } from '../../core/router';
import { PageCache } from './page-cache';

const page = (id: string): PageOfRows => ({
  rows: [{ id }],
  total: null,
  capped: false,
  until: null,
  fetchedAt: 0,
  requestId: null,
});
const placesOf = ({ pages }: PageCache) => [...pages.keys()];

test('the page that was loaded longest ago goes where there are too many', () => {
  const cache = new PageCache(2);
  for (const index of [0, 5, 0, 9]) cache.keep(index, page(`${index}`), false);
  expect(placesOf(cache)).toEqual([0, 9]);
});

test('none goes while all of them are looked through', () => {
  const cache = new PageCache(2);
  for (const index of [0, 5, 9]) cache.keep(index, page(`${index}`), true);
  expect(placesOf(cache)).toEqual([0, 5, 9]);
});

test('a page that comes again takes the place of what it was', () => {
  const cache = new PageCache(2);
  cache.keep(3, page('old'), false);
  cache.keep(3, page('new'), false);
  expect(cache.pages.get(3)?.rows).toEqual([{ id: 'new' }]);
});
