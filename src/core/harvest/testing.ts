import type { Query } from '../../shared/query.ts';
import { type Row, rowIdOf } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';
import { harvest } from './harvest.ts';
import type { HarvestOptions } from './options.ts';

/** Ids of all rows that are handed out, in their order, and what it came to. */
export const gathered = async <Report>(rows: AsyncGenerator<readonly Row[], Report>) => {
  const ids: string[] = [];
  let step = await rows.next();
  for (; !step.done; step = await rows.next())
    ids.push(...step.value.map((row) => rowIdOf({ rowId: 'id' }, row)));
  return { ids, report: step.value };
};

/** The same of a harvest of a view. */
export const gatherIn = async (session: Session, query: Query, options: Partial<HarvestOptions> = {}) => {
  const { signal } = new AbortController();
  return gathered(harvest({ session, query, clock: Date.now, signal, ...options }));
};
