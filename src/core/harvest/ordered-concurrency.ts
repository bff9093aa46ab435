import { DeskError } from '../../shared/errors.ts';

type Running<Item> = { queue: Item[]; ended: boolean; error: unknown; wake: () => void };

/**
 * The items of many generators, in the generators' order, several of them running ahead. `atOnce` is asked again each
 * time one could start. What is ahead of its turn is held in memory: `mostAhead` items of one generator, and four times
 * as many of all, before nothing more is begun.
 */
export async function* inOrder<Item>(
  sources: Iterable<() => AsyncGenerator<Item>>,
  atOnce: () => number,
  mostAhead: number,
  signal: AbortSignal,
): AsyncGenerator<Item> {
  const waiting = sources[Symbol.iterator]();
  const running: Running<Item>[] = [];
  let news = Promise.withResolvers<void>();
  const tell = () => {
    news.resolve();
    news = Promise.withResolvers<void>();
  };
  const run = async (source: () => AsyncGenerator<Item>, one: Running<Item>) => {
    try {
      for await (const item of source()) {
        if (signal.aborted) throw new DeskError('cancelled');
        one.queue.push(item);
        tell();
        while (one.queue.length >= mostAhead && running[0] !== one && !signal.aborted)
          await new Promise<void>((resolve) => {
            one.wake = resolve;
          });
      }
    } catch (error) {
      one.error = error;
    }
    one.ended = true;
    tell();
  };
  const held = () => running.reduce((sum, { queue }) => sum + queue.length, 0);
  const fill = () => {
    while (
      running.length === 0 ||
      (running.filter(({ ended }) => !ended).length < atOnce() && held() < 4 * mostAhead)
    ) {
      const next = waiting.next();
      if (next.done) return;
      const one: Running<Item> = { queue: [], ended: false, error: null, wake: () => {} };
      running.push(one);
      void run(next.value, one);
    }
  };
  for (;;) {
    fill();
    const [head] = running;
    if (!head) return;
    head.wake();
    const item = head.queue.shift();
    if (item !== undefined) {
      yield item;
      continue;
    }
    if (head.error) throw head.error;
    if (head.ended) {
      running.shift();
      continue;
    }
    await news.promise;
  }
}
