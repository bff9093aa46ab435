import { InvalidArgumentError } from 'commander';
import { catalog, type Filter, type FilterId, filterIds } from '../shared/catalog/index.ts';
import { localModes } from '../shared/local.ts';
import { type Query, queryResource, timeSpans, toParams } from '../shared/query.ts';
import { isLine } from '../shared/search/line.ts';
import { conditionTyped } from './fields.ts';
import type { Flagged, OptionsOf } from './flagged.ts';
import { wrongUsage } from './usage.ts';
import { say } from './words.ts';

type FilterOptions = { [Id in FilterId]?: string[] };

/** What a filter's values look like, for the help text. */
const valuesHint = (filter: Filter): string => {
  if (filter.kind === 'time') return say('query.time', { spans: Object.keys(timeSpans).join(', ') });
  if (filter.kind === 'choice') return filter.options.join(', ');
  if (filter.kind === 'search') return say('query.line');
  return say(filter.kind === 'exact' ? 'query.exact' : 'query.part');
};

/** What a filter takes, by list; only what is new of each. */
const hintsOf = (id: FilterId): string[] => {
  const lines: string[] = [];
  for (const resource of catalog) {
    for (const filter of resource.filters) {
      const hint = valuesHint(filter);
      if (filter.id === id && !lines.some((known) => known.endsWith(hint)))
        lines.push(`${resource.id}: ${hint}`);
    }
  }
  return lines;
};

const gather = (value: string, before: string[] = []) => [...before, value];

const withFilters = <Arguments extends unknown[], Options extends object>(
  command: Flagged<Arguments, Options>,
): Flagged<Arguments, Options & FilterOptions> => {
  for (const id of filterIds)
    command.option(`--${id} <value>`, say('query.filter', { values: hintsOf(id).join('; ') }), gather);
  return command;
};

/** Adds the profile, the parent and every filter of the catalogue as options. */
export const withQueryOptions = (command: Flagged<[], object>) =>
  withFilters(
    command
      .argument('<resource>', say('query.resource', { lists: catalog.map(({ id }) => id).join(', ') }))
      .argument('[search...]', say('query.search'))
      .requiredOption('--profile <profile>', say('profile'))
      .option('--parent <id>', say('query.parent')),
  );

const valuesOf = (id: FilterId, filter: Filter | undefined, given: string[]): string[] => {
  const [text = ''] = given;
  if (filter?.kind !== 'time' || !text.includes('..')) return given;
  const ends = text.split('..');
  if (ends.length !== 2 || ends.every((end) => end.trim() === ''))
    throw wrongUsage(`--${id}`, say('query.notSpan', { text }));
  return ends;
};

/** Adds conditions that the API cannot be asked: every row is read, and those that fit are kept. */
export const withConditions = <Arguments extends unknown[], Options extends object>(
  command: Flagged<Arguments, Options>,
) => command.option('--where <condition>', say('query.where', { modes: localModes.join(', ') }), gather);

type QueryOptions = OptionsOf<ReturnType<typeof withQueryOptions>> &
  Partial<OptionsOf<ReturnType<typeof withConditions<[], object>>>>;

/** The query of a command line; `now` in unix ms, `zone` that of dates which name none. Throws `query.invalid` before anything is asked of a server. */
export const queryFrom = (
  resource: string,
  words: readonly string[],
  options: QueryOptions,
  { now, zone }: { now: number; zone: string },
): Query => {
  const query: Query = {
    profile: options.profile,
    resource,
    filters: {},
    ...(options.parent ? { parent: options.parent } : {}),
    ...(zone === 'UTC' ? {} : { zone }),
  };
  const known = queryResource(query);
  for (const id of filterIds) {
    const given = options[id];
    if (given)
      query.filters[id] = valuesOf(
        id,
        known.filters.find((filter) => filter.id === id),
        given,
      );
  }
  const where = (options.where ?? []).map((text) => conditionTyped(known, text));
  if (where.length > 0) query.where = where;
  const text = words.join(' ').trim();
  if (text) query.filters[isLine(text) ? 'search' : 'keyword'] = [text];
  toParams(query, now);
  return query;
};

/** A whole number from `least` to `most` out of an argument. */
export const wholeNumber = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InvalidArgumentError(say('integerExpected', { least, most }));
  }
  return value;
};
