import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Column } from '../../shared/catalog/index.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { withoutPasswords } from '../client/scrub.ts';
import { momentOf, type Progress, type RowTable, type TableAsked, tableColumns } from './table.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const types: Partial<Record<Column['kind'], string>> = {
  time: 'timestamptz',
  seconds: 'timestamptz',
  boolean: 'boolean',
  number: 'double precision',
};
const typeOf = ({ kind }: Column) => types[kind] ?? 'text';

/** What PostgreSQL's text and JSON cannot hold (NUL, halves of characters) replaced, at any depth. */
const storable = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll('\0', '\ufffd').toWellFormed();
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [storable(key) as string, storable(inner)]),
  );
};

const cellOf = (column: Column, row: Row): string | null => {
  const value = valueAt(row, column.id);
  if (value === null || value === undefined) return null;
  switch (typeOf(column)) {
    case 'timestamptz':
      return momentOf(column, value)?.toISOString() ?? null;
    case 'boolean':
      return typeof value === 'boolean' ? String(value) : null;
    case 'double precision':
      return typeof value === 'number' ? String(value) : null;
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
};

/** The error without the password, wherever it came from, that the server may have written back. */
const withoutPassword = (error: unknown, { password }: { password?: unknown }): unknown =>
  error instanceof Error && typeof password === 'string'
    ? new Error(withoutPasswords(error.message, [password]))
    : error;

/** A table of PostgreSQL, made where it is absent; columns that an older one lacks are added. */
export const openPostgres = async ({
  url,
  tls,
  table,
  notes,
  tenant,
  resource,
}: TableAsked): Promise<RowTable> => {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'Logto Desk',
    // Said here, `PGSSLMODE` and `NODE_TLS_REJECT_UNAUTHORIZED` are not heeded.
    ssl: tls ? { rejectUnauthorized: true } : false,
  });
  // A connection that is lost between two statements fails the next one; it must not end the program.
  let lost: Error | null = null;
  client.on('error', (error) => {
    lost = error;
  });
  const columns = tableColumns(resource);
  const names = ['tenant', 'id', 'body', ...columns.map(({ name }) => name)];
  const list = names.map(quoted).join(', ');

  const run = (text: string, values: unknown[] = []) =>
    client.query(text, values).catch((error: unknown) => {
      throw withoutPassword(lost ?? error, client);
    });

  const note = ({ newest, reached, done }: Progress) =>
    run(
      `INSERT INTO logto_desk_progress (tenant, table_name, newest, reached, done) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant, table_name) DO UPDATE SET newest = $3, reached = $4, done = $5`,
      [tenant, notes, newest, reached, done],
    );

  const prepare = async () => {
    await client.connect();
    await run(
      `CREATE TABLE IF NOT EXISTS ${quoted(table)} (tenant text NOT NULL, id text NOT NULL, body jsonb NOT NULL, PRIMARY KEY (tenant, id))`,
    );
    for (const { name, column } of columns)
      await run(`ALTER TABLE ${quoted(table)} ADD COLUMN IF NOT EXISTS ${quoted(name)} ${typeOf(column)}`);
    await run(
      `CREATE TABLE IF NOT EXISTS logto_desk_progress
         (tenant text, table_name text, newest bigint, reached bigint, done boolean NOT NULL, PRIMARY KEY (tenant, table_name))`,
    );
  };

  const store: RowTable = {
    /** A batch and how far it came, in one transaction. */
    async load(rows, progress) {
      const records = rows.map((row) => {
        const kept = storable(row) as Row;
        return [
          tenant,
          rowIdOf(resource, kept),
          JSON.stringify(kept),
          ...columns.map(({ column }) => cellOf(column, kept)),
        ];
      });
      await run('BEGIN');
      try {
        await run(
          `CREATE TEMP TABLE incoming ON COMMIT DROP AS SELECT ${list} FROM ${quoted(table)} WITH NO DATA`,
        );
        const stream = client.query(copyFrom(`COPY incoming (${list}) FROM STDIN (FORMAT csv)`));
        // Text is quoted, what is missing is not: by that COPY tells an empty text from none.
        await pipeline(Readable.from([stringify(records, { quoted_string: true })]), stream);
        const updates = names.slice(2).map((name) => `${quoted(name)} = excluded.${quoted(name)}`);
        await run(
          `INSERT INTO ${quoted(table)} (${list}) SELECT ${list} FROM incoming ON CONFLICT (tenant, id) DO UPDATE SET ${updates.join(', ')}`,
        );
        if (progress) await note(progress);
        await run('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        throw withoutPassword(lost ?? error, client);
      }
    },
    note: async (progress) => void (await note(progress)),
    async known() {
      const { rows } = await run(
        'SELECT newest, reached, done FROM logto_desk_progress WHERE tenant = $1 AND table_name = $2',
        [tenant, notes],
      );
      const [row] = rows as { newest: string; reached: string; done: boolean }[];
      return row ? { newest: Number(row.newest), reached: Number(row.reached), done: row.done } : null;
    },
    async newest() {
      const time = resource.pin?.column ?? 'createdAt';
      const { rows } = await run(
        // A server's time may be no number.
        `SELECT max(CASE WHEN body ->> $2 ~ '^\\d{1,18}$' THEN (body ->> $2)::bigint END) AS newest
         FROM ${quoted(table)} WHERE tenant = $1`,
        [tenant, time],
      );
      const [row] = rows as { newest: string | null }[];
      return row?.newest == null ? null : Number(row.newest);
    },
    close: () => client.end(),
  };
  try {
    await prepare();
    return store;
  } catch (error) {
    await client.end().catch(() => {});
    throw withoutPassword(error, client);
  }
};
