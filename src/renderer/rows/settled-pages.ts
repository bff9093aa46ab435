import type { PageOfRows } from '../../core/router';
import { pageSize } from '../../shared/limits';
import type { ListState } from './list-state';

/** How long no new page may come into sight before the ones in sight are asked for, ms. */
const restMs = 60;

const frame = () => new Promise<void>((done) => requestAnimationFrame(() => done()));

/**
 * Holds pages back while the scroll bar runs past them, so that a drag over a whole list asks only for where it ends.
 * A page that left the sight stays held until it comes back into it.
 */
export class SettledPages {
  readonly #held = new Map<number, () => void>();
  #sight: [first: number, last: number] = [0, 0];
  #moves = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Asks for page `index` by calling `ask` once it rests in sight. */
  hold(index: number, ask: () => void) {
    this.#held.set(index, ask);
    this.#moved();
  }

  /** Tells that the scroll bar jumped, whatever is in sight by now. */
  jumped() {
    if (this.#held.size > 0) this.#moved();
  }

  /** The first and last page in sight. */
  see(first: number, last: number) {
    this.#sight = [first, last];
    if (this.#inSight().length > 0) this.#moved();
  }

  clear() {
    clearTimeout(this.#timer);
    this.#held.clear();
  }

  #inSight(): number[] {
    const [first, last] = this.#sight;
    return [...this.#held.keys()].filter((index) => index >= first && index <= last);
  }

  #moved() {
    this.#moves += 1;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#rest(this.#moves), restMs);
  }

  async #rest(moves: number) {
    // On a busy computer the time is over between two steps of one drag: two frames later the next step was seen.
    await frame();
    await frame();
    if (moves !== this.#moves) return;
    for (const index of this.#inSight()) {
      const ask = this.#held.get(index);
      this.#held.delete(index);
      ask?.();
    }
  }
}

/** The number of rows when the grid can know it: the exact total, or the end met on a short page. */
export const lastRowOf = (
  { total, capped, matching }: ListState,
  isMirrored: boolean,
  index: number,
  { rows }: PageOfRows,
): number | undefined => {
  if (isMirrored && matching !== null) return matching;
  if (total !== null && !capped) return total;
  return rows.length < pageSize ? index * pageSize + rows.length : undefined;
};

/** The page that comes into sight next where somebody scrolls steadily from page `before` to `index`; null else. */
export const pageAhead = (
  { total }: Pick<ListState, 'total'>,
  before: number,
  index: number,
): number | null => {
  const next = index + (index - before);
  const isSteady = Math.abs(index - before) === 1 && index > 0;
  return isSteady && next >= 0 && next * pageSize < (total ?? Number.POSITIVE_INFINITY) ? next : null;
};
