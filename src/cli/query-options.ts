import { type Command, InvalidArgumentError, Option } from 'commander';
import { catalog, type Filter } from '../shared/catalog/index.ts';
import { localModes } from '../shared/local.ts';
import { type Query, queryResource, timeSpans, toParams } from '../shared/query.ts';
import { isLine } from '../shared/search/line.ts';
import { conditionTyped } from './fields.ts';
import { wrongUsage } from './usage.ts';

export type QueryOptions = { profile: string; parent?: string; where?: string[] } & Record<string, unknown>;

/** What a filter's values look like, for the help text. */
const valuesHint = (filter: Filter): string => {
  if (filter.kind === 'time')
    return `${Object.keys(timeSpans).join(', ')}, a date, or FROM..TO with dates (both in it) or unix ms`;
  if (filter.kind === 'choice') return filter.options.join(', ');
  if (filter.kind === 'search') return 'fields compared, e.g. email:$"@corp.test"';
  return filter.kind === 'exact' ? 'exact' : 'part of any searched field';
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
    .argument('<resource>', `what to list: ${catalog.map(({ id }) => id).join(', ')}`)
    .argument('[search...]', 'words to look for, or an advanced search: email:$"@corp.test" and name:^"Kim"')
    .requiredOption('--profile <profile>', 'tenant: its id or name, or demo')
    .option('--parent <id>', 'id of the row that the list hangs below, e.g. the user of user-roles');
  for (const [id, lines] of filters) {
    command.addOption(new Option(`--${id} <value>`, `filter (${lines.join('; ')})`).argParser(gather));
  }
  return command;
};

const valuesOf = (filter: Filter | undefined, given: string[]): string[] => {
  const [text = ''] = given;
  if (filter?.kind !== 'time' || !text.includes('..')) return given;
  const ends = text.split('..');
  if (ends.length !== 2 || ends.every((end) => end.trim() === ''))
    throw wrongUsage(`--${filter.id}`, `"${text}" is not FROM..TO, of which one end may be left out`);
  return ends;
};

/** Adds conditions that the API cannot be asked: every row is read, and those that fit are kept. */
export const withConditions = (command: Command): Command =>
  command.addOption(
    new Option(
      '--where <condition>',
      `only rows that fit, whatever the API can filter: COLUMN MODE VALUE, the column by name or title; modes: ${localModes.join(', ')}`,
    ).argParser(gather),
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
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
  }
  return value;
};
