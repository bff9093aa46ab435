import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, net, protocol, session, shell } from 'electron';
import log from 'electron-log/main';
import ElectronStore from 'electron-store';
import { createCore } from '../core/core.ts';
import { loadKeytar, osKeychain } from '../core/keychain.ts';
import type { Door } from '../core/router.ts';
import { type SettingsContent, setDamagedAside, settingsName } from '../core/settings.ts';
import { dataDirOf } from '../doors/data-dir.ts';
import { startDemo } from '../doors/demo.ts';
import { keychainService } from '../doors/keychain-service.ts';
import { serveLink } from './link.ts';
import { menuTemplate } from './menu.ts';
import { confine, denyPermissions, pageOrigin, registerScheme, servePage } from './page.ts';

const argument = process.argv.find((text) => text.startsWith('--data-dir='))?.slice('--data-dir='.length);
const dataDir = dataDirOf(argument);

const openWindow = () => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 900,
    minHeight: 560,
    show: false,
    title: 'Logto Desk',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${pageOrigin}/`);
  return window;
};

const start = async () => {
  await app.whenReady();
  log.transports.file.resolvePathFn = () => join(dataDir, 'logs', 'desk.log');
  log.transports.console.level = false;
  const settingsAside = setDamagedAside(join(dataDir, `${settingsName}.json`), Date.now());
  const core = createCore({
    settings: new ElectronStore<SettingsContent>({ cwd: dataDir, name: settingsName, configFileMode: 0o600 }),
    settingsAside,
    keychain: osKeychain(keychainService, loadKeytar),
    // Chromium's network stack: the system's proxy and certificates. No cookies, no cache of answers.
    fetch: (url, init) =>
      net.fetch(url, { ...init, credentials: 'omit', cache: 'no-store', bypassCustomProtocolHandlers: true }),
    startDemo,
    log,
  });

  const doorOf = (window: BrowserWindow | null): Door => ({
    kind: 'desktop',
    chooseFile: async (suggestedName) => {
      const options = { defaultPath: join(app.getPath('downloads'), suggestedName) };
      const { canceled, filePath } = window
        ? await dialog.showSaveDialog(window, options)
        : await dialog.showSaveDialog(options);
      return canceled || !filePath ? null : filePath;
    },
    downloadUrl: () => null,
    reveal: ({ path }) => shell.showItemInFolder(path),
  });

  denyPermissions(session.defaultSession);
  servePage(protocol, join(import.meta.dirname, '../renderer'));
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));
  app.on('web-contents-created', (_event, contents) => confine(contents, shell));
  serveLink(
    ipcMain,
    (sender) => ({ core, door: doorOf(BrowserWindow.fromWebContents(sender)) }),
    ({ sender, senderFrame }) =>
      senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === pageOrigin,
  );

  openWindow();
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow();
  });
  app.on('second-instance', () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void core.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
};

app.setPath('userData', dataDir);
app.enableSandbox();
registerScheme(protocol);
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});
if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    log.error(`start: ${error instanceof Error ? error.name : 'error'}`);
    app.exit(1);
  });
} else app.quit();
