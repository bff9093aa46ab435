import { expect, test } from 'vitest';
import { withReturn } from './with-return.ts';

let closed = 0;
async function* numbers() {
  try {
    yield 1;
    yield 2;
    return 'both';
  } finally {
    closed += 1;
  }
}

test('what a generator returns is there when its items are over', async () => {
  const items = withReturn(numbers());
  const met: number[] = [];
  for await (const item of items) {
    met.push(item);
    expect(() => items.returned).toThrow('not over');
  }
  expect(met).toEqual([1, 2]);
  expect(items.returned).toBe('both');
});

test('one that is left before its end is closed, and returned nothing', async () => {
  const before = closed;
  const items = withReturn(numbers());
  const reading = async () => {
    for await (const item of items) if (item === 1) throw new Error('left');
  };
  await expect(reading()).rejects.toThrow('left');
  expect(closed).toBe(before + 1);
  expect(() => items.returned).toThrow('not over');
});
