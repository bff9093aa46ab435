import { above, failedAbove, isDialogOpen, leavingDialog } from '../common/above';
import { firstOf, focusRegion } from '../common/tabbing';
import { frontTab } from '../state/tab-list';
import { useWorkspace } from '../state/workspace';
import { focusFront, isFocusLost } from './going-there';

/** Frames that what was closed may take to go. */
const mostFrames = 60;

/** True of what hangs open, or is a dialog, and was not closed. */
const isOpen = (layer: Element): boolean => layer.checkVisibility() && !layer.matches(`.${leavingDialog}`);

const addressInFront = () => {
  const { id, url } = frontTab(useWorkspace.getState()) ?? {};
  return `${id} ${url}`;
};

/**
 * Sees that no key is lost with what had the focus, as long as nobody put it elsewhere. A button that was disabled while its
 * work went on has it again after that. Where what had it is gone, or the dialog that had it, it goes back to where it last
 * was in the dialog that is open, or in the page: to that control, or else to its part, or else to the view in front, also
 * to one that came in the place of another. Returns what to call when a dialog was closed, and what ends it.
 */
export const focusBack = () => {
  /** Where it last was: in each dialog, and in the page (null); the latest is the last. */
  const last = new Map<Element | null, HTMLElement>();
  let latest: HTMLElement | null = null;
  let region: HTMLElement | null = null;
  let isGrids = false;
  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    latest = target;
    // A failure is shown in place of what was asked for: it is not part of the page either.
    if (target.closest(`.${failedAbove}`)) return;
    isGrids = target.closest('.ag-root') !== null;
    const layer = target.closest(above);
    for (const one of last.keys()) if (one === layer || one?.isConnected === false) last.delete(one);
    last.set(layer, target);
    if (!layer) region = target.closest<HTMLElement>('[data-region]');
  };
  /** Whoever came to a view by the mouse continues with it: the row of a cell with the focus would stay while the rest is scrolled. */
  let isByKeys = false;
  const heard = ({ type }: Event) => {
    isByKeys = type === 'keydown';
  };
  /** A press beside everything gives it to nothing, and that is meant. */
  const letGo = () => {
    if (document.activeElement === document.body && !isDialogOpen()) latest = null;
  };
  const isLost = () => {
    const layer = document.activeElement?.closest(above);
    return isFocusLost() || (layer ? !layer.checkVisibility() : false);
  };
  const focus = (one: HTMLElement | null | undefined) => {
    if (one?.checkVisibility({ visibilityProperty: true })) one.focus({ preventScroll: true });
  };
  const giveBack = (toFront: boolean, frames = mostFrames) => {
    if (!isLost()) return;
    const layer = [...last.keys()].filter((one) => one !== null && isOpen(one)).at(-1);
    if (layer) {
      focus(last.get(layer));
      if (isLost()) focus(firstOf(layer));
      if (!isLost()) return;
    }
    // What was closed may be there for a moment, with nothing in it that takes the focus.
    if (layer || isDialogOpen()) {
      if (frames > 0) requestAnimationFrame(() => giveBack(toFront, frames - 1));
      return;
    }
    focus(last.get(null));
    if (isLost() && region?.checkVisibility({ visibilityProperty: true })) {
      // Below a view stand few things, and one of them came in the place of what is gone.
      if (region.dataset.region === 'status') focus(firstOf(region));
      if (isLost()) focusRegion(region);
    }
    if (isLost() && toFront) focusFront();
  };
  const gone = new MutationObserver(() => {
    if (latest?.isConnected !== false) return;
    latest = null;
    // Whoever took it away may have a place for it. A grid has one once its rows are there.
    if (isGrids && region?.isConnected) focusFront({ part: region });
    else requestAnimationFrame(() => giveBack(isByKeys));
  });
  const enabled = new MutationObserver((changes) => {
    const isLatest = changes.some(({ target }) => target === latest);
    if (isLatest && !latest?.matches(':disabled') && document.activeElement === document.body)
      latest?.focus({ preventScroll: true });
  });
  let address = addressInFront();
  const viewed = useWorkspace.subscribe(() => {
    const now = addressInFront();
    if (now !== address && latest && isByKeys) focusFront();
    address = now;
  });
  for (const type of ['keydown', 'pointerdown']) document.addEventListener(type, heard, true);
  document.addEventListener('focusin', note);
  document.addEventListener('pointerup', letGo);
  gone.observe(document.body, { subtree: true, childList: true });
  enabled.observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
  return {
    closed: () => void requestAnimationFrame(() => giveBack(true)),
    stop: () => {
      for (const type of ['keydown', 'pointerdown']) document.removeEventListener(type, heard, true);
      document.removeEventListener('focusin', note);
      document.removeEventListener('pointerup', letGo);
      gone.disconnect();
      enabled.disconnect();
      viewed();
    },
  };
};
