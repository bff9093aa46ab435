import { z } from 'zod';
import { type Column, type Filter, findChild, findResource, type Resource } from './catalog/index.ts';
import { DeskError } from './errors.ts';
import { composed } from './forms.ts';
import { likeContaining } from './like.ts';
import { isShortEnough, tooLongToSearch } from './limits.ts';
import { conditionOf, conditionSchema, sortOf, sortSchema, textOfCondition, textOfSort } from './local.ts';
import { spanOf } from './moments.ts';
import { noList } from './no-list.ts';
import { checkObject, refuseObject } from './object-view.ts';
import { checkOwn, isOwn } from './own-view.ts';
import { typedPhone } from './phone.ts';
import type { Reason } from './reasons.ts';
import { lineOf, parseLine } from './search/line.ts';
import { searchColumn, searchParams } from './search/search.ts';
import { emptySearch, searchFields, type UserSearch } from './search/terms.ts';
import { unicodeForms } from './search/wanted.ts';
import { wellFormed } from './text.ts';
import { type Zone, zoneNamed } from './zone.ts';

/** Characters of a filter's value: a search line may have 20,000 ids in it. */
const longestFilter = 400_000;

/** Characters of a query's address: such a filter, each of its quotes and commas encoded. */
export const longestUrl = 3 * longestFilter;

/** The IANA name of a time zone. */
export const zoneSchema = z
  .string()
  .max(64)
  .refine((name) => zoneNamed(name) !== null);

/**
 * What a user looks at. The same value is a route, a tab, a saved view, a deep link and a command line:
 * `/{profile}/{resource}?filter=value&columns=a,b`, below a row `/{profile}/{parent}/{id}/{segment}?…`; of one row alone
 * `/{profile}/{resource}/{id}`.
 */
export const querySchema = z.object({
  profile: z.string().min(1).max(64),
  resource: z.string().min(1).max(64),
  /** Id of the row that the list is nested under. */
  parent: wellFormed.min(1).max(256).optional(),
  /** Id of the one row that is looked at, on a page of its own; of a list nothing is asked then. */
  object: wellFormed.min(1).max(256).optional(),
  /** Values by filter id; a time filter has one value (`24h`, a span back from now) or two (unix ms or empty). */
  filters: z.record(z.string().max(64), z.array(wellFormed.max(longestFilter)).max(200)).default({}),
  /** Visible columns in their order; absent: the catalogue's. */
  columns: z.array(z.string().max(128)).max(200).optional(),
  /** What the API cannot be asked; a row has to fit all of it. */
  where: z.array(conditionSchema).max(20).optional(),
  /** Absent: the server's own order. */
  sort: sortSchema.optional(),
  /** IANA name of the zone of dates that name none, so that a view means the same to everybody; absent: UTC. */
  zone: zoneSchema.optional(),
});
export type Query = z.infer<typeof querySchema>;

/** Names of the spans that a time filter knows. */
export const timeSpanNames = ['1h', '24h', '7d', '30d'] as const;

const longestSpan = 30 * 86_400_000;

/** Spans that a time filter knows, in ms. */
export const timeSpans: Readonly<Record<string, number>> = {
  '1h': 3_600_000,
  '24h': 86_400_000,
  '7d': 7 * 86_400_000,
  '30d': longestSpan,
} satisfies Record<(typeof timeSpanNames)[number], number>;

const invalid = (where: string, said: string | Reason) =>
  new DeskError('query.invalid', { where, ...(typeof said === 'string' ? { reason: said } : { why: said }) });

/**
 * Bounds of a time filter in unix ms, both in it, each null when open. `now` is the moment that spans count back from,
 * `zone` that of dates which name none. Throws `query.invalid` for a date that no calendar has, and for an empty time.
 */
export const timeBounds = (
  values: readonly string[],
  now: number,
  zone: Zone = 'utc',
): { from: number | null; to: number | null } => {
  const named = (text: string) => {
    // Four digits are a year.
    if (/^\d{1,15}$/.test(text) && text.length !== 4) return { from: Number(text), to: Number(text) };
    const span = spanOf(text, now, zone);
    if (!span) throw invalid('time', `"${text}" is not a valid date or Unix time in milliseconds`);
    return span;
  };
  const [first = '', second = ''] = values.map((value) => value.trim());
  if (values.length === 1 && first) {
    const span = timeSpans[first];
    if (span !== undefined) return { from: now - span, to: null };
    if (!/^\d+$/.test(first) && !spanOf(first, now, zone))
      throw invalid('time', `"${first}" is neither a date nor one of ${Object.keys(timeSpans).join(', ')}`);
    const { from, to } = named(first);
    // A span back from now has no end: what comes while the view is open is in it.
    if (to === now) return { from, to: null };
    if (from > to) throw invalid('time', `this time zone has no "${first}"`);
    return { from, to };
  }
  // What an end names is in the view as a whole: a date to its last millisecond.
  const from = first ? named(first).from : null;
  const to = second ? named(second).to : null;
  if (from !== null && to !== null && from > to) throw invalid('time', 'the start is after the end');
  return { from, to };
};

/**
 * How a server takes the bounds of a time filter (FACTS older servers): both count as within, neither does, or it does not
 * know them at all.
 */
export const timeBoundKinds = ['inclusive', 'exclusive', 'ignored'] as const;
export type TimeBounds = (typeof timeBoundKinds)[number];

/** Ms by which a bound is moved out so that its own millisecond is within. */
export const reachOf = (bounds: TimeBounds): number => (bounds === 'exclusive' ? 1 : 0);

/** True when a copy that begins at `since` (unix ms; null: with the first row) has all rows of the query's time. */
export const coversTime = (since: number | null, query: Pick<Query, 'filters'>, now: number): boolean => {
  if (since === null) return true;
  const { from } = timeBounds(query.filters.time ?? [], now);
  return from !== null && from >= since;
};

type Param = readonly [name: string, value: string];

/** The search of a line. Throws `query.invalid` that points at the mistake. */
const searchOf = (line: string): UserSearch => {
  const { search, mistake } = parseLine(line);
  if (search === null)
    throw new DeskError('query.invalid', { where: 'search', why: mistake.reason, column: mistake.column });
  return search;
};

/** The same. Throws `query.invalid` for what no address has room for: a part of a text finds what the whole does not. */
const shortEnough = (filter: Extract<Filter, { kind: 'keyword' }>, params: Param[]): Param[] => {
  if (isShortEnough(params)) return params;
  throw invalid(filter.id, tooLongToSearch(filter.columns?.includes(searchColumn('email')) === true));
};

/** Words to look for, where a user's fields are searched: a phone in any writing, text in both of its forms. */
const keywordParams = (filter: Extract<Filter, { kind: 'keyword' }>, text: string): Param[] => {
  const phone = typedPhone(text);
  const isWritten = phone !== null && phone.kind !== 'plain';
  if (filter.match === 'plain')
    return [
      [filter.param, isWritten && filter.columns?.includes(searchColumn('phone')) ? phone.digits : text],
    ];
  const isByField = searchFields.every((field) => filter.columns?.includes(searchColumn(field)));
  if (!isByField || (!isWritten && unicodeForms(text).length === 1))
    return [[filter.param, likeContaining(text)]];
  const terms = searchFields.map((field) => ({ field, mode: 'contains' as const, values: [text] }));
  return [...searchParams({ ...emptySearch, joint: 'any', terms })];
};

const paramsOf = (filter: Filter, values: readonly string[]): Param[] => {
  const filled = values.map((value) => value.trim()).filter((value) => value !== '');
  switch (filter.kind) {
    case 'keyword':
      return filled.slice(0, 1).flatMap((text) => shortEnough(filter, keywordParams(filter, text)));
    case 'choice': {
      const unknown = filled.find((value) => !filter.options.includes(value));
      if (unknown !== undefined)
        throw invalid(filter.id, `"${unknown}" is not one of ${filter.options.join(', ')}`);
      return (filter.several ? filled : filled.slice(0, 1)).map((value) => [filter.param, value]);
    }
    case 'exact':
      return filled.slice(0, 1).map((value) => [filter.param, value]);
    case 'search':
      return filled.slice(0, 1).flatMap((line) => searchParams(searchOf(line)));
    // Held at a moment, and asked in the server's manner: see `windowParams`.
    case 'time':
      return [];
  }
};

/**
 * The query that the API is asked: its text composed, and users who have a role, or are in an organization, as a list below
 * that one.
 */
export const toServerQuery = (viewed: Query): Query => {
  refuseObject(viewed);
  const query = composed(viewed);
  const [line = ''] = query.filters.search ?? [];
  const { search } = parseLine(line);
  if (query.resource !== 'users' || !search) return query;
  const { inRole, inOrganization, ...rest } = search;
  const parent = inRole ?? inOrganization;
  if (!parent) return query;
  const { search: _, ...others } = query.filters;
  // Members of an organization are searched by no fields (`faultOf`).
  const left = inRole ? lineOf(rest) : '';
  return {
    ...query,
    resource: inRole ? 'role-users' : 'organization-users',
    parent,
    filters: { ...others, ...(left ? { search: [left] } : {}) },
  };
};

/** Columns that a query's conditions or order need, and that are in no row of the server (`Column.joins`). */
export const joinedColumns = (query: Pick<Query, 'resource' | 'parent' | 'where' | 'sort'>): Column[] => {
  const named = new Set([...(query.where ?? []).map(({ column }) => column), query.sort?.column]);
  return queryResource(query).columns.filter(({ id, joins }) => joins !== undefined && named.has(id));
};

/** The resource of a query. Throws `query.invalid` for an unknown one, or one that needs a parent and has none. */
export const queryResource = (query: Pick<Query, 'resource' | 'parent'>): Resource => {
  const resource = findResource(query.resource);
  if (!resource) throw invalid('resource', noList(query.resource));
  if (resource.parent && !query.parent)
    throw invalid('parent', `"${resource.id}" requires the ID of its ${resource.parent.resource}`);
  if (!resource.parent && query.parent)
    throw invalid('parent', `"${resource.id}" is not nested under any list`);
  return resource;
};

/** The moments that a view shows, both inclusive, unix ms, null when open; `until` holds a pinned list at a moment. */
export const windowOf = (
  query: Pick<Query, 'filters' | 'zone'>,
  now: number,
  until?: number,
): { from: number | null; to: number | null } => {
  const { from, to } = timeBounds(query.filters.time ?? [], now, query.zone);
  // Before the first moment of computers there is nothing to find, and no server takes a number below it.
  const start = from === null ? null : Math.max(0, from);
  const end = to === null ? null : Math.max(0, to);
  return { from: start, to: until === undefined ? end : Math.min(end ?? until, until) };
};

/** A moment, unix ms, as a value of a time filter. */
export const momentText = (moment: number): string =>
  // Four digits would be a year.
  moment < 10_000 ? new Date(moment).toISOString() : String(moment);

/**
 * The same view with a time that counts back from now (`7d`, `yesterday`) in moments: it would be another time for each
 * page that is asked later, or held at the newest row. `now` in unix ms. Any other time stays as it was written, also one
 * that cannot be read: whoever answers refuses it.
 */
export const heldAt = (query: Query, now: number): Query => {
  if (!query.filters.time?.some(Boolean)) return query;
  try {
    const { from, to } = windowOf(query, now);
    const later = windowOf(query, now + longestSpan);
    if (from === later.from && to === later.to) return query;
    const time = [from, to].map((moment) => (moment === null ? '' : momentText(moment)));
    return { ...query, filters: { ...query.filters, time } };
  } catch {
    return query;
  }
};

const windowParams = (
  resource: Resource,
  query: Query,
  now: number,
  until: number | undefined,
  bounds: TimeBounds,
) => {
  const filter = resource.filters.find(({ kind }) => kind === 'time');
  if (filter?.kind !== 'time') return [];
  const { from, to } = windowOf(query, now, resource.pin && until);
  if (bounds === 'ignored') return [];
  const reach = reachOf(bounds);
  const start = from === null ? null : Math.max(0, from - reach);
  // A window that lies after the pinned moment is empty, and the server refuses start > end.
  const end = to === null ? null : Math.max(to + reach, start === null ? to : start + reach);
  return [
    ...(start === null ? [] : [[filter.from, String(start)] as const]),
    ...(end === null ? [] : [[filter.to, String(end)] as const]),
  ];
};

/**
 * The query as API parameters, without pages: repeated parameters stay repeated (FACTS pagination 2).
 * `now` in unix ms is what spans count back from; `until` holds a pinned list at that moment. `bounds`: how the server
 * takes those of time; one that does not know them is asked for none.
 */
export const toParams = (
  query: Query,
  now: number,
  until?: number,
  bounds: TimeBounds = 'inclusive',
): Param[] => {
  const resource = queryResource(query);
  refuseObject(query);
  const unknown = Object.keys(query.filters).find(
    (id) => !resource.filters.some((filter) => filter.id === id),
  );
  if (unknown !== undefined) {
    const names = resource.filters.map((filter) => filter.id).join(', ') || 'none';
    throw invalid(unknown, `"${resource.id}" has no filter "${unknown}"; it has: ${names}`);
  }
  if (query.filters.keyword?.[0] && query.filters.search?.[0])
    throw invalid('search', 'a keyword and an advanced search cannot be combined');
  return [
    ...resource.filters.flatMap((filter) => paramsOf(filter, query.filters[filter.id] ?? [])),
    ...windowParams(resource, query, now, until, bounds),
    ...Object.entries(resource.fixedQuery ?? {}),
  ];
};

/**
 * Values for the parameters of a path, by name. Where two are open, `id` has both ids, joined by `/`.
 * Throws `query.invalid` when it has not.
 */
export const pathValues = (
  path: string,
  id = '',
  fixed: Readonly<Record<string, string>> = {},
): Record<string, string> => {
  const open = [...path.matchAll(/\{([^}]+)\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !(name in fixed));
  const ids = open.length > 1 ? id.split('/') : [id];
  if (
    open.length > 0 &&
    (ids.length !== open.length || ids.some((part) => part === '' || part === '.' || part === '..'))
  )
    throw invalid('parent', `${open.length} IDs are required, joined by "/"`);
  return { ...fixed, ...Object.fromEntries(open.map((name, at) => [name, ids[at] ?? ''])) };
};

/** The query as a URL, path and search. `queryOf` reads it back. */
export const urlOf = (query: Query): string => {
  checkOwn(query);
  const resource = isOwn(query) ? undefined : queryResource(query);
  if (resource) checkObject(query, resource);
  const parent = resource?.parent;
  const segments = parent
    ? [query.profile, parent.resource, query.parent ?? '', parent.segment]
    : [query.profile, query.resource, ...(query.object === undefined ? [] : [query.object])];
  const search = new URLSearchParams();
  for (const [id, values] of Object.entries(query.filters)) {
    for (const value of values) search.append(id, value);
  }
  if (query.columns) search.set('columns', query.columns.join(','));
  for (const condition of query.where ?? []) search.append('where', textOfCondition(condition));
  if (query.sort) search.set('sort', textOfSort(query.sort));
  if (query.zone) search.set('zone', query.zone);
  const text = search.toString();
  return `/${segments.map(encodeURIComponent).join('/')}${text ? `?${text}` : ''}`;
};

/** Names in an address that are not filters. */
const ownNames = ['columns', 'where', 'sort', 'zone'];

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalid('url', 'the address is not well formed');
  }
};

/** The query of a URL that `urlOf` wrote. Throws `query.invalid` when it names no list. */
export const queryOf = (url: string): Query => {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const [profile, first, parentId, segment, ...more] = path.split('/').filter(Boolean).map(decoded);
  if (!profile || !first || more.length > 0) throw invalid('url', 'the address names no list');
  const child = segment ? findChild(first, segment) : undefined;
  if (segment && !child) throw invalid('url', `there is no list "${segment}" below "${first}"`);
  const object = segment ? undefined : parentId;
  const search = new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
  const filters: Record<string, string[]> = {};
  for (const id of new Set(search.keys())) if (!ownNames.includes(id)) filters[id] = search.getAll(id);
  const columns = search.get('columns');
  const where = search.getAll('where').map(conditionOf);
  const sort = search.get('sort');
  const zone = search.get('zone');
  if (zone !== null && zoneNamed(zone) === null) throw invalid('zone', `there is no time zone "${zone}"`);
  const query: Query = {
    profile,
    resource: child?.id ?? first,
    ...(parentId && segment ? { parent: parentId } : {}),
    ...(object ? { object } : {}),
    filters,
    ...(columns ? { columns: columns.split(',') } : {}),
    ...(where.length > 0 ? { where } : {}),
    ...(sort ? { sort: sortOf(sort) } : {}),
    ...(zone ? { zone } : {}),
  };
  if (isOwn(query) && !parentId) {
    checkOwn(query);
    return query;
  }
  const resource = queryResource(query);
  checkObject(query, resource);
  const unknown = Object.keys(filters).find((id) => !resource.filters.some((filter) => filter.id === id));
  if (unknown) throw invalid(unknown, `"${resource.id}" has no filter "${unknown}"`);
  return query;
};
