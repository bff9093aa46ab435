import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { DeskError } from '../../shared/errors.ts';
import { inOrder } from './ordered-concurrency.ts';

const all = async <Item>(items: AsyncGenerator<Item>): Promise<Item[]> => {
  const gathered: Item[] = [];
  for await (const item of items) gathered.push(item);
  return gathered;
};

/** Generators of `each` items, and how far they are. */
const sources = (count: number, each: number, slow: (source: number) => number = () => 0) => {
  const done = { begun: 0, under: 0, most: 0, items: 0, of: Array<number>(count).fill(0) };
  const list = Array.from(
    { length: count },
    (_, source) =>
      async function* () {
        done.begun += 1;
        done.under += 1;
        done.most = Math.max(done.most, done.under);
        for (let item = 0; item < each; item += 1) {
          await wait(slow(source));
          done.items += 1;
          done.of[source] = item + 1;
          yield `${source}.${item}`;
        }
        done.under -= 1;
      },
  );
  return { list, done };
};

const never = new AbortController().signal;
const names = (count: number, each: number) =>
  Array.from({ length: count * each }, (_, n) => `${Math.floor(n / each)}.${n % each}`);

test('items come in their generators’ order, whichever is ready first, so many at once', async () => {
  const { list, done } = sources(9, 3, (source) => (source === 0 ? 30 : 1));
  expect(await all(inOrder(list, () => 4, 8, never))).toEqual(names(9, 3));
  expect(done.most).toBe(4);
});

test('one after another where one at once is right, and none at all of none', async () => {
  const { list, done } = sources(5, 2);
  expect(await all(inOrder(list, () => 1, 8, never))).toEqual(names(5, 2));
  expect(done.most).toBe(1);
  expect(await all(inOrder([], () => 4, 8, never))).toEqual([]);
  const { list: empty } = sources(3, 0);
  expect(await all(inOrder(empty, () => 2, 8, never))).toEqual([]);
});

test('how many at once is asked again each time', async () => {
  const { list, done } = sources(12, 2, () => 2);
  let level = 1;
  const rows = inOrder(list, () => level, 8, never);
  await rows.next();
  expect(done.most).toBe(1);
  level = 3;
  expect(await all(rows)).toEqual(names(12, 2).slice(1));
  expect(done.most).toBe(3);
});

test('what nobody takes is not read on: so many items of one generator, and four times as many of all', async () => {
  const { list, done } = sources(50, 20);
  const rows = inOrder(list, () => 6, 5, never);
  expect((await rows.next()).value).toBe('0.0');
  await expect.poll(() => done.of.slice(1, done.begun).every((items) => items >= 5)).toBe(true);
  await wait(50);
  expect(done.begun).toBe(6);
  // The one whose turn it is may be ahead; of each of the others five are held, and none more is read.
  expect(done.of.slice(1, 6)).toEqual([5, 5, 5, 5, 5]);
  expect(await all(rows)).toEqual(names(50, 20).slice(1));
});

test('an error comes at its turn, after what came before it', async () => {
  const { list } = sources(3, 2, () => 5);
  const failing = async function* () {
    yield 'before';
    throw new Error('no more');
  };
  const rows = inOrder<string>([list[0] ?? failing, failing, list[1] ?? failing], () => 3, 8, never);
  const seen: string[] = [];
  await expect(
    (async () => {
      for await (const item of rows) seen.push(item);
    })(),
  ).rejects.toThrow('no more');
  expect(seen).toEqual(['0.0', '0.1', 'before']);
});

test('once it is cancelled nothing more comes', async () => {
  const { list, done } = sources(4, 1_000, () => 1);
  const cancel = new AbortController();
  const rows = inOrder(list, () => 2, 3, cancel.signal);
  await rows.next();
  cancel.abort();
  await expect(all(rows)).rejects.toEqual(new DeskError('cancelled'));
  const at = done.items;
  await wait(30);
  expect(done.items).toBeLessThanOrEqual(at + 2);
});
