import { DeskError, errorValueOf } from '../shared/errors.ts';
import { createPhrases, explain } from '../shared/phrases/index.ts';
import { runWeb } from '../web/main.ts';
import { webFlags } from '../web/options.ts';
import { exitCodes } from './exit-codes.ts';
import { tell } from './output.ts';

/** The browser door of the npm package: runs until its window is closed. */
try {
  await runWeb(webFlags(process.argv.slice(2)));
} catch (error) {
  const { title, remedy, details } = explain(createPhrases(), errorValueOf(error));
  tell([`${title}.`, ...details, remedy].join(' '));
  const isUsage = error instanceof DeskError && error.code === 'usage.invalid';
  process.exitCode = isUsage ? exitCodes.usage : exitCodes.failed;
}
