import PQueue from 'p-queue';
import type { Profile } from '../../shared/profile.ts';

/** Who waits for an answer: someone looking at it, someone about to, or a job. */
export type Priority = 'visible' | 'ahead' | 'background';
const ranks: Record<Priority, number> = { visible: 2, ahead: 1, background: 0 };

/** Requests of jobs under way at once at most; past some sixteen a server gains nothing (FACTS cost). */
export const backgroundAtOnce = 16;
/** Requests of one tenant under way at once at most: a view finds a free turn while jobs take all of theirs. */
export const requestsAtOnce = backgroundAtOnce + 8;
const windowMs = 10_000;
/** Cloud answers about this many requests in `windowMs` (FACTS profiles, from Logto's documents). */
const cloudRequests = 200;
/** A job's share, spread evenly, so that a view never waits for a whole window to pass. */
const backgroundPerSecond = 19;

/**
 * The turns of one tenant: every request of every view and job passes here. A Cloud tenant starts at most 200 requests in any
 * 10 s; the most visible goes first. A request whose signal is aborted while it waits is never sent.
 */
export class Limiter {
  readonly #turns: PQueue;
  readonly #background: PQueue;
  readonly #clock: () => number;
  #starts: number[] = [];

  constructor(kind: Profile['kind'], clock: () => number = Date.now) {
    this.#clock = clock;
    const cloud = kind === 'cloud';
    this.#turns = new PQueue({
      concurrency: requestsAtOnce,
      ...(cloud ? { interval: windowMs, intervalCap: cloudRequests, strict: true } : {}),
    });
    this.#background = new PQueue({
      concurrency: backgroundAtOnce,
      ...(cloud ? { interval: 1000, intervalCap: backgroundPerSecond, strict: true } : {}),
    });
  }

  /** Runs the request at its turn. Rejects with the signal's reason when it is aborted first. */
  run<T>(request: () => Promise<T>, priority: Priority, signal?: AbortSignal): Promise<T> {
    const turn = () =>
      this.#turns.add(
        () => {
          this.#starts.push(this.#clock());
          return request();
        },
        { priority: ranks[priority], ...(signal ? { signal } : {}) },
      );
    return priority === 'background' ? this.#background.add(turn, signal ? { signal } : {}) : turn();
  }

  /** Requests started in the last 10 s. */
  get recent(): number {
    const since = this.#clock() - windowMs;
    this.#starts = this.#starts.filter((start) => start > since);
    return this.#starts.length;
  }
}
