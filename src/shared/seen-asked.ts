import { filterAsked, timeAsked } from './own-asked.ts';
import type { Query } from './query.ts';
import { type SeenAsked, seenKinds } from './seen-changes.ts';

/** What a view of what changed asks for. `now`, unix ms, is what spans count back from. */
export const seenAsked = (
  query: Pick<Query, 'filters' | 'zone'>,
  now: number,
): Omit<SeenAsked, 'offset' | 'limit'> => ({
  ...timeAsked(query, now),
  text: filterAsked(query, 'text'),
  resource: filterAsked(query, 'list'),
  kind: seenKinds.find((one) => one === filterAsked(query, 'kind')),
});
