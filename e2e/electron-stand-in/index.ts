import type { Menu as ElectronMenu, MenuItemConstructorOptions } from 'electron';
import type { Electron } from '../../src/main/electron.ts';
import { choices, power, app as standInApp } from './app.ts';
import { nextSave, report } from './control.ts';
import { ipcMain } from './ipc.ts';
import { protocol as standInProtocol } from './protocol.ts';
import { loud } from './strict-proxy.ts';

export { session } from './session.ts';
export { BrowserWindow } from './window.ts';
export { ipcMain };

export const app: Electron['app'] = loud('app', standInApp as unknown as Electron['app']);
export const protocol: Electron['protocol'] = loud('protocol', standInProtocol);

export const powerMonitor: Electron['powerMonitor'] = loud(
  'powerMonitor',
  power as unknown as Electron['powerMonitor'],
);

export const clipboard: Electron['clipboard'] = loud('clipboard', {
  readText: async () => report.clipboard,
  writeText: async (text) => {
    report.clipboard = text;
  },
});

export const dialog: Electron['dialog'] = loud('dialog', {
  showErrorBox: (title, content) => console.error(`${title}\n${content}`),
  showSaveDialog: async () => {
    const filePath = nextSave();
    return { canceled: filePath === null, filePath: filePath ?? '' };
  },
  showOpenDialog: async () => {
    const filePath = nextSave();
    return { canceled: filePath === null, filePaths: filePath === null ? [] : [filePath] };
  },
});

export const screen: Electron['screen'] = loud('screen', {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }],
});

export const nativeTheme: Electron['nativeTheme'] = loud('nativeTheme', {
  shouldUseDarkColors: process.env.STAND_IN_COLOR_SCHEME === 'dark',
});

/** Nobody is shown one: the main process tells of nothing while its window is in front. */
export const Notification: Electron['Notification'] = class {
  static isSupported = () => true;
  constructor() {
    throw new Error('The Electron stand-in shows no notifications');
  }
  on = (): never => {
    throw new Error('The Electron stand-in shows no notifications');
  };
  show() {}
};

export const shell: Electron['shell'] = loud('shell', {
  openExternal: async (url) => void report.opened.push(url),
  showItemInFolder: (path) => void report.shown.push(path),
});

const rolesOf = (items: readonly MenuItemConstructorOptions[]): string[] =>
  items.flatMap(({ role, submenu }) => [
    ...(role ? [role] : []),
    ...(Array.isArray(submenu) ? rolesOf(submenu) : []),
  ]);

const entriesOf = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? entriesOf(item.submenu) : [])]);

export const Menu: Electron['Menu'] = loud('Menu', {
  buildFromTemplate: (template) => ({ items: template }) as unknown as ElectronMenu,
  setApplicationMenu: (menu) => {
    const items = (menu?.items ?? []) as unknown as MenuItemConstructorOptions[];
    report.menu = rolesOf(items);
    choices.removeAllListeners('choice').on('choice', (label: string) => {
      const entry = entriesOf(items).find((item) => item.label === label);
      if (!entry?.click) throw new Error(`The menu has no entry "${label}" of the app's own`);
      // Entries that need an item, a window or an event would fail here by type: ours take none.
      (entry.click as () => void)();
    });
  },
});

/** Codes of Node by the names that Chromium's network stack gives them. */
const chromiumNames: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'net::ERR_CONNECTION_REFUSED',
  ECONNRESET: 'net::ERR_CONNECTION_RESET',
  UND_ERR_SOCKET: 'net::ERR_CONNECTION_CLOSED',
  ENOTFOUND: 'net::ERR_NAME_NOT_RESOLVED',
  EAI_AGAIN: 'net::ERR_NAME_NOT_RESOLVED',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'net::ERR_CERT_AUTHORITY_INVALID',
};

const chromiumError = (error: unknown): unknown => {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const name = chromiumNames[code];
  return name ? new Error(name) : error;
};

export const net: Electron['net'] = loud('net', {
  fetch: (input, init) =>
    fetch(input as string, init as RequestInit).catch((error: unknown) => {
      throw chromiumError(error);
    }),
});

/** Packages take all of it at once: what they look for and do not use is not missed. */
export default { app, ipcMain, shell };
