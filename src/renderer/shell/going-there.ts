import { isDialogOpen } from '../common/above';
import { focusRegion, frontRegion } from '../common/tabbing';
import { frontTab } from '../state/tab-list';
import { useWorkspace } from '../state/workspace';

/** How long a view may take to have something in it, ms. */
const drawnMs = 2_000;

/** The view in front, and the row that is open in it. */
const shown = () => {
  const { id, url, row } = frontTab(useWorkspace.getState()) ?? {};
  return { view: JSON.stringify([id, url, row]), hasRow: row !== undefined };
};

/** True of a part with something in it: a grid has rows a moment later. */
const isDrawn = (region: HTMLElement, hasRow: boolean): boolean =>
  region.dataset.region !== 'grid' ||
  (!hasRow && region.querySelector('.ag-row .ag-cell:not(:empty)') !== null);

/**
 * Does something, and gives the focus to the view in front, once something stands in it: keys go on there. When: only where
 * it is `lost` with a view that goes, where a `new` view comes to the front, or `always`. It stays where somebody puts it
 * meanwhile.
 */
export const goingThere = (act: () => void, when: 'lost' | 'new' | 'always') => {
  const before = shown().view;
  act();
  const { view, hasRow } = shown();
  if (view === before && when !== 'always') return;
  const from = document.activeElement;
  const until = performance.now() + drawnMs;
  const give = () => {
    if (shown().view !== view) return;
    const { activeElement } = document;
    const isLost =
      activeElement === document.body || !activeElement?.checkVisibility({ visibilityProperty: true });
    if (!isLost && activeElement !== from && !isDialogOpen()) return;
    const isLate = performance.now() > until;
    const region = isDialogOpen() ? null : ((hasRow ? frontRegion('panel') : null) ?? frontRegion());
    if ((isLost || when !== 'lost') && region && (isLate || isDrawn(region, hasRow))) focusRegion(region);
    else if (!isLate) requestAnimationFrame(give);
  };
  requestAnimationFrame(give);
};
