import { hash } from 'node:crypto';
import { basename } from 'node:path';
import { type Column, resourceOf } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import { fits, testsOf } from '../../shared/fits.ts';
import { counter } from '../../shared/local.ts';
import { listedResource } from '../../shared/own-resource.ts';
import { titleOf } from '../../shared/phrases/catalog-words.ts';
import { commandWords } from '../../shared/phrases/command-words.ts';
import type { Profile } from '../../shared/profile.ts';
import { urlOf } from '../../shared/query.ts';
import { type Row, rowIdOf, withoutSecrets } from '../../shared/row.ts';
import { zoneName } from '../../shared/zone.ts';
import type { HarvestOptions } from '../harvest/options.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import type { HarvestState } from '../harvest/state.ts';
import { belowSource, parentColumns, refuseOthersBelow } from './below.ts';
import { tally } from './checksum.ts';
import { addLate, allColumns, chosenColumns, defaultColumns, withNameColumns } from './columns.ts';
import { type Converted, convert } from './convert.ts';
import { type CountNames, countColumns, countedRow, namedCounts, valuesIn } from './counts.ts';
import { isWrittenAtOnce, openWriter, type RowWriter } from './formats.ts';
import { manifestPathOf, manifestText } from './manifest.ts';
import { discardParts, Part, type WrittenColumn } from './partial-file.ts';
import { type ExportAsked, exportSchema } from './request.ts';
import { widen } from './widen.ts';
import { fileTarget, type Target } from './writer.ts';

/** What an export's rows are asked for by. */
export type SourceAsked = Pick<ExportAsked, 'query' | 'mirrored' | 'joined' | 'names' | 'counts' | 'below'> &
  Partial<Pick<ExportAsked, 'columns'>>;

export type ExportProgress = { rows: number; total: number | null };
/** `rows` are those that were written: with local conditions, fewer than were read. */
export type ExportResult = HarvestReport & {
  bytes: number;
  sha256: string;
  /** Fields that came after a stream's header was written, and are not in it. */
  omitted?: string[];
};

type ExportDeps = {
  clock: () => number;
  /** Aborted with `export.interrupted`, what was read is kept for another run. */
  signal: AbortSignal;
  onProgress?: (progress: ExportProgress) => void;
  /** The program that makes files which are written at once (`doors/workers.ts`). */
  converter: URL;
};

/** Where an export goes: a file and its manifest beside it, or a stream. */
export type Place = Part | Target;

/** A file's place, what broke off there gone on with when it was the same export. Throws `DeskError`. */
export const openPlace = (
  { profile }: Source,
  asked: ExportAsked,
  path: string,
  { clock, resume, installation }: { clock: () => number; resume: boolean; installation: string },
): Promise<Part> => Part.open({ path, asked: partKeyOf(profile, asked, installation), resume, now: clock() });

/**
 * What has to be the same for one run of an export to resume another's part: what was asked, of which server, and by
 * this installation, which nobody else can know (`Settings.installation`).
 */
export const partKeyOf = ({ endpoint }: Profile, asked: ExportAsked, installation: string): string => {
  // In the schema's order, whoever asked.
  const { query, ...rest } = exportSchema.parse(asked);
  return hash('sha256', JSON.stringify([installation, endpoint, urlOf({ ...query, profile: 'any' }), rest]));
};

/** The source, or one that reads a list nested under its rows where that is asked for. Throws `query.invalid`. */
export const shaped = (
  source: Source,
  asked: Pick<ExportAsked, 'query' | 'below'>,
  clock: () => number,
): Source => {
  refuseOthersBelow(asked);
  return asked.below === undefined ? source : belowSource(source, asked.below, clock);
};

/** What another run may get further with; a cancelled export is not wanted, and a full disk needs its room back. */
const isWorthKeeping = (error: unknown, { aborted, reason }: AbortSignal): boolean => {
  if (aborted) return reason instanceof DeskError && reason.code === 'export.interrupted';
  return !(
    error instanceof DeskError &&
    ['export.disk_full', 'export.not_writable', 'query.invalid'].includes(error.code)
  );
};

/**
 * True when the rows that a report lacks can be asked for again and added. A mirror gives no others, picked rows are gone,
 * and names that rows were joined with would stay as they are.
 */
const isWorthRetrying = ({ complete, picked }: ExportAsked, report: HarvestReport): boolean =>
  !isComplete(report) && complete !== false && !picked && !report.mirror && !report.joined;

const lackingState = (report: HarvestReport, state: HarvestState | null): HarvestState | null =>
  state && { kind: 'lacking', report, state: state.kind === 'lacking' ? state.state : state };

/** Puts a file in its place, its manifest beside it. Nothing is left of earlier runs. */
const publish = async (part: Part, isSpooled: boolean, isKept: boolean, text: string): Promise<void> => {
  const manifest = await fileTarget(manifestPathOf(part.path));
  await manifest.write(text);
  await part.finish(isSpooled ? part.made : undefined, isKept);
  await manifest.finish();
  await discardParts(part.path, isKept ? part.beside : undefined);
};

/**
 * Writes a view's rows to a place, where they appear when all are there; a file's manifest beside it. What broke off
 * is kept where another run can resume it; what was cancelled leaves nothing behind. Throws `DeskError`, `cancelled`
 * when the signal is aborted.
 */
export const writeExport = async (
  source: Source,
  asked: ExportAsked,
  place: Place,
  { clock, signal, onProgress, converter }: ExportDeps,
): Promise<ExportResult> => {
  const part = place instanceof Part ? place : null;
  const resource = asked.below === undefined ? listedResource(asked.query) : resourceOf(asked.below);
  const title = titleOf(commandWords.t, resource.id);
  const last = part?.last ?? null;
  const { counts } = asked;
  const whole = asked.columns === 'all' && !counts;
  // A file that is written at once is spooled first, so that it can be gone on with, too; and what is counted.
  const isSpooled = part !== null && (isWrittenAtOnce[asked.format] || counts !== undefined);
  const counting = counts && !part ? counter(counts) : null;
  const namedList =
    counts && asked.names ? resource.columns.find(({ id }) => id === counts.column)?.ref : undefined;
  const namesOf = async (values: readonly string[]): Promise<CountNames> =>
    namedList === undefined ? null : ((await source.namesOf?.(namedList, values)) ?? {});
  const sums = part?.sums ?? tally();
  let total: number | null = null;
  let read = last?.read ?? 0;
  let rows = last?.rows ?? 0;
  let columns: WrittenColumn[] | null = last?.columns ?? null;
  const isGrowing = asked.columns === 'all' && !counts;
  let state: () => HarvestState | null = () => null;
  const ownIds = (handedOut: readonly Row[]) => handedOut.map((row) => rowIdOf(resource, row));
  let idsOf = ownIds;
  const track: HarvestOptions['track'] = (how, ids) => {
    state = how;
    idsOf = ids ?? ownIds;
  };
  const put = async (bytes: string | Uint8Array) => {
    if (!part) sums.add(bytes);
    await place.write(bytes);
  };
  const named = (columns: Column[]) => (asked.names ? withNameColumns(columns) : columns);
  const columnsFor = (first: readonly Row[]): Column[] => {
    if (counts) return countColumns(namedList !== undefined);
    if (asked.below !== undefined) return [...parentColumns, ...allColumns(resource, first)];
    if (asked.columns === 'all') return named(allColumns(resource, first));
    return named(
      asked.query.columns ? chosenColumns(resource, asked.query.columns) : defaultColumns(resource),
    );
  };
  /** What is written of rows. */
  const keptOf = (fitting: readonly Row[]): readonly Row[] => {
    if (counts) return fitting.map((row) => countedRow(row, counts));
    return whole || isSpooled ? fitting.map((row) => withoutSecrets(resource, row)) : fitting;
  };
  const open = (first: readonly Row[]) => {
    columns ??= columnsFor(first);
    return isSpooled
      ? openWriter('ndjson', { title, columns, whole: true, bom: false, put })
      : openWriter(asked.format, {
          title,
          // A stream's header cannot be written anew: its records keep its form.
          columns: part ? columns : [...columns],
          whole,
          bom: asked.bom,
          zone: asked.zone,
          excelText: asked.excelText,
          put,
          ...(last?.columns ? { before: last.rows } : {}),
        });
  };
  try {
    // Picked rows were picked by hand, from what fits or not; below rows, it was those that had to fit.
    const where =
      asked.picked || asked.below !== undefined || !asked.query.where
        ? undefined
        : testsOf(resource, asked.query.where, { now: clock(), zone: asked.query.zone });
    const pages = source.read({
      query: asked.query,
      signal,
      ...(asked.until === undefined ? {} : { until: asked.until }),
      ...(asked.picked ? { picked: asked.picked } : {}),
      ...(asked.complete === undefined ? {} : { complete: asked.complete }),
      ...(part && last?.state ? { resumed: { state: last.state, ids: part.ids() } } : {}),
      ...(part ? { track } : {}),
      onTotal: (known) => {
        total = known;
        onProgress?.({ rows: read, total });
      },
    });
    let writer: RowWriter | null = null;
    let step = await pages.next();
    for (; !step.done; step = await pages.next()) {
      if (step.value.length > 0) writer ??= await open(step.value);
      if (columns && isGrowing) addLate(columns, resource, step.value);
      const fitting = where ? step.value.filter((row) => fits(where, row)) : step.value;
      if (counting) for (const row of fitting) counting.add(row);
      else await writer?.write(keptOf(fitting));
      read += step.value.length;
      rows += fitting.length;
      await part?.note(idsOf(step.value), () => ({ read, rows, columns, state: state() }));
      onProgress?.({ rows: read, total });
    }
    writer ??= await open([]);
    const report = step.value;
    const lacking = part && isWorthRetrying(asked, report) ? lackingState(report, state()) : null;
    if (part && lacking) await part.lack(() => ({ read, rows, columns, state: lacking }));
    const counted = counting?.counts();
    if (counted) {
      const values = counted.flatMap(({ value }) => value ?? []);
      await writer.write(namedCounts(counted, await namesOf(values)));
    }
    await writer.end();
    signal.throwIfAborted();
    // The records before a field's first row lack its cell.
    const isWidened = asked.format === 'csv' && !isSpooled && (columns ?? []).some(({ late }) => late);
    const made: Converted = isSpooled
      ? await convert(
          {
            spool: part.spool,
            made: part.made,
            path: part.path,
            format: asked.format,
            title,
            columns: columns ?? [],
            whole,
            bom: asked.bom,
            zone: asked.zone,
            excelText: asked.excelText,
            counts: counts ?? null,
            names: namedList === undefined ? null : await namesOf(await valuesIn(part.spool)),
          },
          converter,
          signal,
        )
      : isWidened && part
        ? { ...(await widen(part.spool, part.made, columns ?? [], asked.bom)), rows }
        : { ...sums.sum(), rows: counted?.length ?? rows };
    if (part) {
      const { query, format } = asked;
      const named = whole ? ('all' as const) : (columns ?? []).map(({ id }) => id);
      const file = { name: basename(part.path), ...made };
      const times = { startedAt: part.startedAt, endedAt: clock() };
      const about = {
        profile: source.profile,
        query,
        format,
        columns: named,
        zone: zoneName(asked.zone ?? 'utc'),
        ...(counts ? { counts } : {}),
        ...(asked.below === undefined ? {} : { below: asked.below }),
        file,
        report,
        ...times,
      };
      await publish(part, isSpooled || isWidened, lacking !== null, manifestText(about));
    } else await place.finish();
    const omitted = !part && isWidened ? (columns ?? []).filter(({ late }) => late).map(({ id }) => id) : [];
    return { ...report, ...made, ...(omitted.length > 0 ? { omitted } : {}) };
  } catch (error) {
    const isKept = part && isWorthKeeping(error, signal) && (await part.keep());
    if (!isKept) await place.discard();
    throw error;
  }
};
