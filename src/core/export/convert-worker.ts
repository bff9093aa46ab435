import { open, rm } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { errorValueOf } from '../../shared/errors.ts';
import type { Row } from '../../shared/row.ts';
import { runningChecksum } from './checksum.ts';
import type { ConvertAnswer, ConvertAsked, Converted } from './convert.ts';
import { countsOfCounted } from './counts.ts';
import { openWriter } from './formats.ts';
import { linesOf } from './read-lines.ts';
import { guarded } from './writer.ts';

/** Rows written at a time. */
const batchRows = 400;

/** The rows of a spool. */
function* rowsOf(file: number): Generator<Row> {
  for (const line of linesOf(file)) yield JSON.parse(line) as Row;
}

/** Rows, some at a time. */
function* inBatches(rows: Iterable<Row>): Generator<Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < batchRows) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

const convert = async ({
  spool,
  made,
  path,
  format,
  title,
  columns,
  whole,
  bom,
  zone,
  excelText,
  counts,
  names,
}: ConvertAsked): Promise<Converted> => {
  const sums = runningChecksum();
  // A run that was ended here may have left its half, or somebody a link that leads elsewhere.
  await guarded(path, () => rm(made, { force: true }));
  const file = await guarded(path, () => open(made, 'wx', 0o600));
  try {
    const put = (bytes: string | Uint8Array) => {
      sums.add(bytes);
      return guarded(path, () => file.appendFile(bytes));
    };
    const writer = await openWriter(format, { title, columns, whole, bom, zone, excelText, put });
    let rows = 0;
    for (const batch of inBatches(counts ? countsOfCounted(rowsOf(spool), counts, names) : rowsOf(spool))) {
      await writer.write(batch);
      rows += batch.length;
    }
    await writer.end();
    await guarded(path, () => file.sync());
    return { ...sums.sum(), rows };
  } finally {
    await file.close();
  }
};

parentPort?.on('message', (asked: ConvertAsked) => {
  void convert(asked)
    .then(
      (made): ConvertAnswer => ({ made }),
      (error: unknown): ConvertAnswer => ({ error: errorValueOf(error) }),
    )
    .then((answer) => parentPort?.postMessage(answer));
});
