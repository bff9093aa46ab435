import { isAbsolute, join, normalize } from 'node:path';
import type { Core } from '../core/core.ts';
import { type ExportResult, writeExport } from '../core/export/export.ts';
import type { ExportProgress } from '../core/export/read-into.ts';
import type { ExportRequest } from '../core/export/request.ts';
import { streamTarget } from '../core/export/writer.ts';
import { DeskError } from '../shared/errors.ts';
import { endOfJob, failureOf } from './follow-job.ts';
import { rowsOut } from './output.ts';

type To = {
  /** A file, or `-` for standard output. */
  output: string;
  resume?: boolean;
  signal: AbortSignal;
  show?: (progress: ExportProgress) => void;
};

/** Into standard output: there is no file that a job could show or resume. */
const intoOutput = async (core: Core, wanted: ExportRequest, { signal, show }: To): Promise<ExportResult> => {
  const asked = await core.pages.withIds(wanted);
  const source = await core.sourceOf(asked);
  const { clock, converter } = core;
  return writeExport(source, asked, streamTarget(rowsOut()), {
    clock,
    signal,
    converter,
    ...(show ? { onProgress: show } : {}),
  });
};

const intoFile = async (core: Core, asked: ExportRequest, to: To): Promise<ExportResult> => {
  // A slash at the end stays: what is meant as a folder does not become a file.
  const path = isAbsolute(to.output) ? normalize(to.output) : join(process.cwd(), to.output);
  try {
    const job = await core.startJob('export', asked, { path, resume: to.resume ?? false });
    const { result, error } = await endOfJob(core, job, to.signal, to.show);
    if (result === null) throw new DeskError(error?.code ?? 'internal', error?.detail);
    return result;
  } catch (error) {
    throw failureOf(error, path, to.output);
  }
};

/** An export to its end, a mistyped field refused. Throws `DeskError`. */
export const runExport = (core: Core, asked: ExportRequest, to: To): Promise<ExportResult> =>
  (to.output === '-' ? intoOutput : intoFile)(core, { ...asked, strict: true }, to);
