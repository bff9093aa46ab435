import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import type { Profile } from '../../shared/profile.ts';
import { type Query, queryResource, toServerQuery } from '../../shared/query.ts';
import { type Row, rowIdOf, withNames } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';
import { serverSource } from '../harvest/source.ts';
import type { Mirrors } from '../mirror/mirror.ts';
import { countNewer, countRows } from '../rows/listing.ts';
import { NameBook } from '../rows/names.ts';
import { type RowsAsked, readableRow, readableRows } from '../rows/readable.ts';
import { unknownFields, watched } from './fields.ts';
import { joinedSource, joinsOf } from './joined.ts';
import type { How, RowSource } from './row-source.ts';

/** How long a server that could not be reached is not asked again for what the copy has, ms. */
const restMs = 5_000;

type Copying = {
  mirrors: Mirrors;
  /** False for a tenant that was removed since, or has another address now: it has no copy to keep rows in. */
  isStored: () => boolean;
  /** Has the copy know what a row that was read alone is now. */
  noteRow: (resource: string, row: Row) => void;
  clock: () => number;
};

/** True when nobody was reached: what the server refuses is its answer, and no reason to show something older. */
const isOffline = (error: unknown): boolean =>
  error instanceof DeskError &&
  ['network.dns', 'network.refused', 'network.timeout', 'network.interrupted'].includes(error.code);

/** Rows with what the copy knows of who belongs to what (`RowSource.joined`). */
const withMemberships = async (
  profile: Profile,
  query: Query,
  rows: Row[],
  { mirrors, isStored }: Copying,
  needed: readonly string[] = [],
): Promise<Row[]> => {
  // Of the list that the view is of: the one that the server is asked instead may lack what its columns tell.
  const resource = queryResource(query);
  const isJoined = resource.columns.some(({ joins }) => joins !== undefined);
  if (!isJoined || !isStored()) return rows;
  const ids = rows.map((row) => rowIdOf(resource, row));
  const names = await mirrors.joined(profile, resource.id, ids, null, needed).catch((error: unknown) => {
    if (needed.length > 0) throw error;
    return {};
  });
  return withNames(resource, rows, names);
};

/** Asks the server first, and whoever else knows where nobody is reached: for a while, only that one. */
const reaching = (clock: () => number) => {
  let lostAt: number | null = null;
  const isLost = () => lostAt !== null && clock() - lostAt < restMs;
  return {
    isLost,
    /** That `instead` has nothing leaves the server's error standing. */
    async first<T>(ask: () => Promise<T>, instead: () => Promise<T>, { anew = false }: How): Promise<T> {
      // Whoever asks beside it finds out, too.
      if (anew) lostAt = null;
      if (isLost()) {
        const kept = await instead().catch(() => null);
        if (kept !== null) return kept;
      }
      try {
        const answer = await ask();
        lostAt = null;
        return answer;
      } catch (error) {
        if (!isOffline(error)) throw error;
        lostAt = clock();
        return instead().catch(() => {
          throw error;
        });
      }
    },
  };
};

/** The rows of a server, kept on their way in the tenant's copy, which answers where the server cannot be reached. */
export const serverRows = (session: Session, copy: RowSource, copying: Copying): RowSource => {
  const { profile } = session;
  const { mirrors, isStored, noteRow, clock } = copying;
  const book = new NameBook(session, clock);
  const server = reaching(clock);

  const rows = (asked: RowsAsked, how: How, instead: () => ReturnType<RowSource['rows']>) =>
    server.first(
      async () => {
        const page = await readableRows(session, asked, clock, how);
        // A copy that cannot take what was looked at must not stand in the way of showing it.
        if (isStored())
          mirrors.put(profile, toServerQuery(asked.query), page.rows, page.fetchedAt).catch(() => {});
        if (how.joinsLater) return page;
        return { ...page, rows: await withMemberships(profile, asked.query, page.rows, copying) };
      },
      instead,
      how,
    );

  return {
    profile,
    page: ({ index, ...asked }, how) =>
      rows({ ...asked, page: index + 1, size: pageSize }, how, async () => {
        // Another page of a view that the server began must not come from elsewhere: its places are not the copy's.
        if (index > 0) throw new DeskError('mirror.empty');
        return copy.page({ ...asked, index }, how);
      }),
    rows: (asked, how) => rows(asked, how, () => copy.rows(asked, how)),
    row: (resource, id, how) =>
      server.first(
        async () => {
          const row = await readableRow(session, resource, id, clock, how);
          noteRow(resource, row);
          return row;
        },
        () => copy.row(resource, id, how),
        how,
      ),
    count: (query, until, how) => countRows(session, query, until, clock, how),
    newer: (query, until, how) => countNewer(session, query, until, clock, how),
    async names(resource, ids) {
      if (server.isLost()) return copy.names(resource, ids);
      const names = await book.of(resource, ids);
      return server.isLost() ? { ...names, ...(await copy.names(resource, ids)) } : names;
    },
    joined: (query, given, needed) => withMemberships(profile, query, given, copying, needed),
    async readAll(asked, { strict = false } = {}) {
      const joins = joinsOf(asked);
      const plain = serverSource(session, clock);
      const source = joins.length === 0 ? plain : joinedSource(plain, joins, { session, mirrors, clock });
      return strict ? watched(source, queryResource(asked.query), unknownFields(asked)) : source;
    },
  };
};
