import type { Resource, Secret } from './catalog/index.ts';
import { addressMasked, maskNamed } from './masked.ts';
import { certificatesMasked, metadataMasked } from './masked-documents.ts';

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

type Shown = Extract<Secret, { shows: readonly string[] }>;

const textShown = (text: string): string => (text.includes('://') ? addressMasked(text, secretMask) : text);

/** What of a text is shown that a field holds: all but what could let somebody in; null where nothing is. */
const shownOf = (
  { shows, certificates, metadata }: Shown,
  key: string,
): ((text: string) => string) | null => {
  if (shows.includes(key)) return textShown;
  if (certificates?.includes(key)) return (text) => certificatesMasked(text, secretMask);
  return metadata?.includes(key) ? (text) => metadataMasked(text, secretMask) : null;
};

/** The value with only the parts kept that are named as shown, at any depth; everything else is masked. */
const withOnly = (value: unknown, shown: Shown): unknown => {
  if (Array.isArray(value)) return value.map((item) => withOnly(item, shown));
  if (typeof value !== 'object' || value === null) return isEmpty(value) ? value : secretMask;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const deeper = typeof inner === 'object' && inner !== null;
      const textOf = deeper ? null : shownOf(shown, key);
      if (!textOf) return [key, withOnly(inner, shown)];
      return [key, typeof inner === 'string' ? textOf(inner) : inner];
    }),
  );
};

const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** The value with the texts at a path (in lists too) replaced. */
const withAddress = (value: unknown, path: readonly string[]): unknown => {
  if (Array.isArray(value)) return value.map((item) => withAddress(item, path));
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'string' ? addressMasked(value, secretMask) : value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  return { ...value, [key]: withAddress((value as Row)[key], rest) };
};

const withoutSecret = (row: Row, secret: Secret): Row => {
  if (typeof secret === 'string') return withMask(row, secret.split('.')) as Row;
  if ('address' in secret) return withAddress(row, secret.address.split('.')) as Row;
  const { path } = secret;
  if (path === '') return withOnly(row, secret) as Row;
  return Object.hasOwn(row, path) ? { ...row, [path]: withOnly(row[path], secret) } : row;
};

/**
 * The row with every field that the catalogue marks secret replaced by `secretMask`, and then whatever is secret by its
 * name, at any depth (`masked.ts`); the row itself stays as it is.
 */
export const maskSecrets = (resource: Pick<Resource, 'secrets' | 'words'>, row: Row): Row =>
  maskNamed(resource.secrets.reduce(withoutSecret, row), secretMask, resource.words);

/** The row's id as text; empty when the row has none. */
export const rowIdOf = (resource: Pick<Resource, 'rowId'>, row: Row): string => {
  const id = valueAt(row, resource.rowId);
  return typeof id === 'string' || typeof id === 'number' ? String(id) : '';
};

/** Names by column and by row id: what a row is listed below (`Column.joins`); null where nothing is known of it. */
export type JoinedNames = Readonly<Record<string, Readonly<Record<string, readonly string[] | null>>>>;

/** The rows with the columns that names were found for: none for a row that is listed nowhere, no column where it is not known. */
export const withNames = (resource: Pick<Resource, 'rowId'>, rows: Row[], names: JoinedNames): Row[] => {
  const columns = Object.entries(names);
  if (columns.length === 0) return rows;
  return rows.map((row) => {
    const id = rowIdOf(resource, row);
    const named = columns.flatMap(([column, byId]) => (byId[id] === null ? [] : [[column, byId[id] ?? []]]));
    return { ...row, ...Object.fromEntries(named) };
  });
};

/**
 * What is known of a field of a row: `sent`, also where it is empty; `joined` where only the copy on this computer could
 * tell, and does not; `absent` where the server did not send it, as an older one does of what it does not have.
 */
export const knownOf = (
  row: Row,
  { id, joins }: { id: string; joins?: string },
): 'sent' | 'joined' | 'absent' => {
  const [top = id] = id.split('.');
  if (Object.hasOwn(row, id) || Object.hasOwn(row, top)) return 'sent';
  return joins === undefined ? 'absent' : 'joined';
};

/** How deep fields of rows are offered as columns. */
const deepestColumn = 3;

/** Paths of the values in rows, e.g. `customData.plan`, sorted; of objects the parts, of lists the list. */
export const pathsIn = (rows: readonly Row[], most = 300): string[] => {
  const paths = new Set<string>();
  const walk = (value: unknown, path: readonly string[]) => {
    const inner =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
    if (path.length > 0 && (inner.length === 0 || path.length === deepestColumn)) paths.add(path.join('.'));
    if (path.length === deepestColumn) return;
    // A dot in a name would make another path of it, a comma another column of an address.
    for (const [key, part] of inner)
      if (/^[^.,]+$/.test(key) && paths.size < most) walk(part, [...path, key]);
  };
  for (const row of rows) walk(row, []);
  return [...paths].sort();
};

/** What a person calls this row: the first filled label column. */
export const rowLabelOf = (resource: Pick<Resource, 'labels' | 'rowId'>, row: Row): string => {
  for (const path of resource.labels) {
    const value = valueAt(row, path);
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return rowIdOf(resource, row);
};

/** A row that the server fails on, by its place in the server's order, from 0, and its neighbours' times, unix ms. */
export type Unreadable = { place: number; before: number | null; after: number | null };

/** No field of the API is called so. */
const unreadableKey = 'logto-desk:unreadable';

/** What stands in the place of a row that the server fails on. */
export const unreadableRow = (which: Unreadable): Row => ({ [unreadableKey]: which });

/** Which row it was that the server fails on; null for any other row. */
export const unreadableOf = (row: Row | undefined): Unreadable | null =>
  (row?.[unreadableKey] as Unreadable | undefined) ?? null;

/** Fields that are secret as a whole: no copy keeps them, and no export of every field has them. */
export const secretFields = ({ secrets }: Pick<Resource, 'secrets'>): ReadonlySet<string> =>
  new Set(secrets.flatMap((secret) => (typeof secret === 'string' && !secret.includes('.') ? [secret] : [])));

/** The row without its secret fields, masked or not. */
export const withoutSecrets = (resource: Pick<Resource, 'secrets'>, row: Row): Row => {
  const fields = secretFields(resource);
  return fields.size === 0
    ? row
    : Object.fromEntries(Object.entries(row).filter(([key]) => !fields.has(key)));
};
