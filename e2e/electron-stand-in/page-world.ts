import { type Argument, type Crossing, hear, send } from './bridge.ts';

/** The page's side of `contextBridge`; runs in the page's own world, before any script of the page. */
const callbacks: ((...args: unknown[]) => void)[] = [];
let lastCall = 0;

const outgoing = (value: unknown): Argument =>
  typeof value === 'function'
    ? { callback: callbacks.push(value as (...args: unknown[]) => void) - 1 }
    : { value };

/** Calls a function of the preload; events are synchronous, so its result is there when the call was sent. */
const call = (name: string, member: string, args: unknown[]) => {
  lastCall += 1;
  const id = lastCall;
  let result: Crossing['result'] | undefined;
  const deafen = hear('result', (detail) => {
    if (detail.id === id) result = detail;
  });
  try {
    send('call', { id, name, member, args: args.map(outgoing) });
  } finally {
    deafen();
  }
  if (!result) throw new Error('An object could not be cloned.');
  if (result.error !== undefined) throw new Error(result.error);
  return result.value;
};

if (window === window.top) {
  hear('callback', ({ id, args }) => callbacks[id]?.(...args));
  hear('expose', ({ name, members }) => {
    const api = members.map((member) => [member, (...args: unknown[]) => call(name, member, args)]);
    Object.defineProperty(window, name, { value: Object.freeze(Object.fromEntries(api)), enumerable: true });
  });
}
