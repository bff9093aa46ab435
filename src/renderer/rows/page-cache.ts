import type { PageOfRows } from '../../core/router';

/** Loaded pages by their place, so that coming back asks nothing. */
export class PageCache {
  readonly #most: number;
  /** The one that was loaded longest ago first. */
  readonly #pages = new Map<number, PageOfRows>();

  constructor(most: number) {
    this.#most = most;
  }

  get pages(): ReadonlyMap<number, PageOfRows> {
    return this.#pages;
  }

  /** Keeps a page; the oldest one goes where there are too many, unless all of them are looked through. */
  keep(index: number, page: PageOfRows, areAllNeeded: boolean) {
    this.#pages.delete(index);
    this.#pages.set(index, page);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > this.#most && oldest !== undefined && !areAllNeeded) this.#pages.delete(oldest);
  }
}
