import { join } from 'node:path';

/** Where the mirrors of a data folder are, and the program that works on them: beside this file's built form, or its source. */
export const mirrorPlace = (dataDir: string): { folder: string; worker: URL } => ({
  folder: join(dataDir, 'mirror'),
  worker: import.meta.url.endsWith('.ts')
    ? new URL('../core/mirror/worker.ts', import.meta.url)
    : new URL('./mirror-worker.js', import.meta.url),
});
