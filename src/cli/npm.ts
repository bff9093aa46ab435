import { keepCompiled } from '../doors/compiled.ts';

keepCompiled();

const flags = ['--no-open', '--port', '--data-dir'];
const words = process.argv.slice(2);
const isValue = (at: number) => ['--port', '--data-dir'].includes(words[at - 1] ?? '');

/** `logto-desk`, alone or with the browser door's flags, opens it; with a command it is the terminal. */
const first = words[0]?.split('=')[0];
const hasCommand = words.some((word, at) => !word.startsWith('-') && !isValue(at));

// Loaded by what is meant: the one starts without the other.
await ((first === undefined || flags.includes(first)) && !hasCommand
  ? import('./web-door.ts')
  : import('./main.ts'));
