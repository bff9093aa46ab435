import { type Command, InvalidArgumentError, Option } from 'commander';
import { catalog, type Filter } from '../shared/catalog/index.ts';
import { localModes } from '../shared/local.ts';
import { type Query, queryResource, timeSpans, toParams } from '../shared/query.ts';
import { isLine } from '../shared/search/line.ts';
import { conditionTyped } from './fields.ts';
import { wrongUsage } from './usage.ts';
import { say } from './words.ts';

export type QueryOptions = { profile: string; parent?: string; where?: string[] } & Record<string, unknown>;

/** What a filter's values look like, for the help text. */
const valuesHint = (filter: Filter): string => {
  if (filter.kind === 'time') return say('query.time', { spans: Object.keys(timeSpans).join(', ') });
  if (filter.kind === 'choice') return filter.options.join(', ');
  if (filter.kind === 'search') return say('query.line');
  return say(filter.kind === 'exact' ? 'query.exact' : 'query.part');
};

const filters = new Map<string, string[]>();
for (const resource of catalog) {
  for (const filter of resource.filters) {
    const line = `${resource.id}: ${valuesHint(filter)}`;
    const lines = filters.get(filter.id) ?? [];
    if (!lines.some((known) => known.endsWith(valuesHint(filter)))) filters.set(filter.id, [...lines, line]);
  }
}

const gather = (value: string, before: string[] = []) => [...before, value];

/** Adds the profile, the parent and every filter of the catalogue as options. */
export const withQueryOptions = (command: Command): Command => {
  command
    .argument('<resource>', say('query.resource', { lists: catalog.map(({ id }) => id).join(', ') }))
    .argument('[search...]', say('query.search'))
    .requiredOption('--profile <profile>', say('profile'))
    .option('--parent <id>', say('query.parent'));
  for (const [id, lines] of filters) {
    command.addOption(
      new Option(`--${id} <value>`, say('query.filter', { values: lines.join('; ') })).argParser(gather),
    );
  }
  return command;
};

const valuesOf = (filter: Filter | undefined, given: string[]): string[] => {
  const [text = ''] = given;
  if (filter?.kind !== 'time' || !text.includes('..')) return given;
  const ends = text.split('..');
  if (ends.length !== 2 || ends.every((end) => end.trim() === ''))
    throw wrongUsage(`--${filter.id}`, say('query.notSpan', { text }));
  return ends;
};

/** Adds conditions that the API cannot be asked: every row is read, and those that fit are kept. */
export const withConditions = (command: Command): Command =>
  command.addOption(
    new Option('--where <condition>', say('query.where', { modes: localModes.join(', ') })).argParser(gather),
  );

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
  for (const id of filters.keys()) {
    const given = options[id];
    if (Array.isArray(given))
      query.filters[id] = valuesOf(
        known.filters.find((filter) => filter.id === id),
        given.map(String),
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
