import { focusRegion } from '../common/tabbing';

/** What comes above the page, and goes. */
const above = '[role="dialog"], .mantine-Popover-dropdown, .mantine-Menu-dropdown';

/** Frames that what was closed may take to go. */
const mostFrames = 60;

/**
 * Gives the focus back to where it was in the page, or else to the view in front, once the dialogs over it are gone: one that
 * opened before it was drawn knows nothing of it, and one that the palette opened only that. A button that was disabled while
 * its work went on has it again after that. Returns what to call when a dialog was closed, and what ends it.
 */
export const focusBack = () => {
  let last: HTMLElement | null = null;
  let latest: HTMLElement | null = null;
  const note = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    latest = target;
    if (!target.closest(above)) last = target;
  };
  const enabled = new MutationObserver((changes) => {
    const isLatest = changes.some(({ target }) => target === latest);
    if (isLatest && !latest?.matches(':disabled') && document.activeElement === document.body)
      latest?.focus({ preventScroll: true });
  });
  const give = (frames = mostFrames) => {
    if (document.querySelector('[role="dialog"]')) {
      if (frames > 0) requestAnimationFrame(() => give(frames - 1));
      return;
    }
    if (document.activeElement !== document.body) return;
    if (last?.checkVisibility()) last.focus({ preventScroll: true });
    const view = document.querySelector<HTMLElement>('section[data-front] [data-region]');
    if (document.activeElement === document.body && view) focusRegion(view);
  };
  document.addEventListener('focusin', note);
  enabled.observe(document.body, { subtree: true, attributeFilter: ['disabled'] });
  return {
    closed: () => requestAnimationFrame(() => give()),
    stop: () => {
      document.removeEventListener('focusin', note);
      enabled.disconnect();
    },
  };
};
