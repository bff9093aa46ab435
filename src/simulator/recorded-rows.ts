import { readFileSync } from 'node:fs';
import { catalog, type Resource } from '../shared/catalog/index.ts';
import { type Row, valueAt } from '../shared/row.ts';

type Answer = { name: string; path?: string; status: number; body: unknown };

const recorded = ['1.42', '1.41', '1.30'].flatMap(
  (era) => JSON.parse(readFileSync(new URL(`./recordings/${era}.json`, import.meta.url), 'utf8')) as Answer[],
);

const patternOf = ({ path, fixedPath }: Resource) =>
  path.replace(/\{keyType\}/, fixedPath?.keyType ?? '').replace(/\{[^}]+\}/g, '[^/]+');

/** The list that an answer belongs to, by its path: of the list itself, or of one row of it. */
export const resourceFor = (path: string): Resource | undefined =>
  catalog.find((one) => new RegExp(`^${patternOf(one)}$`).test(path)) ??
  catalog.find((one) => new RegExp(`^${patternOf(one)}/[^/]+$`).test(path));

export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rows that real servers of three versions gave, each with its list. */
export const recordedRows = recorded.flatMap(({ name, path, status, body }) => {
  const asked = (path ?? name.replace(/^GET /, '')).split('?')[0] ?? '';
  const user = /^(?:GET |a )user(\/[\w-]+)?$/.exec(name);
  const resource = resourceFor(user ? `/api/users/u1${user[1] ?? ''}` : asked);
  if (status !== 200 || !resource) return [];
  const list = resource.rowsAt ? valueAt(body, resource.rowsAt) : body;
  const found = Array.isArray(list) ? list : isRow(list) && '__array' in list ? [list.first] : [list];
  return found
    .flat()
    .filter(isRow)
    .map((row) => ({ resource, row }));
});
