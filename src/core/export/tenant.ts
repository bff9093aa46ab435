import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { resourceOf } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import { type ExportProgress, openPlace, type Source, writeExport } from './export.ts';
import type { ExportFormat } from './formats.ts';
import { type Manifest, manifestPathOf } from './manifest.ts';
import { fileTarget } from './writer.ts';

export type TenantExportAsked = {
  /** Lists by their ids, in the order they are read. */
  resources: readonly string[];
  format: ExportFormat;
  folder: string;
  /** Files of an earlier run that are whole are left as they are. */
  resume: boolean;
  mirrored: boolean;
};

/** What became of one list. `kept`: an earlier run had written it. `absent`: the tenant does not offer it. */
export type ListOutcome = {
  resource: string;
  file: string;
  rows: number;
  state: 'complete' | 'incomplete' | 'kept' | 'absent';
};

type Deps = {
  source: Source;
  clock: () => number;
  signal: AbortSignal;
  onProgress: (resource: string, progress: ExportProgress) => void;
};

const hashOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

/** The rows of a file that an earlier run wrote whole and that nobody touched since; null for any other. */
const keptRows = async (path: string, format: string): Promise<number | null> => {
  try {
    const manifest = JSON.parse(await readFile(manifestPathOf(path), 'utf8')) as Manifest;
    const whole = manifest.kind === 'logto-desk-export' && manifest.complete && manifest.format === format;
    return whole && (await hashOf(path)) === manifest.file.sha256 ? manifest.file.rows : null;
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
    const reason = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new DeskError('export.not_writable', { where: folder, reason }, { cause: error });
  }
  throw new DeskError('export.not_writable', {
    where: folder,
    reason: 'the folder is not empty; choose another one, or go on with --resume',
  });
};

/**
 * Writes lists of a tenant into a folder, a file and its manifest each, and `tenant.manifest.json` over all of them.
 * Throws `DeskError`; the files that were finished before stay.
 */
export const exportTenant = async (
  { resources, format, folder, resume, mirrored }: TenantExportAsked,
  { source, clock, signal, onProgress }: Deps,
): Promise<ListOutcome[]> => {
  await openFolder(folder, resume);
  const startedAt = clock();
  const outcomes: ListOutcome[] = [];
  for (const resource of resources.map(resourceOf)) {
    const file = `${resource.id}.${format}`;
    const path = join(folder, file);
    const kept = resume ? await keptRows(path, format) : null;
    if (kept !== null) {
      outcomes.push({ resource: resource.id, file, rows: kept, state: 'kept' });
      continue;
    }
    const query = { profile: source.profile.id, resource: resource.id, filters: {} };
    const asked = { query, format, columns: 'all' as const, bom: false, mirrored };
    try {
      const result = await writeExport(
        source,
        asked,
        await openPlace(source, asked, path, { clock, resume }),
        { clock, signal, onProgress: (progress) => onProgress(resource.id, progress) },
      );
      const state = isComplete(result) ? 'complete' : 'incomplete';
      outcomes.push({ resource: resource.id, file, rows: result.rows, state });
    } catch (error) {
      const absent = ['http.not_offered', 'http.forbidden', 'mirror.empty'];
      if (!(error instanceof DeskError && absent.includes(error.code))) throw error;
      outcomes.push({ resource: resource.id, file, rows: 0, state: 'absent' });
    }
  }
  const { name, endpoint } = source.profile;
  const times = { startedAt: new Date(startedAt).toISOString(), endedAt: new Date(clock()).toISOString() };
  const whole = await fileTarget(join(folder, 'tenant.manifest.json'));
  const manifest = {
    kind: 'logto-desk-tenant-export',
    version: 1,
    tenant: { name, endpoint },
    format,
    ...times,
    lists: outcomes,
  };
  await whole.write(`${JSON.stringify(manifest, null, 2)}\n`);
  await whole.finish();
  return outcomes;
};
