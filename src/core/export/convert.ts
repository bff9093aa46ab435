import { Worker } from 'node:worker_threads';
import type { Column } from '../../shared/catalog/index.ts';
import { DeskError, type ErrorValue } from '../../shared/errors.ts';
import type { ExportFormat } from '../../shared/export-formats.ts';
import type { Zone } from '../../shared/zone.ts';
import type { CountsAsked } from '../rows/counts-asked.ts';
import type { CountNames } from './counts.ts';

/**
 * A spool of rows (NDJSON; a descriptor, as its path may lead elsewhere by then), the file that it becomes, and where that is made: whoever asks puts it in its place. With
 * `counts`, the spool's rows are counted, and the file has the counts.
 */
export type ConvertAsked = {
  spool: number;
  made: string;
  path: string;
  format: ExportFormat;
  title: string;
  columns: readonly Column[];
  whole: boolean;
  bom: boolean;
  zone?: Zone | undefined;
  excelText?: boolean | undefined;
  counts: CountsAsked | null;
  names: CountNames;
};

/** What the file came to. */
export type Converted = { bytes: number; sha256: string; rows: number };

/** What the worker says of a file. */
export type ConvertAnswer = { made: Converted } | { error: ErrorValue };

/** How long a worker that has made a file is kept for the next one, ms. */
const restMs = 2_000;
/** The worker without work of each program: a tenant in a folder has eighty files, and starting one costs more than most. */
const resting = new Map<string, { worker: Worker; wake: () => void }>();

const workerOf = (program: URL): Worker => {
  const rested = resting.get(program.href);
  // Rows live for a moment here, too (`doors/memory.ts`).
  if (!rested) return new Worker(program, { resourceLimits: { maxYoungGenerationSizeMb: 8 } });
  rested.wake();
  return rested.worker;
};

const rest = (program: URL, worker: Worker) => {
  worker.unref();
  if (resting.has(program.href)) {
    void worker.terminate();
    return;
  }
  const forget = () => {
    clearTimeout(timer);
    resting.delete(program.href);
    worker.off('exit', forget).off('error', forget);
  };
  const timer = setTimeout(() => {
    // Before it has ended, which takes a moment: whoever came in that would be given it.
    forget();
    void worker.terminate();
  }, restMs).unref();
  worker.on('exit', forget).on('error', forget);
  const wake = () => {
    forget();
    worker.ref();
  };
  resting.set(program.href, { worker, wake });
};

/**
 * Makes the file out of its spool, in a worker: compressing columns and sheets would hold up every window. What is half
 * made stays where it is made. Throws `DeskError`, `cancelled` when the signal is aborted.
 */
export const convert = (asked: ConvertAsked, program: URL, signal: AbortSignal): Promise<Converted> =>
  new Promise<Converted>((resolve, reject) => {
    const worker = workerOf(program);
    // Only when the worker has ended does nobody write any more.
    const stop = () => void worker.terminate().then(() => reject(new DeskError('cancelled')), reject);
    const leave = () => {
      signal.removeEventListener('abort', stop);
      worker.off('message', answered).off('error', reject).off('exit', ended);
    };
    const ended = () => {
      leave();
      reject(new DeskError(signal.aborted ? 'cancelled' : 'internal'));
    };
    const answered = (answer: ConvertAnswer) => {
      leave();
      if ('made' in answer) resolve(answer.made);
      else reject(new DeskError(answer.error.code, answer.error.detail));
      if (!signal.aborted) rest(program, worker);
    };
    signal.addEventListener('abort', stop, { once: true });
    worker.on('message', answered).on('error', reject).on('exit', ended);
    if (signal.aborted) stop();
    else worker.postMessage(asked);
  });
