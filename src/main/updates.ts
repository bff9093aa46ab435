import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../core/deps.ts';

/**
 * Looks for a newer version where the package names a feed (`resources/app-update.yml`); without one nothing is asked of
 * anybody. electron-updater checks each file's SHA-512, and the publisher's signature on Windows and macOS.
 */
export const lookForUpdates = async (log: Log, resources: string | undefined): Promise<void> => {
  if (!resources || !existsSync(join(resources, 'app-update.yml'))) return;
  const { default: updater } = await import('electron-updater');
  updater.autoUpdater.logger = log;
  updater.autoUpdater.allowDowngrade = false;
  await updater.autoUpdater.checkForUpdatesAndNotify();
};
