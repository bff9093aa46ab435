import { Command } from 'commander';
import { passphraseSchema, snapshotExtension } from '../core/tenants/snapshots.ts';
import { DeskError } from '../shared/errors.ts';
import { print, tell } from './output.ts';
import { readSecret } from './secret-input.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';

type TakeOptions = { profile: string; output: string; encrypt?: boolean; passphraseStdin?: boolean };
type OpenOptions = { encrypted?: boolean; passphraseStdin?: boolean };

/** The passphrase of whoever asked for one; null for nobody. */
const passphraseOf = async (asked: boolean, stdin: boolean): Promise<string | null> => {
  if (!asked && !stdin) return null;
  const entered = passphraseSchema.safeParse(
    await readSecret(stdin, 'Passphrase (not shown): ', '--passphrase-stdin'),
  );
  if (!entered.success) throw wrongUsage('--passphrase-stdin', 'at least 12 characters are needed');
  return entered.data;
};

/** `desk snapshot …` */
export const snapshotCommand = () =>
  new Command('snapshot')
    .description('write what is mirrored of a tenant into one file, to hand over; it holds no secret')
    .requiredOption('--profile <profile>', 'tenant: its id or name, or demo')
    .requiredOption('--output <file>', `file to write, name.${snapshotExtension}`)
    .option('--encrypt', 'ask for a passphrase and encrypt the file with it (age)')
    .option('--passphrase-stdin', 'encrypt, the passphrase from standard input')
    .addHelpText(
      'after',
      `
Examples:
  desk mirror --profile production && desk snapshot --profile production --output production.${snapshotExtension}
  printf %s "$PASSPHRASE" | desk snapshot --profile production --output p.${snapshotExtension} --passphrase-stdin`,
    )
    .action(async (options: TakeOptions, command: Command) => {
      const passphrase = await passphraseOf(options.encrypt ?? false, options.passphraseStdin ?? false);
      const job = await withCore(command, async (core) => {
        const profile = await core.profileFor(options.profile);
        return core.jobs.ended(core.snapshots.start(profile, options.output, passphrase).id);
      });
      if (job.error) throw new DeskError(job.error.code, job.error.detail);
      tell(`${job.rows} rows written${passphrase === null ? '' : ', encrypted'}`);
    });

/** `desk open-snapshot …` */
export const openSnapshotCommand = () =>
  new Command('open-snapshot')
    .description('verify a snapshot and add it as a tenant that is only read')
    .argument('<file>', 'the snapshot')
    .option('--encrypted', 'ask for its passphrase')
    .option('--passphrase-stdin', 'its passphrase from standard input')
    .addHelpText(
      'after',
      `
Example:
  desk open-snapshot production.${snapshotExtension}`,
    )
    .action(async (file: string, options: OpenOptions, command: Command) => {
      const passphrase = await passphraseOf(options.encrypted ?? false, options.passphraseStdin ?? false);
      const profile = await withCore(command, (core) => core.snapshots.open(file, passphrase));
      print(`Added ${profile.id} (${profile.name}, as of ${profile.label})`);
    });
