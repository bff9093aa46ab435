import type { ContextBridge, IpcRenderer, IpcRendererEvent } from 'electron';
import { type Argument, hear, send } from './bridge.ts';
import { packed, unpacked } from './clone-codec.ts';
import { loud } from './strict-proxy.ts';

/** The preload's side: `require('electron')` with `contextBridge` and `ipcRenderer`, and nothing else. */
type Api = Record<string, (...args: unknown[]) => unknown>;
type Listener = Parameters<IpcRenderer['on']>[1];
type Preload = (
  require: (name: string) => unknown,
  module: object,
  exports: object,
  process: undefined,
) => void;

declare global {
  /** The way to the main process; the browser puts it into this world only. */
  function toMain(message: string): void;
  function fromMain(message: string): void;
  function runPreload(preload: Preload): void;
}

const exposed = new Map<string, Api>();
const listeners = new Map<string, Listener[]>();

const incoming = (argument: Argument): unknown =>
  'callback' in argument
    ? (...args: unknown[]) => send('callback', { id: argument.callback, args: structuredClone(args) })
    : argument.value;

const contextBridge: Pick<ContextBridge, 'exposeInMainWorld'> = {
  exposeInMainWorld: (name, api: Api) => {
    exposed.set(name, api);
    send('expose', { name, members: Object.keys(api) });
  },
};

const ipcRenderer = {
  send: (channel, ...args) => toMain(packed({ channel, args })),
  on: (channel, listener) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return ipcRenderer as IpcRenderer;
  },
  removeAllListeners: (channel) => {
    listeners.delete(channel ?? '');
    return ipcRenderer as IpcRenderer;
  },
} as Pick<IpcRenderer, 'send' | 'on' | 'removeAllListeners'>;

const electron = loud('electron', {
  contextBridge: loud('contextBridge', contextBridge),
  ipcRenderer: loud('ipcRenderer', ipcRenderer),
});

globalThis.fromMain = (message) => {
  const { channel, args } = unpacked(message);
  for (const listener of listeners.get(channel) ?? []) listener({} as IpcRendererEvent, ...args);
};

globalThis.runPreload = (preload) => {
  if (window !== window.top) return;
  hear('call', ({ id, name, member, args }) => {
    try {
      send('result', { id, value: structuredClone(exposed.get(name)?.[member]?.(...args.map(incoming))) });
    } catch (error) {
      send('result', { id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`A sandboxed preload cannot require ${name}`);
    return electron;
  };
  preload(require, { exports: {} }, {}, undefined);
};
