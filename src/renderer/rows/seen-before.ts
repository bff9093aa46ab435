import type { PageOfRows } from '../../core/router';
import type { Query } from '../../shared/query';
import { inSight, keeperOf, type Seen, seenOf } from '../state/seen-lists';
import type { ListState } from './list-state';

/** What was seen of a list before, shown until an answer comes; and what is kept of it for whoever comes back. */
export class SeenBefore {
  readonly #keepFor: ReturnType<typeof keeperOf>;
  #shown: Seen | null;
  /** The first and last row in sight. */
  sight: readonly [first: number, last: number] = [0, 0];
  /** The row at the upper edge of the grid. */
  top = 0;

  /** `isShown`: rows of before may stand for those of now. */
  constructor(query: Query, isShown: boolean) {
    this.#keepFor = keeperOf(query);
    this.#shown = isShown ? seenOf(query) : null;
  }

  /** Null once it stands for nothing any more. */
  get shown(): Seen | null {
    return this.#shown;
  }

  /** Shows it no more; returns what was shown. */
  drop(): Seen | null {
    const shown = this.#shown;
    this.#shown = null;
    return shown;
  }

  /** Keeps what is in sight, and the first page, of a list of which is known how long it is. */
  keep(pages: ReadonlyMap<number, PageOfRows>, { total, capped, seen }: ListState) {
    if (total === null || seen) return;
    this.#keepFor({ pages: inSight(pages, this.sight), total, capped, top: this.top });
  }
}
