import { readFile } from 'node:fs/promises';
import { wrongUsage } from './usage.ts';
import { say } from './words.ts';

/** The text of the file that `--file` names. Throws what says that it cannot be read. */
export const textOfFile = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongUsage(
      '--file',
      error.code === 'ENOENT' ? say('find.noFile', { file: path }) : `${path}: ${error.message}`,
    );
  });
