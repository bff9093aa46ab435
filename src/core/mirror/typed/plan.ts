import { type Filter, type Resource, resourceOf } from '../../../shared/catalog/index.ts';
import { fitsValue, testOf } from '../../../shared/fits.ts';
import type { Condition } from '../../../shared/local.ts';
import { textOf } from '../../../shared/local.ts';
import { beginningsOf } from '../../../shared/network.ts';
import { type Query, timeBounds } from '../../../shared/query.ts';
import { layoutOf } from './layout.ts';

/**
 * What a text has in it, or is, in small letters, where case and forms of letters do not matter; or what it begins with, as it
 * stands, parts of an address with their dots, unless there is a colon in it.
 */
export type AskedText = { folded: string; whole: boolean } | { begins: string[] };

/** What a row's value in a column has to be like. `text`: what a text has to be at least; null where nothing is known of it. */
export type Asked = { path: string; fits: (value: unknown) => boolean; text: AskedText | null };

/** What a view asks of its rows: all of these, any of each; and when they were made, unix ms. */
export type Plan = { all: Asked[][]; from: number | null; to: number | null };

type Reading = { now: number; zone?: string | undefined };

const conditionAsked = (resource: Resource, condition: Condition, reading: Reading): Asked => {
  const test = testOf(resource, condition, reading);
  const { mode, folded, phone } = test;
  const isOfText = (mode === 'contains' || mode === 'is') && !phone;
  const begins = mode === 'network' ? beginningsOf(condition.value) : null;
  return {
    path: condition.column,
    fits: (value) => fitsValue(test, value),
    text: isOfText ? { folded, whole: mode === 'is' } : begins && { begins },
  };
};

/** True for the value that the server's own filters take for a text: yes and no are numbers to them. */
const isExactly = (text: string) => (value: unknown) => {
  if (text === 'true' || text === 'false') {
    const flag = text === 'true';
    return value === flag || value === Number(flag);
  }
  return value !== null && value !== undefined && typeof value !== 'number' && typeof value !== 'boolean'
    ? textOf(value) === text
    : false;
};

/** What a filter asks; null where only the rows themselves can say. */
const filterAsked = (
  resource: Resource,
  filter: Filter,
  given: readonly string[],
  now: number,
): Asked[][] | null => {
  const filled = given.map((value) => value.trim()).filter((value) => value !== '');
  const [value] = filled;
  if (value === undefined) return [];
  if (filter.kind === 'keyword') {
    const columns = filter.columns ?? resource.labels;
    return [columns.map((column) => conditionAsked(resource, { column, mode: 'contains', value }, { now }))];
  }
  if (filter.kind !== 'choice' && filter.kind !== 'exact') return null;
  const { column } = filter;
  if (!column) return null;
  const wanted = filter.kind === 'choice' && filter.several ? filled : filled.slice(0, 1);
  return [
    wanted.map((value) => ({
      path: column,
      fits: isExactly(value),
      text: { folded: value.toLowerCase(), whole: true },
    })),
  ];
};

/**
 * What a view asks, where its list's typed columns can say; null for any other. The query is one that `toSql` takes; `now`
 * in unix ms is what spans count back from.
 */
export const planOf = (query: Query, now: number, until?: number): Plan | null => {
  const resource = resourceOf(query.resource);
  const reading = { now, zone: query.zone };
  const all: Asked[][] = (query.where ?? []).map((condition) => [
    conditionAsked(resource, condition, reading),
  ]);
  let from: number | null = null;
  let to: number | null = resource.pin && until !== undefined ? until : null;
  for (const [id, given] of Object.entries(query.filters)) {
    const filter = resource.filters.find((known) => known.id === id);
    if (!filter) return null;
    if (filter.kind === 'time') {
      const bounds = timeBounds(given, now, query.zone);
      from = bounds.from;
      if (bounds.to !== null) to = to === null ? bounds.to : Math.min(to, bounds.to);
      continue;
    }
    const asked = filterAsked(resource, filter, given, now);
    if (asked === null) return null;
    all.push(...asked);
  }
  const layout = new Set(layoutOf(query.resource));
  const paths = [...all.flat().map(({ path }) => path), ...(query.sort ? [query.sort.column] : [])];
  return paths.every((path) => layout.has(path)) ? { all, from, to } : null;
};
