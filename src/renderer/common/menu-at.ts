import type { KeyboardEvent, MouseEvent } from 'react';

/** Where a menu was asked for: px from the window's left and upper edge. */
export type MenuAt = { x: number; y: number };

/** Where a click of the second button asks for a menu. */
export const menuAtPointer = ({ clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>): MenuAt => ({
  x: clientX,
  y: clientY,
});

/** Where the keyboard does: below what has the focus. */
export const menuBelow = (element: Element): MenuAt => {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left + 8, y: bottom };
};

/** True for the keys that ask for the menu of what has the focus. */
export const isMenuKey = ({ key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey);

/** Properties of an element that has a menu of its own, by the second button and by Shift F10. */
export const asksMenu = (open: (at: MenuAt) => void) => ({
  onContextMenu: (event: MouseEvent) => {
    event.preventDefault();
    open(menuAtPointer(event));
  },
  onKeyDown: (event: KeyboardEvent) => {
    if (!isMenuKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
    open(menuBelow(event.currentTarget));
  },
});
