import * as electron from 'electron';

/**
 * All of Electron that the main process uses, by Electron's own types. Nothing else is imported from it, so whatever
 * fills this type can run the desktop door: Electron itself, or the stand-in of the end-to-end tests.
 */
export type Electron = {
  app: Pick<
    electron.App,
    | 'whenReady'
    | 'on'
    | 'setPath'
    | 'getPath'
    | 'getVersion'
    | 'enableSandbox'
    | 'requestSingleInstanceLock'
    | 'quit'
    | 'isPackaged'
    | 'setAsDefaultProtocolClient'
    | 'exit'
  >;
  BrowserWindow: {
    new (options: electron.BrowserWindowConstructorOptions): Window;
    getAllWindows(): Window[];
    fromWebContents(contents: Contents): Window | null;
  };
  clipboard: Pick<electron.Clipboard, 'readText' | 'writeText'>;
  dialog: Pick<electron.Dialog, 'showErrorBox'> & {
    showSaveDialog(
      parent: DialogParent,
      options: electron.SaveDialogOptions,
    ): Promise<electron.SaveDialogReturnValue>;
    showOpenDialog(
      parent: DialogParent,
      options: electron.OpenDialogOptions,
    ): Promise<electron.OpenDialogReturnValue>;
  };
  ipcMain: {
    // biome-ignore lint/suspicious/noExplicitAny: as Electron has it; what arrives is parsed
    on(channel: string, listener: (event: LinkEvent, ...message: any[]) => void): unknown;
    removeAllListeners(channel: string): unknown;
  };
  Menu: Pick<typeof electron.Menu, 'buildFromTemplate' | 'setApplicationMenu'>;
  Notification: {
    new (options: electron.NotificationConstructorOptions): Pick<electron.Notification, 'on' | 'show'>;
    isSupported(): boolean;
  };
  powerMonitor: Pick<electron.PowerMonitor, 'on'>;
  nativeTheme: Pick<electron.NativeTheme, 'shouldUseDarkColors'>;
  net: Pick<electron.Net, 'fetch'>;
  protocol: Protocol;
  screen: { getAllDisplays(): Pick<electron.Display, 'workArea'>[] };
  session: { defaultSession: Session };
  shell: Shell;
};

export type DialogParent = Pick<electron.BaseWindow, 'isMinimized' | 'restore' | 'focus' | 'show'>;
export type Window = DialogParent &
  Pick<
    electron.BrowserWindow,
    'isFocused' | 'once' | 'loadURL' | 'maximize' | 'isMaximized' | 'getNormalBounds'
  > & {
    readonly webContents: Contents;
  };
export type Frame = Pick<electron.WebFrameMain, 'origin'>;
export type Contents = Pick<
  electron.WebContents,
  'on' | 'once' | 'send' | 'isDestroyed' | 'setWindowOpenHandler' | 'getZoomFactor'
> & {
  readonly mainFrame: Frame;
};
export type LinkEvent = { sender: Contents; senderFrame: Frame | null };
export type Protocol = Pick<electron.Protocol, 'handle' | 'registerSchemesAsPrivileged'>;
export type Session = Pick<
  electron.Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'resolveProxy'
>;
export type Shell = Pick<electron.Shell, 'openExternal' | 'showItemInFolder'>;

export const {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  shell,
}: Electron = electron;
