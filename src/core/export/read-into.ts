import { isComplete } from '../../shared/complete.ts';
import { rowIdOf } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import type { Batch } from '../harvest/batch.ts';
import type { HarvestReport } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import type { HarvestState } from '../harvest/state.ts';
import type { Output } from './output.ts';
import type { PartialFile } from './partial-file.ts';
import type { ExportPlan } from './plan.ts';
import type { ExportRequest } from './request.ts';

/** Rows read so far, and how many there are; null where nobody says. */
export type ExportProgress = { rows: number; total: number | null };

export type Reading = {
  source: Source;
  plan: ExportPlan;
  output: Output;
  /** The file on its way; null for a stream. */
  part: PartialFile | null;
  signal: AbortSignal;
  onProgress?: ((progress: ExportProgress) => void) | undefined;
};

/**
 * True when the rows that a report lacks can be asked for again and added. A mirror gives no others, picked rows are gone,
 * and names that rows were joined with would stay as they are.
 */
const isWorthRetrying = ({ complete, picked }: ExportRequest, report: HarvestReport): boolean =>
  !isComplete(report) && complete !== false && !picked && !report.mirror && !report.joined;

const lackingState = (report: HarvestReport, state: HarvestState | null): HarvestState | null =>
  state && { kind: 'lacking', report, state: state.kind === 'lacking' ? state.state : state };

/** What is read: of a part, what an earlier run did not read. */
const wantedOf = ({ asked }: ExportPlan, part: PartialFile | null) => ({
  query: asked.query,
  ...(asked.until === undefined ? {} : { until: asked.until }),
  ...(asked.picked ? { picked: asked.picked } : {}),
  ...(asked.complete === undefined ? {} : { complete: asked.complete }),
  ...(part?.last?.state ? { resumed: { state: part.last.state, ids: part.ids() } } : {}),
});

/**
 * Reads every row of a view into an export's output, and notes in the part how far that is. Returns how many rows it has, those
 * of earlier runs among them, and whether what lacks can be asked for again. Throws `DeskError`.
 */
export const readInto = async ({
  source,
  plan,
  output,
  part,
  signal,
  onProgress,
}: Reading): Promise<{ report: HarvestReport; rows: number; isRetriable: boolean }> => {
  const done = { read: part?.last?.read ?? 0, rows: part?.last?.rows ?? 0 };
  const howFar = (state: HarvestState | null) => ({ ...done, columns: output.columns, state });
  let total: number | null = null;
  const tell = () => onProgress?.({ rows: done.read, total });
  let checkpoint: Batch['checkpoint'] = () => null;
  const batches = withReturn(
    source.read({
      ...wantedOf(plan, part),
      signal,
      onTotal: (known) => {
        total = known;
        tell();
      },
    }),
  );
  for await (const batch of batches) {
    const { rows, ids } = batch;
    const written = await output.take(rows);
    done.read += rows.length;
    done.rows += written;
    ({ checkpoint } = batch);
    await part?.note(ids ?? rows.map((row) => rowIdOf(plan.resource, row)), () => howFar(batch.checkpoint()));
    tell();
  }
  await output.open();
  const report = batches.returned;
  const lacking = isWorthRetrying(plan.asked, report) ? lackingState(report, checkpoint()) : null;
  if (part && lacking) await part.lack(() => howFar(lacking));
  return { report, rows: done.rows, isRetriable: part !== null && lacking !== null };
};
