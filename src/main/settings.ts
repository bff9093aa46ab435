import Store from 'electron-store';
import { openSettings } from '../doors/settings-file.ts';
import type { Electron } from './electron.ts';

/** What the store listens to, so that renderers may ask where it is. */
const storeChannel = 'electron-store-get-data';

/**
 * Opens the settings of `dataDir` as every door does, with electron-store. Its listener is taken off again: the contract
 * is the only way from a page to the main process.
 */
export const openDesktopSettings = (dataDir: string, ipcMain: Electron['ipcMain']) => {
  const opened = openSettings(
    dataDir,
    ({ configName, ...options }) => new Store({ ...options, name: configName }),
  );
  ipcMain.removeAllListeners(storeChannel);
  return opened;
};
