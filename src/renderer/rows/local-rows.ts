import type { FoundRow, PageOfRows } from '../../core/router';
import type { Resource } from '../../shared/catalog';
import { type ConditionTest, fits, testsOf } from '../../shared/fits';
import { pageSize } from '../../shared/limits';
import { type Condition, sortedBy } from '../../shared/local';
import type { Query } from '../../shared/query';

/** What is asked of rows: conditions and an order that the API does not know. */
export type Local = Pick<Query, 'where' | 'sort' | 'zone'>;

export const sameConditions = (one: readonly Condition[], other: readonly Condition[]): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** Every row of loaded pages with its place, in the server's order. */
export const placedRows = (pages: ReadonlyMap<number, PageOfRows>): FoundRow[] =>
  [...pages.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([index, { rows }]) => rows.map((row, at) => ({ row, place: index * pageSize + at })));

/** The rows that fit, in the order asked for, worked out once until others are there. */
export class LocalRows {
  readonly #loaded: () => readonly FoundRow[];
  readonly #resource: Resource;
  #local: Local | null = null;
  #tests: readonly ConditionTest[] = [];
  #found: readonly FoundRow[] | null = null;
  #foundFit = false;
  #rows: readonly FoundRow[] | null = null;

  /** `loaded` gives the rows that are looked through as long as nobody looked further. */
  constructor(resource: Resource, loaded: () => readonly FoundRow[]) {
    this.#resource = resource;
    this.#loaded = loaded;
  }

  /** Whether anything is asked of rows. */
  get isAsked(): boolean {
    return this.#local !== null;
  }

  get asked(): Local {
    return this.#local ?? {};
  }

  /** How many rows fit; null where there are no conditions. */
  get count(): number | null {
    return this.#local && (this.#local.where ?? []).length > 0 ? this.rows.length : null;
  }

  /** Asks something else; what was taken is looked through again where `keepsTaken` says that it has all that can fit. */
  ask({ where = [], sort, zone }: Local, keepsTaken = false) {
    const isAsked = where.length > 0 || sort !== undefined;
    this.#local = isAsked ? { where, ...(sort ? { sort } : {}), ...(zone ? { zone } : {}) } : null;
    this.#tests = testsOf(this.#resource, where, { now: Date.now(), zone });
    if (!keepsTaken) this.#found = null;
    this.#rows = null;
  }

  /** Rows from somebody who looked further than the loaded ones; `fit`: for the very conditions that are asked now. */
  take(found: readonly FoundRow[], fit: boolean) {
    this.#found = found;
    this.#foundFit = fit;
    this.#rows = null;
  }

  /** Other rows are loaded. */
  forget() {
    if (!this.#found) this.#rows = null;
  }

  get rows(): readonly FoundRow[] {
    this.#rows ??= this.#worked();
    return this.#rows;
  }

  #worked(): readonly FoundRow[] {
    const { sort } = this.asked;
    const known = this.#found ?? this.#loaded();
    const found = this.#found && this.#foundFit ? known : known.filter(({ row }) => fits(this.#tests, row));
    return sort ? sortedBy(found, sort, ({ row }) => row) : found;
  }
}
