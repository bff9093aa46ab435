import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Column, Resource } from '../../shared/catalog/index.ts';
import { isComplete } from '../../shared/complete.ts';
import { DeskError } from '../../shared/errors.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { ExportProgress, Source } from './export.ts';

/** Rows of one transaction. */
const batchRows = 5_000;

export type PostgresAsked = {
  query: Query;
  /** `postgres://user@host/database`, without a password: that comes from `PGPASSWORD` or `~/.pgpass`. */
  url: string;
  table: string;
  /** Logs: goes on where an earlier run was, and reads what is newer; other lists are read whole. */
  resume: boolean;
};

type Deps = {
  source: Source;
  clock: () => number;
  signal: AbortSignal;
  onProgress?: (progress: ExportProgress) => void;
};

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const types: Partial<Record<Column['kind'], string>> = {
  time: 'timestamptz',
  seconds: 'timestamptz',
  boolean: 'boolean',
  number: 'double precision',
};

/** `payload.userAgent` as `payload_user_agent`. */
const nameOf = ({ id }: Column) =>
  id
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

const ownColumns = ['tenant', 'id', 'body'];

/** Columns of the table beside the tenant, the id and the whole row: the catalogue's, typed. */
const typedColumns = (resource: Resource) =>
  resource.columns
    .filter(({ kind }) => kind !== 'json')
    .map((column) => ({ column, name: nameOf(column), type: types[column.kind] ?? 'text' }))
    .filter(({ name }) => !ownColumns.includes(name));

/** What PostgreSQL's text and JSON cannot hold (NUL, halves of characters) replaced, at any depth. */
const storable = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd').toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storable(key) as string, storable(inner)]),
  );
};

const cellOf = ({ column, type }: { column: Column; type: string }, row: Row): string | null => {
  const value = valueAt(row, column.id);
  if (value === null || value === undefined) return null;
  if (type === 'timestamptz') {
    const date = new Date(Number(value) * (column.kind === 'seconds' ? 1_000 : 1));
    return Number.isNaN(date.getTime()) ? null : date.toISOString();
  }
  if (type === 'boolean') return typeof value === 'boolean' ? String(value) : null;
  if (type === 'double precision') return typeof value === 'number' ? String(value) : null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

/** The address of a database. Throws `query.invalid` for another one, and for one that carries a password. */
export const databaseUrl = (text: string): URL => {
  const url = URL.parse(text);
  const refuse = (reason: string) => new DeskError('query.invalid', { where: '--to', reason });
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) throw refuse('postgres://user@host/database is needed');
  if (url.password) throw refuse('a password belongs into PGPASSWORD or ~/.pgpass, not on a command line');
  return url;
};

const databaseError = (error: unknown, url: URL): unknown =>
  error instanceof DeskError
    ? error
    : new DeskError(
        'export.database',
        { where: url.host, reason: error instanceof Error ? error.message : '' },
        { cause: error },
      );

/** The table and its columns; what an older version of the table lacks is added. */
const prepare = async (client: pg.Client, table: string, resource: Resource) => {
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${quoted(table)} (tenant text NOT NULL, id text NOT NULL, body jsonb NOT NULL, PRIMARY KEY (tenant, id))`,
  );
  for (const { name, type } of typedColumns(resource))
    await client.query(`ALTER TABLE ${quoted(table)} ADD COLUMN IF NOT EXISTS ${quoted(name)} ${type}`);
  await client.query(
    `CREATE TABLE IF NOT EXISTS logto_desk_progress
       (tenant text, table_name text, newest bigint, reached bigint, done boolean NOT NULL, PRIMARY KEY (tenant, table_name))`,
  );
};

type Progress = { newest: number; reached: number; done: boolean };

/** One batch and how far it came, in one transaction: rows that are there already are put in their newest form. */
const load = async (
  client: pg.Client,
  table: string,
  tenant: string,
  resource: Resource,
  rows: readonly Row[],
  progress: Progress | null,
) => {
  const typed = typedColumns(resource);
  const names = ['tenant', 'id', 'body', ...typed.map(({ name }) => name)];
  const list = names.map(quoted).join(', ');
  const records = rows.map((row) => {
    const kept = storable(row) as Row;
    return [tenant, rowIdOf(resource, kept), JSON.stringify(kept), ...typed.map((one) => cellOf(one, kept))];
  });
  await client.query('BEGIN');
  try {
    await client.query(
      `CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT ${list} FROM ${quoted(table)} WITH NO DATA`,
    );
    const stream = client.query(copyFrom(`COPY incoming (${list}) FROM STDIN (FORMAT csv)`));
    // Text is quoted, what is missing is not: by that COPY tells an empty text from none.
    await pipeline(Readable.from([stringify(records, { quoted_string: true })]), stream);
    const updates = names.slice(2).map((name) => `${quoted(name)} = excluded.${quoted(name)}`);
    await client.query(
      `INSERT INTO ${quoted(table)} (${list}) SELECT ${list} FROM incoming ON CONFLICT (tenant, id) DO UPDATE SET ${updates.join(', ')}`,
    );
    if (progress) await note(client, table, tenant, progress);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
};

const note = (client: pg.Client, table: string, tenant: string, { newest, reached, done }: Progress) =>
  client.query(
    `INSERT INTO logto_desk_progress (tenant, table_name, newest, reached, done) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (tenant, table_name) DO UPDATE SET newest = $3, reached = $4, done = $5`,
    [tenant, table, newest, reached, done],
  );

const known = async (client: pg.Client, table: string, tenant: string): Promise<Progress | null> => {
  const { rows } = await client.query(
    'SELECT newest, reached, done FROM logto_desk_progress WHERE tenant = $1 AND table_name = $2',
    [tenant, table],
  );
  const [row] = rows as { newest: string; reached: string; done: boolean }[];
  return row ? { newest: Number(row.newest), reached: Number(row.reached), done: row.done } : null;
};

/**
 * Loads a view's rows into a table, created when it is absent: `tenant`, `id`, `body` (the row as JSON) and the
 * catalogue's columns, typed. Rows are known by tenant and id, so that a repeated run changes nothing. Throws `DeskError`.
 */
export const exportToPostgres = async (
  { query, url: text, table, resume }: PostgresAsked,
  { source, signal, onProgress }: Deps,
): Promise<HarvestReport[]> => {
  const url = databaseUrl(text);
  const resource = queryResource(query);
  const tenant = source.profile.endpoint;
  const time = resource.pin?.column;
  const timeOf = (row: Row | undefined) => Number(time && row ? valueAt(row, time) : Number.NaN);
  const client = new pg.Client({ connectionString: text, application_name: 'Logto Desk' });
  const reports: HarvestReport[] = [];
  let done = 0;

  /** One span of time, or all of a list; `base` is the progress that reading it adds to. */
  const readSpan = async (filters: Query['filters'], base: Progress | null, advances: boolean) => {
    let progress = base;
    let waiting: Row[] = [];
    const flush = async () => {
      if (waiting.length === 0) return;
      const rows = waiting;
      waiting = [];
      if (time && advances) {
        const times = rows.map(timeOf);
        progress = {
          newest: Math.max(progress?.newest ?? 0, ...times),
          reached: Math.min(progress?.reached ?? Number.MAX_SAFE_INTEGER, ...times),
          done: false,
        };
      }
      await load(client, table, tenant, resource, rows, advances ? progress : null);
      done += rows.length;
      onProgress?.({ rows: done, total: null });
    };
    const pages = source.read({ query: { ...query, filters }, signal });
    let step = await pages.next();
    for (; !step.done; step = await pages.next()) {
      waiting.push(...step.value.filter((row) => rowIdOf(resource, row) !== ''));
      if (waiting.length >= batchRows) await flush();
    }
    await flush();
    reports.push(step.value);
    return { progress, whole: isComplete(step.value) };
  };

  try {
    await client.connect();
    await prepare(client, table, resource);
    const before = resume && time ? await known(client, table, tenant) : null;
    // An unfinished run first, from where it was down to the oldest; then what is newer than all of it.
    const older = before
      ? before.done
        ? { progress: before, whole: true }
        : await readSpan({ ...query.filters, time: ['', String(before.reached)] }, before, true)
      : await readSpan(query.filters, null, true);
    if (older.progress && older.whole) await note(client, table, tenant, { ...older.progress, done: true });
    if (before) {
      const newer = await readSpan({ ...query.filters, time: [String(before.newest), ''] }, null, false);
      const newest = (
        await client.query(
          `SELECT max((body ->> 'createdAt')::bigint) AS newest FROM ${quoted(table)} WHERE tenant = $1`,
          [tenant],
        )
      ).rows[0] as { newest: string | null };
      if (older.progress && older.whole && newer.whole)
        await note(client, table, tenant, { ...older.progress, newest: Number(newest.newest), done: true });
    }
    return reports;
  } catch (error) {
    if (signal.aborted) throw new DeskError('cancelled');
    throw databaseError(error, url);
  } finally {
    await client.end().catch(() => {});
  }
};
