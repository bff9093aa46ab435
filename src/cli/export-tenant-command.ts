import { resolve } from 'node:path';
import { listItems, viewItems } from '../core/export/folder.ts';
import { copied } from '../core/mirror/copy-tenant.ts';
import { exportFormats } from '../shared/export-formats.ts';
import { fullTitleOf } from '../shared/phrases/catalog-words.ts';
import { commandWords } from '../shared/phrases/command-words.ts';
import { exitCodes } from './exit-codes.ts';
import { chosenOption, flagged } from './flagged.ts';
import { endOfJob, failureOf, resultOf } from './follow-job.ts';
import { belowUsersText, listsOf } from './mirror-command.ts';
import { print, progress, tell } from './output.ts';
import { lackingParts, lackLines } from './report-words.ts';
import { withCore } from './with-core.ts';
import { examples, say } from './words.ts';
import { zoneFor } from './zone.ts';

/** `desk export-tenant …` */
export const exportTenantCommand = () =>
  flagged('export-tenant')
    .description(say('exportTenant.description'))
    .requiredOption('--profile <profile>', say('profile'))
    .addOption(
      chosenOption('--format <format>', say('exportTenant.format'), exportFormats).makeOptionMandatory(),
    )
    .requiredOption('--output <folder>', say('exportTenant.output'))
    .option('--resources <ids>', say('exportTenant.resources'), listsOf)
    .option('--views <names>', say('exportTenant.views'), (text: string) =>
      text.split(',').map((name) => name.trim()),
    )
    .option('--resume', say('exportTenant.resume'))
    .option('--no-below', say('exportTenant.noBelow'))
    .option('--below-users', belowUsersText, false)
    .option('--mirrored', say('copied'))
    .addHelpText(
      'after',
      examples(
        'desk export-tenant --profile production --format parquet --output ./production',
        'desk export-tenant --profile production --format parquet --output ./production --resume',
        `desk export-tenant --profile production --format xlsx --output ./report --views 'Suspended,Errors of today'`,
      ),
    )
    .action(async (options, command) => {
      const { profile, format, output, resume = false, mirrored = false } = options;
      const folder = resolve(output);
      const outcomes = await withCore(command, async (core, signal) => {
        const { id } = await core.profileFor(profile);
        const zone = zoneFor(command, core);
        const items = options.views
          ? viewItems(core.settings.views, options.views, id)
          : listItems(options.resources ?? copied.map((list) => list.id), id, options);
        try {
          const job = await core.startJob('folder', {
            ...{ items, format, folder, resume, mirrored },
            ...(zone === 'UTC' ? {} : { zone }),
          });
          const ended = await endOfJob(core, job, signal, ({ part }) => {
            const { name } = items[(part?.number ?? 0) - 1] ?? {};
            if (name !== undefined) progress(`${name}: ${say('rows', { count: part?.rows ?? 0 })}`);
          });
          return resultOf(ended).files;
        } catch (error) {
          throw failureOf(error, folder, output);
        }
      });
      progress('');
      for (const { name, rows, state, report } of outcomes) {
        const said =
          state === 'absent'
            ? say('notAvailable')
            : [
                `${say('rows', { count: rows })}, ${say(`states.${state}`)}`,
                ...(report ? lackingParts(report) : []),
              ].join('; ');
        print(
          [`${fullTitleOf(commandWords.t, name)}: ${said}`, ...(report ? lackLines(report) : [])].join('\n'),
        );
      }
      if (outcomes.some(({ state }) => state === 'incomplete')) {
        tell(say('runAgainResume'));
        process.exitCode = exitCodes.incomplete;
      }
    });
