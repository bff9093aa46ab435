import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { openPlace, writeExport } from '../core/export/export.ts';
import { exportSchema } from '../core/export/request.ts';
import { fileTarget, streamTarget } from '../core/export/writer.ts';
import type { FoundList } from '../core/rows/find.ts';
import { resourceOf } from '../shared/catalog/index.ts';
import { isComplete } from '../shared/complete.ts';
import { type ExportFormat, exportFormats } from '../shared/export-formats.ts';
import { exitCodes } from './exit-codes.ts';
import { columnsTyped } from './fields.ts';
import { print, printJson, rowsOut, tell } from './output.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';

type FindOptions = {
  profile: string;
  file?: string;
  stdin?: boolean;
  mirrored?: boolean;
  format?: ExportFormat;
  output?: string;
  columns?: string;
  bom?: boolean;
  missing?: string;
  json?: boolean;
};

const listFrom = async (things: readonly string[], { file, stdin }: FindOptions): Promise<string> => {
  const given = [things.length > 0, file !== undefined, stdin === true].filter(Boolean).length;
  if (given !== 1) throw wrongUsage('[things...]', 'give the list as arguments, with --file or with --stdin');
  if (stdin) return text(process.stdin);
  if (file === undefined) return things.join('\n');
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw wrongUsage(
      '--file',
      error.code === 'ENOENT' ? `there is no file ${file}` : `${file}: ${error.message}`,
    );
  });
};

const clean = (part: string) => part.replace(/\p{C}/gu, '�');

/** One line for each thing: found, not found or several, and who. */
const linesOf = ({ entries, labels }: FoundList): string[] =>
  entries
    .flatMap(({ text: thing, ids, unread }) => {
      if (ids.length === 0) return [[unread ? 'could not be read' : 'not found', thing]];
      return ids.map((id) => [ids.length > 1 ? 'several' : 'found', thing, id, labels[id] ?? id]);
    })
    .map((parts) => parts.map(clean).join('\t'));

const counted = (count: number, one: string, more = one) =>
  count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];

/** Those who were not found, without those whom nobody knows of. */
const missingOf = ({ entries }: FoundList) =>
  entries.filter(({ ids, unread }) => ids.length === 0 && !unread);
const unreadOf = ({ entries }: FoundList) => entries.filter(({ unread }) => unread);

const summaryOf = (list: FoundList): string => {
  const { entries, repeated, mirror } = list;
  return [
    `${entries.filter(({ ids }) => ids.length > 0).length} of ${entries.length} found`,
    ...counted(missingOf(list).length, 'not found'),
    ...counted(unreadOf(list).length, 'could not be read: the server fails on it, or keeps it back'),
    ...counted(
      entries.filter(({ ids }) => ids.length > 1).length,
      'matches several users',
      'match several users',
    ),
    ...counted(
      repeated.length,
      'listed more than once and was looked up once',
      'came again and were looked up once',
    ),
    ...(mirror
      ? [`as of ${new Date(mirror.asOf).toISOString()}${mirror.whole ? '' : ', partial copy'}`]
      : []),
  ].join('; ');
};

/** `desk find …` */
export const findCommand = () =>
  new Command('find')
    .description(
      'look up a list of users: emails, ids, phones and usernames; says who was found and who was not',
    )
    .argument('[things...]', 'emails, ids, phones in any writing, usernames')
    .requiredOption('--profile <profile>', 'tenant: its id or name, or demo')
    .option('--file <file>', 'the list, one a line or separated by commas, semicolons or tabs')
    .option('--stdin', 'the list from standard input')
    .option('--mirrored', 'from the offline copy, without asking the server')
    .addOption(new Option('--format <format>', 'with --output: its format').choices(exportFormats))
    .option('--output <file>', 'export those who were found, with a manifest; - for standard output')
    .option('--columns <ids>', 'with --output: only these columns, joined by commas')
    .option('--bom', 'CSV: begin with a byte order mark, by which Excel knows UTF-8')
    .option('--missing <file>', 'write what was not found, one a line')
    .option('--json', 'as JSON: {entries, repeated}')
    .addHelpText(
      'after',
      `
Examples:
  desk find kim@corp.example 010-1183-4274 --profile demo
  pbpaste | desk find --stdin --profile production --missing not-found.txt
  desk find --file ticket.csv --profile production --format xlsx --output found.xlsx`,
    )
    .action(async (things: string[], options: FindOptions, command: Command) => {
      const { profile, mirrored = false, format, output, missing, json } = options;
      if ((format === undefined) !== (output === undefined))
        throw wrongUsage(format ? '--output' : '--format', '--format and --output go together');
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
        if (json) printJson({ entries: found.entries, repeated: found.repeated });
        else if (output === undefined) for (const line of linesOf(found)) print(line);
        tell(`${summaryOf(found)}`);
        if (unreadOf(found).length > 0) process.exitCode = exitCodes.incomplete;
        if (output === undefined || format === undefined) return;
        if (!found.query) {
          tell('desk: Nobody was found, so no file was written.');
          return;
        }
        const asked = exportSchema.parse({
          query: columns ? { ...found.query, columns } : found.query,
          format,
          columns: columns ? 'visible' : 'all',
          bom: options.bom ?? false,
          mirrored,
        });
        const { clock, converter } = core;
        const source = await core.sourceOf(asked, { strict: true });
        const place =
          output === '-'
            ? streamTarget(rowsOut())
            : await openPlace(source, asked, output, {
                clock,
                resume: false,
                installation: core.settings.installation,
              });
        const result = await writeExport(source, asked, place, { clock, signal, converter });
        const whole = isComplete(result);
        tell(`${result.rows} rows written; ${whole ? 'complete' : 'not complete'}`);
        if (!whole) process.exitCode = exitCodes.incomplete;
      });
    });
