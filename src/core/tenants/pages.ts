import { refuseUnreadable } from '../../shared/conditions.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import type { Source } from '../harvest/source.ts';
import { type FoundList, findPasted } from '../rows/find.ts';
import { type LookedUp, lookUp } from '../rows/look-up.ts';
import type { Names } from '../rows/names.ts';
import type { PageAsked, PageOfRows } from '../rows/page.ts';
import type { RowsAsked } from '../rows/readable.ts';
import { type Lookup, withIds, withMemberIds } from '../rows/references.ts';
import { namedSource } from './named.ts';
import type { How, ReadAllAsked, RowSource } from './row-source.ts';
import type { Tenant } from './tenants.ts';

/** A view's rows by whoever has them, or by the copy alone. */
type Chosen = { query: Query; mirrored?: boolean | undefined };

/** Queries whose searches name roles or organizations, remembered at most. */
const mostNamed = 50;

/**
 * Rows by the tenant that a query names. Which of its two sources answers, the server's or the copy's, is decided here and
 * nowhere else; all throw `DeskError`.
 */
export class Pages {
  readonly #open: (profile: string) => Promise<Tenant>;
  /** Queries with the ids of what their searches name, for the further pages of a view. */
  readonly #named = new Map<string, Promise<Query>>();

  constructor(open: (profile: string) => Promise<Tenant>) {
    this.#open = open;
  }

  async #rowsOf(profile: string, mirrored = false): Promise<RowSource> {
    const { rows, copy } = await this.#open(profile);
    return mirrored ? copy : rows;
  }

  #lookup(profile: string, mirrored = false): Lookup {
    return {
      page: (query, index) => this.page({ query, index }, {}, mirrored),
      row: async (list, id) => (await this.#rowsOf(profile, mirrored)).row(list, id, {}),
    };
  }

  /**
   * The query with ids for the names in its search; `anew`: as things are called now, not as a moment ago. Throws
   * `query.invalid`.
   */
  named(query: Query, mirrored = false, anew = false): Promise<Query> {
    const [line = ''] = query.filters.search ?? [];
    if (line === '') return Promise.resolve(query);
    const key = JSON.stringify([mirrored, query]);
    const known = anew ? undefined : this.#named.get(key);
    if (known) return known;
    const found = withMemberIds(query, this.#lookup(query.profile, mirrored));
    this.#named.delete(key);
    this.#named.set(key, found);
    const [oldest] = this.#named.keys();
    if (this.#named.size > mostNamed && oldest !== undefined) this.#named.delete(oldest);
    found.catch(() => this.#named.get(key) === found && this.#named.delete(key));
    return found;
  }

  async page(asked: PageAsked, how: How, mirrored = false): Promise<PageOfRows> {
    const query = await this.named(asked.query, mirrored, asked.index === 0);
    const source = await this.#rowsOf(query.profile, mirrored);
    const page = await source.page({ ...asked, query }, how);
    const { needed = [] } = how;
    return needed.length === 0 ? page : { ...page, rows: await source.joined(query, page.rows, needed) };
  }

  fromMirror(asked: PageAsked): Promise<PageOfRows> {
    return this.page(asked, {}, true);
  }

  /** A page of any size. */
  async rows(asked: RowsAsked, how: How, mirrored = false): Promise<PageOfRows> {
    const query = await this.named(asked.query, mirrored, asked.page === 1);
    return (await this.#rowsOf(query.profile, mirrored)).rows({ ...asked, query }, how);
  }

  async row(profile: string, resource: string, id: string, how: How): Promise<Row> {
    return (await this.#rowsOf(profile)).row(resource, id, how);
  }

  async count(query: Query, until: number | undefined, how: How): Promise<number | null> {
    return (await this.#rowsOf(query.profile)).count(await this.named(query), until, how);
  }

  async newer(query: Query, until: number, how: How): Promise<{ count: number; capped: boolean }> {
    return (await this.#rowsOf(query.profile)).newer(await this.named(query), until, how);
  }

  async names(profile: string, resource: string, ids: readonly string[], mirrored = false): Promise<Names> {
    return (await this.#rowsOf(profile, mirrored)).names(resource, ids);
  }

  /** Who of a pasted list is there (`findPasted`). */
  async find(
    profile: string,
    text: string,
    { mirrored, ...how }: How & { mirrored: boolean },
  ): Promise<FoundList> {
    const rows = await this.#rowsOf(profile, mirrored);
    return findPasted(profile, text, (query, index) => rows.page({ query, index }, how));
  }

  /** Users, organizations, roles and applications that what was typed may mean (`lookUp`). */
  async lookUp(profile: string, text: string, how: How): Promise<LookedUp> {
    const rows = await this.#rowsOf(profile);
    return lookUp(profile, text, {
      rows: (asked) => rows.rows(asked, { ...how, joinsLater: true }),
      row: (resource, id) => rows.row(resource, id, how),
    });
  }

  /** What is asked, with names in its conditions, filters and search replaced by ids (`withIds`). */
  async withIds<Asked extends Chosen>(asked: Asked): Promise<Asked> {
    const { query, mirrored } = asked;
    return { ...asked, query: await withIds(query, this.#lookup(query.profile, mirrored)) };
  }

  /** Rows of a view with what is known on this computer of who belongs to what (`RowSource.joined`). */
  async joined({ query, mirrored }: Chosen, rows: Row[], needed?: readonly string[]): Promise<Row[]> {
    return (await this.#rowsOf(query.profile, mirrored)).joined(query, rows, needed);
  }

  /** Every row of a view (`RowSource.readAll`). Throws before anything is read where a condition cannot be. */
  async source(asked: ReadAllAsked & Chosen, options: { strict?: boolean } = {}): Promise<Source> {
    refuseUnreadable(queryResource(asked.query), asked.query.where);
    const rows = await this.#rowsOf(asked.query.profile, asked.mirrored);
    const all = await rows.readAll(asked, options);
    const namesOf = (list: string, ids: readonly string[]) => rows.names(list, ids);
    // What is counted is named once it is counted.
    const isNamed = asked.names && !asked.counts;
    const { profile, read } = isNamed ? namedSource(all, queryResource(asked.query), namesOf) : all;
    const named = (query: Query) => this.named(query, asked.mirrored, true);
    return {
      profile,
      namesOf,
      async *read(wanted) {
        return yield* read({ ...wanted, query: await named(wanted.query) });
      },
    };
  }
}
