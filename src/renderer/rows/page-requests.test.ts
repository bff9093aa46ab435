import { expect, test } from 'vitest';
import type { PageOfRows } from '../../core/router';
import { PageRequests } from './page-requests';

const pageOf = (index: number): PageOfRows => ({
  rows: [{ id: `${index}` }],
  total: null,
  capped: false,
  until: null,
  fetchedAt: 0,
  requestId: null,
});

/** Requests that are answered by hand, and what was asked, in its order. */
const requests = ({
  isHeld = true,
  early = null,
}: {
  isHeld?: boolean;
  early?: Promise<PageOfRows> | null;
} = {}) => {
  const asked: string[] = [];
  const kept = new Map<number, PageOfRows>();
  const waiting = new Map<number, PromiseWithResolvers<PageOfRows>>();
  let held = isHeld;
  let cancelled = 0;
  const made = new PageRequests(
    {
      kept: (index) => kept.get(index),
      ask: (index, priority) => {
        asked.push(`${index} ${priority}`);
        const answer = Promise.withResolvers<PageOfRows>();
        waiting.set(index, answer);
        return answer.promise;
      },
      keep: (index, page) => {
        kept.set(index, page);
        held = true;
      },
      onLoad: async () => {
        asked.push('load');
        return () => void asked.push('loaded');
      },
      isHeld: () => held,
    },
    early && { page: early, filters: {}, cancel: () => (cancelled += 1) },
  );
  const answer = (index: number) => waiting.get(index)?.resolve(pageOf(index));
  const fail = (index: number) => waiting.get(index)?.reject(new Error('failed'));
  return { made, asked, answer, fail, cancelled: () => cancelled };
};

test('a page is asked for once, however many wait for it, and never while it is kept', async () => {
  const { made, asked, answer } = requests();
  const both = [made.page(4, 'visible'), made.page(4, 'visible')];
  expect(made.isUnderWay(4)).toBe(true);
  answer(4);
  expect(await Promise.all(both)).toEqual([pageOf(4), pageOf(4)]);
  expect(made.isUnderWay(4)).toBe(false);
  await made.page(4, 'visible');
  expect(asked).toEqual(['4 visible']);
});

test('until the moment is known that a list is held at, other pages wait for the first', async () => {
  const { made, asked, answer } = requests({ isHeld: false });
  const third = made.page(3, 'visible');
  await Promise.resolve();
  expect(asked).toEqual(['load', '0 visible']);
  answer(0);
  await expect.poll(() => asked).toContain('3 visible');
  answer(3);
  expect(await third).toEqual(pageOf(3));
  expect(asked.filter((one) => one.startsWith('0'))).toHaveLength(1);
});

test('a first page that failed can be asked for again, and its load is ended each time', async () => {
  const { made, asked, answer, fail } = requests();
  const first = made.first();
  expect(made.isBegun).toBe(true);
  fail(0);
  await expect(first).rejects.toThrow('failed');
  expect(made.isBegun).toBe(false);
  const again = made.first();
  answer(0);
  await again;
  expect(asked).toEqual(['load', '0 visible', 'loaded', 'load', '0 visible', 'loaded']);
});

test('the next page is asked for ahead while scrolling goes steadily one way, as far as the list goes', async () => {
  const { made, asked, answer } = requests();
  const look = async (index: number, total: number | null) => {
    const page = made.page(index, 'visible');
    answer(index);
    await page;
    made.ahead(index, total);
    await Promise.resolve();
  };
  await look(7, 5_000);
  await look(3, 5_000);
  expect(asked.filter((one) => one.endsWith('ahead'))).toEqual([]);
  await look(4, 5_000);
  expect(asked.at(-1)).toBe('5 ahead');
  await look(5, 600);
  expect(asked.filter((one) => one.endsWith('ahead'))).toEqual(['5 ahead']);
});

test('a first page that was asked for before its list is taken for it once, and cancelled with it', async () => {
  const { made, asked, cancelled } = requests({ early: Promise.resolve(pageOf(0)) });
  expect(await made.page(0, 'visible')).toEqual(pageOf(0));
  expect(asked).toEqual(['load', 'loaded']);
  made.close();
  expect(cancelled()).toBe(0);
  const left = requests({ early: new Promise(() => {}) });
  void left.made.page(0, 'visible');
  left.made.close();
  expect(left.cancelled()).toBe(1);
});
