import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainEvent, Protocol, Session, WebContents } from 'electron';

/**
 * Stand-ins for the parts of Electron that the main process is given, typed by Electron's own definitions: a member that
 * is missing or of another shape fails the type check. For tests only.
 */
type Frame = NonNullable<IpcMainEvent['senderFrame']>;

/** A page of ours: `sent` is what the main process sent to it. */
export class StandInContents extends EventEmitter {
  readonly sent: unknown[][] = [];
  destroyed = false;
  openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null;
  readonly mainFrame: Frame;

  constructor(origin: string) {
    super();
    this.mainFrame = { origin } as Frame;
  }

  send: WebContents['send'] = (...message: unknown[]) => void this.sent.push(message);
  isDestroyed: WebContents['isDestroyed'] = () => this.destroyed;
  setWindowOpenHandler: WebContents['setWindowOpenHandler'] = (handler) => {
    this.openHandler = handler;
  };

  get asContents(): WebContents {
    return this as unknown as WebContents;
  }

  /** What a window that the page asks for would become. */
  opens(url: string) {
    return this.openHandler?.({
      url,
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    });
  }

  /** True when the page may go to `url`. */
  mayNavigate(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate', url: string): boolean {
    let allowed = true;
    this.emit(event, { url, preventDefault: () => (allowed = false) });
    return allowed;
  }
}

/** IPC whose messages a test sends by hand. */
export const standInIpc = () => {
  const emitter = new EventEmitter();
  const receive = (contents: StandInContents, message: unknown, frame: Frame | null = contents.mainFrame) =>
    emitter.emit('desk', { sender: contents.asContents, senderFrame: frame } as IpcMainEvent, message);
  return { ipcMain: emitter as unknown as IpcMain, receive };
};

/** A protocol that keeps what is registered; `get` asks its handler. */
export const standInProtocol = () => {
  const handlers = new Map<string, Parameters<Protocol['handle']>[1]>();
  const privileged: Electron.CustomScheme[] = [];
  const protocol = {
    handle: ((scheme, handler) => void handlers.set(scheme, handler)) satisfies Protocol['handle'],
    registerSchemesAsPrivileged: ((schemes) =>
      void privileged.push(...schemes)) satisfies Protocol['registerSchemesAsPrivileged'],
  } as unknown as Protocol;
  const get = async (url: string, method = 'GET') =>
    handlers.get(url.split(':')[0] ?? '')?.(new Request(url, { method }));
  return { protocol, privileged, get };
};

/** A session that keeps its permission handlers. */
export const standInSession = () => {
  const kept: {
    request?: Parameters<Session['setPermissionRequestHandler']>[0];
    check?: Parameters<Session['setPermissionCheckHandler']>[0];
    device?: Parameters<Session['setDevicePermissionHandler']>[0];
  } = {};
  const session = {
    setPermissionRequestHandler: ((handler) => {
      kept.request = handler;
    }) satisfies Session['setPermissionRequestHandler'],
    setPermissionCheckHandler: ((handler) => {
      kept.check = handler;
    }) satisfies Session['setPermissionCheckHandler'],
    setDevicePermissionHandler: ((handler) => {
      kept.device = handler;
    }) satisfies Session['setDevicePermissionHandler'],
  } as unknown as Session;
  return { session, kept };
};
