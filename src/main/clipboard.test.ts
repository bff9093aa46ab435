import { expect, test, vi } from 'vitest';
import { clipboardMs } from '../shared/limits.ts';
import { clearingClipboard } from './clipboard.ts';

const board = () => {
  let text = '';
  return {
    readText: async () => text,
    writeText: async (next: string) => {
      text = next;
    },
  };
};

test('a sensitive copy is gone after 30 seconds, another one stays', async () => {
  vi.useFakeTimers();
  const system = board();
  const { copy } = clearingClipboard(system);
  await copy('kim@example.com', true);
  await vi.advanceTimersByTimeAsync(clipboardMs - 1);
  expect(await system.readText()).toBe('kim@example.com');
  await vi.advanceTimersByTimeAsync(1);
  expect(await system.readText()).toBe('');
  await copy('rngy15bm3zwv', false);
  await vi.advanceTimersByTimeAsync(10 * clipboardMs);
  expect(await system.readText()).toBe('rngy15bm3zwv');
  vi.useRealTimers();
});

test('what was copied elsewhere meanwhile stays, and quitting clears at once', async () => {
  vi.useFakeTimers();
  const system = board();
  const { copy, clear } = clearingClipboard(system);
  await copy('kim@example.com', true);
  await system.writeText('from another program');
  await vi.advanceTimersByTimeAsync(clipboardMs);
  expect(await system.readText()).toBe('from another program');
  await copy('kim@example.com', true);
  await clear();
  expect(await system.readText()).toBe('');
  vi.useRealTimers();
});
