import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * A program that runs in a worker: beside this file's built form, or its source. Tests that run beside the built program
 * (`LOGTO_DESK_PROGRAM`) take its own, which is there in a fifth of the time.
 */
const program = (built: string, source: string): URL => {
  if (!import.meta.url.endsWith('.ts')) return new URL(built, import.meta.url);
  const beside = process.env.LOGTO_DESK_PROGRAM;
  return beside ? new URL(built, pathToFileURL(beside)) : new URL(source, import.meta.url);
};

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
