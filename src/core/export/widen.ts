import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import type { Column } from '../../shared/catalog/index.ts';
import { runningChecksum } from './checksum.ts';
import { csvHeader } from './csv.ts';
import { guarded } from './writer.ts';

const [quote, comma, lf, cr] = [0x22, 0x2c, 0x0a, 0x0d];

/** Records of a CSV file with a cell for every column; those that were written before a column was known end early. */
const widened = (columns: number, header: string) => {
  let isQuoted = false;
  let isHeader = true;
  let cells = 1;
  return (bytes: Buffer): Buffer => {
    const parts: Buffer[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === quote) isQuoted = !isQuoted;
      else if (!isQuoted && byte === comma) cells += 1;
      else if (!isQuoted && byte === lf) {
        // The record ends in CRLF, whose CR may have come with the bytes before.
        if (isHeader) parts.push(Buffer.from(header));
        else {
          const end = at > from && bytes[at - 1] === cr ? at - 1 : at;
          parts.push(bytes.subarray(from, end), Buffer.from(`${','.repeat(columns - cells)}\r\n`));
        }
        isHeader = false;
        cells = 1;
        from = at + 1;
      }
    }
    const rest = bytes.subarray(from);
    // A CR outside of quotes begins the record's end.
    if (!isHeader) parts.push(!isQuoted && rest.at(-1) === cr ? rest.subarray(0, -1) : rest);
    return Buffer.concat(parts);
  };
};

/**
 * Writes a CSV file (an open one's descriptor) anew, its header with all columns and its records of one length; late columns come last. Returns
 * its size in bytes and its checksum.
 */
export const widen = async (
  file: number,
  made: string,
  columns: readonly Column[],
  bom: boolean,
): Promise<{ bytes: number; sha256: string }> => {
  const sums = runningChecksum();
  await guarded(made, () => rm(made, { force: true }));
  const grown = await guarded(made, () => open(made, 'wx', 0o600));
  try {
    const next = widened(columns.length, csvHeader(columns, bom));
    for await (const part of createReadStream('', { fd: file, start: 0, autoClose: false })) {
      const bytes = next(part as Buffer);
      sums.add(bytes);
      await guarded(made, () => grown.appendFile(bytes));
    }
    await guarded(made, () => grown.sync());
    return sums.sum();
  } finally {
    await grown.close();
  }
};
