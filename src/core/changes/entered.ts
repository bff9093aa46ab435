import { randomUUID } from 'node:crypto';
import type { SecretRef } from '../../shared/change/change.ts';

/** Secrets that the operator entered for a plan: in memory until the program ends, at most so many. */
const most = 10_000;

export class Entered {
  readonly #values = new Map<string, string>();

  keep(value: string): SecretRef {
    const key = randomUUID();
    this.#values.set(key, value);
    const [oldest] = this.#values.keys();
    if (this.#values.size > most && oldest !== undefined) this.#values.delete(oldest);
    return { secret: 'entered', key };
  }

  /** Null where it is no longer there. */
  get(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  clear() {
    this.#values.clear();
  }
}
