import { contextBridge, ipcRenderer } from 'electron';
import type { LinkAnswer, LinkBridge } from '../shared/link.ts';

// The channel is spelled out here: this file stays one small script without imports, as the sandbox wants it.
const channel = 'desk';

const bridge: LinkBridge = {
  send: (request) => ipcRenderer.send(channel, request),
  onAnswer: (listener) => {
    ipcRenderer.removeAllListeners(channel);
    ipcRenderer.on(channel, (_event, answer: LinkAnswer) => listener(answer));
  },
};

contextBridge.exposeInMainWorld('desk', bridge);
