import { expect, test } from 'vitest';
import { endingInWords, longEndings, longJobMs } from './ended-jobs.ts';
import { createPhrases } from './phrases/index.ts';

const job = (id: string, state: 'running' | 'done' | 'failed' | 'cancelled', ms: number) => ({
  id,
  kind: 'export' as const,
  state,
  startedAt: 1_000,
  endedAt: state === 'running' ? null : 1_000 + ms,
});

test('only what ran for long, and was seen running, is told when it ends; once', () => {
  const ended = longEndings();
  const ids = (jobs: readonly { id: string }[]) => jobs.map(({ id }) => id);
  // What an earlier run of the program left behind did not end.
  expect(ended([job('left', 'failed', longJobMs)])).toEqual([]);
  expect(ended(['long', 'short', 'bad', 'off'].map((id) => job(id, 'running', 0)))).toEqual([]);
  const after = [
    job('long', 'done', longJobMs),
    job('short', 'done', longJobMs - 1),
    job('bad', 'failed', longJobMs * 2),
    job('off', 'cancelled', longJobMs * 2),
  ];
  expect(ids(ended(after))).toEqual(['long', 'bad']);
  expect(ended(after)).toEqual([]);
});

test('what is said of an end names no tenant and no file', () => {
  const { t } = createPhrases();
  expect(endingInWords(t, { kind: 'export', state: 'done' })).toBe('Export finished');
  expect(endingInWords(t, { kind: 'copy', state: 'failed' })).toBe('Offline copy failed');
});
