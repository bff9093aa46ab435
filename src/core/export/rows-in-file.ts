import type { FileHandle } from 'node:fs/promises';
import { createInflateRaw } from 'node:zlib';
import { parquetMetadataAsync } from 'hyparquet';
import type { ExportFormat } from '../../shared/export-formats.ts';

/** The bytes of an open file from `start` up to `end`. */
const bytesOf = async (file: FileHandle, start: number, end: number): Promise<Buffer> => {
  const bytes = Buffer.alloc(end - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  return bytes.subarray(0, bytesRead);
};

const streamOf = (file: FileHandle, start = 0, end = Number.POSITIVE_INFINITY) =>
  file.createReadStream({ start, end, autoClose: false });

const [newLine, quote] = [0x0a, 0x22];

/** Line ends of a file; with `quotes`, those outside of them. */
const linesIn = async (file: FileHandle, { quotes = false } = {}): Promise<number> => {
  let lines = 0;
  let isQuoted = false;
  for await (const part of streamOf(file))
    for (const byte of part as Buffer)
      if (quotes && byte === quote) isQuoted = !isQuoted;
      else if (byte === newLine && !isQuoted) lines += 1;
  return lines;
};

/** A row as `xlsx.ts` begins it. */
const rowStart = '<row>';

const rowsOfSheet = async (file: FileHandle, start: number, size: number): Promise<number> => {
  const sheet = streamOf(file, start, start + size - 1).pipe(createInflateRaw());
  let rows = 0;
  let rest = '';
  for await (const part of sheet) {
    const found = (rest + (part as Buffer).toString('latin1')).split(rowStart);
    rows += found.length - 1;
    rest = (found.at(-1) ?? '').slice(1 - rowStart.length);
  }
  // The first one is the header.
  return rows - 1;
};

/** Rows of a workbook's sheets, by the directory at the file's end (APPNOTE 4.3.12); one of more than 4 GB is not looked at. */
const rowsOfWorkbook = async (file: FileHandle): Promise<number | null> => {
  const { size } = await file.stat();
  const end = await bytesOf(file, size - 22, size);
  if (end.readUInt32LE(0) !== 0x06054b50) return null;
  const [length, at] = [end.readUInt32LE(12), end.readUInt32LE(16)];
  if (at + length > size) return null;
  const directory = await bytesOf(file, at, at + length);
  let rows = 0;
  for (let entry = 0; entry + 46 <= directory.length; ) {
    const nameLength = directory.readUInt16LE(entry + 28);
    const name = directory.toString('latin1', entry + 46, entry + 46 + nameLength);
    if (/^xl\/worksheets\/sheet\d+\.xml$/.test(name)) {
      const local = directory.readUInt32LE(entry + 42);
      const head = await bytesOf(file, local, local + 30);
      const start = local + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
      rows += await rowsOfSheet(file, start, directory.readUInt32LE(entry + 20));
    }
    entry += 46 + nameLength + directory.readUInt16LE(entry + 30) + directory.readUInt16LE(entry + 32);
  }
  return rows;
};

const rowsOfParquet = async (file: FileHandle): Promise<number> => {
  const { size } = await file.stat();
  const slice = async (start: number, end = size) => new Uint8Array(await bytesOf(file, start, end)).buffer;
  return Number((await parquetMetadataAsync({ byteLength: size, slice })).num_rows);
};

const counted: Readonly<Record<ExportFormat, (file: FileHandle) => Promise<number | null>>> = {
  // Without the header's line.
  csv: async (file) => (await linesIn(file, { quotes: true })) - 1,
  ndjson: (file) => linesIn(file),
  // A row a line, between the lines of the brackets; nothing at all is one line.
  json: async (file) => Math.max(0, (await linesIn(file)) - 2),
  xlsx: rowsOfWorkbook,
  parquet: rowsOfParquet,
};

/** How many rows an open file has that an export of ours wrote; null where that cannot be told. Throws for a damaged one. */
export const rowsInFile = (file: FileHandle, format: ExportFormat): Promise<number | null> =>
  counted[format](file);
