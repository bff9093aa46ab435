import type { BrowserWindowConstructorOptions } from 'electron';
import { type Bounds, leastSize } from './window-state.ts';

/** How it looks before its page is there. */
type Look = { place: Partial<Bounds>; zoom: number; background: string };

/** A window: its page isolated and sandboxed, every other preference as Electron has it by default. */
export const windowOptions = (
  preload: string,
  { place, zoom, background }: Look,
): BrowserWindowConstructorOptions => ({
  ...place,
  minWidth: leastSize.width,
  minHeight: leastSize.height,
  backgroundColor: background,
  show: false,
  title: 'Logto Desk',
  webPreferences: {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
    zoomFactor: zoom,
  },
});
