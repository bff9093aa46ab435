import { Menu } from '@mantine/core';
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useRef } from 'react';

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

type Props = { at: MenuAt; label: string; onClose: () => void; children: ReactNode };

/** A menu where it was asked for. Closed without a choice, the focus is back where it was. */
export const ContextMenu = ({ at, label, onClose, children }: Props) => {
  const before = useRef(document.activeElement);
  useEffect(() => {
    const asked = before.current;
    return () => {
      // What was chosen may have put it elsewhere.
      if (document.activeElement === document.body && asked instanceof HTMLElement) asked.focus();
    };
  }, []);
  return (
    // The first item has the focus: what else could take it is no part of a menu.
    <Menu
      withInitialFocusPlaceholder={false}
      opened
      onClose={onClose}
      position="bottom-start"
      shadow="md"
      offset={2}
      key={`${at.x},${at.y}`}
    >
      <Menu.Target>
        <span aria-hidden style={{ position: 'fixed', left: at.x, top: at.y, width: 0, height: 0 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>{children}</Menu.Dropdown>
    </Menu>
  );
};
