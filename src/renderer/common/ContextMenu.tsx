import { Menu } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import type { MenuAt } from './menu-at';

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
    // The first item has the focus: nothing else that could take it is part of a menu.
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
