import type { KeyboardEvent as ReactKeyboardEvent } from 'react';

/** What comes above the view, and goes: dialogs, menus, and whatever else hangs open from a control. */
export const above = '[role="dialog"], .mantine-Popover-dropdown, .mantine-Menu-dropdown';

/** True where any of these is to be seen: what was closed may stay in the page. */
const isSeen = (selector: string): boolean =>
  [...document.querySelectorAll(selector)].some((one) => one.checkVisibility());

export const isDialogOpen = (): boolean => isSeen('[role="dialog"]');

/** A dialog that was closed, and fades for a moment: keys are the view's again. */
export const leavingDialog = 'desk-leaving';

/** In the place of dialogs that cannot be shown: rows stay, and keys are theirs. */
export const failedAbove = 'desk-failed';

/**
 * True while a dialog is open that has to be answered or left first, or was asked for and is on its way; what hangs open from
 * a control is none.
 */
export const isModalOpen = (): boolean =>
  isSeen(`[aria-modal="true"]:not(.${leavingDialog})`) || layers.some(({ isAwaited }) => isAwaited);

/** True where the focus is in a box whose list is open, and has something in it: an empty one is not seen. */
const hasChoicesOpen = (): boolean => {
  const { activeElement } = document;
  if (!activeElement?.matches('[aria-haspopup][aria-expanded="true"]')) return false;
  const list = document.getElementById(activeElement.getAttribute('aria-controls') ?? '');
  return list === null || list.checkVisibility();
};

/**
 * True while anything is above the view, or choices hang open from where the focus is: keys are not the view's. A dialog that
 * was closed is nothing above it any more.
 */
export const isAnswering = (): boolean => isSeen(`:is(${above}):not(.${leavingDialog})`) || hasChoicesOpen();

/** Whether anything was above the view when Escape was last pressed. */
let wasCovered = false;

/** What hangs open from a control. */
const hanging = '.mantine-Menu-dropdown, .mantine-Popover-dropdown';

/** True where the keys come to it: the focus is in it, or in the box whose list it is. */
const isHearing = (top: Element): boolean => {
  const { activeElement } = document;
  return (
    top.contains(activeElement) ||
    activeElement?.matches('[aria-haspopup="listbox"][aria-expanded="true"]') === true ||
    top.querySelector('[role="listbox"]') !== null
  );
};

const hangingNow = (): Element[] =>
  [...document.querySelectorAll(hanging)].filter((one) => one.checkVisibility());

/** An open dialog: how Escape leaves it, what hung open as it came, which is below it, and above how many it stands. */
type Layer = { leave: () => void; below: readonly Element[]; level: number; isAwaited: boolean };

/** The open dialogs, the uppermost last. */
const layers: Layer[] = [];

/**
 * Says that a dialog came above all that is open, and how Escape leaves it. Gives how high it has to be drawn to be seen
 * there, from 0, and what takes it away. `isAwaited`: it is on its way, and has the keys already.
 */
export const layAbove = (leave: () => void, isAwaited = false): { level: number; end: () => void } => {
  const layer = { leave, below: hangingNow(), level: (layers.at(-1)?.level ?? -1) + 1, isAwaited };
  layers.push(layer);
  return {
    level: layer.level,
    end: () => void layers.splice(layers.indexOf(layer), 1),
  };
};

/** What hangs open above all dialogs; what hangs open from a control in another comes after that in the page. */
const uppermost = (): Element | undefined => {
  const { below = [] } = layers.at(-1) ?? {};
  return hangingNow()
    .filter((one) => !below.includes(one))
    .at(-1);
};

const look = (event: KeyboardEvent) => {
  // What is handed on below comes by here, too. What is composed is ended by its own Escape.
  if (event.key !== 'Escape' || !event.isTrusted || event.isComposing) return;
  wasCovered = isAnswering() || layers.length > 0;
  const top = uppermost();
  if (!top) return layers.at(-1)?.leave();
  if (isHearing(top)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  top.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, cancelable: true }));
};

/**
 * Looks at each Escape what is above the view, before anything hears it and closes, and sees that the uppermost hears it
 * alone, wherever the focus is: to be called first. Returns what ends it.
 */
export const watchEscape = (): (() => void) => {
  window.addEventListener('keydown', look, { capture: true });
  return () => window.removeEventListener('keydown', look, { capture: true });
};

/**
 * For a dropdown's `onKeyDownCapture`: closes it at an Escape, unless that closes what hangs open in it (a list, a calendar),
 * which hears it later.
 */
export const closesUppermost =
  (close: () => void) =>
  ({ key, currentTarget, nativeEvent }: ReactKeyboardEvent) => {
    if (key === 'Escape' && !nativeEvent.isComposing && currentTarget === uppermost()) close();
  };

/** Where an Escape is heard from; `first`: before what is around it, which does not hear it then. */
type Hearing = { from: () => Element | null; first?: boolean };

/**
 * Calls `act` at an Escape that closed nothing above the view and that nothing in it took, where `from` is in the view in
 * front: by the time that a key comes up here, what it closed is gone. Returns what ends it.
 */
export const onEscape = (act: () => void, { from, first = false }: Hearing): (() => void) => {
  const hear = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing || wasCovered) return;
    if (!from()?.closest('section[data-front]')) return;
    if (first) event.preventDefault();
    act();
  };
  window.addEventListener('keydown', hear, { capture: first });
  return () => window.removeEventListener('keydown', hear, { capture: first });
};
