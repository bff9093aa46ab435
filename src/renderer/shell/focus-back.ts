import { above, failedAbove, isDialogOpen } from '../common/above';
import { focusRegion, frontRegion } from '../common/tabbing';

/** Frames that what was closed may take to go. */
const mostFrames = 60;
/** How long what a dialog came to may take away what has the focus, ms. */
const appliedMs = 5_000;

/**
 * Gives the focus back to where it was in the page, or else to the view in front, once the dialogs over it are gone: one that
 * opened before it was drawn knows nothing of it, and one that the palette opened only that. A button that was disabled while
 * its work went on has it again after that; where it goes with what was done in the dialog, its part of the view has it.
 * Returns what to call when a dialog was closed, and what ends it.
 */
export const focusBack = () => {
  let last: HTMLElement | null = null;
  let latest: HTMLElement | null = null;
  let region: HTMLElement | null = null;
  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    latest = target;
    if (target.closest(`${above}, .${failedAbove}`)) return;
    last = target;
    region = target.closest<HTMLElement>('[data-region]');
  };
  /** What is not to be seen any more may have it until the next frame. */
  const isLost = () => {
    const active = document.activeElement;
    return (
      !active || active === document.body || (active.closest(above) !== null && !active.checkVisibility())
    );
  };
  const giveBack = () => {
    if (!isLost()) return;
    if (last?.checkVisibility()) last.focus({ preventScroll: true });
    const view = region?.checkVisibility() ? region : frontRegion();
    if (isLost() && view) focusRegion(view);
  };
  const gone = new MutationObserver(() => {
    if (latest?.isConnected === false && !isDialogOpen()) giveBack();
  });
  let watched: ReturnType<typeof setTimeout> | undefined;
  const watch = () => {
    clearTimeout(watched);
    gone.observe(document.body, { subtree: true, childList: true });
    watched = setTimeout(() => gone.disconnect(), appliedMs);
  };
  const enabled = new MutationObserver((changes) => {
    const isLatest = changes.some(({ target }) => target === latest);
    if (isLatest && !latest?.matches(':disabled') && document.activeElement === document.body)
      latest?.focus({ preventScroll: true });
  });
  const give = (frames = mostFrames) => {
    if (isDialogOpen()) {
      if (frames > 0) requestAnimationFrame(() => give(frames - 1));
      return;
    }
    giveBack();
  };
  document.addEventListener('focusin', note);
  enabled.observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
  return {
    closed: () => {
      watch();
      requestAnimationFrame(() => give());
    },
    stop: () => {
      document.removeEventListener('focusin', note);
      enabled.disconnect();
      gone.disconnect();
      clearTimeout(watched);
    },
  };
};
