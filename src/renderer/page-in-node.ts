import type { Core } from '../core/core';
import type { Contents, LinkEvent } from '../main/electron';
import { serveLink } from '../main/link';
import type { LinkAnswer } from '../shared/link';

type Listener = (event: LinkEvent, message: unknown) => void;

/**
 * Lets modules of the interface run in a test: they reach the core over the desktop's own link, a message a step. Import
 * them after this was called, as they look for the link when they are loaded.
 */
export const pageInNode = (coreOf: () => Core) => {
  let heard: (answer: LinkAnswer) => void = () => {};
  let serve: Listener = () => {};
  const door = {
    kind: 'desktop' as const,
    chooseFile: async () => null,
    chooseFolder: async () => null,
    downloadUrl: () => null,
  };
  const contents = {
    on: () => contents,
    once: () => contents,
    isDestroyed: () => false,
    send: (_channel: string, answer: LinkAnswer) => queueMicrotask(() => heard(answer)),
    mainFrame: { origin: 'app://desk' },
  } as unknown as Contents;
  serveLink(
    {
      on: (_channel, listener) => {
        serve = listener as Listener;
      },
      removeAllListeners: () => {},
    },
    () => ({ core: coreOf(), door }),
    () => true,
  );
  Object.assign(globalThis, {
    // There is nothing on the page.
    document: { querySelector: () => null, querySelectorAll: () => [] },
    window: {
      desk: {
        send: (request: unknown) =>
          queueMicrotask(() => serve({ sender: contents, senderFrame: null }, request)),
        onAnswer: (listener: typeof heard) => {
          heard = listener;
        },
      },
    },
    requestAnimationFrame: (draw: () => void) => setTimeout(draw, 0),
  });
};
