import { Agent } from 'node:https';
import { ClickHouseLogLevel, createClient } from '@clickhouse/client';
import type { Column } from '../../shared/catalog/index.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { momentOf, type Progress, type RowTable, type TableAsked, tableColumns } from './table.ts';

const quoted = (name: string) => `\`${name.replace(/[\\`]/g, '\\$&')}\``;
const text = (value: string) => `'${value.replace(/[\\']/g, '\\$&')}'`;

/** Times have milliseconds from version 20 on. */
const hasMilliseconds = (version: string) => Number.parseInt(version, 10) >= 20;

const typeOf = ({ kind }: Column, precise: boolean): string => {
  if (kind === 'time' || kind === 'seconds') return precise ? "DateTime64(3, 'UTC')" : "DateTime('UTC')";
  if (kind === 'boolean') return 'UInt8';
  return kind === 'number' ? 'Float64' : 'String';
};

/** Seconds of a day that `DateTime` can hold: 1970 to 2106. */
const lastSecond = 2 ** 32 - 1;

const cellOf = (column: Column, row: Row, precise: boolean): string | number | null => {
  const value = valueAt(row, column.id);
  if (value === null || value === undefined) return null;
  switch (column.kind) {
    case 'time':
    case 'seconds': {
      const at = momentOf(column, value);
      const second = at ? at.getTime() / 1_000 : -1;
      if (!at || second < 0 || second > lastSecond) return null;
      return at
        .toISOString()
        .replace('T', ' ')
        .slice(0, precise ? 23 : 19);
    }
    case 'boolean':
      return typeof value === 'boolean' ? Number(value) : null;
    case 'number':
      return typeof value === 'number' ? value : null;
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value).toWellFormed();
  }
};

/**
 * A table of ClickHouse, made where it is absent; columns that an older one lacks are added. Rows of the same tenant and
 * id are one row: `SELECT … FINAL` shows the newest, and the server's own merges drop the others.
 */
export const openClickHouse = async ({
  url: given,
  table,
  notes,
  tenant,
  resource,
}: TableAsked): Promise<RowTable> => {
  const url = new URL(given);
  const client = createClient({
    url: `${url.protocol === 'https:' ? 'https:' : 'http:'}//${url.host}`,
    username: decodeURIComponent(url.username) || 'default',
    password: process.env.CLICKHOUSE_PASSWORD ?? '',
    database: decodeURIComponent(url.pathname.slice(1)) || 'default',
    application: 'Logto Desk',
    log: { level: ClickHouseLogLevel.OFF },
    // Said here, `NODE_TLS_REJECT_UNAUTHORIZED` is not heeded.
    ...(url.protocol === 'https:'
      ? { http_agent: new Agent({ keepAlive: true, rejectUnauthorized: true }) }
      : {}),
  });
  const columns = tableColumns(resource);
  const rowsOf = async <T>(query: string): Promise<T[]> =>
    (await client.query({ query, format: 'JSONEachRow' })).json<T>();
  const run = (query: string) => client.command({ query });
  let precise = true;

  const prepare = async () => {
    const [about] = await rowsOf<{ version: string }>('SELECT version() AS version');
    precise = hasMilliseconds(about?.version ?? '');
    const typed = columns.map(
      ({ name, column }) => [quoted(name), `Nullable(${typeOf(column, precise)})`] as const,
    );
    await run(
      `CREATE TABLE IF NOT EXISTS ${quoted(table)} (tenant String, id String, body String, loaded_at UInt64, ${typed
        .map((one) => one.join(' '))
        .join(', ')}) ENGINE = ReplacingMergeTree(loaded_at) ORDER BY (tenant, id)`,
    );
    const there = new Set(
      (await rowsOf<{ name: string }>(`DESCRIBE TABLE ${quoted(table)}`)).map(({ name }) => name),
    );
    for (const [at, { name }] of columns.entries())
      if (!there.has(name)) await run(`ALTER TABLE ${quoted(table)} ADD COLUMN ${typed[at]?.join(' ')}`);
    await run(
      `CREATE TABLE IF NOT EXISTS logto_desk_progress
         (tenant String, table_name String, newest UInt64, reached UInt64, done UInt8, noted_at UInt64)
         ENGINE = ReplacingMergeTree(noted_at) ORDER BY (tenant, table_name)`,
    );
  };

  const note = async (progress: Progress) =>
    void (await client.insert({
      table: 'logto_desk_progress',
      values: [{ ...progress, tenant, table_name: notes, done: Number(progress.done), noted_at: Date.now() }],
      format: 'JSONEachRow',
    }));

  const store: RowTable = {
    /** The rows, then how far they came: broken off between the two, the next run loads them again, and they are the same. */
    async load(rows, progress) {
      const at = Date.now();
      await client.insert({
        table: quoted(table),
        values: rows.map((row) => ({
          tenant,
          id: rowIdOf(resource, row),
          body: JSON.stringify(row),
          loaded_at: at,
          ...Object.fromEntries(columns.map(({ name, column }) => [name, cellOf(column, row, precise)])),
        })),
        format: 'JSONEachRow',
      });
      if (progress) await note(progress);
    },
    note,
    async known() {
      const [row] = await rowsOf<{ newest: string; reached: string; done: number }>(
        `SELECT newest, reached, done FROM logto_desk_progress FINAL WHERE tenant = ${text(tenant)} AND table_name = ${text(notes)}`,
      );
      return row ? { newest: Number(row.newest), reached: Number(row.reached), done: row.done === 1 } : null;
    },
    async newest() {
      const time = resource.pin?.column ?? 'createdAt';
      const [row] = await rowsOf<{ newest: string }>(
        `SELECT max(visitParamExtractUInt(body, ${text(time)})) AS newest FROM ${quoted(table)} WHERE tenant = ${text(tenant)}`,
      );
      return Number(row?.newest ?? 0) || null;
    },
    close: () => client.close(),
  };
  try {
    await prepare();
    return store;
  } catch (error) {
    await client.close().catch(() => {});
    throw error;
  }
};
