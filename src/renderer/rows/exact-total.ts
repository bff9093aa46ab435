import type { Query } from '../../shared/query';
import { api } from '../link/api';

/** The total of a list whose pages only count it up to a bound; null where the server cannot count it in time, either. */
export const exactTotal = (query: Query, until: number | null, signal: AbortSignal): Promise<number | null> =>
  api.list.count.query({ query, ...(until === null ? {} : { until }) }, { signal }).catch(() => null);
