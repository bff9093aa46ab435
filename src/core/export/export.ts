import { z } from 'zod';
import type { Column, Resource } from '../../shared/catalog/index.ts';
import { fits } from '../../shared/local.ts';
import type { Profile } from '../../shared/profile.ts';
import { queryResource, querySchema } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import { type HarvestOptions, harvest } from '../harvest/harvest.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { Session } from '../session.ts';
import { exportFormats, openWriter, type RowWriter } from './formats.ts';
import { manifestText, tally } from './manifest.ts';
import type { Target } from './writer.ts';

export const exportSchema = z.object({
  query: querySchema,
  format: z.enum(exportFormats),
  /** `visible`: the query's columns in their order. `all`: every field. */
  columns: z.enum(['visible', 'all']).default('all'),
  /** CSV only: a byte order mark, by which Excel knows UTF-8. */
  bom: z.boolean().default(false),
  /** Moment that the view is pinned at, unix ms. */
  until: z.number().int().optional(),
  /** From the mirror, as it was when it was last read; conditions and order are the mirror's. */
  mirrored: z.boolean().optional(),
  /** Only these rows; `index` is the place where the grid showed the row. */
  picked: z
    .array(z.object({ id: z.string().max(256), index: z.number().int().min(0) }))
    .min(1)
    .max(100_000)
    .optional(),
});
export type ExportAsked = z.infer<typeof exportSchema>;

export type ExportProgress = { rows: number; total: number | null };
/** `rows` are those that were written: with local conditions, fewer than were read. */
export type ExportResult = HarvestReport & { bytes: number; sha256: string };

/** The chosen columns; ids that the catalogue does not know (a newer server's fields) are taken as JSON. */
const chosenColumns = (resource: Resource, ids: readonly string[]): Column[] =>
  ids.map((id) => resource.columns.find((column) => column.id === id) ?? { id, title: id, kind: 'json' });

const defaultColumns = (resource: Resource) => resource.columns.filter(({ hidden }) => !hidden);

/** Fields that are secret as a whole. */
const secretFields = (resource: Resource): ReadonlySet<string> =>
  new Set(
    resource.secrets.filter((secret) => typeof secret === 'string' && !secret.includes('.')) as string[],
  );

/** Every catalogue column, then the fields that the first rows carry beyond them, secrets left out. */
const allColumns = (resource: Resource, rows: readonly Row[]): Column[] => {
  const covered = new Set(resource.columns.map(({ id }) => id.split('.')[0]));
  const more = new Set(rows.flatMap((row) => Object.keys(row)).filter((key) => !covered.has(key)));
  for (const field of secretFields(resource)) more.delete(field);
  return [...resource.columns, ...[...more].map((id): Column => ({ id, title: id, kind: 'json' }))];
};

const withoutSecrets = (resource: Resource, rows: readonly Row[]): Row[] => {
  const top = secretFields(resource);
  return top.size === 0
    ? [...rows]
    : rows.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => !top.has(key))));
};

type ExportDeps = {
  clock: () => number;
  signal: AbortSignal;
  onProgress?: (progress: ExportProgress) => void;
  /** Where the manifest goes; absent where the rows go into a stream. */
  manifest?: { target: Target; fileName: string };
};

/** Where rows come from: a tenant, and the way to read all of a view of it. */
export type Source = {
  profile: Profile;
  read(options: Omit<HarvestOptions, 'session' | 'clock'>): AsyncGenerator<Row[], HarvestReport>;
};

/** A server as a source. */
export const serverSource = (session: Session, clock: () => number): Source => ({
  profile: session.profile,
  read: (options) => harvest({ ...options, session, clock }),
});

/**
 * Writes a view's rows to `target` and puts it in its place when all are there, its manifest beside it; on any error
 * nothing is left. Throws `DeskError`, `cancelled` when the signal is aborted.
 */
export const writeExport = async (
  source: Source,
  asked: ExportAsked,
  target: Target,
  { clock, signal, onProgress, manifest }: ExportDeps,
): Promise<ExportResult> => {
  const startedAt = clock();
  const resource = queryResource(asked.query);
  const sums = tally();
  let total: number | null = null;
  let read = 0;
  let rows = 0;
  const put = async (part: string | Uint8Array) => {
    sums.add(part);
    await target.write(part);
  };
  const columnsFor = (first: readonly Row[]): Column[] => {
    if (asked.columns === 'all') return allColumns(resource, first);
    return asked.query.columns ? chosenColumns(resource, asked.query.columns) : defaultColumns(resource);
  };
  const whole = asked.columns === 'all';
  const open = (first: readonly Row[]) =>
    openWriter(asked.format, { columns: columnsFor(first), whole, bom: asked.bom, put });
  try {
    // Picked rows were picked by hand, from what fits or not.
    const where = asked.picked ? undefined : asked.query.where;
    const pages = source.read({
      query: asked.query,
      signal,
      ...(asked.until === undefined ? {} : { until: asked.until }),
      ...(asked.picked ? { picked: asked.picked } : {}),
      onTotal: (known) => {
        total = known;
        onProgress?.({ rows: read, total });
      },
    });
    let writer: RowWriter | null = null;
    let step = await pages.next();
    for (; !step.done; step = await pages.next()) {
      writer ??= await open(step.value);
      const fitting = where ? step.value.filter((row) => fits(where, row)) : step.value;
      await writer.write(whole ? withoutSecrets(resource, fitting) : fitting);
      read += step.value.length;
      rows += fitting.length;
      onProgress?.({ rows: read, total });
    }
    writer ??= await open([]);
    await writer.end();
    signal.throwIfAborted();
    const { bytes, sha256 } = sums.sum();
    const report = step.value;
    if (manifest) {
      const { query, format } = asked;
      const { profile } = source;
      const columns = whole ? 'all' : columnsFor([]).map(({ id }) => id);
      const file = { name: manifest.fileName, bytes, sha256, rows };
      const times = { startedAt, endedAt: clock() };
      await manifest.target.write(manifestText({ profile, query, format, columns, file, report, ...times }));
    }
    await target.finish();
    await manifest?.target.finish();
    return { ...report, rows, bytes, sha256 };
  } catch (error) {
    await target.discard();
    await manifest?.target.discard();
    throw error;
  }
};
