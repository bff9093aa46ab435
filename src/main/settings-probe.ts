import { Settings } from '../core/settings/settings.ts';
import { app, ipcMain } from './electron.ts';
import { openDesktopSettings } from './settings.ts';

/** Opens the settings of a folder as the desktop does, changes one, and prints what it found and who listens. */
const [, , dataDir = ''] = process.argv;
app.setPath('userData', dataDir);
const { settings, settingsNotice } = openDesktopSettings(dataDir, ipcMain);
const opened = new Settings(settings);
const { theme } = opened.preferences;
opened.changePreferences({ density: 'relaxed' });
const { ipc } = await import('../../e2e/electron-stand-in/ipc.ts');
process.stdout.write(JSON.stringify({ theme, settingsNotice, channels: ipc.eventNames() }));
