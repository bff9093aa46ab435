import { EventEmitter } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { addSimulator, type TestCore, testCore } from '../doors/testing.ts';
import { longJobMs } from '../shared/ended-jobs.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import type { Electron } from './electron.ts';
import { tellEndings } from './endings.ts';

let server: Simulator;
let held: TestCore;
const control = new AbortController();

afterEach(async () => {
  control.abort();
  await held[Symbol.asyncDispose]();
  await server.stop();
});

/** What the system shows, and a press on it. */
const standInNotifications = () => {
  const shown: { title: string; body: string; press: () => void }[] = [];
  class Shown extends EventEmitter {
    readonly #said: { title?: string; body?: string };
    constructor(said: { title?: string; body?: string }) {
      super();
      this.#said = said;
    }
    static isSupported = () => true;
    show() {
      const { title = '', body = '' } = this.#said;
      shown.push({ title, body, press: () => this.emit('click') });
    }
  }
  return { Notification: Shown as unknown as Electron['Notification'], shown };
};

test('the end of long work is told while no window is in front, and a press brings one there', async () => {
  server = await startSimulator({ users: 30, logs: 10, tied: [0, 0] });
  let ahead = 0;
  held = testCore({ clock: () => Date.now() + ahead });
  const { core } = held;
  const { id: profile } = await addSimulator(core, server, '<a href="https://evil.test">\u202e');
  const { Notification, shown } = standInNotifications();
  let isFront = false;
  let raised = 0;
  const show = () => {
    raised += 1;
  };
  /** States of jobs that were looked at so far. */
  const looked = new Set<string>();
  const watch: typeof core.jobs.watch = async function* (signal) {
    for await (const jobs of core.jobs.watch(signal)) {
      yield jobs;
      for (const { id, state } of jobs) looked.add(`${id} ${state}`);
    }
  };
  void tellEndings(
    {
      core: { lock: core.lock, tenants: core.tenants, jobs: { watch } },
      Notification,
      isInFront: () => isFront,
      show,
    },
    control.signal,
  );
  /** A job of the core's own, of which the watch says that it lasted so long. */
  const run = async (ms: number) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { id } = core.jobs.start('copy', {
      about: { title: 'users', profile },
      run: async () => {
        await promise;
        return { rows: 1, gone: 0, lists: [] };
      },
    });
    await expect.poll(() => looked.has(`${id} running`)).toBe(true);
    ahead += ms;
    resolve();
    await expect.poll(() => looked.has(`${id} done`)).toBe(true);
  };
  await run(longJobMs);
  expect(shown.map(({ title, body }) => [title, body])).toEqual([
    // No body, of which Linux would take the marks.
    ['Offline copy finished · <a href="https://evil.test">⟨U+202E⟩', ''],
  ]);
  shown[0]?.press();
  expect(raised).toBe(1);

  // Short work is not told, nor what ends before the operator's eyes.
  await run(10);
  isFront = true;
  await run(longJobMs);
  isFront = false;
  // A locked program names nobody.
  core.lock.close();
  await run(longJobMs);
  expect(shown).toHaveLength(2);
  expect(shown[1]).toMatchObject({ title: 'Offline copy finished', body: '' });
});
