import { resourceOf } from '../../shared/catalog/index.ts';
import { conditionFormOf } from '../../shared/conditions.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import type { Condition } from '../../shared/local.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { isAbsent, isNotMirrored } from './absent.ts';
import type { PageOfRows } from './page.ts';

/** Reads one page of a view, its index from 0, from the server or from a copy of it. */
type Read = (query: Query, index: number) => Promise<PageOfRows>;

/** Pages of a list that are read for a name at most. */
const mostPages = 200;

const folded = (value: unknown) =>
  typeof value === 'string' ? value.normalize('NFC').trim().toLowerCase() : '';

/** All rows of a list that may be called so: found by the server, where it can be asked, and read page by page. */
const rowsAround = async (profile: string, list: string, name: string, read: Read) => {
  const resource = resourceOf(list);
  const keyword = resource.filters.some(({ kind }) => kind === 'keyword');
  const query: Query = { profile, resource: list, filters: keyword ? { keyword: [name] } : {} };
  const found: Row[] = [];
  let whole = true;
  for (let index = 0; index < mostPages; index += 1) {
    const { rows, mirror } = await read(query, index);
    found.push(...rows);
    whole = mirror?.whole ?? true;
    if (rows.length < pageSize) break;
  }
  return { rows: found, whole };
};

/** Rows of a list that are called so, or have that id; `whole`: all of the list was there to be looked through. */
const rowsNamed = async (profile: string, list: string, name: string, read: Read) => {
  const resource = resourceOf(list);
  const { rows, whole } = await rowsAround(profile, list, name, read);
  const word = folded(name);
  const byId = rows.filter((row) => rowIdOf(resource, row) === name.trim());
  if (byId.length > 0) return { rows: byId, whole };
  const named = rows.filter((row) => resource.labels.some((label) => folded(valueAt(row, label)) === word));
  return { rows: named, whole };
};

/** Ids have no spaces, and are longer than most names without one. */
const mayBeId = (text: string) => /^[\w-]{6,}$/.test(text);

type Asked = { profile: string; list: string; name: string; where: string };

const idOf = async ({ profile, list, name, where }: Asked, read: Read): Promise<string> => {
  const { rowId } = resourceOf(list);
  const { rows, whole } = await rowsNamed(profile, list, name, read).catch((error: unknown) => {
    // An id is an id also where the list that has it cannot be read.
    if (mayBeId(name) && (isNotMirrored(error) || isAbsent(error))) return { rows: [], whole: false };
    throw error;
  });
  const [row, ...more] = rows;
  const ids = rows.map((one) => String(valueAt(one, rowId)));
  if (row && more.length === 0) return ids[0] ?? name;
  // What was removed is named by its id alone.
  if (!row && mayBeId(name)) return name;
  throw new DeskError('query.invalid', {
    where,
    reason: row
      ? `several are called "${name}": ${ids.slice(0, 5).join(', ')}; use an ID`
      : `there is no row of "${list}" with the name "${name}"${whole ? '' : ' in the offline copy, which is not complete'}`,
  });
};

/**
 * The query with names in its conditions and filters replaced by the ids that rows have: `payload.applicationId is
 * Storefront`, `application: Storefront`. Throws `query.invalid` where a name is nobody's, or several rows'.
 */
export const withIds = async (query: Query, read: Read): Promise<Query> => {
  const { profile, where } = query;
  const resource = queryResource(query);
  const asked = async (condition: Condition): Promise<Condition> => {
    const { form } = conditionFormOf(resource, condition.column);
    const isNamed = condition.mode === 'is' || condition.mode === 'differs';
    if (form.kind !== 'reference' || !isNamed) return condition;
    const named = { profile, list: form.resource, name: condition.value, where: 'where' };
    return { ...condition, value: await idOf(named, read) };
  };
  const filters = { ...query.filters };
  for (const filter of resource.filters) {
    const [name = ''] = filters[filter.id] ?? [];
    if (filter.kind !== 'exact' || !filter.ref || name.trim() === '') continue;
    filters[filter.id] = [await idOf({ profile, list: filter.ref, name, where: filter.id }, read)];
  }
  return { ...query, filters, ...(where ? { where: await Promise.all(where.map(asked)) } : {}) };
};
