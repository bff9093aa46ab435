/** Pages under way while all are loaded; past four a server gains little (FACTS cost). */
const pagesAtOnce = 4;

type Loading = {
  /** Pages at most. */
  most: number;
  isPastEnd: (index: number) => boolean;
  /** Reads a page; false when it is the last. */
  read: (index: number) => Promise<boolean>;
  signal: AbortSignal;
};

/** Reads pages from the first on, several at a time, until the end, the bound, or the signal. Rejects with the first error. */
export const loadPages = async ({ most, isPastEnd, read, signal }: Loading): Promise<void> => {
  let next = 0;
  let end = most;
  const walk = async () => {
    while (!signal.aborted && next < end && !isPastEnd(next)) {
      const index = next;
      next += 1;
      if (!(await read(index))) end = Math.min(end, index);
    }
  };
  await Promise.all(Array.from({ length: pagesAtOnce }, walk));
};
