import { resourceOf } from '../../shared/catalog/index.ts';
import { conditionFormOf } from '../../shared/conditions.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Condition } from '../../shared/local.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import type { PageOfRows } from './page.ts';

/** Reads one page of a view, from the server or from a copy of it. */
type Read = (query: Query) => Promise<PageOfRows>;

const folded = (value: unknown) =>
  typeof value === 'string' ? value.normalize('NFC').trim().toLowerCase() : '';

/** Rows of a list that are called so, or have that id. */
const rowsNamed = async (profile: string, list: string, name: string, read: Read): Promise<Row[]> => {
  const resource = resourceOf(list);
  const keyword = resource.filters.some(({ kind }) => kind === 'keyword');
  const { rows } = await read({ profile, resource: list, filters: keyword ? { keyword: [name] } : {} });
  const word = folded(name);
  const byId = rows.filter((row) => rowIdOf(resource, row) === name.trim());
  if (byId.length > 0) return byId;
  return rows.filter((row) => resource.labels.some((label) => folded(valueAt(row, label)) === word));
};

/** Ids have no spaces, and are longer than most names without one. */
const mayBeId = (text: string) => /^[\w-]{6,}$/.test(text);

const idOf = async (profile: string, list: string, name: string, read: Read): Promise<string> => {
  const { rowId } = resourceOf(list);
  const rows = await rowsNamed(profile, list, name, read);
  const [row, ...more] = rows;
  const ids = rows.map((one) => String(valueAt(one, rowId)));
  if (row && more.length === 0) return ids[0] ?? name;
  // What was removed is named by its id alone.
  if (!row && mayBeId(name)) return name;
  throw new DeskError('query.invalid', {
    where: 'where',
    reason: row
      ? `several are called "${name}": ${ids.slice(0, 5).join(', ')}; use an ID`
      : `there is no row of "${list}" with the name "${name}"`,
  });
};

/**
 * The query with names in its conditions replaced by the ids that rows have: `payload.applicationId is Storefront`. Throws
 * `query.invalid` where a name is nobody's, or several rows'.
 */
export const withIds = async (query: Query, read: Read): Promise<Query> => {
  const { where } = query;
  if (!where) return query;
  const resource = queryResource(query);
  const asked = async (condition: Condition): Promise<Condition> => {
    const { form } = conditionFormOf(resource, condition.column);
    const isNamed = condition.mode === 'is' || condition.mode === 'differs';
    if (form.kind !== 'reference' || !isNamed) return condition;
    return { ...condition, value: await idOf(query.profile, form.resource, condition.value, read) };
  };
  return { ...query, where: await Promise.all(where.map(asked)) };
};
