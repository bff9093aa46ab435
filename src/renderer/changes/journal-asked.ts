import { outcomes } from '../../shared/change/change';
import type { JournalAsked, JournalEntry } from '../../shared/change/journal';
import type { Query } from '../../shared/query';
import { timeBounds } from '../../shared/query';

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

/** Whether undoing an entry can be asked for: it did something, and was not undone. */
export const mayUndo = ({ outcome, undoneBy }: Pick<JournalEntry, 'outcome' | 'undoneBy'>): boolean =>
  (outcome === 'done' || outcome === 'partly') && undoneBy === null;

/** Whether another look may tell what came of an entry. */
export const mayLookAgain = ({ outcome }: Pick<JournalEntry, 'outcome'>): boolean =>
  outcome === null || outcome === 'unknown';

/** What an entry's object is called. */
export const entryName = ({ target, after }: Pick<JournalEntry, 'target' | 'after'>): string => {
  const found = [target.label, after.name, after.username, after.primaryEmail, target.id].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return typeof found === 'string' ? found : '–';
};

/** The id of an entry's object; of one that it made, as the server answered. */
export const entryObject = ({ target, made }: Pick<JournalEntry, 'target' | 'made'>): string =>
  target.id !== '' ? target.id : typeof made.id === 'string' ? made.id : '';
