import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Runs `work` while no other program of ours does: a lock of SQLite's, which the system takes back from a program that
 * was killed. Waits for another's work for `waitMs`, then throws what SQLite says of it.
 */
export const exclusively = <T>(lockFile: string, waitMs: number, work: () => T): T => {
  // SQLite would make it under the umask.
  if (!existsSync(lockFile)) closeSync(openSync(lockFile, 'a', 0o600));
  else if ((statSync(lockFile).mode & 0o077) !== 0) chmodSync(lockFile, 0o600);
  const lock = new DatabaseSync(lockFile);
  try {
    lock.exec(`PRAGMA busy_timeout = ${waitMs}; BEGIN EXCLUSIVE`);
    return work();
  } finally {
    lock.close();
  }
};
