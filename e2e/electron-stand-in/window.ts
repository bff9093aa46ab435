import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions } from 'electron';
import type { BrowserContext, CDPSession, Page, Frame as PageFrame, Route } from 'playwright-core';
import type { Contents, Frame, Window } from '../../src/main/electron.ts';
import { app, current } from './app.ts';
import { packed, unpacked } from './clone-codec.ts';
import { report } from './control.ts';
import { ipc } from './ipc.ts';
import { answer, ownAddress, ownOrigin, shownAt } from './protocol.ts';
import { grantPermissions } from './session.ts';
import { loud } from './strict-proxy.ts';
import { isolatedWorld, worldScripts } from './worlds.ts';

type OpenHandler = Parameters<Contents['setWindowOpenHandler']>[0];

/** A frame as a sender of messages; the same object for the same frame. */
class StandInFrame {
  readonly #page: PageFrame;
  constructor(page: PageFrame) {
    this.#page = page;
  }
  get origin(): string {
    return ownOrigin(this.#page.url());
  }
}

/** The contents of a window: a page, with the preload in a world of its own. */
class StandInContents extends EventEmitter {
  readonly #page: Page;
  readonly #main: Frame;
  #cdp: CDPSession | undefined;
  #world: number | undefined;
  #openHandler: OpenHandler | undefined;
  /** Set while the app itself navigates: `will-navigate` is for what a page does. */
  #loading = false;

  constructor(page: Page) {
    super();
    this.#page = page;
    this.#main = loud('WebFrameMain', new StandInFrame(page.mainFrame()));
    page.once('close', () => this.emit('destroyed'));
  }

  get mainFrame(): Frame {
    return this.#main;
  }

  isDestroyed = () => this.#page.isClosed();
  getZoomFactor = () => 1;

  setWindowOpenHandler = (handler: OpenHandler) => {
    this.#openHandler = handler;
  };

  /** A message for the preload; one that cannot be cloned throws, one to a page that is gone is lost. */
  send = (channel: string, ...args: unknown[]) => {
    const message = packed({ channel, args });
    if (this.#world === undefined) return;
    void this.#cdp
      ?.send('Runtime.callFunctionOn', {
        executionContextId: this.#world,
        functionDeclaration: '(message) => fromMain(message)',
        arguments: [{ value: message }],
      })
      .catch(() => {});
  };

  /** Prepares both worlds, then shows the address. */
  async load(url: string, preloadFile: string | undefined) {
    if (preloadFile && !this.#cdp) await this.#prepare(preloadFile);
    this.#loading = true;
    await this.#page.goto(shownAt(url)).finally(() => {
      this.#loading = false;
    });
  }

  async #prepare(preloadFile: string) {
    const cdp = await this.#page.context().newCDPSession(this.#page);
    this.#cdp = cdp;
    const frames = new Map<number, string>();
    const { frameTree } = await cdp.send('Page.getFrameTree');
    const mainId = frameTree.frame.id;
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.name !== isolatedWorld) return;
      const { frameId } = context.auxData as { frameId: string };
      frames.set(context.id, frameId);
      if (frameId === mainId) this.#world = context.id;
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      frames.delete(executionContextId);
      if (this.#world === executionContextId) this.#world = undefined;
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name !== 'toMain') return;
      const { channel, args } = unpacked(payload);
      const senderFrame = frames.get(executionContextId) === mainId ? this.#main : null;
      ipc.emit(channel, { sender: contentsOf(this.#page), senderFrame }, ...args);
    });
    cdp.on('Page.windowOpen', ({ url }) => this.#opens(url));
    const { page, preload } = await worldScripts(preloadFile);
    await cdp.send('Runtime.enable');
    await cdp.send('Runtime.addBinding', { name: 'toMain', executionContextName: isolatedWorld });
    await cdp.send('Page.enable');
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: page });
    await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: preload, worldName: isolatedWorld });
  }

  /** What becomes of a request of this page. */
  async serve(route: Route) {
    const request = route.request();
    const frame = request.frame();
    if (request.isNavigationRequest()) {
      const isMainFrame = frame === this.#page.mainFrame();
      const url = ownAddress(request.url());
      if (!this.#loading && !this.#mayGo(url, isMainFrame)) return route.abort('aborted');
      this.emit('did-start-navigation', { url, isMainFrame, isSameDocument: false });
    }
    if (await answer(route)) return;
    report.outside.push(request.url());
    await route.abort('blockedbyclient');
  }

  #mayGo(url: string, isMainFrame: boolean): boolean {
    let allowed = true;
    const event = { url, isMainFrame, preventDefault: () => (allowed = false) };
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event);
    return allowed;
  }

  /** The page asks for a window: the handler decides, and only "deny" is covered. */
  #opens(url: string) {
    const { action } = this.#openHandler?.({
      url: ownAddress(url),
      frameName: '',
      features: '',
      disposition: 'new-window',
      referrer: { url: '', policy: 'default' },
    }) ?? { action: 'allow' };
    if (action !== 'deny') throw new Error('The Electron stand-in opens no window for a page');
  }
}

const windows = new Map<Page, { window: Window; contents: StandInContents; loudContents: Contents }>();

const contentsOf = (page: Page): Contents | undefined => windows.get(page)?.loudContents;

const contentsFor = (route: Route): StandInContents | undefined => {
  try {
    return windows.get(route.request().frame().page())?.contents;
  } catch {
    // A page that is only just being opened has no frame yet.
    return undefined;
  }
};

/** Requests go to the window that they belong to; a page that no window has is one that was denied, and closed. */
const watch = async (context: BrowserContext) => {
  await context.route('**/*', (route) => contentsFor(route)?.serve(route) ?? route.abort('aborted'));
  context.on('page', async (page) => {
    if (await page.opener()) await page.close();
  });
};

let watched: Promise<void> | undefined;

class StandInWindow extends EventEmitter {
  readonly #options: BrowserWindowConstructorOptions;
  readonly #page: Promise<Page>;
  #contents: Contents | undefined;

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.#options = options;
    this.#page = this.#open();
  }

  static getAllWindows = (): Window[] => [...windows.values()].map(({ window }) => window);

  static fromWebContents = (contents: Contents): Window | null =>
    [...windows.values()].find(({ loudContents }) => loudContents === contents)?.window ?? null;

  async #open(): Promise<Page> {
    const { webPreferences } = this.#options;
    const { contextIsolation, sandbox, nodeIntegration } = webPreferences ?? {};
    if (!contextIsolation || !sandbox || nodeIntegration)
      throw new Error('The Electron stand-in runs isolated, sandboxed pages only');
    const { context } = current();
    watched ??= watch(context);
    await watched;
    const free = context.pages().find((page) => !windows.has(page) && page.url() === 'about:blank');
    const page = free ?? (await context.newPage());
    const contents = new StandInContents(page);
    const window = loud<Window>('BrowserWindow', this as unknown as Window);
    const loudContents = loud<Contents>('WebContents', contents as unknown as Contents);
    windows.set(page, { window, contents, loudContents });
    // Each window is told before it goes: those of an app that ends, too.
    app.once('stand-in-ends', () => this.emit('close'));
    this.#contents = loudContents;
    page.once('close', () => {
      windows.delete(page);
      this.emit('closed');
      if (windows.size === 0) app.emit('window-all-closed');
    });
    page.once('domcontentloaded', () => this.emit('ready-to-show'));
    app.emit('web-contents-created', {}, loudContents);
    return page;
  }

  get webContents(): Contents {
    if (!this.#contents) throw new Error('The window is not open yet');
    return this.#contents;
  }

  async loadURL(url: string) {
    const page = await this.#page;
    await grantPermissions(page, ownAddress(shownAt(url)));
    await windows.get(page)?.contents.load(url, this.#options.webPreferences?.preload);
  }

  show = () => void this.#page.then((page) => page.bringToFront());
  focus = this.show;
  restore = this.show;
  isMinimized = () => false;
  // The tests' window is the one in front: nothing is told through the system.
  isFocused = () => true;

  #maximized = false;
  maximize = () => {
    this.#maximized = true;
  };
  isMaximized = () => this.#maximized;
  getNormalBounds = () => {
    const { x = 0, y = 0, width = 0, height = 0 } = this.#options;
    return { x, y, width, height };
  };
}

export const BrowserWindow = loud('BrowserWindow', StandInWindow) as unknown as {
  new (options: BrowserWindowConstructorOptions): Window;
  getAllWindows(): Window[];
  fromWebContents(contents: Contents): Window | null;
};
