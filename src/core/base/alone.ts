import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';

const triesEachMs = 25;
const longestWaitMs = 10_000;

/** A lock that is held; null while another program holds it. Throws where there can be none. */
const held = (path: string): DatabaseSync | null => {
  const lock = new DatabaseSync(path);
  try {
    lock.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked/.test(error.message)) return null;
    throw error;
  }
};

/**
 * Runs `work` while no other program of ours that asks for the same file does. The lock is one of SQLite's, which the system takes
 * back from a program that is killed. Where it cannot be had, `work` is done all the same.
 */
export const alone = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  let lock: DatabaseSync | null = null;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    const until = performance.now() + longestWaitMs;
    for (lock = held(path); lock === null && performance.now() < until; lock = held(path))
      await setTimeout(triesEachMs);
  } catch {
    // A disk that cannot be written to keeps nobody from reading the key that is there.
  }
  try {
    return await work();
  } finally {
    lock?.close();
  }
};
