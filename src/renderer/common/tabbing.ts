const tabbable = ['a[href]', 'button', 'input', 'select', 'textarea', '[tabindex]'].join();

const isReached = (element: HTMLElement): boolean =>
  element.tabIndex >= 0 &&
  !element.matches(':disabled') &&
  element.checkVisibility({ visibilityProperty: true });

/** What Tab comes to after a part of the page, or before it; null at the page's end. */
export const besideOf = (part: HTMLElement, before: boolean): HTMLElement | null => {
  const side = before ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const all = [...document.querySelectorAll<HTMLElement>(tabbable)].filter(
    (one) => !part.contains(one) && (part.compareDocumentPosition(one) & side) !== 0 && !one.contains(part),
  );
  return (before ? all.reverse() : all).find(isReached) ?? null;
};

/** What has the focus first in a dialog or a form: what is marked for it, or else the first control that does not close it. */
export const firstOf = (part: Element): HTMLElement | null =>
  part.querySelector<HTMLElement>('[data-autofocus]:not(:disabled)') ??
  [...part.querySelectorAll<HTMLElement>(tabbable)].find(
    (one) => isReached(one) && !one.matches('.mantine-Modal-close'),
  ) ??
  null;

/** Lets Tab leave a part that has many stops of its own, all of which arrows reach. */
export const leaveByTab = (part: HTMLElement): (() => void) => {
  const leave = (event: KeyboardEvent) => {
    if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey) return;
    // The browser's own order begins at the ends of the page.
    const beside = besideOf(part, event.shiftKey);
    if (!beside) return;
    event.preventDefault();
    event.stopPropagation();
    beside.focus();
  };
  part.addEventListener('keydown', leave, true);
  return () => part.removeEventListener('keydown', leave, true);
};

type Pressed = { key: string; currentTarget: HTMLElement };

/** Home and End choose among tabs, as arrows do: Mantine only moves the focus there. For the capturing phase. */
export const chooseEnd = ({ key, currentTarget }: Pressed) => {
  if (key !== 'Home' && key !== 'End') return;
  const tabs = [...currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  tabs.at(key === 'Home' ? 0 : -1)?.click();
};

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Makes of a part one stop for Tab, whose buttons arrows, Home and End reach: the one with the focus is the stop, else the
 * one marked as current. What scrolls in it (`data-scrolls`) is a stop of its own while the buttons' is elsewhere: keys have to
 * reach it.
 */
export const oneStop = (part: HTMLElement): (() => void) => {
  let last: HTMLElement | null = null;
  const buttons = () => [...part.querySelectorAll<HTMLElement>('button:not(:disabled), [role="separator"]')];
  const mark = () => {
    const all = buttons();
    const stop =
      (last?.isConnected ? last : null) ??
      [...part.querySelectorAll<HTMLElement>('button[data-current]')].at(-1) ??
      part.querySelector<HTMLElement>('button[aria-current]') ??
      all[0];
    for (const button of all) {
      const place = button === stop ? 0 : -1;
      // To write it costs a look at the whole page, also where nothing changes.
      if (button.tabIndex !== place || !button.hasAttribute('tabindex')) button.tabIndex = place;
    }
    for (const scrolls of part.querySelectorAll<HTMLElement>('[data-scrolls]'))
      if (scrolls.contains(stop ?? null)) scrolls.removeAttribute('tabindex');
      else if (scrolls.tabIndex !== 0) scrolls.tabIndex = 0;
  };
  const used = ({ target }: FocusEvent) => {
    const button =
      target instanceof Element ? target.closest<HTMLElement>('button, [role="separator"]') : null;
    if (!button || button === last) return;
    last = button;
    mark();
  };
  const left = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && part.contains(relatedTarget)) return;
    last = null;
    mark();
  };
  const walk = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const all = buttons().filter((one) => one.checkVisibility());
    const at = all.indexOf(document.activeElement as HTMLElement);
    // An edge is moved by the arrows that lie across it.
    const isEdge = all[at]?.role === 'separator' && /Left|Right/.test(event.key);
    if (at < 0 || isEdge) return;
    const by = steps[event.key];
    const to =
      event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : by === undefined ? null : at + by;
    if (to === null) return;
    event.preventDefault();
    all[to]?.focus();
  };
  const watched = new MutationObserver(mark);
  watched.observe(part, { childList: true, subtree: true, attributeFilter: ['data-current'] });
  part.addEventListener('focusin', used);
  part.addEventListener('focusout', left);
  part.addEventListener('keydown', walk);
  mark();
  return () => {
    watched.disconnect();
    part.removeEventListener('focusin', used);
    part.removeEventListener('focusout', left);
    part.removeEventListener('keydown', walk);
  };
};

/** Of two views, the left one comes first; before them the side bar, after them the line of jobs. */
const placeOf = (region: HTMLElement): number => {
  if (region.dataset.region === 'side') return 0;
  if (region.dataset.region === 'jobs') return 3;
  return region.closest('[data-side="right"]') ? 2 : 1;
};

/** The parts of the window that F6 goes through, from left to right: those in sight, marked `data-region`. */
const regions = () =>
  [...document.querySelectorAll<HTMLElement>('[data-region]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .sort((a, b) => placeOf(a) - placeOf(b));

/**
 * The first part of the view in front, or its part of a kind (`data-region`); where no view is, of the page that stands there.
 * Null while there is none.
 */
export const frontRegion = (kind?: string): HTMLElement | null =>
  document.querySelector(`section[data-front] [data-region${kind ? `="${kind}"` : ''}]`) ??
  (document.querySelector('section[data-front]') ? null : document.querySelector('[data-region="main"]'));

/** Puts the focus into a part: where Tab would come in, where it is a grid or has one stop; else onto the part itself. */
export const focusRegion = (region: HTMLElement) => {
  const entry =
    region.dataset.region === 'grid'
      ? region.querySelector<HTMLElement>('.ag-tab-guard-top')
      : region.dataset.region === 'side'
        ? region.querySelector<HTMLElement>('button[tabindex="0"]')
        : null;
  (entry ?? region).focus();
};

/** Goes to the next part of the window, or to the one before. */
export const stepRegion = (by: 1 | -1) => {
  const all = regions();
  const at = all.findIndex((one) => one.contains(document.activeElement));
  const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  const region = all[to];
  if (region) focusRegion(region);
};

/** Goes past the side bar and the tabs to what is shown. */
export const skipToMain = () => {
  const region = regions().find(({ dataset }) => dataset.region !== 'side');
  if (region) focusRegion(region);
};
