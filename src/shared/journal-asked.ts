import { outcomes } from './change/change.ts';
import type { JournalAsked } from './change/journal.ts';
import { type Query, timeBounds } from './query.ts';

type Filters = Omit<JournalAsked, 'offset' | 'limit'>;

/** What a view of the journal asks for. `now`, unix ms, is what spans count back from. Nothing of a time that none is. */
export const journalAsked = ({ filters, zone }: Pick<Query, 'filters' | 'zone'>, now: number): Filters => {
  const first = (id: string) => filters[id]?.[0] || undefined;
  const outcome = [...outcomes, 'open' as const].find((one) => one === first('outcome'));
  const [resource, ...rest] = first('object')?.split('/') ?? [];
  const bounds = () => {
    try {
      return timeBounds(filters.time ?? [], now, zone);
    } catch {
      return { from: null, to: null };
    }
  };
  const { from, to } = bounds();
  const asked: Record<keyof Filters, string | number | undefined> = {
    text: first('text'),
    operation: first('operation'),
    outcome,
    job: first('job'),
    resource: resource || undefined,
    object: rest.join('/') || undefined,
    from: from ?? undefined,
    to: to ?? undefined,
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as Filters;
};
