import { isDialogOpen } from '../common/above';
import { focusRegion, frontRegion } from '../common/tabbing';
import { frontTab } from '../state/tab-list';
import { useWorkspace } from '../state/workspace';

/** How long a view may take to have something in it, ms: where the focus is somewhere, and where it is lost. */
const drawnMs = 2_000;
const answeredMs = 20_000;

/** How long a grid that has its rows may take to give the focus back to the cell itself, ms. */
const restoredMs = 250;

/** The view in front, and the row that is open in it. */
const shown = () => {
  const { id, url, row } = frontTab(useWorkspace.getState()) ?? {};
  return { view: JSON.stringify([id, url, row]), hasRow: row !== undefined };
};

/** True while nothing that is to be seen has the focus; what goes may have it until the next frame. */
export const isFocusLost = (): boolean => {
  const { activeElement } = document;
  return (
    !activeElement ||
    activeElement === document.body ||
    !activeElement.checkVisibility({ visibilityProperty: true })
  );
};

/** True of a part with something in it: a grid has rows a moment later. */
const isDrawn = (region: HTMLElement, hasRow: boolean): boolean =>
  region.dataset.region !== 'grid' ||
  (!hasRow && region.querySelector('.ag-row .ag-cell:not(:empty)') !== null);

/** True of a grid that waits for its rows, in whose place one stands meanwhile. */
const isAwaited = (region: HTMLElement): boolean =>
  region.querySelector('.ag-row') !== null && !isDrawn(region, false);

type Given = { mayTake?: boolean; part?: HTMLElement };

/**
 * Gives the focus to the view in front, or to the row that is open in it, or to a `part` of it, once something stands in it. It
 * stays where somebody puts it meanwhile: it is given while it is lost, or where it was when this was asked, if `mayTake`.
 */
export const focusFront = ({ mayTake = false, part }: Given = {}) => {
  const { view } = shown();
  const from = document.activeElement;
  const since = performance.now();
  let drawnAt: number | null = null;
  const give = () => {
    const { view: now, hasRow } = shown();
    if (mayTake && now !== view) return;
    const isLost = isFocusLost();
    if (!isLost && document.activeElement !== from && !isDialogOpen()) return;
    const past = performance.now() - since;
    // What has the focus, and stays, is not waited for as long as a slow tenant is.
    const isOver = past > (mayTake || !isLost ? drawnMs : answeredMs);
    const isGiven = (isLost || mayTake) && !isDialogOpen();
    const there = () => part ?? (hasRow ? frontRegion('panel') : null) ?? frontRegion();
    const region = isGiven ? there() : null;
    const isThere = (one: HTMLElement) =>
      isDrawn(one, hasRow && !part) || isOver || (past > drawnMs && !isAwaited(one));
    if (region && isThere(region)) {
      drawnAt ??= performance.now();
      const restores = part !== undefined && performance.now() - drawnAt < restoredMs;
      if (restores) requestAnimationFrame(give);
      else {
        focusRegion(region);
        // A grid that has a row's cells, but not in their place yet, loses the focus again.
        const isStill = () => isFocusLost() && (part?.isConnected ?? true);
        if (!isOver) requestAnimationFrame(() => isStill() && give());
      }
    } else if (!isOver) requestAnimationFrame(give);
  };
  requestAnimationFrame(give);
};

/** Gives the focus to the view in front once the workspace is there again, as it is after a lock. */
export const focusRestored = () => {
  const stop = useWorkspace.subscribe(({ ready }) => {
    if (!ready) return;
    stop();
    if (isFocusLost()) focusFront();
  });
};

/**
 * Does something, and gives the focus to the view in front, once something stands in it: keys go there. When: only where
 * it is `lost` with a view that goes, where a `new` view comes to the front, or `always`.
 */
export const goingThere = (act: () => void, when: 'lost' | 'new' | 'always') => {
  const before = shown().view;
  act();
  if (shown().view !== before || when === 'always') focusFront({ mayTake: when !== 'lost' });
};
