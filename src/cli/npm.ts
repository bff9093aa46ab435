import { parseArgs } from 'node:util';
import { runWeb } from '../web/main.ts';

/** `logto-desk` alone opens the browser door; with a command it is the terminal. */
const [first] = process.argv.slice(2);
const opens =
  first === undefined || ['--no-open', '--port', '--data-dir'].includes(first.split('=')[0] ?? '');
const command = process.argv.slice(2).some((word) => ['profiles', 'list', 'export', 'help'].includes(word));

if (opens && !command) {
  const { values } = parseArgs({
    options: {
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
      'data-dir': { type: 'string' },
    },
  });
  await runWeb({
    dataDir: values['data-dir'],
    open: !values['no-open'],
    ...(values.port ? { port: Number(values.port) } : {}),
  });
} else await import('./main.ts');
