import { join } from 'node:path';

/** A program that runs in a worker: beside this file's built form, or its source. */
const program = (built: string, source: string): URL =>
  import.meta.url.endsWith('.ts') ? new URL(source, import.meta.url) : new URL(built, import.meta.url);

/** Where the mirrors of a data folder are, and the program that works on them. */
export const mirrorPlace = (dataDir: string): { folder: string; worker: URL } => ({
  folder: join(dataDir, 'mirror'),
  worker: program('./mirror-worker.js', '../core/mirror/worker.ts'),
});

/** Where a data folder keeps the journals of changes. */
export const journalPlace = (dataDir: string): string => join(dataDir, 'journals');

/** Where a data folder keeps what is on its way. */
export const scratchPlace = (dataDir: string): string => join(dataDir, 'scratch');

/** The program that makes files which are written at once out of their rows. */
export const converter: URL = program('./convert-worker.js', '../core/export/convert-worker.ts');
