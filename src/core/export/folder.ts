import { type FileHandle, mkdir, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { type Along, listsAlong, resourceOf } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import { type ExportFormat, exportFormats } from '../../shared/export-formats.ts';
import type { Profile } from '../../shared/profile.ts';
import { type Query, querySchema, zoneSchema } from '../../shared/query.ts';
import { queryOfView, type SavedView } from '../../shared/saved-view.ts';
import { zoneName } from '../../shared/zone.ts';
import { fileError } from '../base/file-errors.ts';
import { safeFileName } from '../base/file-names.ts';
import { isFailure } from '../client/failure.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import { failedReport, failures } from '../harvest/together.ts';
import { isAbsent, isNotMirrored } from '../rows/absent.ts';
import { runningChecksum } from './checksum.ts';
import { openPlace, shaped, writeExport } from './export.ts';
import { FileNames, folderManifest, viewsFolder } from './file-names.ts';
import { type Manifest, manifestPathOf, viewOf } from './manifest.ts';
import { openOwn } from './own-file.ts';
import { discardParts } from './partial-file.ts';
import type { ExportProgress } from './read-into.ts';
import type { ExportRequest } from './request.ts';
import { rowsInFile } from './rows-in-file.ts';
import { fileTarget } from './writer.ts';

/**
 * One file of a folder: its name without an end, and the view that it holds; with `below`, that list below each of the
 * view's rows in their place.
 */
const folderItemSchema = z.object({
  name: z.string().min(1).max(256),
  query: querySchema,
  below: z.string().max(64).optional(),
});
export type FolderItem = z.infer<typeof folderItemSchema>;

/** Lists of a tenant as items, each under its own id, and what is read along with them. */
export const listItems = (
  resources: readonly string[],
  profile: string,
  along: Along = { below: false, belowUsers: false },
): FolderItem[] =>
  resources.flatMap((resource) => {
    const query: Query = { profile, resource, filters: {} };
    const lists = listsAlong(resourceOf(resource), along);
    return [{ name: resource, query }, ...lists.map(({ id }) => ({ name: id, query, below: id }))];
  });

/** Saved views as items, in a folder of their own. Throws `query.invalid` for one that is not there. */
export const viewItems = (
  views: readonly SavedView[],
  names: readonly string[],
  profile: string,
): FolderItem[] => {
  const chosen = [...new Map(names.map((name) => [name.toLowerCase(), name])).values()];
  return chosen.map((wanted) => {
    const view = views.find(({ name }) => name.toLowerCase() === wanted.toLowerCase());
    if (!view) {
      const known = views.map(({ name }) => name).join(', ') || 'none';
      throw new DeskError('query.invalid', {
        where: 'views',
        reason: `there is no view "${wanted}"; there are: ${known}`,
      });
    }
    return { name: `${viewsFolder}/${safeFileName(view.name)}`, query: queryOfView(view, profile) };
  });
};

export const folderSchema = z.object({
  /** In the order they are read. */
  items: z.array(folderItemSchema).min(1),
  format: z.enum(exportFormats),
  folder: z.string().min(1),
  /** Files of an earlier run that are whole are left as they are. */
  resume: z.boolean(),
  mirrored: z.boolean(),
  /** As an export has it (`export.ts`). */
  zone: zoneSchema.optional(),
});
export type FolderAsked = z.infer<typeof folderSchema>;

/** What became of one list. `kept`: an earlier run had written it. `absent`: the tenant does not offer it. */
export type ListOutcome = {
  name: string;
  file: string;
  rows: number;
  state: 'complete' | 'incomplete' | 'kept' | 'absent';
  /** Set of an incomplete one: how many rows lack, and where. */
  report?: HarvestReport;
};

type Deps = {
  source: Source;
  clock: () => number;
  signal: AbortSignal;
  converter: URL;
  /** See `partKeyOf`. */
  installation: string;
  onProgress: (item: FolderItem, progress: ExportProgress) => void;
};

/** Reads a file that a run of ours wrote; null for any other. */
const readOwn = async <T>(path: string, read: (file: FileHandle) => Promise<T>): Promise<T | null> => {
  const file = await openOwn(path);
  return file && read(file).finally(() => file.close());
};

/** What a file has to be of to be left as it is. */
type KeptAsked = { profile: Profile; item: FolderItem; format: ExportFormat; zone: string };

/** True where a manifest says of its file that it is whole, and what is asked for. */
const isAskedFor = (manifest: Manifest, { profile, item, format, zone }: KeptAsked): boolean =>
  manifest.kind === 'logto-desk-export' &&
  manifest.complete &&
  manifest.format === format &&
  manifest.tenant.endpoint === profile.endpoint &&
  manifest.view === viewOf(item.query) &&
  manifest.below === item.below &&
  manifest.columns === 'all' &&
  manifest.zone === zone;

/**
 * The rows of a file that an earlier run of ours wrote whole and that nobody touched since; null for any other. They are
 * counted in the file: what its manifest says of them has to be so.
 */
const keptRows = async (path: string, asked: KeptAsked): Promise<number | null> => {
  try {
    const text = await readOwn(manifestPathOf(path), (file) => file.readFile('utf8'));
    if (text === null) return null;
    const manifest = JSON.parse(text) as Manifest;
    if (!isAskedFor(manifest, asked)) return null;
    return await readOwn(path, async (file) => {
      const sums = runningChecksum();
      await sums.addFile(file.fd);
      if (sums.sum().sha256 !== manifest.file.sha256) return null;
      const rows = await rowsInFile(file, asked.format);
      return rows === manifest.file.rows ? rows : null;
    });
  } catch {
    return null;
  }
};

/** An empty folder, made where it is not there yet. Throws `export.not_writable`. */
const openFolder = async (folder: string, resume: boolean): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (resume || (await readdir(folder)).length === 0) return;
  } catch (error) {
    throw fileError(error, folder);
  }
  throw new DeskError('export.not_writable', {
    where: folder,
    reason: 'the folder is not empty; choose another one, or continue with --resume',
  });
};

/** Takes off the disk what of a folder's files broke off; those that were finished stay. */
export const discardFolderParts = async (folder: string): Promise<void> => {
  for (const place of [folder, join(folder, viewsFolder)])
    for (const name of await readdir(place).catch(() => [])) {
      const [, file] = /^\.(.+)\.[0-9a-f]{8}\.part\.journal$/.exec(name) ?? [];
      if (file) await discardParts(join(place, basename(file)));
    }
};

/**
 * Writes views of a tenant into a folder, a file and its manifest each, and `tenant.manifest.json` over all of them.
 * Throws `DeskError`; the files that were finished before stay.
 */
export const exportFolder = async (
  { items, format, folder, resume, mirrored, zone }: FolderAsked,
  { source, clock, signal, onProgress, converter, installation }: Deps,
): Promise<ListOutcome[]> => {
  await openFolder(folder, resume);
  const startedAt = clock();
  const outcomes: ListOutcome[] = [];
  const files = new FileNames();
  const failing = failures();
  for (const item of items) {
    const { name, query, below } = item;
    const file = files.take(name, format);
    const path = join(folder, file);
    if (file.includes('/')) await openFolder(dirname(path), true);
    const kept = resume
      ? await keptRows(path, { profile: source.profile, item, format, zone: zoneName(zone ?? 'utc') })
      : null;
    if (kept !== null) {
      outcomes.push({ name, file, rows: kept, state: 'kept' });
      continue;
    }
    const asked: ExportRequest = {
      query,
      format,
      columns: 'all',
      bom: false,
      mirrored,
      ...(zone === undefined ? {} : { zone }),
      ...(below === undefined ? {} : { below }),
    };
    try {
      const result = await writeExport(
        shaped(source, asked, clock),
        asked,
        await openPlace(source, asked, path, { clock, resume, installation }),
        { clock, signal, converter, onProgress: (progress) => onProgress(item, progress) },
      );
      const state = isComplete(result) ? 'complete' : 'incomplete';
      const { bytes: _, sha256: __, ...report } = result;
      outcomes.push({ name, file, rows: result.rows, state, ...(state === 'complete' ? {} : { report }) });
      failing.answered();
    } catch (error) {
      if (isFailure(error)) {
        // The other lists are read all the same; what came of this one waits for another run.
        failing.failed(error);
        outcomes.push({ name, file, rows: 0, state: 'incomplete', report: failedReport(0) });
        continue;
      }
      if (!isAbsent(error) && !isNotMirrored(error)) throw error;
      // There is nothing to resume.
      await discardParts(path);
      outcomes.push({ name, file, rows: 0, state: 'absent' });
    }
  }
  failing.end();
  const { name, endpoint } = source.profile;
  const times = { startedAt: new Date(startedAt).toISOString(), endedAt: new Date(clock()).toISOString() };
  const whole = await fileTarget(join(folder, folderManifest));
  const manifest = {
    kind: 'logto-desk-tenant-export',
    version: 1,
    tenant: { name, endpoint },
    format,
    zone: zoneName(zone ?? 'utc'),
    ...times,
    files: outcomes,
  };
  await whole.write(`${JSON.stringify(manifest, null, 2)}\n`);
  await whole.finish();
  return outcomes;
};
