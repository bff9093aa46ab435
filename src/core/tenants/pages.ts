import { refuseUnreadable } from '../../shared/conditions.ts';
import { type Query, queryResource } from '../../shared/query.ts';
import type { Row } from '../../shared/row.ts';
import type { Source } from '../harvest/source.ts';
import { type FoundList, findPasted } from '../rows/find.ts';
import type { Names } from '../rows/names.ts';
import type { PageAsked, PageOfRows } from '../rows/page.ts';
import type { RowsAsked } from '../rows/readable.ts';
import { withIds } from '../rows/references.ts';
import type { How, ReadAllAsked, RowSource } from './row-source.ts';
import type { Tenant } from './tenants.ts';

/** A view's rows by whoever has them, or by the copy alone. */
type Chosen = { query: Query; mirrored?: boolean | undefined };

/**
 * Rows by the tenant that a query names. Which of its two sources answers, the server's or the copy's, is decided here and
 * nowhere else; all throw `DeskError`.
 */
export class Pages {
  readonly #open: (profile: string) => Promise<Tenant>;

  constructor(open: (profile: string) => Promise<Tenant>) {
    this.#open = open;
  }

  async #rowsOf(profile: string, mirrored = false): Promise<RowSource> {
    const { rows, copy } = await this.#open(profile);
    return mirrored ? copy : rows;
  }

  async page(asked: PageAsked, how: How, mirrored = false): Promise<PageOfRows> {
    return (await this.#rowsOf(asked.query.profile, mirrored)).page(asked, how);
  }

  fromMirror(asked: PageAsked): Promise<PageOfRows> {
    return this.page(asked, {}, true);
  }

  /** A page of any size. */
  async rows(asked: RowsAsked, how: How, mirrored = false): Promise<PageOfRows> {
    return (await this.#rowsOf(asked.query.profile, mirrored)).rows(asked, how);
  }

  async row(profile: string, resource: string, id: string, how: How): Promise<Row> {
    return (await this.#rowsOf(profile)).row(resource, id, how);
  }

  async count(query: Query, until: number | undefined, how: How): Promise<number | null> {
    return (await this.#rowsOf(query.profile)).count(query, until, how);
  }

  async newer(query: Query, until: number, how: How): Promise<{ count: number; capped: boolean }> {
    return (await this.#rowsOf(query.profile)).newer(query, until, how);
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

  /** What is asked, with names in its conditions and filters replaced by ids (`withIds`). */
  async withIds<Asked extends Chosen>(asked: Asked): Promise<Asked> {
    const { query, mirrored } = asked;
    return {
      ...asked,
      query: await withIds(query, (one, index) => this.page({ query: one, index }, {}, mirrored)),
    };
  }

  /** Rows of a view with what is known on this computer of who belongs to what. */
  async joined({ query, mirrored }: Chosen, rows: Row[]): Promise<Row[]> {
    return (await this.#rowsOf(query.profile, mirrored)).joined(query, rows);
  }

  /** Every row of a view (`RowSource.readAll`). Throws before anything is read where a condition cannot be. */
  async source(asked: ReadAllAsked & Chosen, options: { strict?: boolean } = {}): Promise<Source> {
    refuseUnreadable(queryResource(asked.query), asked.query.where);
    return (await this.#rowsOf(asked.query.profile, asked.mirrored)).readAll(asked, options);
  }
}
