import { expect, test, vi } from 'vitest';
import { atRest } from './at-rest';

test('what can wait is done in a browser that cannot say when it rests, too, unless it is taken back', async () => {
  expect('requestIdleCallback' in globalThis).toBe(false);
  vi.useFakeTimers();
  const done: string[] = [];
  atRest(() => done.push('one'));
  const takeBack = atRest(() => done.push('other'));
  expect(done).toEqual([]);
  takeBack();
  vi.runAllTimers();
  vi.useRealTimers();
  expect(done).toEqual(['one']);
});

test('a browser that can say when it rests is asked', () => {
  const asked: (() => void)[] = [];
  vi.stubGlobal('requestIdleCallback', (act: () => void) => asked.push(act) - 1);
  vi.stubGlobal('cancelIdleCallback', (at: number) => asked.splice(at, 1));
  const done: string[] = [];
  atRest(() => done.push('one'));
  atRest(() => done.push('other'))();
  for (const act of asked) act();
  vi.unstubAllGlobals();
  expect(done).toEqual(['one']);
});
