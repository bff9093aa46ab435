import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { dataDirOf, ownFolder } from './data-dir.ts';

/**
 * Lets Node keep what it compiled of the program for the next start. In the data folder, which is this user's alone:
 * what another could put there would be run. Before there is one, nothing is kept. `asked`: the folder that was asked for.
 */
export const keepCompiled = (asked?: string): void => {
  const dataDir = dataDirOf(asked);
  if (process.env.NODE_COMPILE_CACHE || !existsSync(dataDir)) return;
  try {
    ownFolder(dataDir);
    enableCompileCache(join(dataDir, 'compiled'));
  } catch {
    // A folder that cannot be used is told of by whoever needs it.
  }
};
