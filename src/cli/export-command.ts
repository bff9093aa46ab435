import type { Core } from '../core/core.ts';
import { refuseOthersBelow } from '../core/export/below.ts';
import { databaseUrl, exportToDatabase } from '../core/export/database.ts';
import type { ExportResult } from '../core/export/export.ts';
import { partsOf } from '../core/export/partial-file.ts';
import type { ExportProgress } from '../core/export/read-into.ts';
import { exportSchema } from '../core/export/request.ts';
import { nothingRead } from '../core/harvest/report.ts';
import { together } from '../core/harvest/together.ts';
import { resourceOf } from '../shared/catalog/index.ts';
import { isComplete } from '../shared/complete.ts';
import { exportFormats } from '../shared/export-formats.ts';
import { timeBuckets } from '../shared/local.ts';
import { queryResource } from '../shared/query.ts';
import { isoIn } from '../shared/zone.ts';
import { exitCodes } from './exit-codes.ts';
import { columnsTyped, columnTyped } from './fields.ts';
import { chosenOption, flagged } from './flagged.ts';
import { progress, tell } from './output.ts';
import { queryFrom, withConditions, withQueryOptions } from './query-options.ts';
import { lackingNotes, lackingParts } from './report-words.ts';
import { runExport } from './run-export.ts';
import { missingUsage, wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, say } from './words.ts';
import { zoneFor } from './zone.ts';

const barWidth = 24;

/** How much of it is there: nothing where that is not known. */
const barOf = (rows: number, total: number | null): string => {
  if (!total) return '';
  const done = Math.min(barWidth, Math.round((barWidth * rows) / total));
  return `[${'#'.repeat(done)}${'.'.repeat(barWidth - done)}] `;
};

/** One line that is written over while the export runs; nothing when standard error is not a terminal. */
const progressLine = () => {
  if (!process.stderr.isTTY) return { show: () => {}, clear: () => {} };
  const started = Date.now();
  let shownAt = 0;
  return {
    show: ({ rows, total }: ExportProgress) => {
      if (Date.now() - shownAt < 200) return;
      shownAt = Date.now();
      const rate = rows / Math.max(0.001, (shownAt - started) / 1000);
      const left =
        total === null || rate === 0 ? '' : say('export.left', { seconds: Math.ceil((total - rows) / rate) });
      const speed = { rows, rate: Math.round(rate) };
      const told =
        total === null ? say('export.progress', speed) : say('export.progressOf', { ...speed, total });
      progress(`${barOf(rows, total)}${told}${left}`);
    },
    clear: () => progress(''),
  };
};

type Counting = { countBy?: string; per?: string };

const summaryOf = (result: ExportResult, zone: string, { countBy, per }: Counting): string => {
  const { rows, expected, mended, repeated, added, removed, mirror } = result;
  const time = mirror ? (isoIn(mirror.asOf, zone) ?? '') : '';
  return [
    countBy !== undefined
      ? say(expected === null ? 'export.values' : 'export.valuesOf', { count: rows, of: expected ?? 0 })
      : say('written', { count: rows }),
    // An hour or a day names no zone.
    ...(per !== undefined ? [say('export.timesIn', { zone })] : []),
    ...lackingParts(result),
    ...(mirror ? [say(mirror.whole ? 'export.asOf' : 'export.asOfPartly', { time })] : []),
    ...(isComplete(result) ? [say('complete')] : []),
    ...(mended > 0 ? [say('export.recovered', { count: mended })] : []),
    ...(repeated > 0 ? [say('export.repeated', { count: repeated })] : []),
    ...(added ? [say('export.added', { count: added })] : []),
    ...(removed ? [say('export.removed', { count: removed })] : []),
  ].join('; ');
};

/** The preset of a name. Throws `usage.invalid` when there is none. */
const presetOf = ({ settings }: Core, name = '') => {
  const presets = settings.exportPresets;
  const wanted = name.normalize('NFC').toLowerCase();
  const found = presets.find((preset) => preset.name.normalize('NFC').toLowerCase() === wanted);
  if (found) return found;
  const known = presets.map((preset) => preset.name).join(', ') || say('export.none');
  throw wrongUsage('--preset', say('export.noPreset', { name, known }));
};

/** `desk export …` */
export const exportCommand = () =>
  withConditions(withQueryOptions(flagged('export')))
    .description(say('export.description'))
    .addOption(chosenOption('--format <format>', say('export.format'), exportFormats))
    .option('--output <file>', say('export.output'))
    .option('--to <url>', say('export.to'))
    .option('--table <name>', say('export.table'))
    .option('--insecure', say('export.insecure'))
    .option('--resume', say('export.resume'))
    .option('--columns <ids>', say('columns'))
    .option('--with <columns>', say('export.with'), (text: string) =>
      text.split(',').map((name) => name.trim()),
    )
    .option('--names', say('export.names'))
    .option('--complete', say('export.complete'), true)
    .option('--no-complete', say('export.noComplete'))
    .option('--preset <name>', say('export.preset'))
    .option('--mirrored', say('copied'))
    .option('--below <list>', say('export.below'))
    .option('--count-by <column>', say('export.countBy'))
    .addOption(chosenOption('--per <time>', say('export.per'), timeBuckets))
    .option('--excel-text', say('export.excelText'))
    .option('--bom', say('bom'))
    .addHelpText(
      'after',
      examples(
        'desk export users --profile demo --format csv --bom --output users.csv',
        'desk export logs --profile demo --user rngy15bm3zwv --format ndjson --output - | jq .key',
        'desk export users --profile production --with roles,organizations --format xlsx --output users.xlsx',
        'desk export organizations --profile production --below organization-users --format csv --output members.csv',
        'desk export users --profile production --format parquet --output users.parquet --resume',
        `desk export logs --profile demo --time 7d --where 'payload.result is Error' --format csv --output errors.csv`,
        'desk export logs --profile demo --time 30d --count-by payload.result --format csv --output -',
        'desk export logs --profile demo --mirrored --count-by createdAt --per hour --format xlsx --output hours.xlsx',
        'desk export logs --profile production --to postgres://ops@db.internal/audit --resume',
        'desk export logs --profile production --to clickhouse://ops@ch.internal:8123/audit --resume',
      ),
    )
    .action(async (resource, words, options, command) => {
      const { preset, zone, now } = await withCore(command, async (core) => ({
        preset: options.preset ? presetOf(core, options.preset) : null,
        zone: zoneFor(command, core),
        now: core.clock(),
      }));
      const query = queryFrom(resource, words, options, { now, zone });
      const listed = queryResource(query);
      const columns = columnsTyped(listed, options.columns);
      const format = options.format ?? preset?.format;
      const joined = options.with ?? preset?.joined;
      // Before it is read as a request, which only says that something in it is wrong.
      refuseOthersBelow({ query, below: options.below });
      const asked = exportSchema.parse({
        query: columns ? { ...query, columns } : query,
        format: format ?? 'ndjson',
        columns: columns ? 'visible' : (preset?.columns ?? 'all'),
        bom: options.bom ?? preset?.bom ?? false,
        mirrored: options.mirrored ?? false,
        ...(zone === 'UTC' ? {} : { zone }),
        ...(options.excelText ? { excelText: true } : {}),
        ...(joined ? { joined } : {}),
        ...((options.names ?? preset?.names) ? { names: true } : {}),
        ...(options.complete ? {} : { complete: false }),
        ...(options.below ? { below: options.below } : {}),
        ...(options.countBy
          ? {
              counts: {
                column: columnTyped(listed, options.countBy),
                bucket: options.per ?? null,
                ...(options.per && zone !== 'UTC' ? { zone } : {}),
              },
            }
          : {}),
      });
      if (options.per && !options.countBy) throw wrongUsage('--per', say('needs', { other: '--count-by' }));
      if (options.to && (options.countBy || options.below)) throw wrongUsage('--to', say('export.toFile'));
      const nameless = options.below ? '--below' : options.to ? '--to' : null;
      if (options.names && nameless) throw wrongUsage('--names', say('notWith', { other: nameless }));
      const counted = asked.counts?.column;
      if (options.names && counted && !listed.columns.some(({ id, ref }) => id === counted && ref))
        throw wrongUsage('--names', say('export.noIds', { column: counted }));
      if (options.columns && options.below)
        throw wrongUsage('--columns', say('notWith', { other: '--below' }));
      if (options.countBy && options.below)
        throw wrongUsage('--count-by', say('notWith', { other: '--below' }));
      const line = progressLine();
      if (options.to) {
        const { to: url, resume = false, insecure = false } = options;
        databaseUrl(url, insecure);
        const table = options.table ?? `logto_${resource.replaceAll('-', '_')}`;
        const reports = await withCore(command, async (core, signal) => {
          const named = await core.pages.withIds(asked);
          const source = await core.sourceOf({ ...named, strict: true });
          return exportToDatabase(
            { query: named.query, url, table, resume, insecure },
            { source, clock: core.clock, signal, onProgress: line.show },
          ).finally(line.clear);
        });
        const sum = reports.reduce((one, other) => together(one, other), nothingRead);
        const whole = reports.every(isComplete);
        const of = queryResource(query);
        const said = [
          say('export.loaded', { count: sum.rows, table }),
          ...lackingParts(sum),
          say(whole ? 'complete' : 'notComplete'),
        ].join('; ');
        const notes = whole ? [] : lackingNotes(sum, of.id === 'users', say('runAgain'));
        tell([said, ...notes].join('\n'));
        if (!whole) process.exitCode = exitCodes.incomplete;
        return;
      }
      const { output } = options;
      if (!output || !format) throw missingUsage(output ? '--format' : '--output', say('export.where'));
      const { resume = false } = options;
      const result = await withCore(command, (core, signal) =>
        runExport(core, asked, { output, resume, signal, show: line.show })
          .finally(line.clear)
          .catch(async (error: unknown) => {
            if ((await partsOf(output)).length > 0) tell(`desk: ${say('keptRows')}`);
            throw error;
          }),
      );
      const read = asked.below ? resourceOf(asked.below) : queryResource(query);
      const ofUsers = (read.rowsOf ?? read.id) === 'users';
      const again = output === '-' ? say('runAgain') : say('runAgainResume');
      const notes = lackingNotes(result, ofUsers, again);
      if (result.omitted) {
        const fields = result.omitted.join(', ');
        notes.push(say('export.omitted', { fields }));
        process.exitCode = exitCodes.incomplete;
      }
      tell([summaryOf(result, zone, options), ...notes].join('\n'));
      if (!isComplete(result)) process.exitCode = exitCodes.incomplete;
    });
