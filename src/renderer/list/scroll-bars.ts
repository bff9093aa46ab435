import type { GridApi } from 'ag-grid-community';

/** The bar beside a grid's rows, which has a scroll place of its own. */
export const scrollBar = '.ag-body-vertical-scroll-viewport';
/** The one below them. */
const barBelow = '.ag-body-horizontal-scroll-viewport';
/** What the bars stand for: the rows with their columns. */
const rows = '.ag-grid-viewport';

/**
 * How long the grid does not listen to a bar once something else moved what it stands for, ms (150, AG Grid 36), and a little
 * more: a bar that was moved meanwhile tells of it again.
 */
const otherMovedMs = 250;

type Way = 'scrollTop' | 'scrollLeft';

const placeOf = (api: GridApi, way: Way): number =>
  way === 'scrollTop' ? api.getVerticalPixelRange().top : api.getHorizontalPixelRange().left;

/** Holds a bar and what it stands for together: who moved last, the operator's bar or the rows, is followed by the other. */
class HeededBar {
  readonly #grid: () => GridApi | null;
  readonly #way: Way;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #rowsAt = 0;
  #isRowsTurn = false;

  constructor(grid: () => GridApi | null, way: Way) {
    this.#grid = grid;
    this.#way = way;
  }

  barMoved(bar: HTMLElement) {
    this.#isRowsTurn = false;
    clearTimeout(this.#timer);
    // Rows that are about to move say so before the next frame.
    this.#timer = setTimeout(() => requestAnimationFrame(() => this.#hold(bar)), otherMovedMs);
  }

  rowsMoved(to: number) {
    if (to !== this.#rowsAt) this.#isRowsTurn = true;
    this.#rowsAt = to;
  }

  stop() {
    clearTimeout(this.#timer);
  }

  #hold(bar: HTMLElement) {
    const api = this.#grid();
    if (!api) return;
    const place = placeOf(api, this.#way);
    if (Math.abs(bar[this.#way] - place) <= 1) return;
    if (this.#isRowsTurn) bar[this.#way] = place;
    else bar.dispatchEvent(new Event('scroll'));
  }
}

/** Has a grid's bars heeded also right after something else moved its rows: `moved` is told of what the operator scrolled. */
export const heededBars = (grid: () => GridApi | null) => {
  const [beside, below] = [new HeededBar(grid, 'scrollTop'), new HeededBar(grid, 'scrollLeft')];
  return {
    moved: (target: HTMLElement) => {
      if (target.matches(scrollBar)) beside.barMoved(target);
      if (target.matches(barBelow)) below.barMoved(target);
      if (!target.matches(rows)) return;
      beside.rowsMoved(target.scrollTop);
      below.rowsMoved(target.scrollLeft);
    },
    stop: () => {
      beside.stop();
      below.stop();
    },
  };
};
