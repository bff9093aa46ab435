import type { Row } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import type { HarvestState } from './state.ts';

/** Rows that are handed out together, and where reading is by then. Without rows, it is only told where. */
export type Batch = {
  rows: Row[];
  /**
   * Where another run can go on once these rows were taken; null where none can. It is made when it is asked for: while this
   * batch is the last one, and after the end.
   */
  checkpoint: () => HarvestState | null;
  /** What that run has to know of these rows, where that is not their own ids. */
  ids?: string[];
};

/** Rows that no other run can go on from. */
export const passing = (rows: Row[]): Batch => ({ rows, checkpoint: () => null });

/**
 * The batches, each with a checkpoint only while it is the last one: where the next one was read and did not come through, a
 * run that resumes from there would miss it.
 */
export async function* lastOnes<Report>(
  batches: AsyncGenerator<Batch, Report>,
): AsyncGenerator<Batch, Report> {
  let last = 0;
  const all = withReturn(batches);
  for await (const batch of all) {
    last += 1;
    const number = last;
    yield { ...batch, checkpoint: () => (number === last ? batch.checkpoint() : null) };
  }
  return all.returned;
}
