import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { DeskError } from '../../../shared/errors.ts';
import { systemCode } from '../../base/file-errors.ts';
import { runningChecksum } from '../../export/checksum.ts';
import { csvHeadings, csvLines } from './csv.ts';
import { limits, tooLarge, unreadable } from './limits.ts';
import { type FileLine, isBlank, isEmptyCell } from './line.ts';
import { ndjsonHeadings, ndjsonLines } from './ndjson.ts';
import { openPackage } from './package.ts';
import { textOf } from './text.ts';
import { openWorkbook, sheetLines } from './xlsx.ts';

export const importFormats = ['csv', 'xlsx', 'ndjson'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** A file that is open to be imported. Closed by `await using`. */
export type ImportFile = AsyncDisposable & {
  /** Its name, without the folder. */
  name: string;
  path: string;
  format: ImportFormat;
  /** Of its bytes, as hex. */
  sha256: string;
  /** Its columns, in their order; a heading may be empty. */
  headings: string[];
  /** Of an Excel file: the sheet that is read, and those that are not. */
  sheet: string | null;
  otherSheets: string[];
  /**
   * Its lines with something in them, without the headings. Throws `import.unreadable`, `import.too_large`, and
   * `import.changed` when it is not as it was.
   */
  lines(): AsyncGenerator<FileLine>;
};

/** Endings of files by format; anything else is told by its content. */
const endings: Readonly<Record<string, ImportFormat>> = {
  csv: 'csv',
  tsv: 'csv',
  txt: 'csv',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
};

const formatOf = async (file: FileHandle, name: string): Promise<ImportFormat> => {
  const first = Buffer.alloc(8);
  const { bytesRead } = await file.read(first, 0, first.length, 0);
  const isZip = bytesRead >= 4 && first.readUInt32LE(0) === 0x0403_4b50;
  const said = endings[name.split('.').at(-1)?.toLowerCase() ?? ''];
  if (isZip || said === 'xlsx') return 'xlsx';
  if (first.toString('latin1', 0, 4) === '\xd0\xcf\x11\xe0')
    throw unreadable(name, 'it is an old or encrypted Excel file; save it as .xlsx without a password');
  return said ?? (first.toString('latin1', 0, bytesRead).trimStart().startsWith('{') ? 'ndjson' : 'csv');
};

/** Nothing but a plain file is read: a device or a pipe may have no end. */
const openPlain = async (path: string): Promise<FileHandle> => {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: unknown) => {
    const code = systemCode(error);
    throw unreadable(path, code === 'ENOENT' ? 'there is no such file' : code, error);
  });
  const stat = await file.stat();
  const refuse = async (error: DeskError) => {
    await file.close();
    throw error;
  };
  if (!stat.isFile()) return refuse(unreadable(path, 'it is not a file'));
  if (stat.size > limits.bytes) return refuse(tooLarge(path, `it has more than ${limits.bytes >> 20} MiB`));
  return file;
};

/** A file's bytes on their way into a sum. */
async function* summed(
  file: FileHandle,
  sum: ReturnType<typeof runningChecksum>,
): AsyncGenerator<Uint8Array> {
  for await (const part of file.createReadStream({ start: 0, autoClose: false })) {
    sum.add(part as Buffer);
    yield part as Buffer;
  }
}

const sumOf = async (file: FileHandle): Promise<string> => {
  const sum = runningChecksum();
  for await (const _ of summed(file, sum));
  return sum.sha256;
};

/** Headings as they are, without what surrounds them. Throws `import.unreadable` for two of one name. */
const checked = (headings: readonly string[], name: string): string[] => {
  const trimmed = headings.map((heading) => heading.normalize('NFC').trim());
  if (trimmed.every((heading) => heading === '')) throw unreadable(name, 'its first line has no headings');
  if (trimmed.length > limits.columns) throw tooLarge(name, `it has more than ${limits.columns} columns`);
  if (trimmed.some((heading) => heading.length > limits.heading))
    throw tooLarge(name, `a heading has more than ${limits.heading} characters`);
  const twice = trimmed.find((heading, at) => heading !== '' && trimmed.indexOf(heading) !== at);
  if (twice !== undefined) throw unreadable(name, `two columns are called "${twice}"`);
  return trimmed;
};

type Reading = {
  headings: string[];
  sheet: string | null;
  otherSheets: string[];
  lines(): AsyncGenerator<FileLine>;
};

const readText = async (
  file: FileHandle,
  name: string,
  format: 'csv' | 'ndjson',
  sha256: string,
): Promise<Reading> => {
  const text = (sum = runningChecksum()) => textOf(summed(file, sum), name);
  const headings = checked(await (format === 'csv' ? csvHeadings : ndjsonHeadings)(text(), name), name);
  return {
    headings,
    sheet: null,
    otherSheets: [],
    async *lines() {
      const sum = runningChecksum();
      yield* (format === 'csv' ? csvLines : ndjsonLines)(text(sum), headings, name);
      if (sum.sha256 !== sha256) throw new DeskError('import.changed', { where: name });
    },
  };
};

const readWorkbook = async (
  file: FileHandle,
  name: string,
  asked: string | undefined,
  sha256: string,
): Promise<Reading> => {
  const pack = await openPackage(file, name);
  const workbook = await openWorkbook(pack, name);
  const names = workbook.sheets.map((one) => one.name);
  const sheet = workbook.sheets.find((one) => (asked === undefined ? !one.isHidden : one.name === asked));
  if (!sheet) throw unreadable(name, `it has no sheet "${asked ?? ''}"; there are: ${names.join(', ')}`);
  const own = (width?: number) => sheetLines(pack, workbook, sheet, name, width);
  let first: FileLine | undefined;
  for await (const line of own()) {
    first = line;
    break;
  }
  const headings = checked(
    (first?.cells ?? []).map((cell) => (isEmptyCell(cell) ? '' : String(cell))),
    name,
  );
  return {
    headings,
    sheet: sheet.name,
    otherSheets: workbook.sheets.flatMap((one) => (one === sheet || one.isHidden ? [] : [one.name])),
    async *lines() {
      for await (const line of own(headings.length)) if (line.line !== first?.line) yield line;
      if ((await sumOf(file)) !== sha256) throw new DeskError('import.changed', { where: name });
    },
  };
};

/**
 * Opens a file of rows: CSV (commas, semicolons, tabs or `|`), Excel, NDJSON; its format by its ending, or by what is in it.
 * `sheet`: of an Excel file, else its first one that is not hidden. Throws `import.unreadable`, `import.too_large`.
 */
export const openImport = async (
  path: string,
  { format: asked, sheet }: { format?: ImportFormat | undefined; sheet?: string | undefined } = {},
): Promise<ImportFile> => {
  const name = basename(path);
  /** What a library throws tells of the file: it may be damaged behind its first line, too. */
  const typed = (error: unknown) =>
    error instanceof DeskError ? error : unreadable(name, 'it is damaged', error);
  const file = await openPlain(path);
  try {
    const format = asked ?? (await formatOf(file, name));
    if (sheet !== undefined && format !== 'xlsx') throw unreadable(name, 'only an Excel file has sheets');
    const sha256 = await sumOf(file);
    const reading =
      format === 'xlsx'
        ? await readWorkbook(file, name, sheet, sha256)
        : await readText(file, name, format, sha256);
    return {
      ...reading,
      name,
      path,
      format,
      sha256,
      async *lines() {
        let count = 0;
        try {
          for await (const line of reading.lines()) {
            if (isBlank(line)) continue;
            count += 1;
            if (count > limits.lines) throw tooLarge(name, `it has more than ${limits.lines} lines`);
            yield line;
          }
        } catch (error) {
          throw typed(error);
        }
      },
      [Symbol.asyncDispose]: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw typed(error);
  }
};
