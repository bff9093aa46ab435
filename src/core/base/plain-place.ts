import { stat } from 'node:fs/promises';
import { DeskError } from '../../shared/errors.ts';

/**
 * Throws `export.not_writable` where something else than a file stands: a file that is renamed onto a device or a pipe takes
 * its place, and as root `/dev/null` would be gone.
 */
export const holdPlain = async (path: string): Promise<void> => {
  const there = await stat(path).catch(() => null);
  if (there === null || there.isFile()) return;
  throw new DeskError('export.not_writable', {
    where: path,
    reason: there.isDirectory() ? 'it is a folder' : 'it is a device or a pipe',
  });
};
