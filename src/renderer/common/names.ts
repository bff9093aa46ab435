import { useSyncExternalStore } from 'react';
import type { Resource } from '../../shared/catalog';
import { pageSize } from '../../shared/limits';
import { type Row, valueAt } from '../../shared/row';
import { api } from '../link/api';

/** Ids are gathered this long before their names are asked for in one call, ms. */
const gatherMs = 40;
/** While a list is scrolled, names are asked for this often at most, ms: a page of rows alone fills half a request. */
const betweenMs = 2_000;
/** Views and panels that are opened shortly one after another have theirs at once: so many requests wait for none before. */
const atOnce = 3;

/** How long a name is believed, ms; what has none may be asked for again sooner: the server may have failed. */
const believedMs = 10 * 60_000;
const namelessMs = 20_000;

type Asked = { profile: string; resource: string; id: string };

const known = new Map<string, { name: string | null; at: number }>();
const waiting = new Map<string, Asked>();
/** What was asked for and has no answer yet, by key. */
const underWay = new Map<string, Asked>();
const listeners = new Set<() => void>();
/** What begins the next request, and when, unix ms; null while nothing waits for one. */
let next: { timer: ReturnType<typeof setTimeout>; at: number } | null = null;
/** Until when the requests so far would have taken, one each `betweenMs`, unix ms. */
let spentUntil = 0;

const keyOf = ({ profile, resource, id }: Asked) => `${profile}/${resource}/${id}`;

const namesOf = async (profile: string, resource: string, ids: string[]) => {
  try {
    return await api.list.names.query({ profile, resource, ids });
  } catch {
    // A name that does not come leaves the id in its place.
    return {};
  }
};

/** Takes the ids of one resource that have waited longest, as many as one request can ask for. */
const takeBatches = (): Asked[][] => {
  const groups = Map.groupBy(waiting.values(), ({ profile, resource }) => `${profile}/${resource}`);
  const batches = [...groups.values()].map((group) => group.slice(0, pageSize));
  for (const asked of batches.flat()) {
    waiting.delete(keyOf(asked));
    underWay.set(keyOf(asked), asked);
  }
  return batches;
};

const askAll = async () => {
  next = null;
  spentUntil = Math.max(spentUntil, Date.now()) + betweenMs;
  const batches = takeBatches();
  // What was left over waits for company: a second request for a few ids would cost as much as a full one.
  if (waiting.size > 0) askSoon(betweenMs);
  await Promise.all(
    batches.map(async (batch) => {
      const [first] = batch;
      if (!first) return;
      const ids = batch.map(({ id }) => id);
      const names: Record<string, string | null> = await namesOf(first.profile, first.resource, ids);
      for (const one of batch) {
        const key = keyOf(one);
        // What was forgotten meanwhile may be asked for anew by now.
        if (underWay.get(key) !== one) continue;
        underWay.delete(key);
        known.set(key, { name: names[one.id] ?? null, at: Date.now() });
      }
      // At once: another tenant of the same moment may take long to answer.
      for (const listener of listeners) listener();
    }),
  );
};

const askSoon = (after = gatherMs) => {
  const now = Date.now();
  const at = Math.max(now + after, spentUntil - (atOnce - 1) * betweenMs);
  // What waits for company goes along with what comes before its time.
  if (next && next.at <= at) return;
  clearTimeout(next?.timer);
  next = { timer: setTimeout(() => void askAll(), at - now), at };
};

const isBelieved = (key: string): boolean => {
  const found = known.get(key);
  return found !== undefined && Date.now() - found.at < (found.name === null ? namelessMs : believedMs);
};

const want = (asked: Asked) => {
  const key = keyOf(asked);
  if (isBelieved(key) || waiting.has(key) || underWay.has(key)) return;
  waiting.set(key, asked);
  askSoon();
};

/** Asks for the names of all rows that a page of rows refers to, before any of them is drawn. */
export const wantNames = (profile: string, resource: Resource, rows: readonly Row[]) => {
  for (const { id: column, ref, hidden } of resource.columns) {
    if (!ref || hidden) continue;
    for (const row of rows) {
      const id = valueAt(row, column);
      if (typeof id === 'string' && id !== '') want({ profile, resource: ref, id });
    }
  }
};

/** Tells `listener` when other names are known, until what it gives is called. */
export const onNames = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Forgets the names of a tenant that is gone or may be another one now, or of all when the app is locked. */
export const forgetNames = (profile?: string) => {
  for (const names of [known, waiting, underWay])
    for (const key of [...names.keys()])
      if (profile === undefined || key.startsWith(`${profile}/`)) names.delete(key);
  if (profile !== undefined) return;
  clearTimeout(next?.timer);
  next = null;
  spentUntil = 0;
};

/** What the row that an id names is called; null until it is known, and where it is not. Asks where nobody did. */
export const nameOf = (profile: string, resource: string | undefined, id: string): string | null => {
  if (!resource || !id) return null;
  const asked = { profile, resource, id };
  want(asked);
  // An old one stands until it is known anew.
  return known.get(keyOf(asked))?.name ?? null;
};

/** What a component makes of names: it is drawn anew when others are known. */
export const useNamed = <Made extends string | null>(make: () => Made): Made =>
  useSyncExternalStore(onNames, make);

/** What the row that an id names is called, for a component. */
export const useName = (profile: string, resource: string | undefined, id: string): string | null =>
  useNamed(() => nameOf(profile, resource, id));
