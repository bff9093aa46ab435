/** How long a browser that cannot say when it rests (Safari) is left alone, ms. */
const untilRestMs = 300;

/** Does something once the page has nothing else to do; what it gives takes it back. */
export const atRest = (act: () => void): (() => void) => {
  if (typeof globalThis.requestIdleCallback === 'function') {
    const waiting = requestIdleCallback(act);
    return () => cancelIdleCallback(waiting);
  }
  const waiting = setTimeout(act, untilRestMs);
  return () => clearTimeout(waiting);
};
