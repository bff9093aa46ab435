import { type Column, resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import { joinedColumns, type Query, queryResource } from '../../shared/query.ts';
import { type Row, rowIdOf, withNames } from '../../shared/row.ts';
import { withReturn } from '../base/with-return.ts';
import type { Session } from '../client/session.ts';
import type { Source } from '../harvest/source.ts';
import { copyMembers, type MembersRead } from '../mirror/copy-tenant.ts';
import type { Mirrors } from '../mirror/mirror.ts';

type Deps = { session: Session; mirrors: Mirrors; clock: () => number };

type Asked = {
  query: Query;
  joined?: readonly string[] | undefined;
  columns?: 'visible' | 'all' | undefined;
};

/** What was asked for, and the view's own columns where those are written: what is not known must not read as nothing. */
const wantedOf = ({ query, joined = [], columns }: Asked, known: readonly Column[]): readonly string[] => {
  const seen = columns === 'visible' ? (query.columns ?? []) : [];
  return [...joined, ...known.map(({ id }) => id).filter((id) => seen.includes(id) && !joined.includes(id))];
};

/**
 * The columns by which an export is joined. Throws `query.invalid` for one that is none, `mirror.members` when a
 * condition needs one that is not joined.
 */
export const joinsOf = (asked: Asked): Column[] => {
  const { query } = asked;
  const known = queryResource(query).columns.filter(({ joins }) => joins !== undefined);
  const joined = wantedOf(asked, known);
  const unknown = joined.find((id) => !known.some((column) => column.id === id));
  if (unknown !== undefined)
    throw new DeskError('query.invalid', {
      where: 'joined',
      reason: `"${query.resource}" has no joined column "${unknown}"; it has: ${known.map(({ id }) => id).join(', ') || 'none'}`,
    });
  const open = joinedColumns(query).find(({ id }) => !joined.includes(id));
  if (open) throw new DeskError('mirror.members', { where: open.id });
  return known.filter(({ id }) => joined.includes(id));
};

/** What is unknown is not a list, not even an empty one. */
const withoutUnread = (rows: Row[], reads: readonly Joining[]): Row[] => {
  const unread = reads.filter(({ whole }) => !whole);
  if (unread.length === 0) return rows;
  const kept = (row: Row, { column, error }: Joining) => {
    const names = row[column];
    return error === null && Array.isArray(names) && names.length > 0 ? names : null;
  };
  return rows.map((row) => ({
    ...row,
    ...Object.fromEntries(unread.map((read) => [read.column, kept(row, read)])),
  }));
};

type Joining = MembersRead & { column: string };

/**
 * A server as a source, its rows joined with who belongs to what. That is read by the lists below each role and
 * organization, which costs a request for a hundred members instead of one for each user, and kept in the mirror.
 */
export const joinedSource = (source: Source, columns: readonly Column[], deps: Deps): Source => ({
  profile: source.profile,
  async *read(options) {
    const { profile } = deps.session;
    const resource = resourceOf(options.query.resource);
    const { signal } = options;
    const lists = columns.map(({ joins = '' }) => joins);
    const reads = (await copyMembers(profile.id, lists, { ...deps, signal })).map(
      (read, at): Joining => ({ ...read, column: columns[at]?.id ?? '' }),
    );
    // Rows cannot be held against what nobody knows.
    const asked = joinedColumns(options.query).map(({ id }) => id);
    const blind = reads.find(({ column, error }) => error !== null && asked.includes(column));
    if (blind?.error) throw blind.error;
    const wanted = columns.map(({ id }) => id);
    const attach = async (rows: Row[]): Promise<Row[]> => {
      const ids = rows.map((row) => rowIdOf(resource, row));
      const names = await deps.mirrors.joined(profile, resource.id, ids, wanted);
      return withoutUnread(withNames(resource, rows, names), reads);
    };
    const batches = withReturn(source.read(options));
    for await (const batch of batches) yield { ...batch, rows: await attach(batch.rows) };
    const lacks = reads.flatMap(({ whole, column, lacks: of }) => (whole ? [] : [{ column, of }]));
    return {
      ...batches.returned,
      joined: { whole: lacks.length === 0, ...(lacks.length > 0 ? { lacks } : {}) },
    };
  },
});
