import { exitCodes } from './exit-codes.ts';
import { run } from './run.ts';

// The reader of a pipe may leave early (`| head`): that is its right, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(exitCodes.done);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
