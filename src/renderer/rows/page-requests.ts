import type { PageOfRows } from '../../core/router';
import type { Asked } from '../state/seen-lists';
import { pageAhead } from './settled-pages';

/** `ahead`: nobody looks at it yet. */
export type Priority = 'visible' | 'ahead';

type Deps = {
  kept: (index: number) => PageOfRows | undefined;
  /** Asks for a page that is not kept. */
  ask: (index: number, priority: Priority) => Promise<PageOfRows>;
  keep: (index: number, page: PageOfRows) => void;
  /** Called when the first page is asked for; rows wait for it, and what it gives is called when they are there. */
  onLoad: () => Promise<() => void>;
  /** False while only the first page can tell the moment that the list is held at. */
  isHeld: () => boolean;
};

/** Requests for pages: one for each, however many ask; the next one ahead while scrolling goes steadily one way. */
export class PageRequests {
  readonly #deps: Deps;
  /** The first page, where it was asked for before its list was there. */
  #early: Asked | null;
  readonly #pending = new Map<number, Promise<PageOfRows>>();
  #first: Promise<PageOfRows> | null = null;
  #lastAsked = -1;

  constructor(deps: Deps, early: Asked | null) {
    this.#deps = deps;
    this.#early = early;
  }

  /** The first page was asked for, and did not fail. */
  get isBegun(): boolean {
    return this.#first !== null;
  }

  isUnderWay(index: number): boolean {
    return this.#pending.has(index);
  }

  async page(index: number, priority: Priority): Promise<PageOfRows> {
    const known = this.#deps.kept(index) ?? this.#pending.get(index);
    if (known) return known;
    // A list that is held at a moment learns it from its first page: other pages wait for that one.
    if (index > 0 && !this.#deps.isHeld()) await this.first();
    const asked = this.#ask(index, priority).finally(() => this.#pending.delete(index));
    this.#pending.set(index, asked);
    if (index === 0) {
      this.#first = asked;
      asked.catch(() => {
        this.#first = null;
      });
    }
    return asked;
  }

  /** Waits for the first page, which is asked for where it is not. */
  async first(): Promise<void> {
    if (this.#deps.kept(0)) return;
    await (this.#first ?? this.page(0, 'visible'));
  }

  /** Asks for the page that comes into sight after this one, if scrolling goes on as it does. */
  ahead(index: number, total: number | null) {
    const next = pageAhead({ total }, this.#lastAsked, index);
    this.#lastAsked = index;
    if (next !== null && !this.#deps.kept(next)) this.page(next, 'ahead').catch(() => {});
  }

  /** What was asked for before its list was there is not waited for any more. */
  close() {
    this.#early?.cancel();
  }

  async #ask(index: number, priority: Priority): Promise<PageOfRows> {
    const noted = index === 0 ? this.#deps.onLoad() : null;
    try {
      const page = await this.#answerTo(index, priority);
      // What ends a run when it is drawn is known by then.
      await noted;
      this.#deps.keep(index, page);
      return page;
    } finally {
      void noted?.then((ended) => ended());
    }
  }

  #answerTo(index: number, priority: Priority): Promise<PageOfRows> {
    const early = index === 0 ? this.#early : null;
    if (!early) return this.#deps.ask(index, priority);
    return early.page.finally(() => {
      this.#early = null;
    });
  }
}
