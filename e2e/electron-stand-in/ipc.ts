import { EventEmitter } from 'node:events';
import type { Electron } from '../../src/main/electron.ts';
import { loud } from './strict-proxy.ts';

/** Messages of preloads, by channel. */
export const ipc = new EventEmitter();

export const ipcMain: Electron['ipcMain'] = loud('ipcMain', {
  on: (channel: string, listener: (...args: never[]) => void) => ipc.on(channel, listener as never),
  removeAllListeners: (channel: string) => ipc.removeAllListeners(channel),
});
