import type { MenuItemConstructorOptions } from 'electron';

/** What entries of our own do, with their names. */
export type MenuActions = { lock: { label: string; run: () => void } };

/** The system's usual menu, by roles, so that it speaks the system's language; before the ways out, locking. */
export const menuTemplate = (
  platform: NodeJS.Platform,
  { lock }: MenuActions,
): MenuItemConstructorOptions[] => [
  ...(platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
  {
    role: 'fileMenu',
    submenu: [
      { label: lock.label, click: lock.run },
      { type: 'separator' },
      platform === 'darwin' ? { role: 'close' } : { role: 'quit' },
    ],
  },
  { role: 'editMenu' },
  {
    role: 'viewMenu',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  },
  { role: 'windowMenu' },
];
