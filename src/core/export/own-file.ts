import { constants, fstatSync, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** No link is followed, and no pipe waited for. */
const { O_RDONLY, O_RDWR, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;

/** A regular file of this user's alone, that has no other name. Elsewhere than on POSIX the system's own rights have to do. */
const isOwn = (stats: Stats): boolean =>
  stats.isFile() &&
  stats.nlink === 1 &&
  (process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o077) === 0));

/**
 * Opens a file that a run of ours wrote into a folder that others may write to, too; null for whatever somebody else put
 * there. What is opened is looked at, not what stood at the path a moment before. The caller closes it.
 */
export const openOwn = async (path: string, how: 'read' | 'append' = 'read'): Promise<FileHandle | null> => {
  const flags = (how === 'read' ? O_RDONLY : O_RDWR | O_APPEND) | O_NOFOLLOW | O_NONBLOCK;
  // Not there, a link, or not ours to open.
  const file = await open(path, flags).catch(() => null);
  if (!file || isOwn(await file.stat())) return file;
  await file.close();
  return null;
};

/** Opens a regular file to read it, whoever's it is; null for anything else. The caller closes it. */
export const openRegular = async (path: string): Promise<FileHandle | null> => {
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch(() => null);
  if (!file || (await file.stat()).isFile()) return file;
  await file.close();
  return null;
};

/** True while an open file (a descriptor) is the one that stands at the path. */
export const standsAt = (file: number, path: string): boolean => {
  const [held, there] = [fstatSync(file), lstatSync(path, { throwIfNoEntry: false })];
  return there !== undefined && there.ino === held.ino && there.dev === held.dev;
};
