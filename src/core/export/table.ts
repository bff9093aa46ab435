import type { Column, Resource } from '../../shared/catalog/index.ts';
import type { Row } from '../../shared/row.ts';

/** How far the load of a list that can be cut by time is, unix ms: all rows from `newest` down to `reached` are there. */
export type Progress = { newest: number; reached: number; done: boolean };

/** One table of a database, of one tenant's rows. */
export type RowTable = {
  /** Takes rows; those that are there already are put in their newest form. */
  load(rows: readonly Row[], progress: Progress | null): Promise<void>;
  note(progress: Progress): Promise<void>;
  /** What an earlier run noted. */
  known(): Promise<Progress | null>;
  /** Moment of the newest row, unix ms; null when there is none. */
  newest(): Promise<number | null>;
  close(): Promise<void>;
};

export type TableAsked = {
  url: string;
  /** PostgreSQL: over TLS, the certificate checked; ClickHouse's address says so itself. */
  tls: boolean;
  table: string;
  /** What the load's progress is noted under: the table, and what the view is narrowed by. */
  notes: string;
  tenant: string;
  resource: Resource;
};

/** `payload.userAgent` as `payload_user_agent`. */
const nameOf = ({ id }: Column) =>
  id
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** Columns that every table has beside the catalogue's: whose row it is, its id, and the whole of it as JSON. */
const ownColumns = ['tenant', 'id', 'body'];

/** The catalogue's columns under the names that they have in a table; what is only JSON is in the body. */
export const tableColumns = (resource: Resource): { column: Column; name: string }[] =>
  resource.columns
    .filter(({ kind, joins }) => kind !== 'json' && joins === undefined)
    .map((column) => ({ column, name: nameOf(column) }))
    .filter(({ name }) => !ownColumns.includes(name));

/** The moment of a time column's value; null for anything else. */
export const momentOf = (column: Column, value: unknown): Date | null => {
  const date = new Date(Number(value) * (column.kind === 'seconds' ? 1_000 : 1));
  return Number.isNaN(date.getTime()) ? null : date;
};
