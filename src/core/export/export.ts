import { hash } from 'node:crypto';
import { basename } from 'node:path';
import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import { urlOf } from '../../shared/query.ts';
import { zoneName } from '../../shared/zone.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import { belowSource, refuseOthersBelow } from './below.ts';
import { manifestPathOf, manifestText } from './manifest.ts';
import { discardParts, PartialFile } from './partial-file.ts';
import { planOf } from './plan.ts';
import { type ExportProgress, readInto } from './read-into.ts';
import { type ExportRequest, exportSchema } from './request.ts';
import { outputOf, type Place } from './ways.ts';
import { fileTarget } from './writer.ts';

/** What an export's rows are asked for by. */
export type SourceAsked = Pick<
  ExportRequest,
  'query' | 'mirrored' | 'joined' | 'names' | 'counts' | 'below' | 'strict'
> &
  Partial<Pick<ExportRequest, 'columns'>>;

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

/** A file's place, resuming what broke off there if that was the same export. Throws `DeskError`. */
export const openPlace = (
  { profile }: Source,
  asked: ExportRequest,
  path: string,
  { clock, resume, installation }: { clock: () => number; resume: boolean; installation: string },
): Promise<PartialFile> =>
  PartialFile.open({ path, asked: partKeyOf(profile, asked, installation), resume, now: clock() });

/**
 * What has to be the same for one run of an export to resume another's part: what was asked, of which server, and by
 * this installation, which nobody else can know (`Settings.installation`).
 */
export const partKeyOf = ({ endpoint }: Profile, asked: ExportRequest, installation: string): string => {
  // In the schema's order, whoever asked; what is refused is not written.
  const { query, strict: _, ...rest } = exportSchema.parse(asked);
  return hash('sha256', JSON.stringify([installation, endpoint, urlOf({ ...query, profile: 'any' }), rest]));
};

/** The source, or one that reads a list nested under its rows where that is asked for. Throws `query.invalid`. */
export const shaped = (
  source: Source,
  asked: Pick<ExportRequest, 'query' | 'below'>,
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

/** Puts a file in its place, its manifest beside it. Nothing is left of earlier runs. */
const publish = async (part: PartialFile, isMade: boolean, isKept: boolean, text: string): Promise<void> => {
  const manifest = await fileTarget(manifestPathOf(part.path));
  await manifest.write(text);
  await part.finish(isMade ? part.made : undefined, isKept);
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
  asked: ExportRequest,
  place: Place,
  { clock, signal, onProgress, converter }: ExportDeps,
): Promise<ExportResult> => {
  const part = place instanceof PartialFile ? place : null;
  try {
    const plan = planOf(asked, { toFile: part !== null, now: clock() });
    const output = outputOf(plan, place, { namesOf: source.namesOf, signal, converter });
    const { report, rows, isRetriable } = await readInto({ source, plan, output, part, signal, onProgress });
    const { file, isMade, omitted } = await output.end(rows, signal);
    if (part) {
      const { query, format, counts, below, zone = 'utc' } = asked;
      const text = manifestText({
        profile: source.profile,
        query,
        format,
        columns: plan.isWhole ? 'all' : (output.columns ?? []).map(({ id }) => id),
        zone: zoneName(zone),
        ...(counts ? { counts } : {}),
        ...(below === undefined ? {} : { below }),
        file: { name: basename(part.path), ...file },
        report,
        startedAt: part.startedAt,
        endedAt: clock(),
      });
      await publish(part, isMade, isRetriable, text);
    } else await place.finish();
    return { ...report, ...file, ...(omitted.length > 0 ? { omitted } : {}) };
  } catch (error) {
    const isKept = part && isWorthKeeping(error, signal) && (await part.keep());
    if (!isKept) await place.discard();
    throw error;
  }
};
