import type { Resource, Secret } from './catalog/index.ts';

/** A row as the API gives it; fields that a newer server adds are kept. */
export type Row = Record<string, unknown>;

/** What stands where a secret was. */
export const secretMask = '••••••••';

/** The value at a dotted path, e.g. `payload.ip`; undefined where the path ends early. */
export const valueAt = (row: unknown, path: string): unknown => {
  let value: unknown = row;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Row)[key];
  }
  return value;
};

const withMask = (value: unknown, path: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => withMask(item, path));
  if (typeof value !== 'object' || value === null) return value;
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(value, key)) return value;
  const inner = (value as Row)[key];
  if (isEmpty(inner)) return value;
  return { ...value, [key]: rest.length === 0 ? secretMask : withMask(inner, rest) };
};

/** The value with only the parts kept that `shows` names, at any depth; everything else is masked. */
const withOnly = (value: unknown, shows: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map((item) => withOnly(item, shows));
  if (typeof value !== 'object' || value === null) return isEmpty(value) ? value : secretMask;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const deeper = typeof inner === 'object' && inner !== null;
      return [key, shows.has(key) && !deeper ? inner : withOnly(inner, shows)];
    }),
  );
};

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

const withoutSecret = (row: Row, secret: Secret): Row => {
  if (typeof secret === 'string') return withMask(row, secret.split('.')) as Row;
  const { path, shows } = secret;
  return Object.hasOwn(row, path) ? { ...row, [path]: withOnly(row[path], new Set(shows)) } : row;
};

/** The row with every field that the catalogue marks secret replaced by `secretMask`; the row itself stays as it is. */
export const maskSecrets = (resource: Pick<Resource, 'secrets'>, row: Row): Row =>
  resource.secrets.reduce(withoutSecret, row);

/** The row's id as text; empty when the row has none. */
export const rowIdOf = (resource: Pick<Resource, 'rowId'>, row: Row): string => {
  const id = valueAt(row, resource.rowId);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
};

/** What a person calls this row: the first filled label column. */
export const rowLabelOf = (resource: Pick<Resource, 'labels' | 'rowId'>, row: Row): string => {
  for (const path of resource.labels) {
    const value = valueAt(row, path);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return rowIdOf(resource, row);
};
