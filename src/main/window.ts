import type { BrowserWindowConstructorOptions } from 'electron';

/** A window: its page isolated and sandboxed, every other preference as Electron has it by default. */
export const windowOptions = (preload: string): BrowserWindowConstructorOptions => ({
  width: 1280,
  height: 800,
  minWidth: 900,
  minHeight: 560,
  show: false,
  title: 'Logto Desk',
  webPreferences: {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  },
});
