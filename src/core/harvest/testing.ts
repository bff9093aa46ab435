import type { Query } from '../../shared/query.ts';
import { rowIdOf } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';
import { harvest } from './harvest.ts';

/** Ids of all rows that a harvest of a view hands out, in its order, and its report; `onTotal` is told of how many there are. */
export const gatherIn = async (
  session: Session,
  query: Query,
  onTotal: (total: number | null) => void = () => {},
) => {
  const { signal } = new AbortController();
  const rows = harvest({ session, query, clock: Date.now, signal, onTotal });
  const ids: string[] = [];
  let step = await rows.next();
  for (; !step.done; step = await rows.next())
    ids.push(...step.value.map((row) => rowIdOf({ rowId: 'id' }, row)));
  return { ids, report: step.value };
};
