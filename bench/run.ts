import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { endBrowser } from '../e2e/doors/browser.ts';
import { buildIfNeeded } from '../scripts/build-if-needed.ts';
import { measureBrowsing } from './browsing.ts';
import { measureChanges, measureLargeImport } from './changes.ts';
import { measureExports } from './exports.ts';
import { measureHand } from './hand.ts';
import { measureMirror } from './mirror.ts';
import { measureSoak } from './soak.ts';

/**
 * Measures what users feel, as tables; compare ratios, not milliseconds: those belong to the machine.
 * `npm run bench`: all but the soak. `npm run bench -- soak [--minutes 60]`, `npm run bench -- hand [--rounds 7]`,
 * `npm run bench -- mirror [--rows 100000]`, `npm run bench -- changes [--rows 10000]`: that alone;
 * `npm run bench -- changes-10000`: imports of 1,000, 5,000, and 10,000 users, and what memory they take.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '7' },
    rows: { type: 'string', multiple: true },
  },
});
const ownCore = ['mirror', 'changes', 'changes-10000'];
if (!ownCore.includes(positionals[0] ?? '')) buildIfNeeded({ program: true });
console.log(`${cpus().length} cores, ${cpus()[0]?.model.trim()}, Node ${process.version}`);
if (positionals[0] === 'soak') await measureSoak(Number(values.minutes));
else if (positionals[0] === 'hand') await measureHand(Number(values.rounds));
else if (positionals[0] === 'mirror') await measureMirror(values.rows?.map(Number));
else if (positionals[0] === 'changes-10000') await measureLargeImport(values.rows?.map(Number));
else if (positionals[0] === 'changes') await measureChanges(values.rows?.map(Number));
else {
  await measureHand(Number(values.rounds));
  await measureBrowsing();
  await measureExports();
  await measureMirror();
  await measureChanges();
}
await endBrowser();
