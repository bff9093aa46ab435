import { ByteWriter, type ColumnSource, ParquetWriter } from 'hyparquet-writer';
import type { Column, ColumnKind } from '../../shared/catalog/index.ts';
import { type Row, valueAt } from '../../shared/row.ts';

/** Rows of one row group, and characters of its texts: what is held in memory until it is written. */
const groupRows = 2_500;
const groupCharacters = 1_000_000;

type Kind = 'TIMESTAMP' | 'BOOLEAN' | 'DOUBLE' | 'STRING';

const kinds: Partial<Record<ColumnKind, Kind>> = {
  time: 'TIMESTAMP',
  seconds: 'TIMESTAMP',
  boolean: 'BOOLEAN',
  number: 'DOUBLE',
};
const kindOf = ({ kind }: Column): Kind => kinds[kind] ?? 'STRING';

/** Largest moment that a date can have, ms. */
const largestMs = 8.64e15;

/** The value as its column's type has it; null where a row has something else there. */
const typed = (column: Column, row: Row): unknown => {
  const value = valueAt(row, column.id);
  if (value === null || value === undefined) return null;
  switch (kindOf(column)) {
    case 'TIMESTAMP': {
      const ms = Number(value) * (column.kind === 'seconds' ? 1_000 : 1);
      return Math.abs(ms) <= largestMs ? new Date(ms) : null;
    }
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : null;
    case 'DOUBLE':
      return typeof value === 'number' ? value : null;
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value);
  }
};

const schemaOf = (columns: readonly Column[]): ConstructorParameters<typeof ParquetWriter>[0]['schema'] => [
  { name: 'root', num_children: columns.length },
  ...columns.map((column) => {
    const common = { name: column.id, repetition_type: 'OPTIONAL' as const };
    const kind = kindOf(column);
    if (kind === 'TIMESTAMP')
      return { ...common, type: 'INT64' as const, converted_type: 'TIMESTAMP_MILLIS' as const };
    if (kind === 'STRING') return { ...common, type: 'BYTE_ARRAY' as const, converted_type: 'UTF8' as const };
    return { ...common, type: kind };
  }),
];

/**
 * Rows as Parquet: typed columns by the catalogue's kinds (times as millisecond timestamps, objects as JSON text), in
 * groups of `groupRows` at most. `put` takes the bytes of each finished group.
 */
export const parquetWriter = (columns: readonly Column[], put: (bytes: Uint8Array) => Promise<void>) => {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({ writer: bytes, schema: schemaOf(columns), createdBy: 'Logto Desk' });
  let waiting: unknown[][] = columns.map(() => []);
  let rows = 0;
  let characters = 0;
  const drain = async () => {
    const made = new Uint8Array(bytes.buffer.slice(0, bytes.index));
    // The offset keeps counting: only what is in memory starts anew.
    bytes.index = 0;
    if (made.length > 0) await put(made);
  };
  const group = async () => {
    if (rows === 0) return;
    const columnData: ColumnSource[] = columns.map(({ id }, n) => ({ name: id, data: waiting[n] ?? [] }));
    waiting = columns.map(() => []);
    await writer.write({ columnData, rowGroupSize: rows });
    rows = 0;
    characters = 0;
    await drain();
  };
  return {
    async write(given: readonly Row[]) {
      for (const row of given) {
        for (const [n, column] of columns.entries()) {
          const value = typed(column, row);
          waiting[n]?.push(value);
          if (typeof value === 'string') characters += value.length;
        }
        rows += 1;
        if (rows >= groupRows || characters >= groupCharacters) await group();
      }
    },
    async end() {
      await group();
      await writer.finish();
      await drain();
    },
  };
};
