import { join } from 'node:path';
import type { Fetch } from '../core/client/send.ts';
import { createCore } from '../core/core.ts';
import { snapshotExtension } from '../core/mirror/snapshot-file.ts';
import type { Door, Preferences } from '../core/router.ts';
import { loadKeytar, osKeychain } from '../core/tenants/keychain.ts';
import { aboutOf } from '../doors/about.ts';
import { dataDirOf } from '../doors/data-dir.ts';
import { startDemo } from '../doors/demo.ts';
import { fileLog } from '../doors/file-log.ts';
import { keychainService } from '../doors/keychain-service.ts';
import { keepHeapSmall } from '../doors/memory.ts';
import { publicFetch } from '../doors/public-fetch.ts';
import { converter, journalPlace, mirrorPlace, scratchPlace } from '../doors/workers.ts';
import { linkScheme } from '../shared/deep-link.ts';
import { errorValueOf } from '../shared/errors.ts';
import { locking } from '../shared/locking.ts';
import { createPhrases, explain } from '../shared/phrases/index.ts';
import { handedOver } from './arrivals.ts';
import { clearingClipboard } from './clipboard.ts';
import {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
  type Window,
} from './electron.ts';
import { tellEndings } from './endings.ts';
import { serveLink } from './link.ts';
import { menuTemplate } from './menu.ts';
import { confine, denyPermissions, pageOrigin, registerScheme, servePage } from './page.ts';
import { openDesktopSettings } from './settings.ts';
import { refusedSwitch } from './switches.ts';
import { lookForUpdates } from './updates.ts';
import { windowOptions } from './window.ts';
import { backgroundOf, placeOf, readWindowState, writeWindowState } from './window-state.ts';

const argument = process.argv.find((text) => text.startsWith('--data-dir='))?.slice('--data-dir='.length);
const dataDir = dataDirOf(argument);
const log = fileLog(dataDir);

/** Chromium's network stack: the system's proxy and certificates. No cookies, no cache of answers. */
const ours: Fetch = (url, init) =>
  net.fetch(url, { ...init, credentials: 'omit', cache: 'no-store', bypassCustomProtocolHandlers: true });
const direct = publicFetch();

const windowFile = join(dataDir, 'window.json');

/** Opens the window as it was left. */
const openWindow = (theme: Preferences['theme']) => {
  const state = readWindowState(windowFile);
  const window = new BrowserWindow(
    windowOptions(join(import.meta.dirname, '../preload/index.cjs'), {
      place: placeOf(
        state,
        screen.getAllDisplays().map(({ workArea }) => workArea),
      ),
      zoom: state?.zoom ?? 1,
      background: backgroundOf(theme, nativeTheme.shouldUseDarkColors),
    }),
  );
  if (state?.maximized) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.once('close', () =>
    writeWindowState(windowFile, {
      ...window.getNormalBounds(),
      maximized: window.isMaximized(),
      zoom: window.webContents.getZoomFactor(),
    }),
  );
  void window.loadURL(`${pageOrigin}/`);
  return window;
};

const start = async () => {
  await app.whenReady();
  keepHeapSmall();
  const core = createCore({
    ...openDesktopSettings(dataDir, ipcMain),
    keychain: osKeychain(keychainService, loadKeytar),
    fetch: ours,
    fetchPublic: async (url, init) =>
      (await session.defaultSession.resolveProxy(url)) === 'DIRECT' ? direct(url, init) : ours(url, init),
    startDemo: () => startDemo(dataDir),
    log,
    about: aboutOf(dataDir),
    mirror: mirrorPlace(dataDir),
    journals: journalPlace(dataDir),
    scratch: scratchPlace(dataDir),
    converter,
  });

  const board = clearingClipboard(clipboard);

  const doorOf = (window: Window | null): Door => ({
    kind: 'desktop',
    chooseFile: async (suggestedName) => {
      if (!window) return null;
      const defaultPath = join(app.getPath('downloads'), suggestedName);
      const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath });
      return canceled || !filePath ? null : filePath;
    },
    chooseFolder: async () => {
      if (!window) return null;
      const { filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openDirectory', 'createDirectory'],
      });
      return filePaths[0] ?? null;
    },
    chooseSnapshot: async () => {
      if (!window) return null;
      const { filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters: [{ name: 'Logto Desk', extensions: [snapshotExtension] }],
      });
      return filePaths[0] ?? null;
    },
    copy: board.copy,
    reveal: ({ path }) => shell.showItemInFolder(path),
  });

  denyPermissions(session.defaultSession);
  servePage(protocol, join(import.meta.dirname, '../renderer'));
  const lock = { label: locking.label(createPhrases().t), run: () => core.lock.close() };
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, { lock })));
  app.on('web-contents-created', (_event, contents) => confine(contents, shell));
  serveLink(
    ipcMain,
    (sender) => ({ core, door: doorOf(BrowserWindow.fromWebContents(sender)) }),
    ({ sender, senderFrame }) =>
      senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === pageOrigin,
  );

  powerMonitor.on('lock-screen', () => core.lock.close());
  powerMonitor.on('suspend', () => core.lock.close());

  const openLink = (link: string) => {
    try {
      core.links.open(link);
    } catch (error) {
      const { title, remedy } = explain(createPhrases(), errorValueOf(error));
      dialog.showErrorBox(title, remedy);
    }
  };
  /** What the system hands over: links, and files that are opened with this program. */
  const openAll = (words: readonly string[], folder = process.cwd()) => {
    for (const handed of handedOver(words, folder))
      if (handed.kind === 'link') openLink(handed.link);
      else core.links.openSnapshot(handed.path);
  };
  if (app.isPackaged) app.setAsDefaultProtocolClient(linkScheme);
  // Before the window, so that the first links wait for it.
  openAll([...process.argv, ...early]);
  onArrival = (word) => openAll([word]);

  const openOwn = () => openWindow(core.settings.preferences.theme);
  openOwn();
  /** Brings the window to the front. */
  const show = () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized()) window.restore();
    window?.focus();
  };
  const isInFront = () => BrowserWindow.getAllWindows().some((window) => window.isFocused());
  tellEndings({ core, Notification, isInFront, show }).catch(() =>
    log.warn('The end of a job could not be told'),
  );
  lookForUpdates(log, process.resourcesPath).catch(() => log.warn('The update feed did not answer'));
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openOwn();
  });
  app.on('second-instance', (_event, words, folder) => {
    openAll(words, folder);
    show();
  });
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void Promise.allSettled([core.stop(), board.clear()]).finally(() => {
      stopped = true;
      app.quit();
    });
  });
  // The window does not wait for what an earlier run left: its jobs are told when they are known.
  await core.takeUp();
};

/** Links and files that macOS hands over before all is ready. */
const early: string[] = [];
let onArrival = (word: string): void => void early.push(word);
for (const arrival of ['open-url', 'open-file'] as const)
  app.on(arrival as 'open-url', (event, word) => {
    event.preventDefault();
    onArrival(word);
  });

app.setPath('userData', dataDir);
app.enableSandbox();
registerScheme(protocol);
app.on('window-all-closed', () => {
  if (process.platform !== 'darwin') app.quit();
});
const refused = app.isPackaged ? refusedSwitch(process.argv) : undefined;
if (refused) {
  process.stderr.write(`${createPhrases().t('app.switchRefused', { name: refused })}\n`);
  app.exit(1);
} else if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    const { title, remedy, details } = explain(createPhrases(), errorValueOf(error));
    dialog.showErrorBox(title, [remedy, ...details].join('\n'));
    app.exit(1);
  });
} else app.quit();
