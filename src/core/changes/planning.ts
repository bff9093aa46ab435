import type { OnStep, PlanningStep } from '../../shared/change/planning.ts';

/** Plans that are being made, by the ticket of whoever asked, and how far each is. */
export class Planning {
  readonly #steps = new Map<string, PlanningStep | null>();

  /** Does the work of a plan, whose steps can be asked for meanwhile. */
  async watched<Value>(ticket: string | undefined, work: (onStep: OnStep) => Promise<Value>): Promise<Value> {
    if (ticket === undefined) return work(() => {});
    this.#steps.set(ticket, null);
    try {
      return await work((step) => void this.#steps.set(ticket, step));
    } finally {
      this.#steps.delete(ticket);
    }
  }

  /** Null before the first step, and once it is made. */
  of(ticket: string): PlanningStep | null {
    return this.#steps.get(ticket) ?? null;
  }
}
