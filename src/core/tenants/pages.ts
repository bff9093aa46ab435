import { resourceOf } from '../../shared/catalog/index.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import { asAsked, type Query } from '../../shared/query.ts';
import { type Row, rowIdOf, withNames } from '../../shared/row.ts';
import type { ReadOptions } from '../client/client.ts';
import type { Session } from '../client/session.ts';
import type { Mirrors } from '../mirror/mirror.ts';
import { type FoundList, findPasted } from '../rows/find.ts';
import { countNewer, countRows } from '../rows/listing.ts';
import type { Names } from '../rows/names.ts';
import { type PageAsked, type PageOfRows, pageSize } from '../rows/page.ts';
import { type RowsAsked, readableRow, readableRows } from '../rows/readable.ts';

/** How long a server that could not be reached is not asked again for what the mirror has, ms. */
const restMs = 5_000;

type How = Pick<ReadOptions, 'signal' | 'priority'>;

export type PagesDeps = {
  profileFor: (profile: string) => Promise<Profile>;
  sessionOf: (profile: string) => Promise<Session>;
  /** False for a profile that was removed since, or has another address now. */
  isStored: (profile: Profile) => boolean;
  mirrors: Mirrors;
  clock: () => number;
};

/** True when nobody was reached: what the server refuses is its answer, and no reason to show something older. */
const isOffline = (error: unknown): boolean =>
  error instanceof DeskError &&
  ['network.dns', 'network.refused', 'network.timeout', 'network.interrupted'].includes(error.code);

/**
 * Pages of views: from the server, kept on their way in the tenant's mirror; from the mirror where the server cannot be
 * reached, or where only the mirror can answer.
 */
export class Pages {
  readonly #deps: PagesDeps;
  /** When a tenant's server could not be reached, by profile, unix ms. */
  readonly #lostAt = new Map<string, number>();

  constructor(deps: PagesDeps) {
    this.#deps = deps;
  }

  /** A page by the mirror. Throws `mirror.empty`, or `snapshot.without`, when nothing of the list is kept. */
  fromMirror({ index, ...asked }: PageAsked): Promise<PageOfRows> {
    return this.rowsFromMirror({ ...asked, page: index + 1, size: pageSize });
  }

  /** The same for pages of any size. */
  async rowsFromMirror({ query, page: number, size, until }: RowsAsked): Promise<PageOfRows> {
    const { mirrors, clock, profileFor } = this.#deps;
    const asked = asAsked(query);
    const profile = await profileFor(query.profile);
    const page = await mirrors.page(profile, asked, (number - 1) * size, size, until);
    if (page.asOf === null) throw await this.#absence(query.profile, asked.resource);
    const { where = [], ...all } = asked;
    const of = where.length > 0 ? await mirrors.page(profile, all, 0, 0, until) : null;
    return {
      rows: page.rows,
      total: page.total,
      ...(of ? { of: of.total } : {}),
      capped: false,
      until: until ?? null,
      fetchedAt: clock(),
      requestId: null,
      mirror: { asOf: page.asOf, whole: page.whole },
    };
  }

  /** Who of a pasted list is there (`findPasted`). Throws `DeskError`. */
  find(profile: string, text: string, { mirrored, signal }: How & { mirrored: boolean }): Promise<FoundList> {
    return findPasted(profile, text, (query, index) =>
      mirrored ? this.fromMirror({ query, index }) : this.page({ query, index }, signal ? { signal } : {}),
    );
  }

  async #isSnapshot(profile: string): Promise<boolean> {
    return (await this.#deps.profileFor(profile)).kind === 'snapshot';
  }

  async #absence(profile: string, resource: string): Promise<DeskError> {
    const code = (await this.#isSnapshot(profile)) ? 'snapshot.without' : 'mirror.empty';
    return new DeskError(code, { where: resource });
  }

  /** One page of a view. Throws `DeskError`. */
  page({ index, ...asked }: PageAsked, how: How): Promise<PageOfRows> {
    // Another page of a view that the server began must not come from elsewhere: its places are not the mirror's.
    return this.rows({ ...asked, page: index + 1, size: pageSize }, how, index === 0);
  }

  /**
   * One page of any size (1 to 100 rows). `alone`: it is no part of a view that was begun, so that the mirror may answer
   * where the server is not reached. Throws `DeskError`.
   */
  async rows(asked: RowsAsked, how: How, alone = true): Promise<PageOfRows> {
    const { profile } = asked.query;
    if (await this.#isSnapshot(profile)) return this.rowsFromMirror(asked);
    return this.#reached(
      profile,
      async () => {
        const session = await this.#deps.sessionOf(profile);
        const page = await readableRows(session, asked, this.#deps.clock, how);
        this.#keep(session, asAsked(asked.query), page.rows, page.fetchedAt);
        return { ...page, rows: await this.joined(session.profile, asked.query, page.rows) };
      },
      () => (alone ? this.rowsFromMirror(asked) : Promise.reject(new DeskError('mirror.empty'))),
    );
  }

  /** One row by its id. Throws `DeskError`. */
  async row(profile: string, resource: string, id: string, how: How): Promise<Row> {
    const kept = async () => {
      const row = await this.#deps.mirrors.row(await this.#deps.profileFor(profile), resource, id);
      if (!row) throw await this.#absence(profile, resource);
      return row;
    };
    if (await this.#isSnapshot(profile)) return kept();
    return this.#reached(
      profile,
      async () => readableRow(await this.#deps.sessionOf(profile), resource, id, this.#deps.clock, how),
      kept,
    );
  }

  /** How many rows a view has; null where the server says none. Throws `DeskError`. */
  async count(query: Query, until: number | undefined, how: How): Promise<number | null> {
    const { sessionOf, clock } = this.#deps;
    if (await this.#isSnapshot(query.profile)) return (await this.fromMirror({ query, index: 0 })).total;
    return countRows(await sessionOf(query.profile), query, until, clock, how);
  }

  /** How many rows are newer than a moment (unix ms). Throws `DeskError`. */
  async newer(query: Query, until: number, how: How): Promise<{ count: number; capped: boolean }> {
    const { sessionOf, clock } = this.#deps;
    if (await this.#isSnapshot(query.profile)) return { count: 0, capped: false };
    return countNewer(await sessionOf(query.profile), query, until, clock, how);
  }

  /** What rows are called: as the server says, or, while it is not reached, as the mirror remembers. */
  async names(
    profile: string,
    resource: string,
    ids: readonly string[],
    ask: () => Promise<Names>,
  ): Promise<Names> {
    const { mirrors, profileFor } = this.#deps;
    const kept = async () => mirrors.names(await profileFor(profile), resource, ids).catch(() => ({}));
    if (this.#isLost(profile) || (await this.#isSnapshot(profile))) return kept();
    const names = await ask();
    return this.#isLost(profile) ? { ...names, ...(await kept()) } : names;
  }

  #isLost(profile: string): boolean {
    const lostAt = this.#lostAt.get(profile);
    return lostAt !== undefined && this.#deps.clock() - lostAt < restMs;
  }

  /** Asks the server; where nobody is reached, the mirror, whose having nothing leaves the server's error standing. */
  async #reached<T>(profile: string, ask: () => Promise<T>, instead: () => Promise<T>): Promise<T> {
    if (this.#isLost(profile)) {
      const kept = await instead().catch(() => null);
      if (kept !== null) return kept;
    }
    try {
      const answer = await ask();
      this.#lostAt.delete(profile);
      return answer;
    } catch (error) {
      if (!isOffline(error)) throw error;
      this.#lostAt.set(profile, this.#deps.clock());
      return instead().catch(() => {
        throw error;
      });
    }
  }

  /** The rows with what the mirror knows of who belongs to what; nothing where it knows only some of it. */
  async joined(profile: Profile, query: Query, rows: Row[]): Promise<Row[]> {
    const { resource: id } = asAsked(query);
    const resource = resourceOf(id);
    const isJoined = resource.columns.some(({ joins }) => joins !== undefined);
    if (!isJoined || !this.#deps.isStored(profile)) return rows;
    const ids = rows.map((row) => rowIdOf(resource, row));
    const names = await this.#deps.mirrors.joined(profile, id, ids, null).catch(() => ({}));
    return withNames(resource, rows, names);
  }

  /** Rows that were looked at are kept; a mirror that cannot take them must not stand in the way of showing them. */
  #keep({ profile }: Session, query: Query, rows: readonly Row[], at: number) {
    // Whose address was changed or who was removed meanwhile has no copy to put them into.
    if (this.#deps.isStored(profile)) this.#deps.mirrors.put(profile, query, rows, at).catch(() => {});
  }
}
