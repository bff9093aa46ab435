import { passphraseSchema, snapshotExtension } from '../core/mirror/snapshot-file.ts';
import { shortestPassphrase } from '../shared/limits.ts';
import { fullTitleOf } from '../shared/phrases/catalog-words.ts';
import { exitCodes } from './exit-codes.ts';
import { flagged } from './flagged.ts';
import { endOfJob, intoPlace, resultOf } from './follow-job.ts';
import { print, tell } from './output.ts';
import { readSecret } from './secret-input.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';

/** The passphrase of whoever asked for one; null for nobody. */
const passphraseOf = async (asked: boolean, stdin: boolean): Promise<string | null> => {
  if (!asked && !stdin) return null;
  const entered = passphraseSchema.safeParse(
    await readSecret(stdin, say('passphrase'), '--passphrase-stdin'),
  );
  if (!entered.success)
    throw wrongUsage('--passphrase-stdin', say('snapshot.short', { count: shortestPassphrase }));
  return entered.data;
};

/** `desk snapshot …` */
export const snapshotCommand = () =>
  flagged('snapshot')
    .description(say('snapshot.description'))
    .requiredOption('--profile <profile>', say('profile'))
    .requiredOption('--output <file>', say('snapshot.output', { extension: snapshotExtension }))
    .option('--encrypt', say('snapshot.encrypt'))
    .option('--passphrase-stdin', say('snapshot.encryptStdin'))
    .addHelpText(
      'after',
      examples(
        `desk copy --profile production && desk snapshot --profile production --output production.${snapshotExtension}`,
        `printf %s "$PASSPHRASE" | desk snapshot --profile production --output p.${snapshotExtension} --passphrase-stdin`,
      ),
    )
    .action(async (options, command) => {
      const passphrase = await passphraseOf(options.encrypt ?? false, options.passphraseStdin ?? false);
      const { rows, manifest } = await withCore(command, (core, signal) =>
        intoPlace(options.output, async (path) => {
          const job = await core.startJob('snapshot', { profile: options.profile, passphrase }, { path });
          return resultOf(await endOfJob(core, job, signal));
        }),
      );
      tell(`${say('written', { count: rows })}${passphrase === null ? '' : say('snapshot.encrypted')}`);
      const partial = manifest.lists.filter(({ wholeAt }) => wholeAt === null);
      if (partial.length === 0) return;
      // Whoever gets the file takes it for the tenant.
      const lists = [...new Set(partial.map(({ resource }) => fullTitleOf(phrases.t, resource)))].join(', ');
      tell(phrases.t('mirror.notWhole', { lists }));
      process.exitCode = exitCodes.incomplete;
    });

/** `desk open-snapshot …` */
export const openSnapshotCommand = () =>
  flagged('open-snapshot')
    .description(say('snapshot.open'))
    .argument('<file>', say('snapshot.file'))
    .option('--encrypted', say('snapshot.encryptedFile'))
    .option('--passphrase-stdin', say('snapshot.passphraseStdin'))
    .addHelpText('after', examples(`desk open-snapshot production.${snapshotExtension}`))
    .action(async (file, options, command) => {
      const passphrase = await passphraseOf(options.encrypted ?? false, options.passphraseStdin ?? false);
      const profile = await withCore(command, (core) => core.openSnapshot(file, passphrase));
      print(say('snapshot.added', { id: profile.id, name: profile.name, time: profile.label }));
    });
