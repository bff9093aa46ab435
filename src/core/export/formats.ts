import type { Column } from '../../shared/catalog/index.ts';
import type { ExportFormat } from '../../shared/export-formats.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import type { Zone } from '../../shared/zone.ts';
import { csvHeader, csvOf } from './csv.ts';
import { parquetWriter } from './parquet.ts';
import { xlsxWriter } from './xlsx.ts';

/** Takes rows in batches and puts out bytes; `end` writes what closes the file. */
export type RowWriter = { write(rows: readonly Row[]): Promise<void>; end(): Promise<void> };

export type WriterOptions = {
  /** What the rows are, for formats that name their parts. */
  title: string;
  columns: readonly Column[];
  /** Rows are kept as they are where a format can: the columns then only serve formats that need them. */
  whole: boolean;
  /** CSV: begin with a byte order mark. */
  bom: boolean;
  /** Zone of times in CSV and Excel files; absent: UTC. */
  zone?: Zone | undefined;
  /** CSV: text of digits in the form that Excel keeps as text. */
  excelText?: boolean | undefined;
  /** Rows that an earlier run wrote there; absent: nothing was written yet. */
  before?: number;
  put: (part: string | Uint8Array) => Promise<void>;
};

/** Formats that can only be written from their first row to their last: their files cannot be resumed. */
export const isWrittenAtOnce: Readonly<Record<ExportFormat, boolean>> = {
  csv: false,
  ndjson: false,
  json: false,
  xlsx: true,
  parquet: true,
};

const objectOf = ({ columns, whole }: WriterOptions, row: Row): unknown =>
  whole ? row : Object.fromEntries(columns.map(({ id }) => [id, valueAt(row, id) ?? null]));

const csv = async ({ columns, bom, zone, excelText, before, put }: WriterOptions): Promise<RowWriter> => {
  if (before === undefined) await put(csvHeader(columns, bom));
  return { write: (rows) => put(csvOf(columns, rows, { zone, excelText })), end: async () => {} };
};

const ndjson = async (options: WriterOptions): Promise<RowWriter> => ({
  write: (rows) => options.put(rows.map((row) => `${JSON.stringify(objectOf(options, row))}\n`).join('')),
  end: async () => {},
});

/** One array, a row a line. */
const json = async (options: WriterOptions): Promise<RowWriter> => {
  let between = options.before ? ',\n' : '[\n';
  return {
    write: async (rows) => {
      if (rows.length === 0) return;
      await options.put(between + rows.map((row) => JSON.stringify(objectOf(options, row))).join(',\n'));
      between = ',\n';
    },
    end: () => options.put(between === '[\n' ? '[]\n' : '\n]\n'),
  };
};

const writers: Readonly<Record<ExportFormat, (options: WriterOptions) => Promise<RowWriter>>> = {
  csv,
  ndjson,
  json,
  xlsx: async ({ columns, title, zone, put }) => xlsxWriter(columns, title, put, { zone }),
  parquet: async ({ columns, put }) => parquetWriter(columns, put),
};

/** A writer for the format; what opens the file is written at once. */
export const openWriter = (format: ExportFormat, options: WriterOptions): Promise<RowWriter> =>
  writers[format](options);
