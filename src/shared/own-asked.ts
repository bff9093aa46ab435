import { type Query, timeBounds } from './query.ts';

/** Bounds of a time as a view of this program's own is asked for them, unix ms: those that there are. */
export const boundsAsked = ({ from, to }: ReturnType<typeof timeBounds>): { from?: number; to?: number } => ({
  ...(from === null ? {} : { from }),
  ...(to === null ? {} : { to }),
});

/** The one value of a filter; undefined for none. */
export const filterAsked = ({ filters }: Pick<Query, 'filters'>, id: string): string | undefined =>
  filters[id]?.[0] || undefined;

/** The time that a view is narrowed to. `now`, unix ms, is what spans count back from. Nothing of a time that none is. */
export const timeAsked = (
  { filters, zone }: Pick<Query, 'filters' | 'zone'>,
  now: number,
): { from?: number; to?: number } => {
  try {
    return boundsAsked(timeBounds(filters.time ?? [], now, zone));
  } catch {
    return {};
  }
};
