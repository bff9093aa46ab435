import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { because } from '../../../shared/reasons.ts';
import { limits, tooLarge, unreadable } from './limits.ts';
import type { FileLine } from './line.ts';

const separators = [',', ';', '\t', '|'] as const;

/** Excel's own first line, which names the separator. */
const named = /^sep=(.)\r?\n/i;

/** How often each separator stands in the first line with something in it, outside quotes; the most frequent one. */
const separatorOf = (text: string): string => {
  const counts = new Map<string, number>(separators.map((one) => [one, 0]));
  let quoted = false;
  for (const char of text.trimStart()) {
    if (char === '"') quoted = !quoted;
    if (quoted) continue;
    if (char === '\n' || char === '\r') break;
    const count = counts.get(char);
    if (count !== undefined) counts.set(char, count + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0] ?? ',';
};

/** True of a beginning that has a whole line with something in it. */
const hasLine = (text: string): boolean => {
  const from = text.search(/\S/);
  // From one place alone: a text without line ends would be gone through from each of its characters.
  return from >= 0 && /[\r\n]/.test(text.slice(from));
};

/** The parts again after the beginning of them was looked at. */
async function* chained(beginning: string, parts: AsyncIterator<string>): AsyncGenerator<string> {
  yield beginning;
  for (let part = await parts.next(); !part.done; part = await parts.next()) yield part.value;
}

const lineBreaks = /\r\n|\r|\n/g;
const breaksIn = (record: readonly string[]) =>
  record.reduce((sum, cell) => sum + (cell.match(lineBreaks)?.length ?? 0), 0);

/** What an export wrote so that a spreadsheet runs nothing (`export/csv.ts`), and keeps digits as text. */
const guarded = /^'(?=[\s\0-\x1f\x7f\u00AD\u200B-\u200F\u2060\uFEFF]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;
const textFormula = /^="(.*)"$/s;
/** A cell's text without what keeps a spreadsheet from running it. */
export const unguarded = (cell: string): string => (textFormula.exec(cell)?.[1] ?? cell).replace(guarded, '');

/** Records with the line on which each begins, blank ones left out. */
async function* records(
  parts: AsyncIterable<string>,
  name: string,
): AsyncGenerator<{ line: number; record: string[] }> {
  const iterator = parts[Symbol.asyncIterator]();
  let beginning = '';
  while (!hasLine(beginning) && beginning.length <= limits.line) {
    const part = await iterator.next();
    if (part.done) break;
    beginning += part.value;
  }
  const [said = '', separator = separatorOf(beginning)] = named.exec(beginning) ?? [];
  const text = chained(beginning.slice(said.length), iterator);
  const parser = parse({
    delimiter: separator,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    max_record_size: limits.line,
  });
  let line = said === '' ? 1 : 2;
  try {
    for await (const record of Readable.from(text).compose(parser) as AsyncIterable<string[]>) {
      if (record.some((cell) => cell.trim() !== '')) yield { line, record };
      line += 1 + breaksIn(record);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === 'CSV_MAX_RECORD_SIZE')
      throw tooLarge(name, `line ${line} does not end, or has more than ${limits.line} bytes`);
    throw unreadable(name, `a quote is not closed, or is inside of a cell, on or after line ${line}`, error);
  }
}

/** The cells of the first line. */
export const csvHeadings = async (parts: AsyncIterable<string>, name: string): Promise<string[]> => {
  for await (const { record } of records(parts, name)) return record;
  return [];
};

const raggedOf = (count: number, headings: number) => because('line.ragged', { count, headings });

/** All lines but the first, as CSV or with semicolons, tabs or `|`. Throws `import.unreadable`, `import.too_large`. */
export async function* csvLines(
  parts: AsyncIterable<string>,
  headings: readonly string[],
  name: string,
): AsyncGenerator<FileLine> {
  let isHeading = true;
  for await (const { line, record } of records(parts, name)) {
    if (isHeading) {
      isHeading = false;
      continue;
    }
    const further = record.slice(headings.length);
    const isRagged = record.length < headings.length || further.some((cell) => cell.trim() !== '');
    yield isRagged
      ? { line, cells: record, fault: raggedOf(record.length, headings.length) }
      : { line, cells: record.slice(0, headings.length) };
  }
}
