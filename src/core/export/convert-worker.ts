import { parentPort, workerData } from 'node:worker_threads';
import { errorValueOf } from '../../shared/errors.ts';
import type { Row } from '../../shared/row.ts';
import type { ConvertAnswer, ConvertAsked, Converted } from './convert.ts';
import { openWriter } from './formats.ts';
import { linesOf } from './lines.ts';
import { tally } from './tally.ts';
import { fileTarget } from './writer.ts';

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

const convert = async ({ spool, path, format, title, columns, whole }: ConvertAsked): Promise<Converted> => {
  const target = await fileTarget(path);
  const sums = tally();
  const put = async (bytes: string | Uint8Array) => {
    sums.add(bytes);
    await target.write(bytes);
  };
  try {
    const writer = await openWriter(format, { title, columns, whole, bom: false, put });
    for (const rows of batchesOf(spool)) await writer.write(rows);
    await writer.end();
    await target.finish();
    return sums.sum();
  } catch (error) {
    await target.discard();
    throw error;
  }
};

const answer: ConvertAnswer = await convert(workerData as ConvertAsked).then(
  (made) => ({ made }),
  (error: unknown) => ({ error: errorValueOf(error) }),
);
parentPort?.postMessage(answer);
