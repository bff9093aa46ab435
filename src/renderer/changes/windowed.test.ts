import { expect, test } from 'vitest';
import { drawnRows, pagesOf } from './windowed';

test('of tens of thousands of rows those in sight are drawn', () => {
  expect(drawnRows({ top: 0, height: 300 }, 30, 50_000)).toEqual({ from: 0, to: 18 });
  expect(drawnRows({ top: 30_000, height: 300 }, 30, 50_000)).toEqual({ from: 992, to: 1_018 });
  expect(drawnRows({ top: 1_499_700, height: 300 }, 30, 50_000)).toEqual({ from: 49_982, to: 50_000 });
  // The list became shorter while it was scrolled down.
  expect(drawnRows({ top: 30_000, height: 300 }, 30, 3)).toEqual({ from: 3, to: 3 });
  expect(drawnRows({ top: 0, height: 300 }, 30, 0)).toEqual({ from: 0, to: 0 });
});

test('and the pages that they are in are asked for', () => {
  expect(pagesOf({ from: 0, to: 18 })).toEqual([0]);
  expect(pagesOf({ from: 190, to: 201 })).toEqual([0, 1]);
  expect(pagesOf({ from: 190, to: 200 })).toEqual([0]);
  expect(pagesOf({ from: 3, to: 3 })).toEqual([]);
});
