import type { Page } from '@playwright/test';

/** What React's own tools see of a part of the page. */
type Fiber = {
  flags: number;
  type: unknown;
  child: Fiber | null;
  sibling: Fiber | null;
  alternate: Fiber | null;
};

/** Has the page count the components that are drawn from its next start on, as React tells them to its developers' tools. */
export const countDrawn = (page: Page) =>
  page.addInitScript(() => {
    /** Flag of a component whose function ran. */
    const ran = 1;
    let drawn = 0;
    const look = (fiber: Fiber) => {
      const isComponent =
        typeof fiber.type === 'function' || (typeof fiber.type === 'object' && fiber.type !== null);
      if (isComponent && fiber.flags & ran) drawn += 1;
      // Those that stand as they stood before were not looked at, nor was anything below them.
      const stood = new Set<Fiber>();
      for (let child = fiber.alternate?.child; child; child = child.sibling) stood.add(child);
      for (let { child } = fiber; child; child = child.sibling) if (!stood.has(child)) look(child);
    };
    Object.assign(window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberRoot: (_: number, { current }: { current: Fiber }) => look(current),
        onCommitFiberUnmount: () => {},
      },
      takeDrawn: () => {
        const taken = drawn;
        drawn = 0;
        return taken;
      },
    });
  });

/** Components that were drawn since this was asked last. */
export const takeDrawn = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { takeDrawn: () => number }).takeDrawn());
