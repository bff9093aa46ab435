import type { GridApi } from 'ag-grid-community';

/** The bar beside a grid's rows, which has a scroll place of its own. */
export const scrollBar = '.ag-body-vertical-scroll-viewport';
/** The one below them. */
const barBelow = '.ag-body-horizontal-scroll-viewport';

/**
 * How long the grid does not listen to a scroll bar once something else moved the rows, ms (500), and a little more: a bar that
 * was moved meanwhile tells of it again.
 */
const otherMovedMs = 600;

/** How far a bar is from what it stands for, px. */
const apart = (bar: HTMLElement, grid: GridApi): number =>
  bar.matches(scrollBar)
    ? Math.abs(bar.scrollTop - grid.getVerticalPixelRange().top)
    : Math.abs(bar.scrollLeft - grid.getHorizontalPixelRange().left);

/** Has a grid's bars heeded also right after something else moved its rows; `moved` is told of each event of theirs. */
export const heededBars = (grid: () => GridApi | null) => {
  const waiting = new Map<HTMLElement, ReturnType<typeof setTimeout>>();
  const tellAgain = (bar: HTMLElement) => {
    waiting.delete(bar);
    const api = grid();
    if (api && apart(bar, api) > 1) bar.dispatchEvent(new Event('scroll'));
  };
  return {
    moved: (bar: HTMLElement) => {
      if (!bar.matches(`${scrollBar}, ${barBelow}`)) return;
      clearTimeout(waiting.get(bar));
      waiting.set(
        bar,
        setTimeout(() => tellAgain(bar), otherMovedMs),
      );
    },
    stop: () => {
      for (const timer of waiting.values()) clearTimeout(timer);
    },
  };
};
