import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import { fileError } from '../base/file-errors.ts';
import { holdPlain } from '../base/plain-place.ts';

/** Where an export goes. */
export type Target = {
  write(part: string | Uint8Array): Promise<void>;
  /** The text is whole: put it in its place. */
  finish(): Promise<void>;
  /** Leave nothing behind. */
  discard(): Promise<void>;
};

/** Work on a file, whose failure names the file. Throws `export.not_writable` or `export.disk_full`. */
export const guarded = async <T>(path: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw fileError(error, path);
  }
};

/**
 * A file that appears in its place only when it is whole: written beside it, then renamed.
 * Throws `export.not_writable` or `export.disk_full`.
 */
export const fileTarget = async (path: string): Promise<Target> => {
  await holdPlain(path);
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.part`);
  // 0600: an export holds personal data, and its reader is the person who asked for it.
  const file: FileHandle = await guarded(path, () => open(beside, 'wx', 0o600));
  let closed = false;
  const close = async () => {
    if (!closed) await file.close();
    closed = true;
  };
  return {
    // `appendFile` continues until everything is written; a plain `write` may stop short.
    write: (part) => guarded(path, () => file.appendFile(part)),
    finish: () =>
      guarded(path, async () => {
        await file.sync();
        await close();
        await rename(beside, path);
      }),
    discard: async () => {
      await close().catch(() => {});
      await rm(beside, { force: true });
    },
  };
};

/** A stream, e.g. standard output; it waits where the reader is slower. */
export const streamTarget = (stream: NodeJS.WritableStream): Target => ({
  write: (part) =>
    new Promise((resolve, reject) => {
      stream.write(part, (error) =>
        error
          ? reject(new DeskError('export.not_writable', { where: '-', reason: error.message }))
          : resolve(),
      );
    }),
  finish: async () => {},
  discard: async () => {},
});
