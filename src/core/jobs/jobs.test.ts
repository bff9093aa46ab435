import { expect, test } from 'vitest';
import { Jobs } from './jobs.ts';

const waiting = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
const at = (profile: string) => ({ title: '', profile });
const files = async () => ({ rows: 0 });

test('what runs for one tenant is cancelled with it; another’s continues', async () => {
  const jobs = new Jobs(Date.now);
  const [one, other] = ['one', 'other'].map((profile) =>
    jobs.start('test', { about: at(profile), run: ({ signal }) => waiting(signal) }),
  );
  await jobs.cancelAll('one');
  expect(jobs.find(one?.id ?? '')).toMatchObject({ state: 'cancelled' });
  expect(jobs.find(other?.id ?? '')).toMatchObject({ state: 'running' });
  await jobs.interruptAll();
  expect(jobs.find(other?.id ?? '')).toMatchObject({
    state: 'cancelled',
    error: { code: 'export.interrupted' },
  });
});

test('however many have ended, one that runs is not forgotten', async () => {
  const jobs = new Jobs(Date.now);
  const running = jobs.start('test', { about: at('one'), run: ({ signal }) => waiting(signal) });
  const ended: string[] = [];
  for (let n = 0; n < 60; n += 1) {
    const { id } = jobs.start('test', { about: at('one'), run: files });
    await jobs.ended(id);
    ended.push(id);
  }
  expect(jobs.find(running.id)).toMatchObject({ state: 'running' });
  expect(jobs.list()).toHaveLength(50);
  expect(jobs.find(ended[0] ?? '')).toBeUndefined();
  expect(jobs.find(ended.at(-1) ?? '')).toMatchObject({ state: 'done' });
  await jobs.cancel(running.id);
});

test('a view that this version cannot open is not told with its job', () => {
  const jobs = new Jobs(Date.now);
  const view = { profile: 'one', resource: 'users', filters: {} };
  const where = [{ column: 'name', mode: 'is' as const, value: 'Kim' }];
  for (const query of [
    { ...view, where },
    { ...view, resource: 'lists-of-later' },
    { ...view, filters: { ofLater: ['1'] } },
    { ...view, resource: 'organization-users' },
  ]) {
    const about = { ...at('one'), query };
    jobs.restore('test', { ...about, startedAt: 1 });
    jobs.start('test', { about, run: files });
  }
  expect(jobs.list().map(({ query }) => query?.resource ?? null)).toEqual([
    'users',
    'users',
    ...Array.from({ length: 6 }, () => null),
  ]);
});

test('a job that is not listed is said to be that, whatever is asked of it', async () => {
  const jobs = new Jobs(Date.now);
  const gone = expect.objectContaining({ code: 'job.not_found' });
  await expect(jobs.cancel('none')).rejects.toEqual(gone);
  for (const ask of [() => jobs.dismiss('none'), () => jobs.change('none', { resumable: true })])
    expect(ask).toThrow(gone);
});
