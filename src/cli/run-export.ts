import type { Core } from '../core/core.ts';
import { type ExportResult, writeExport } from '../core/export/export.ts';
import type { ExportProgress } from '../core/export/read-into.ts';
import type { ExportRequest } from '../core/export/request.ts';
import { streamTarget } from '../core/export/writer.ts';
import { endOfJob, intoPlace, resultOf } from './follow-job.ts';
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

const intoFile = (core: Core, asked: ExportRequest, to: To): Promise<ExportResult> =>
  intoPlace(to.output, async (path) => {
    const job = await core.startJob('export', asked, { path, resume: to.resume ?? false });
    return resultOf(await endOfJob(core, job, to.signal, to.show));
  });

/** An export to its end, a mistyped field refused. Throws `DeskError`. */
export const runExport = (core: Core, asked: ExportRequest, to: To): Promise<ExportResult> =>
  (to.output === '-' ? intoOutput : intoFile)(core, { ...asked, strict: true }, to);
