/** What can be made to go wrong, once or several times, for requests that match. */
export type Fault =
  | { kind: 'latency'; ms: number }
  /** The answer waits for whoever holds it. */
  | { kind: 'held'; until: Promise<unknown> }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  | { kind: 'html'; status: number }
  | { kind: 'cut' }
  | { kind: 'half' }
  | { kind: 'slow'; ms: number }
  | { kind: 'hang' };

export type Match = { method: string; path: string; query: URLSearchParams };
type Rule = { on: (asked: Match) => boolean; times: number; fault: Fault };

/** Faults on demand: rules are tried in the order they were added, each `times` times (default once). */
export class Faults {
  #rules: Rule[] = [];

  add(
    fault: Fault,
    { on = () => true, times = 1 }: { on?: string | ((asked: Match) => boolean); times?: number } = {},
  ) {
    this.#rules.push({ on: typeof on === 'string' ? ({ path }) => path.startsWith(on) : on, times, fault });
  }

  clear() {
    this.#rules = [];
  }

  /** The fault for this request, used up by asking. */
  next(asked: Match): Fault | undefined {
    const rule = this.#rules.find((candidate) => candidate.times > 0 && candidate.on(asked));
    if (!rule) return undefined;
    rule.times -= 1;
    return rule.fault;
  }
}
