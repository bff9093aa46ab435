import { cpus } from 'node:os';
import { buildIfNeeded } from '../scripts/build-if-needed.ts';
import { measureBrowsing } from './browsing.ts';
import { measureExports } from './exports.ts';

/** Measures what users feel, as tables; compare ratios, not milliseconds: those belong to the machine. */
buildIfNeeded();
console.log(`${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.version}`);
await measureBrowsing();
await measureExports();
