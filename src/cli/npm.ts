import { DeskError, errorValueOf } from '../shared/errors.ts';
import { createPhrases, explain } from '../shared/phrases/index.ts';
import { runWeb } from '../web/main.ts';
import { webFlags } from '../web/options.ts';
import { exitCodes } from './exit-codes.ts';
import { tell } from './output.ts';

const flags = ['--no-open', '--port', '--data-dir'];
const words = process.argv.slice(2);
const isValue = (at: number) => ['--port', '--data-dir'].includes(words[at - 1] ?? '');

/** `logto-desk`, alone or with the browser door's flags, opens it; with a command it is the terminal. */
const first = words[0]?.split('=')[0];
const hasCommand = words.some((word, at) => !word.startsWith('-') && !isValue(at));

if ((first === undefined || flags.includes(first)) && !hasCommand) {
  try {
    await runWeb(webFlags(words));
  } catch (error) {
    const { title, next, fine } = explain(createPhrases(), errorValueOf(error));
    tell([`${title}.`, ...fine, next].join(' '));
    const isUsage = error instanceof DeskError && error.code === 'usage.invalid';
    process.exitCode = isUsage ? exitCodes.usage : exitCodes.failed;
  }
} else await import('./main.ts');
