import { type Resource, resourceOf } from '../../../shared/catalog/index.ts';
import { mostPlaces } from './schema.ts';

/** The columns of a list that stand beside its rows' JSON, in the order of their places. */
export type Layout = readonly string[];

const layouts = new Map<string, Layout>();

const made = ({ columns, filters, labels }: Resource): Layout => {
  const paths = new Set([
    ...columns.filter(({ joins }) => joins === undefined).map(({ id }) => id),
    ...filters.flatMap((filter) => ('column' in filter && filter.column ? [filter.column] : [])),
    ...labels,
  ]);
  // What other columns are parts of would be there twice.
  const isWhole = (path: string) => [...paths].some((other) => other.startsWith(`${path}.`));
  return [...paths].filter((path) => !isWhole(path)).slice(0, mostPlaces);
};

/** The layout of a list as the catalogue has its columns. */
export const layoutOf = (resource: string): Layout => {
  const known = layouts.get(resource) ?? made(resourceOf(resource));
  layouts.set(resource, known);
  return known;
};
