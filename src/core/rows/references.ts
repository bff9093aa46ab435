import { resourceOf } from '../../shared/catalog/index.ts';
import { conditionFormOf } from '../../shared/conditions.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import type { Condition } from '../../shared/local.ts';
import { nearestOf } from '../../shared/nearest.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import { because, type Reason } from '../../shared/reasons.ts';
import { type Row, rowIdOf, valueAt } from '../../shared/row.ts';
import { lineOf, parseLine } from '../../shared/search/line.ts';
import { type Membership, memberships } from '../../shared/search/terms.ts';
import { isAbsent, isNotMirrored } from './absent.ts';
import type { PageOfRows } from './page.ts';

/** A tenant's rows, of the server or of a copy of it. */
export type Lookup = {
  /** One page of a view, its index from 0. */
  page: (query: Query, index: number) => Promise<PageOfRows>;
  row: (list: string, id: string) => Promise<Row>;
};
type Read = Lookup['page'];

/** Pages of a list that are read for a name at most. */
const mostPages = 200;
/** Pages of a list that are read for names that are like one which is nobody's. */
const mostNearPages = 10;
/** Names that are told in the place of one which is nobody's. */
const mostNear = 3;
/** Rows of one name whose ids are told. */
const mostTold = 5;

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

type Asked = { profile: string; list: string; name: string; where: string; column?: number };

/** Names of a list that are like one. */
const namesNear = async ({ profile, list, name }: Asked, read: Read): Promise<string[]> => {
  const resource = resourceOf(list);
  const names: string[] = [];
  for (let index = 0; index < mostNearPages; index += 1) {
    const { rows } = await read({ profile, resource: list, filters: {} }, index);
    names.push(...rows.flatMap((row) => resource.labels.map((label) => String(valueAt(row, label) ?? ''))));
    if (rows.length < pageSize) break;
  }
  return nearestOf(
    name.trim(),
    names.filter((one) => one !== ''),
    mostNear,
  );
};

/** Rows of a list that are called so, or have that id; null where the list cannot be read. */
const rowsOrNull = async ({ profile, list, name }: Asked, read: Read) => {
  try {
    return await rowsNamed(profile, list, name, read);
  } catch (error) {
    // An id is an id also where the list that has it cannot be read.
    if (mayBeId(name) && (isNotMirrored(error) || isAbsent(error))) return null;
    throw error;
  }
};

/** The only id of those found. Throws `query.invalid` where there is none, or several. */
const onlyOf = async (
  asked: Asked,
  found: { rows: readonly Row[]; whole: boolean },
  read: Read,
): Promise<string> => {
  const { list, name, where, column } = asked;
  const ids = found.rows.map((row) => rowIdOf(resourceOf(list), row));
  const [id, ...more] = ids;
  if (id !== undefined && more.length === 0) return id;
  const refuse = (why: Reason) =>
    new DeskError('query.invalid', { where, why, ...(column === undefined ? {} : { column }) });
  if (id !== undefined) {
    const told = { name, ids: ids.slice(0, mostTold).join(', ') };
    const count = ids.length - mostTold;
    throw refuse(count > 0 ? because('name.severalMore', { ...told, count }) : because('name.several', told));
  }
  const near = (await namesNear(asked, read).catch(() => [])).map((one) => `"${one}"`);
  const told = { list, name };
  if (near.length > 0)
    throw refuse(because(found.whole ? 'name.near' : 'name.nearCopied', { ...told, near }));
  throw refuse(because(found.whole ? 'name.none' : 'name.noneCopied', told));
};

const idOf = async (asked: Asked, read: Read): Promise<string> => {
  const { name } = asked;
  const found = await rowsOrNull(asked, read);
  // What was removed is named by its id alone.
  if ((found === null || found.rows.length === 0) && mayBeId(name)) return name;
  return onlyOf(asked, found ?? { rows: [], whole: false }, read);
};

/** The id of what a search names: of a role or an organization that is there, as nobody can be in another. */
const memberOf = async (asked: Asked, { page, row }: Lookup): Promise<string> => {
  const { list, name } = asked;
  const id = name.trim();
  if (mayBeId(id)) {
    const isThere = await row(list, id).then(
      () => true,
      (error: unknown) => {
        // What keeps a row from being read keeps its list, too, where it is more than that no row has this id.
        if (error instanceof DeskError) return false;
        throw error;
      },
    );
    if (isThere) return id;
  }
  const found = await rowsOrNull(asked, page);
  return found === null ? id : onlyOf(asked, found, page);
};

/** Column, from 1, at which a line names what users are in. */
const columnIn = (line: string, name: string): number => Math.max(0, line.lastIndexOf(name)) + 1;

/**
 * The query with the names of roles and organizations in its search line replaced by their ids: `in-role:Support`. Throws
 * `query.invalid`, which points at the name, where it is nobody's, or several rows'.
 */
export const withMemberIds = async (query: Query, lookup: Lookup): Promise<Query> => {
  const [line = ''] = query.filters.search ?? [];
  const { search } = parseLine(line);
  if (!search) return query;
  const { profile } = query;
  const found = await Promise.all(
    (Object.keys(memberships) as Membership[]).flatMap((key) => {
      const name = search[key]?.normalize('NFC');
      if (!name) return [];
      const asked = { profile, list: memberships[key], name, where: 'search', column: columnIn(line, name) };
      return [memberOf(asked, lookup).then((id) => [key, id] as const)];
    }),
  );
  if (found.every(([key, id]) => search[key] === id)) return query;
  const named = lineOf({ ...search, ...Object.fromEntries(found) });
  return { ...query, filters: { ...query.filters, search: [named] } };
};

/**
 * The query with names in its conditions, filters and search replaced by the ids that rows have: `payload.applicationId is
 * Storefront`, `application: Storefront`, `in-role:Support`. Throws `query.invalid` where a name is nobody's, or several rows'.
 */
export const withIds = async (viewed: Query, lookup: Lookup): Promise<Query> => {
  const query = await withMemberIds(viewed, lookup);
  const { profile, where } = query;
  const read = lookup.page;
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
