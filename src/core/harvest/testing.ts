import type { Query } from '../../shared/query.ts';
import { rowIdOf } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import type { Session } from '../client/session.ts';
import type { Batch } from './batch.ts';
import { harvest } from './harvest.ts';
import type { HarvestOptions } from './options.ts';

/** Ids of all rows that are handed out, in their order, what it came to, and where another run would go on. */
export const gathered = async <Report>(reading: AsyncGenerator<Batch, Report>) => {
  const ids: string[] = [];
  let checkpoint: Batch['checkpoint'] = () => null;
  const batches = withReturn(reading);
  for await (const batch of batches) {
    ids.push(...batch.rows.map((row) => rowIdOf({ rowId: 'id' }, row)));
    ({ checkpoint } = batch);
  }
  return { ids, report: batches.returned, checkpoint };
};

/** The same of a harvest of a view. */
export const gatherIn = async (session: Session, query: Query, options: Partial<HarvestOptions> = {}) => {
  const { signal } = new AbortController();
  return gathered(harvest({ session, query, clock: Date.now, signal, ...options }));
};
