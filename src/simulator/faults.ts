/** Whether a request is carried out before it goes wrong. */
type When = { when?: 'before' | 'after' };

/**
 * What can be made to go wrong, once or several times, for requests that match. `when: 'before'`: nothing of the request
 * is carried out, `'after'`: all of it is, and only the answer is not what it would have been. `half`, `slow` and `hang`
 * come after.
 */
export type Fault =
  /** Before, if nothing else is said. */
  | ({ kind: 'latency'; ms: number } & When)
  /** The answer waits for whoever holds it; before, if nothing else is said. */
  | ({ kind: 'held'; until: Promise<unknown> } & When)
  /** Before, if nothing else is said. */
  | ({ kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown } & When)
  /** Before, if nothing else is said. */
  | ({ kind: 'html'; status: number } & When)
  /** After, if nothing else is said. */
  | ({ kind: 'cut' } & When)
  | { kind: 'half' }
  | { kind: 'slow'; ms: number }
  | { kind: 'hang' };

export type Match = { method: string; path: string; query: URLSearchParams };
type Rule = { on: (asked: Match) => boolean; times: number; fault: Fault };

export const comesBefore = (fault: Fault): boolean =>
  'when' in fault && fault.when
    ? fault.when === 'before'
    : ['latency', 'held', 'status', 'html'].includes(fault.kind);

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
