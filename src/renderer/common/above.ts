/** What comes above the view, and goes: dialogs, menus, and whatever else hangs open from a control. */
export const above = '[role="dialog"], .mantine-Popover-dropdown, .mantine-Menu-dropdown';

/** True where any of these is to be seen: what was closed may stay in the page. */
const isSeen = (selector: string): boolean =>
  [...document.querySelectorAll(selector)].some((one) => one.checkVisibility());

export const isDialogOpen = (): boolean => isSeen('[role="dialog"]');

/** A dialog that was closed, and fades for a moment: keys are the view's again. */
export const leavingDialog = 'desk-leaving';

/** True while a dialog is open that has to be answered or left first; what hangs open from a control is none. */
export const isModalOpen = (): boolean => isSeen(`[aria-modal="true"]:not(.${leavingDialog})`);

const hasChoicesOpen = (): boolean =>
  document.activeElement?.matches('[aria-haspopup][aria-expanded="true"]') === true;

/** True while anything is above the view, or choices hang open from where the focus is. */
export const isCovered = (): boolean => isSeen(above) || hasChoicesOpen();

/** The same but for dialogs that were closed: true while a character is not the view's. */
export const isAnswering = (): boolean => isSeen(`:is(${above}):not(.${leavingDialog})`) || hasChoicesOpen();

/** Whether anything was above the view when Escape was last pressed. */
let wasCovered = false;

/** What hangs open from a control and takes the focus; a list of options leaves it in its box, which hears the keys. */
const hanging = ':is(.mantine-Menu-dropdown, .mantine-Popover-dropdown):not(:has([role="listbox"]))';

/** What hangs open uppermost, where the focus is not (yet, or no longer) in it: it hears keys only from within. */
const unheard = (): Element | undefined => {
  const { activeElement } = document;
  if (activeElement?.matches('[aria-haspopup="listbox"][aria-expanded="true"]')) return undefined;
  const top = [...document.querySelectorAll(above)].filter((one) => one.checkVisibility()).at(-1);
  return top?.matches(hanging) && !top.contains(activeElement) ? top : undefined;
};

const look = (event: KeyboardEvent) => {
  // What is handed on below comes by here, too.
  if (event.key !== 'Escape' || !event.isTrusted) return;
  wasCovered = isCovered();
  const meant = unheard();
  if (!meant) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  meant.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, cancelable: true }));
};

/**
 * Looks at each Escape what is above the view, before anything hears it and closes, and sees that what hangs open hears it
 * wherever the focus is: to be called first. Returns what ends it.
 */
export const watchEscape = (): (() => void) => {
  window.addEventListener('keydown', look, { capture: true });
  return () => window.removeEventListener('keydown', look, { capture: true });
};

/**
 * Calls `act` at an Escape that closed nothing above the view and that nothing in it took: by the time that a key comes up
 * here, what it closed is gone. Returns what ends it.
 */
export const onEscape = (act: () => void): (() => void) => {
  const hear = ({ key, defaultPrevented }: KeyboardEvent) => {
    if (key === 'Escape' && !defaultPrevented && !wasCovered) act();
  };
  window.addEventListener('keydown', hear);
  return () => window.removeEventListener('keydown', hear);
};
