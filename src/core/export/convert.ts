import { Worker } from 'node:worker_threads';
import type { Column } from '../../shared/catalog/index.ts';
import { DeskError, type ErrorValue } from '../../shared/errors.ts';
import type { ExportFormat } from '../../shared/export-formats.ts';
import type { Zone } from '../../shared/zone.ts';
import type { CountsAsked } from '../rows/counts-asked.ts';

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
};

/** What the file came to. */
export type Converted = { bytes: number; sha256: string; rows: number };

/** What the worker says when it ends. */
export type ConvertAnswer = { made: Converted } | { error: ErrorValue };

/**
 * Makes the file out of its spool, in a worker of its own: compressing columns and sheets would hold up every window.
 * What is half made stays where it is made. Throws `DeskError`, `cancelled` when the signal is aborted.
 */
export const convert = (asked: ConvertAsked, program: URL, signal: AbortSignal): Promise<Converted> =>
  new Promise<Converted>((resolve, reject) => {
    // Rows live for a moment here, too (`doors/memory.ts`).
    const resourceLimits = { maxYoungGenerationSizeMb: 8 };
    const worker = new Worker(program, { workerData: asked, resourceLimits });
    // Only when the worker has ended does nobody write any more.
    const stop = () => void worker.terminate().then(() => reject(new DeskError('cancelled')), reject);
    signal.addEventListener('abort', stop, { once: true });
    worker.once('message', (answer: ConvertAnswer) => {
      if ('made' in answer) resolve(answer.made);
      else reject(new DeskError(answer.error.code, answer.error.detail));
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      signal.removeEventListener('abort', stop);
      reject(new DeskError(signal.aborted ? 'cancelled' : 'internal'));
    });
    if (signal.aborted) stop();
  });
