import type { KeyboardEvent, SyntheticEvent } from 'react';
import { isEnter } from './keys';

const selectAll = ({ currentTarget }: SyntheticEvent<HTMLInputElement>) => currentTarget.select();

/** What was chosen is selected in its turn, once the box says it. */
const selectChosen = () => {
  const { activeElement: box } = document;
  requestAnimationFrame(() => {
    if (box instanceof HTMLInputElement && box === document.activeElement) box.select();
  });
};

/**
 * For a box whose options may be others by the time of Enter: Mantine takes the one at a place that it remembers, where another
 * may stand by then, or that it forgot. This takes the one that is marked, and none where that is gone.
 */
export const takesMarked = {
  onKeyDownCapture: (event: KeyboardEvent<HTMLInputElement>) => {
    if (!isEnter(event)) return;
    const byId = (name: string) => document.getElementById(event.currentTarget.getAttribute(name) ?? '');
    const marked = byId('aria-controls')?.querySelector<HTMLElement>('[data-combobox-selected]');
    const isGone =
      event.currentTarget.hasAttribute('aria-activedescendant') && !byId('aria-activedescendant');
    if (!marked && !isGone) return;
    event.preventDefault();
    event.stopPropagation();
    marked?.click();
  },
};

/**
 * For a box of options that is typed in: what is typed takes the place of what was chosen, and is not added to it, whether the box
 * was reached by the mouse or by keys; Enter takes the first that fits, which is marked.
 */
export const typedOver = {
  ...takesMarked,
  searchable: true,
  selectFirstOptionOnChange: true,
  onClick: selectAll,
  onFocus: selectAll,
  onDropdownClose: selectChosen,
};

/**
 * For a box whose list opens as it is typed in: Mantine then counts from the option that was chosen, which may not be among
 * those that fit.
 */
export const openedByTyping = { ...typedOver, openOnFocus: false };
