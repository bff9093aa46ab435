import { type Found, Hider } from './hidden.ts';
import type { Journal, SealedHidden } from './journal.ts';
import { type Sealer, savedMs, sealedJson, unsealedJson } from './saved.ts';

const bound = (profile: string, print: string) => `${profile} hidden ${print}`;

/**
 * Values that lists mask, of plans and of what was changed: in memory while their plan is, and sealed in the tenant's journal
 * for 30 days, for undoing and for a plan's file. Without a keychain in memory alone.
 */
export class HiddenValues {
  readonly hider: Hider;
  readonly #sealer: Sealer;
  readonly #clock: () => number;

  constructor(sealer: Sealer, clock: () => number) {
    this.#sealer = sealer;
    this.#clock = clock;
    this.hider = new Hider(() => sealer.key());
  }

  /** None where the keychain has no key. */
  async sealed(profile: string, found: Found): Promise<SealedHidden[]> {
    if (found.size === 0) return [];
    const key = await this.#sealer.key().catch(() => null);
    if (!key) return [];
    const until = this.#clock() + savedMs;
    return [...found].map(([print, value]) => ({
      print,
      until,
      body: sealedJson(key, value, bound(profile, print)),
    }));
  }

  /** Finds a value by its fingerprint: in memory, or sealed; undefined where nobody has it any more. */
  finder(profile: string, journal: () => Journal | null, found: Found = new Map()) {
    return async (print: string): Promise<unknown> => {
      if (found.has(print)) return found.get(print);
      const body = journal()?.hidden(print, this.#clock());
      const key = body ? await this.#sealer.key().catch(() => null) : null;
      return body && key ? unsealedJson(key, body, bound(profile, print)) : undefined;
    };
  }
}
