import { Command, CommanderError } from 'commander';
import { versionLine } from '../doors/about.ts';
import { DeskError, errorValueOf } from '../shared/errors.ts';
import { explain } from '../shared/phrases/index.ts';
import { commandsFor } from './commands.ts';
import { exitCodes } from './exit-codes.ts';
import { withGlobals } from './globals.ts';
import { oneLine, plain, tell } from './output.ts';
import { asUsage } from './usage.ts';
import { examples, phrases, say } from './words.ts';

/** Errors that a change of the command line mends. */
const isUsage = (code: string) =>
  code === 'usage.invalid' ||
  code === 'usage.missing' ||
  code === 'export.nothing' ||
  code === 'profile.invalid' ||
  code === 'profile.custom_domain';

/** Errors of changes that are not refusals: something failed, or was not found. */
const unguarded = ['changes.journal', 'changes.unfound'];

/** Errors by which a guard refuses a change. */
const isGuarded = (code: string) =>
  code === 'profile.read_only' ||
  code === 'import.changed' ||
  (code.startsWith('changes.') && !unguarded.includes(code));

/** Every command answers wrong usage the same way; commander itself would end the process with 1. */
const refuseToExit = (command: Command) => {
  command.configureOutput({
    writeOut: (text) => process.stdout.write(plain(text)),
    writeErr: (text) => process.stderr.write(plain(text)),
  });
  command.exitOverride().showHelpAfterError(say('helpHint'));
  for (const child of command.commands) refuseToExit(child);
};
const codeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  const value = asUsage(errorValueOf(error));
  if (value.code === 'cancelled') return exitCodes.cancelled;
  const { title, remedy, details } = explain(phrases, value);
  const reason = value.code === 'internal' && error instanceof Error ? [error.message] : details;
  const parts = [`${title}.`, ...(reason.length ? [`(${reason.join(', ')})`] : []), remedy];
  tell(oneLine(`desk: ${parts.join(' ')}`));
  if (isUsage(value.code)) return error instanceof DeskError ? exitCodes.usage : exitCodes.failed;
  // Another program made, or makes, what this one did not.
  if (value.code === 'changes.taken') return exitCodes.incomplete;
  return isGuarded(value.code) ? exitCodes.refused : exitCodes.failed;
};

/** Runs a command line, without the program's name, and returns what it ends with. */
export const run = async (words: readonly string[]): Promise<number> => {
  const program = new Command('desk').description(say('program'));
  withGlobals(program);
  program
    .version(versionLine())
    .addHelpText(
      'after',
      `${examples(
        'desk list users --profile demo --keyword kim --page 1 --page-size 5',
        'desk export logs --profile demo --time 30d --format ndjson --output logs.ndjson',
        'printf %s "$SECRET" | desk profiles add --oss https://auth.example.com --name Production --app-id abc --secret-stdin',
      )}\n\n${say('exitCodes')}`,
    );
  for (const command of await commandsFor(words)) program.addCommand(command);
  refuseToExit(program);
  return program
    .parseAsync(words, { from: 'user' })
    .then(() => Number(process.exitCode ?? exitCodes.done), codeOf);
};
