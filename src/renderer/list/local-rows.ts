import type { PageOfRows } from '../../core/router';
import { resourceOf } from '../../shared/catalog';
import { fits, testsOf } from '../../shared/fits';
import { sortedBy } from '../../shared/local';
import type { Query } from '../../shared/query';
import type { Row } from '../../shared/row';

/** What is asked of the loaded rows: conditions and an order that the API does not know. */
export type Local = Pick<Query, 'where' | 'sort' | 'zone'>;
type Asked = Local & Pick<Query, 'resource'>;

/** A row, and its place in the server's order. */
type Placed = { row: Row; place: number };

/** The loaded rows that fit, in the order asked for; worked out once until more are loaded. */
export class LocalRows {
  readonly #pages: ReadonlyMap<number, PageOfRows>;
  readonly #pageSize: number;
  #local: Asked | null = null;
  #rows: Placed[] | null = null;

  constructor(pages: ReadonlyMap<number, PageOfRows>, pageSize: number) {
    this.#pages = pages;
    this.#pageSize = pageSize;
  }

  /** Whether anything is asked of the loaded rows. */
  get isAsked(): boolean {
    return this.#local !== null;
  }

  get count(): number | null {
    return this.#local ? this.rows.length : null;
  }

  ask({ resource, where = [], sort, zone }: Asked) {
    this.#local =
      where.length > 0 || sort
        ? { resource, where, ...(sort ? { sort } : {}), ...(zone ? { zone } : {}) }
        : null;
    this.#rows = null;
  }

  /** Pages came or went. */
  forget() {
    this.#rows = null;
  }

  get rows(): readonly Placed[] {
    this.#rows ??= this.#worked();
    return this.#rows;
  }

  #worked(): Placed[] {
    if (!this.#local) return [];
    const { resource, where, sort, zone } = this.#local;
    const tests = testsOf(resourceOf(resource), where, { now: Date.now(), zone });
    const found = [...this.#pages.entries()]
      .sort(([a], [b]) => a - b)
      .flatMap(([index, { rows }]) => rows.map((row, at) => ({ row, place: index * this.#pageSize + at })))
      .filter(({ row }) => fits(tests, row));
    return sort ? sortedBy(found, sort, ({ row }) => row) : found;
  }
}
