import { outcomes } from './change/change.ts';
import type { JournalAsked } from './change/journal.ts';
import { filterAsked, timeAsked } from './own-asked.ts';
import type { Query } from './query.ts';

type Filters = Omit<JournalAsked, 'offset' | 'limit'>;

/** What a view of the journal asks for. `now`, unix ms, is what spans count back from. Nothing of a time that none is. */
export const journalAsked = (query: Pick<Query, 'filters' | 'zone'>, now: number): Filters => {
  const first = (id: string) => filterAsked(query, id);
  const outcome = [...outcomes, 'open' as const].find((one) => one === first('outcome'));
  const [resource, ...rest] = first('object')?.split('/') ?? [];
  const asked: Record<Exclude<keyof Filters, 'from' | 'to'>, string | undefined> = {
    text: first('text'),
    operation: first('operation'),
    outcome,
    job: first('job'),
    resource: resource || undefined,
    object: rest.join('/') || undefined,
  };
  const known = Object.entries(asked).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), ...timeAsked(query, now) };
};
