import { type ComponentType, memo, type ReactNode, useLayoutEffect, useSyncExternalStore } from 'react';
import { whyNot } from './parts';

type State<Props extends object> = { Component?: ComponentType<Props>; error?: unknown };

/**
 * A component whose part of the program is fetched when it is first drawn, with something `instead` until it is there. React's own
 * `lazy` is not used: where it has shown a gap, what comes into it, or into the next one, is held back until 300 ms have passed
 * (React holds such moments together), which is longer than all else that a view needs. `arrive` fetches it before that, and
 * is over when it is there or cannot come.
 */
export const arriving = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  instead: ReactNode = null,
): ((props: Props) => ReactNode) & { arrive: () => Promise<void> } => {
  let state: State<Props> = {};
  let isLoading = false;
  const watching = new Set<() => void>();
  /** How often it stands on the page: a failure is told to whoever draws it, and nobody else missed it. */
  let drawn = 0;
  const became = (next: State<Props>) => {
    state = next;
    for (const tell of watching) tell();
  };
  let fetched = Promise.resolve();
  const start = () => {
    if (isLoading || state.Component) return;
    isLoading = true;
    fetched = load().then(
      (Component) => became({ Component }),
      async (failed: unknown) => {
        const error = await whyNot(failed);
        isLoading = false;
        if (drawn > 0) became({ error });
      },
    );
  };
  const watch = (tell: () => void) => {
    watching.add(tell);
    return () => void watching.delete(tell);
  };
  const stand = () => {
    drawn += 1;
    // It may have failed since it was made, before it stood here.
    start();
    return () => {
      drawn -= 1;
      // Whoever draws it again tries again.
      if (drawn === 0 && state.error !== undefined) state = {};
    };
  };
  return Object.assign(
    memo((props: Props) => {
      const { Component, error } = useSyncExternalStore(watch, () => state);
      useLayoutEffect(stand, []);
      if (error !== undefined) throw error;
      if (!Component) start();
      return Component ? <Component {...props} /> : instead;
    }),
    {
      arrive: () => {
        start();
        return fetched;
      },
    },
  );
};
