import { findOne } from '../core/dossier/find.ts';
import { dossierFormats } from '../shared/dossier.ts';
import { goneInWords, lackingInWords, sectionTitle, stateInWords } from '../shared/phrases/dossier-words.ts';
import { exitCodes } from './exit-codes.ts';
import { chosenOption, flagged } from './flagged.ts';
import { endOfJob, intoPlace, resultOf } from './follow-job.ts';
import { oneLine, progress, tell } from './output.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';
import { zoneFor } from './zone.ts';

/** `desk dossier …` */
export const dossierCommand = () =>
  flagged('dossier')
    .description(say('dossier.description'))
    .argument('<user>', say('dossier.user'))
    .requiredOption('--profile <profile>', say('profile'))
    .addOption(chosenOption('--format <format>', say('dossier.format'), dossierFormats).makeOptionMandatory())
    .requiredOption('--output <file>', say('dossier.output'))
    .option('--mirrored', say('copied'))
    .addHelpText(
      'after',
      examples(
        'desk dossier kim@corp.example --profile production --format html --output kim.html',
        'desk dossier 010-1183-4274 --profile production --format json --output kim.json',
      ),
    )
    .action(async (user, options, command) => {
      const { profile, format, output, mirrored = false } = options;
      const { manifest, rows } = await withCore(command, async (core, signal) => {
        const id = await findOne(user, (list) => core.pages.find(profile, list, { mirrored, signal }));
        const asked = { profile, user: id, format, mirrored, zone: zoneFor(command, core) };
        return intoPlace(output, async (path) =>
          resultOf(await endOfJob(core, await core.startJob('dossier', asked, { path }), signal)),
        ).finally(() => progress(''));
      });
      const { t } = phrases;
      for (const section of manifest.sections) {
        const { id, count } = section;
        const parts = [
          say('rows', { count }),
          stateInWords(t, section, manifest),
          ...lackingInWords(phrases, section),
        ];
        tell(oneLine(`${sectionTitle(t, id)}: ${parts.join('; ')}`));
      }
      const gone = goneInWords(phrases, manifest);
      if (gone) tell(oneLine(gone));
      if (manifest.asOf) tell(say('dossier.asOf', { time: manifest.asOf }));
      tell(`${say('written', { count: rows })}; ${say(manifest.complete ? 'complete' : 'notComplete')}`);
      if (!manifest.complete) process.exitCode = exitCodes.incomplete;
    });
