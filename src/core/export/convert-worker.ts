import { open } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { errorValueOf } from '../../shared/errors.ts';
import type { Row } from '../../shared/row.ts';
import type { ConvertAnswer, ConvertAsked, Converted } from './convert.ts';
import { openWriter } from './formats.ts';
import { linesOf } from './lines.ts';
import { tally } from './tally.ts';
import { guarded } from './writer.ts';

/** Rows taken from the spool at a time. */
const batchRows = 400;

/** The rows of a spool, some at a time. */
function* batchesOf(path: string): Generator<Row[]> {
  let rows: Row[] = [];
  for (const line of linesOf(path)) {
    rows.push(JSON.parse(line) as Row);
    if (rows.length < batchRows) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

const convert = async ({
  spool,
  made,
  path,
  format,
  title,
  columns,
  whole,
}: ConvertAsked): Promise<Converted> => {
  const sums = tally();
  // A run that was ended here may have left its half.
  const file = await guarded(path, () => open(made, 'w', 0o600));
  try {
    const put = (bytes: string | Uint8Array) => {
      sums.add(bytes);
      return guarded(path, () => file.appendFile(bytes));
    };
    const writer = await openWriter(format, { title, columns, whole, bom: false, put });
    for (const rows of batchesOf(spool)) await writer.write(rows);
    await writer.end();
    await guarded(path, () => file.sync());
    return sums.sum();
  } finally {
    await file.close();
  }
};

const answer: ConvertAnswer = await convert(workerData as ConvertAsked).then(
  (made) => ({ made }),
  (error: unknown) => ({ error: errorValueOf(error) }),
);
parentPort?.postMessage(answer);
