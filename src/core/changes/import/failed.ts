import { stringify } from 'csv-stringify/sync';
import { withoutFormulas } from '../../export/csv.ts';
import { fileTarget } from '../../export/writer.ts';
import type { ImportFile } from './file.ts';
import type { Cell, FileLine } from './line.ts';
import { columnOf, type Mapping } from './mapping.ts';

/** The heading of what is wrong with a line; such a column of an earlier file is put in its place. */
export const reasonHeading = 'reason';

/** Lines that become text at a time. */
const linesAtOnce = 200;

const textOf = (cell: Cell | undefined): string => {
  if (cell === undefined || cell === null) return '';
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
};

type Written = { line: FileLine; reason: string };

/** As CSV, with a byte order mark for Excel. Secrets are written as they stand: of those, every character counts. */
const csvWriter = ({ headings }: ImportFile, mapping: Mapping) => {
  const places = headings.flatMap((heading, place) => (heading === reasonHeading ? [] : [place]));
  const secrets = ['password', 'passwordDigest'].map((field) => columnOf(mapping, field)?.place);
  const guard = (text: string, place: number) => (secrets.includes(place) ? text : withoutFormulas(text));
  const records = (rows: readonly string[][], bom = false) =>
    stringify(rows as string[][], { record_delimiter: 'windows', quoted_match: /[\r\n]/, bom });
  return {
    head: () =>
      records([[...places.map((place) => withoutFormulas(headings[place] ?? '')), reasonHeading]], true),
    rows: (written: readonly Written[]) =>
      records(
        written.map(({ line: { cells }, reason }) => {
          const further = cells.slice(headings.length).map(textOf).filter(Boolean);
          const said = further.length > 0 ? `${reason} (${further.join(' | ')})` : reason;
          return [...places.map((place) => guard(textOf(cells[place]), place)), withoutFormulas(said)];
        }),
      ),
  };
};

const ndjsonWriter = ({ headings }: ImportFile) => ({
  head: () => '',
  rows: (written: readonly Written[]) =>
    written
      .map(({ line, reason }) => {
        const entries = headings.map((heading, place) => [heading, line.cells[place]]);
        return `${JSON.stringify({ ...Object.fromEntries(entries), [reasonHeading]: reason })}\n`;
      })
      .join(''),
});

/**
 * Writes lines of a file again, with the reason of each beside it, to be mended and imported: CSV, or NDJSON where the name
 * ends so. `reasonOf`: null for lines that are left out. Returns how many were written. Throws `import.changed`,
 * `export.not_writable`, `export.disk_full`.
 */
export const writeFailed = async (
  file: ImportFile,
  mapping: Mapping,
  path: string,
  reasonOf: (line: number) => string | null,
): Promise<number> => {
  const writer = /\.(ndjson|jsonl)$/i.test(path) ? ndjsonWriter(file) : csvWriter(file, mapping);
  const target = await fileTarget(path);
  let count = 0;
  let some: Written[] = [];
  const flush = async () => {
    await target.write(writer.rows(some));
    some = [];
  };
  try {
    await target.write(writer.head());
    for await (const line of file.lines()) {
      const reason = reasonOf(line.line);
      if (reason === null) continue;
      count += 1;
      some.push({ line, reason });
      if (some.length === linesAtOnce) await flush();
    }
    if (some.length > 0) await flush();
    await target.finish();
    return count;
  } catch (error) {
    await target.discard();
    throw error;
  }
};
