import { type Filter, findResource, type Resource } from '../../shared/catalog/index.ts';
import { refuseUnreadable } from '../../shared/conditions.ts';
import { DeskError } from '../../shared/errors.ts';
import { testOf } from '../../shared/fits.ts';
import type { Condition } from '../../shared/local.ts';
import { type Query, queryResource, timeBounds } from '../../shared/query.ts';
import { parseLine } from '../../shared/search/line.ts';
import { isCaseSensitive, searchColumn } from '../../shared/search/search.ts';
import { type SearchTerm, searchFields, type UserSearch } from '../../shared/search/terms.ts';
import { isWhole, wantedOf } from '../../shared/search/wanted.ts';
import type { Zone } from '../../shared/zone.ts';

/** A value that a statement is given. */
export type Value = string | number | null;

/** A part of a statement, with the values of its question marks. */
export type Sql = { text: string; values: Value[] };

/** A column as a path of SQLite's JSON functions. */
export const pathOf = (column: string): string =>
  `$.${column
    .split('.')
    .map((part) => `"${part.replace(/["\\]/g, '')}"`)
    .join('.')}`;

/** The names of the parents below which a row is listed, as JSON text. */
const joinedNames = (list: string, of: string): Sql => ({
  text: `(SELECT json_group_array(coalesce(json_extract(named.body, '$.name'), member.parent))
    FROM rows AS member INDEXED BY rows_below_by_id LEFT JOIN rows AS named ON named.resource = ? AND named.parent = '' AND named.id = member.parent
    WHERE member.resource = ? AND member.id = rows.id AND member.parent <> '' AND member.gone_at IS NULL)`,
  values: [of, list],
});

/** The value of a row's column as JSON text; null where the row has none. */
export const part = (resource: Resource, column: string): Sql => {
  const { joins } = resource.columns.find(({ id }) => id === column) ?? {};
  return joins === undefined
    ? { text: 'body -> ?', values: [pathOf(column)] }
    : joinedNames(joins, findResource(joins)?.parent?.resource ?? '');
};

const all = (parts: readonly Sql[], joint: ' AND ' | ' OR '): Sql => ({
  text: `(${parts.map(({ text }) => text).join(joint)})`,
  values: parts.flatMap(({ values }) => values),
});

const unknown = (filter: string) =>
  new DeskError('query.invalid', { where: filter, reason: 'only the server can answer this filter' });

/** More values of a condition than a statement says again with each row. */
const manyValues = 20;

/** One condition on a field; of a long list, those that are whole texts are looked up in it. */
const termSql = (column: Sql, term: SearchTerm, sensitive: 0 | 1): Sql => {
  const matching = (values: readonly string[]): Sql => ({
    text: `desk_matches(${column.text}, ?, ?)`,
    values: [...column.values, JSON.stringify({ ...term, values }), sensitive],
  });
  if (term.mode !== 'is' || term.values.length <= manyValues) return matching(term.values);
  const wanted = term.values.map((value) => ({ value, texts: wantedOf({ ...term, values: [value] }) }));
  const whole = wanted.filter(({ texts }) => texts.every(isWhole));
  const rest = wanted.filter(({ texts }) => !texts.every(isWhole)).map(({ value }) => value);
  const texts = whole.flatMap((one) => one.texts.map(({ text }) => (sensitive ? text : text.toLowerCase())));
  const listed = {
    text: `desk_text(${column.text}, ?) IN (SELECT value FROM json_each(?))`,
    values: [...column.values, sensitive, JSON.stringify(texts)],
  };
  return rest.length === 0 ? listed : all([listed, matching(rest)], ' OR ');
};

/** That a row is not listed below a parent. */
const notListed = (list: string, parent: string): Sql => ({
  text: `NOT EXISTS (SELECT 1 FROM rows AS member
    WHERE member.resource = ? AND member.parent = ? AND member.id = rows.id AND member.gone_at IS NULL)`,
  values: [list, parent],
});

/** One condition of an advanced search: any of the values of a field. */
const searchSql = (resource: Resource, search: UserSearch): Sql[] => {
  if (search.hideAdmins) throw unknown('search');
  const { notInRole, notInOrganization } = search;
  const outside = [
    ...(notInRole ? [notListed('role-users', notInRole)] : []),
    ...(notInOrganization ? [notListed('organization-users', notInOrganization)] : []),
  ];
  const sensitive = isCaseSensitive(search) ? 1 : 0;
  // Conditions on one field are values of it: any of them.
  const fields = searchFields.flatMap((field) => {
    const terms = search.terms.filter((term) => term.field === field);
    const column = part(resource, searchColumn(field));
    return terms.length === 0
      ? []
      : [
          all(
            terms.map((term) => termSql(column, term, sensitive)),
            ' OR ',
          ),
        ];
  });
  return [
    ...(fields.length === 0 ? [] : [all(fields, search.joint === 'all' ? ' AND ' : ' OR ')]),
    ...outside,
  ];
};

/** A condition on a column, compared as the window compares it. */
const conditionSql = (resource: Resource, condition: Condition, now: number, zone?: Zone): Sql => {
  const column = part(resource, condition.column);
  const test = JSON.stringify(testOf(resource, condition, { now, zone }));
  return { text: `desk_fits(?, ${column.text})`, values: [test, ...column.values] };
};

const filterSql = (filter: Filter, given: readonly string[], query: Query, now: number): Sql[] => {
  const resource = queryResource(query);
  const filled = given.map((value) => value.trim()).filter((value) => value !== '');
  const [value] = filled;
  if (filter.kind !== 'time' && value === undefined) return [];
  switch (filter.kind) {
    case 'keyword': {
      const columns = filter.columns ?? resource.labels;
      const tests = columns.map((column) =>
        conditionSql(resource, { column, mode: 'contains', value: value ?? '' }, now),
      );
      return [all(tests, ' OR ')];
    }
    case 'choice':
    case 'exact': {
      const { column } = filter;
      if (!column) throw unknown(filter.id);
      const wanted = filter.kind === 'choice' && filter.several ? filled : filled.slice(0, 1);
      return [
        all(
          wanted.map((text) => ({
            text: "coalesce(json_extract(body, ?), '') = ?",
            values: [pathOf(column), text === 'true' ? 1 : text === 'false' ? 0 : text],
          })),
          ' OR ',
        ),
      ];
    }
    case 'search': {
      const { search, mistake } = parseLine(value ?? '');
      if (search === null) throw new DeskError('query.invalid', { where: 'search', why: mistake.reason });
      return searchSql(resource, search);
    }
    case 'time': {
      const { from, to } = timeBounds(given, now, query.zone);
      return [
        ...(from === null ? [] : [{ text: 'made_at >= ?', values: [from] }]),
        ...(to === null ? [] : [{ text: 'made_at <= ?', values: [to] }]),
      ];
    }
  }
};

/**
 * The query as conditions and an order over the mirror's rows (`store.ts`): what the API can be asked, as it would answer,
 * and what it cannot; `sortedBy` is the value, as JSON, that comes before that order. `now` in unix ms is what spans count back from. Throws `query.invalid` for what only a server knows.
 */
export const toSql = (
  query: Query,
  now: number,
  until?: number,
): { where: Sql; order: string; sortedBy: Sql | null } => {
  const resource = queryResource(query);
  const filters = Object.entries(query.filters).flatMap(([id, given]) => {
    const filter = resource.filters.find((known) => known.id === id);
    if (!filter)
      throw new DeskError('query.invalid', { where: id, reason: `"${resource.id}" has no filter "${id}"` });
    return filterSql(filter, given, query, now);
  });
  refuseUnreadable(resource, query.where);
  const local = (query.where ?? []).map((condition) => conditionSql(resource, condition, now, query.zone));
  const held = until === undefined || !resource.pin ? [] : [{ text: 'made_at <= ?', values: [until] }];
  const own: Sql = {
    text: 'resource = ? AND parent = ? AND gone_at IS NULL',
    values: [query.resource, query.parent ?? ''],
  };
  return {
    where: all([own, ...filters, ...local, ...held], ' AND '),
    order: 'made_at DESC, number',
    sortedBy: query.sort ? part(resource, query.sort.column) : null,
  };
};
