import { type ComponentType, memo, type ReactNode, useSyncExternalStore } from 'react';

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
      (error: unknown) => {
        // Whoever draws it again tries again; what failed while nobody drew it was never missed.
        isLoading = false;
        if (watching.size > 0) became({ error });
      },
    );
  };
  const watch = (tell: () => void) => {
    watching.add(tell);
    return () => {
      watching.delete(tell);
      if (watching.size === 0 && state.error !== undefined) state = {};
    };
  };
  return Object.assign(
    memo((props: Props) => {
      const { Component, error } = useSyncExternalStore(watch, () => state);
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
