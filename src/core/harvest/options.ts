import type { Query } from '../../shared/query.ts';
import type { Session } from '../client/session.ts';
import { Seen } from './id-set.ts';
import type { Picked } from './report.ts';
import type { HarvestState, Resumed } from './state.ts';

export type HarvestOptions = {
  session: Session;
  query: Query;
  clock: () => number;
  signal: AbortSignal;
  /** Moment that a list which can be cut by time is held at, unix ms. */
  until?: number;
  picked?: readonly Picked[];
  onTotal?: (total: number | null) => void;
  /** False: a list is read once, and what its pages keep back is counted, not looked for. */
  complete?: boolean;
  /** Resumes where an earlier harvest of the same view stopped. */
  resumed?: Resumed;
  /** A list that is cut by time: rows lack by now, before those that are handed out next. Called again and again from then on. */
  onLack?: () => void;
};

/**
 * Ids that an earlier harvest of this kind handed out, noted as those of a first pass. Rows without one are known by how
 * many they are.
 */
export const seenBefore = async (resumed: Resumed | undefined, kind: HarvestState['kind']): Promise<Seen> => {
  const seen = new Seen();
  if (resumed?.state.kind === kind) for await (const id of resumed.ids) if (id !== '') seen.note(id, 1);
  return seen;
};
