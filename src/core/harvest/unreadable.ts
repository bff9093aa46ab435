import type { Query } from '../../shared/query.ts';
import type { Unreadable } from '../../shared/row.ts';
import { type Lack, mostLacks } from './report.ts';

/** True among rows of one moment, which come in another order from page to page: the same row may be met twice there. */
const isTied = ({ before, after }: Unreadable) => before !== null && before === after;

/** How many rows the server surely fails on, of those places of one pass where it did. */
export const surely = (places: readonly Unreadable[]): number => {
  const tied = places.filter(isTied).length;
  return places.length - tied + Math.min(1, tied);
};

/** `count` rows that the server fails on, by the places of a pass; with times where those fall with the place. */
export const lacksAt = (places: readonly Unreadable[], count: number, ordered: boolean): Lack[] =>
  Array.from({ length: Math.min(count, mostLacks) }, (_, n) => {
    const which = places[n];
    const time = which && ordered ? { time: { from: which.after, to: which.before } } : {};
    return { kind: 'unreadable', rows: 1, ...(which ? { place: which.place } : {}), ...time };
  });

/** A row that the server failed on in one window of time, or in several that share an edge. */
export type Sighting = { which: Unreadable; query: Query };

/**
 * `count` rows that the server fails on, by the times of their neighbours, or of the window where one has none; the
 * newest first.
 */
export const lacksOfWindows = (sightings: readonly Sighting[], filter: string, count: number): Lack[] => {
  const times = new Map<string, { from: number | null; to: number | null }>();
  for (const { which, query } of sightings) {
    const [from, to] = (query.filters[filter] ?? []).map((text) => (text ? Number(text) : null));
    const time = { from: which.after ?? from ?? null, to: which.before ?? to ?? null };
    times.set(`${time.from}-${time.to}`, time);
  }
  const found = [...times.values()].sort((one, other) => (other.from ?? 0) - (one.from ?? 0));
  return Array.from({ length: Math.min(count, mostLacks) }, (_, n) => {
    const time = found[n];
    return { kind: 'unreadable', rows: 1, ...(time ? { time } : {}) };
  });
};
