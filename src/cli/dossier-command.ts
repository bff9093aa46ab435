import { findOne } from '../core/dossier/find.ts';
import { dossierFormats } from '../shared/dossier.ts';
import { DeskError } from '../shared/errors.ts';
import { goneInWords, lackingInWords, sectionTitle, stateInWords } from '../shared/phrases/dossier-words.ts';
import { exitCodes } from './exit-codes.ts';
import { choice, flagged } from './flagged.ts';
import { endOfJob } from './follow-job.ts';
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
    .addOption(choice('--format <format>', say('dossier.format'), dossierFormats).makeOptionMandatory())
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
      const { result, error } = await withCore(command, async (core, signal) => {
        const id = await findOne(user, (list) => core.pages.find(profile, list, { mirrored, signal }));
        const asked = { profile, user: id, format, mirrored, zone: zoneFor(command, core) };
        const job = await core.startJob('dossier', asked, { path: output });
        return endOfJob(core, job, signal);
      });
      progress('');
      if (error) throw new DeskError(error.code, error.detail);
      if (!result) return;
      const { manifest, rows } = result;
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
