import { text } from 'node:stream/consumers';
import { exportSchema } from '../core/export/request.ts';
import { fileTarget } from '../core/export/writer.ts';
import type { FoundList } from '../core/rows/find.ts';
import { resourceOf } from '../shared/catalog/index.ts';
import { isComplete } from '../shared/complete.ts';
import { exportFormats } from '../shared/export-formats.ts';
import { onOneLine } from '../shared/shown.ts';
import { exitCodes } from './exit-codes.ts';
import { columnsTyped } from './fields.ts';
import { chosenOption, flagged } from './flagged.ts';
import { print, printJson, tell } from './output.ts';
import { runExport } from './run-export.ts';
import { textOfFile } from './text-file.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, phrases, say } from './words.ts';

const listFrom = async (
  things: readonly string[],
  { file, stdin }: { file?: string; stdin?: boolean },
): Promise<string> => {
  const given = [things.length > 0, file !== undefined, stdin === true].filter(Boolean).length;
  if (given !== 1) throw wrongUsage('[things...]', say('find.oneWay'));
  if (stdin) return text(process.stdin);
  if (file === undefined) return things.join('\n');
  return textOfFile(file);
};

/** One line for each thing: found, not found or several, who, and whether they are suspended. */
const linesOf = ({ entries, labels, suspended }: FoundList): string[] =>
  entries
    .flatMap(({ text: thing, ids, unread }) => {
      if (ids.length === 0) return [[say(unread ? 'find.unread' : 'find.notFound'), thing]];
      return ids.map((id) => [
        say(ids.length > 1 ? 'find.several' : 'find.found'),
        thing,
        id,
        labels[id] ?? id,
        ...(suspended.includes(id) ? [phrases.t('paste.suspended')] : []),
      ]);
    })
    .map((parts) => parts.map(onOneLine).join('\t'));

/** Those who were not found, without those whom nobody knows of. */
const missingOf = ({ entries }: FoundList) =>
  entries.filter(({ ids, unread }) => ids.length === 0 && !unread);
const unreadOf = ({ entries }: FoundList) => entries.filter(({ unread }) => unread);

const summaryOf = (list: FoundList): string => {
  const { entries, repeated, suspended, mirror } = list;
  const missing = missingOf(list).length;
  const unread = unreadOf(list).length;
  const several = entries.filter(({ ids }) => ids.length > 1).length;
  return [
    say('find.foundOf', { count: entries.filter(({ ids }) => ids.length > 0).length, of: entries.length }),
    ...(missing > 0 ? [say('find.notFoundCount', { count: missing })] : []),
    ...(unread > 0 ? [say('find.unreadCount', { count: unread })] : []),
    ...(several > 0 ? [say('find.severalCount', { count: several })] : []),
    ...(repeated.length > 0 ? [say('find.repeated', { count: repeated.length })] : []),
    ...(suspended.length > 0 ? [phrases.t('paste.suspendedSum', { count: suspended.length })] : []),
    ...(mirror
      ? [say(mirror.whole ? 'find.asOf' : 'find.asOfPartly', { time: new Date(mirror.asOf).toISOString() })]
      : []),
  ].join('; ');
};

/** `desk find …` */
export const findCommand = () =>
  flagged('find')
    .description(say('find.description'))
    .argument('[things...]', say('find.things'))
    .requiredOption('--profile <profile>', say('profile'))
    .option('--file <file>', say('find.file'))
    .option('--stdin', say('find.stdin'))
    .option('--mirrored', say('copied'))
    .addOption(chosenOption('--format <format>', say('find.format'), exportFormats))
    .option('--output <file>', say('find.output'))
    .option('--columns <ids>', say('find.columns'))
    .option('--bom', say('bom'))
    .option('--missing <file>', say('find.missing'))
    .option('--json', say('find.json'))
    .addHelpText(
      'after',
      examples(
        'desk find kim@corp.example 010-1183-4274 --profile demo',
        'pbpaste | desk find --stdin --profile production --missing not-found.txt',
        'desk find --file ticket.csv --profile production --format xlsx --output found.xlsx',
      ),
    )
    .action(async (things, options, command) => {
      const { profile, mirrored = false, format, output, missing, json } = options;
      if ((format === undefined) !== (output === undefined))
        throw wrongUsage(
          format ? '--output' : '--format',
          say('needs', { other: format ? '--output' : '--format' }),
        );
      const columns = columnsTyped(resourceOf('users'), options.columns);
      const list = await listFrom(things, options);
      await withCore(command, async (core, signal) => {
        const found = await core.pages.find(profile, list, { mirrored, signal });
        if (missing !== undefined) {
          // As exports are: for its owner alone, and never through a link that stands in its place.
          const file = await fileTarget(missing);
          await file.write(
            missingOf(found)
              .map(({ text: thing }) => `${thing}\n`)
              .join(''),
          );
          await file.finish();
        }
        if (json) printJson({ entries: found.entries, repeated: found.repeated, suspended: found.suspended });
        else if (output === undefined) for (const line of linesOf(found)) print(line);
        tell(summaryOf(found));
        if (unreadOf(found).length > 0) process.exitCode = exitCodes.incomplete;
        if (output === undefined || format === undefined) return;
        if (!found.query) {
          tell(`desk: ${say('find.nobody')}`);
          return;
        }
        const asked = exportSchema.parse({
          query: columns ? { ...found.query, columns } : found.query,
          format,
          columns: columns ? 'visible' : 'all',
          bom: options.bom ?? false,
          mirrored,
        });
        const result = await runExport(core, asked, { output, signal });
        const whole = isComplete(result);
        tell(`${say('written', { count: result.rows })}; ${say(whole ? 'complete' : 'notComplete')}`);
        if (!whole) process.exitCode = exitCodes.incomplete;
      });
    });
