import { type Query, timeBounds } from '../../shared/query';
import { type SeenAsked, seenKinds } from '../../shared/seen-changes';

/** What a view of what changed asks for. `now`, unix ms, is what spans count back from. Nothing of a time that none is. */
export const seenAsked = (
  { filters, zone }: Pick<Query, 'filters' | 'zone'>,
  now: number,
): Omit<SeenAsked, 'offset' | 'limit'> => {
  const first = (id: string) => filters[id]?.[0] || undefined;
  const bounds = () => {
    try {
      return timeBounds(filters.time ?? [], now, zone);
    } catch {
      return { from: null, to: null };
    }
  };
  const { from, to } = bounds();
  const text = first('text');
  const resource = first('list');
  const kind = seenKinds.find((one) => one === first('kind'));
  return {
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(text ? { text } : {}),
    ...(resource ? { resource } : {}),
    ...(kind ? { kind } : {}),
  };
};
