import { type Column, type Resource, resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { joinedColumns, type Query } from '../../shared/query.ts';
import { type JoinedNames, type Row, rowIdOf, withNames } from '../../shared/row.ts';
import { parseLine } from '../../shared/search/line.ts';
import type { Statements } from './statements.ts';

/** The list's rows are listed below rows of this one. */
const parentsOf = (list: string): string => resourceOf(list).parent?.resource ?? '';

/** Columns of what a search leaves users out by. */
const outsideOf = ({ resource, filters }: Query): Column[] => {
  const { search } = parseLine(filters.search?.[0] ?? '');
  const named = [
    ...(search?.notInRole ? ['role-users'] : []),
    ...(search?.notInOrganization ? ['organization-users'] : []),
  ];
  return named.length === 0
    ? []
    : resourceOf(resource).columns.filter(({ joins }) => joins !== undefined && named.includes(joins));
};

/** Stands after names that may not be all. */
export const andMore = '…';

/** Who belongs to what, as the lists below roles and organizations tell it. */
export class Members {
  readonly #sql: Statements;
  readonly #version: () => string;
  readonly #known = new Map<string, { at: string; known: boolean }>();

  /** `version` changes with whatever is written. */
  constructor(sql: Statements, version: () => string) {
    this.#sql = sql;
    this.#version = version;
  }

  /** True when every parent's list was read whole; worked out once, until something is written. */
  isKnown(list: string): boolean {
    const at = this.#version();
    const before = this.#known.get(list);
    if (before?.at === at) return before.known;
    const parents = parentsOf(list);
    const { whole, open } = this.#sql
      .run(
        `SELECT EXISTS (SELECT 1 FROM lists WHERE resource = ? AND parent = '' AND whole_at IS NOT NULL) AS whole,
          (SELECT count(*) FROM rows WHERE resource = ? AND parent = '' AND gone_at IS NULL AND NOT EXISTS
            (SELECT 1 FROM lists WHERE lists.resource = ? AND lists.parent = rows.id AND whole_at IS NOT NULL)) AS open`,
      )
      .get(parents, parents, list) as { whole: number; open: number };
    const known = whole === 1 && open === 0;
    this.#known.set(list, { at, known });
    return known;
  }

  /** What is not known must not read as nothing. Throws `mirror.members`. */
  refuseUnknown(query: Query, more: readonly Column[] = []) {
    this.#refuse([...joinedColumns(query), ...outsideOf(query), ...more]);
  }

  #refuse(needed: readonly Column[]) {
    const missing = needed.find(({ joins }) => joins && !this.isKnown(joins));
    if (missing) throw new DeskError('mirror.members', { where: missing.id });
  }

  /**
   * The names of the parents below which rows are listed, by column and by the rows' ids: of the columns asked for, or
   * (null) of all that something is kept of. Where that is not all of it, a row's names end in `andMore`, and a row of
   * which nothing is kept has null: it is not known to be listed nowhere. Throws `mirror.members` where not all is known of
   * one of the columns `needed`.
   */
  names(
    resourceId: string,
    ids: readonly string[],
    columns: readonly string[] | null,
    needed: readonly string[] = [],
  ): JoinedNames {
    this.#refuse(resourceOf(resourceId).columns.filter(({ id }) => needed.includes(id)));
    const chosen = resourceOf(resourceId).columns.flatMap(({ id, joins }) =>
      joins !== undefined && (columns?.includes(id) ?? this.#isKept(joins)) ? [{ id, joins }] : [],
    );
    return Object.fromEntries(
      chosen.map(({ id, joins }) => {
        const names = this.#namesAbove(joins, ids);
        if (columns || this.isKnown(joins)) return [id, names];
        return [
          id,
          Object.fromEntries(ids.map((one) => [one, names[one] ? [...names[one], andMore] : null])),
        ];
      }),
    );
  }

  /** True when some parent's list was read whole. */
  #isKept(list: string): boolean {
    const { kept } = this.#sql
      .run('SELECT EXISTS (SELECT 1 FROM lists WHERE resource = ? AND whole_at IS NOT NULL) AS kept')
      .get(list) as { kept: number };
    return kept === 1;
  }

  #namesAbove(list: string, ids: readonly string[]): Record<string, string[]> {
    const found = this.#sql.run(
      `SELECT coalesce(json_extract(named.body, '$.name'), member.parent) AS name
       FROM rows AS member INDEXED BY rows_below_by_id LEFT JOIN rows AS named
         ON named.resource = ? AND named.parent = '' AND named.id = member.parent
       WHERE member.resource = ? AND member.id = ? AND member.parent <> '' AND member.gone_at IS NULL ORDER BY 1`,
    );
    return Object.fromEntries(
      ids.flatMap((id) => {
        const names = found.all(parentsOf(list), list, id).map(({ name }) => String(name));
        return names.length > 0 ? [[id, names]] : [];
      }),
    );
  }

  /** The rows with the names of what they belong to, where that is known. */
  joined(resourceId: string, rows: Row[]): Row[] {
    const resource = resourceOf(resourceId);
    const ids = rows.map((row) => rowIdOf(resource, row));
    return withNames(resource, rows, this.names(resourceId, ids, null));
  }

  /**
   * The rows of a list below one row as other lists tell them (`Resource.inverse`): a user's roles are those below which
   * the user is listed. Null where not all of that is known.
   */
  inverse(
    resource: Resource,
    parent: string,
  ): { found: { number: number; row: Row }[]; asOf: number } | null {
    const { inverse, rowsOf } = resource;
    if (inverse === undefined || rowsOf === undefined || !this.isKnown(inverse)) return null;
    const found = this.#sql
      .run(
        `SELECT above.number AS number, above.body AS body
         FROM rows AS member INDEXED BY rows_below_by_id JOIN rows AS above
           ON above.resource = ? AND above.parent = '' AND above.id = member.parent AND above.gone_at IS NULL
         WHERE member.resource = ? AND member.id = ? AND member.parent <> '' AND member.gone_at IS NULL
         ORDER BY above.made_at DESC, above.number`,
      )
      .all(rowsOf, inverse, parent) as { number: number; body: string }[];
    const { asOf } = this.#sql
      .run('SELECT min(whole_at) AS asOf FROM lists WHERE resource = ?')
      .get(inverse) as { asOf: number | null };
    return {
      found: found.map(({ number, body }) => ({
        number,
        row: this.there(resource, parent, JSON.parse(body) as Row),
      })),
      asOf: asOf ?? 0,
    };
  }

  /** A row of `inverse` with what the other side says of it: the roles that a user has in this organization. */
  there({ inverse = '' }: Resource, parent: string, row: Row): Row {
    const found = this.#sql
      .run(
        `SELECT json_extract(body, '$.organizationRoles') AS roles FROM rows
         WHERE resource = ? AND parent = ? AND id = ?`,
      )
      .get(inverse, String(row.id), parent) as { roles: string | null } | undefined;
    return found?.roles ? { ...row, organizationRoles: JSON.parse(found.roles) as unknown } : row;
  }
}
