import { errorValueOf } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import type { Session } from '../client/session.ts';
import type { ReadHow } from '../rows/list-answer.ts';
import type { Tenants } from '../tenants/tenants.ts';
import type { Hider } from './hidden.ts';
import type { Journals } from './journals.ts';
import { lookAgain, settleOpen } from './settle.ts';

type Deps = {
  tenants: Tenants;
  journals: Journals;
  hider: Hider;
  clock: () => number;
  warn: (text: string) => void;
};

/** Entries of which nobody knows what came: of programs that ended before they could note it, or unknown after a look. */
export class OpenEntries {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  async #session(profile: string): Promise<Session> {
    return (await this.#deps.tenants.open(profile)).server();
  }

  #how() {
    const { clock, hider } = this.#deps;
    return { clock, hider };
  }

  /** Settles those of one tenant. Throws what opening the tenant throws. */
  async #settle(profile: Profile, how: Pick<ReadHow, 'signal' | 'tries'> = {}) {
    const { journals } = this.#deps;
    if (profile.kind === 'snapshot' || !journals.has(profile)) return;
    const journal = journals.of(profile);
    if (journal.open().length > 0)
      await settleOpen(await this.#session(profile.id), journal, { ...this.#how(), ...how });
  }

  /**
   * Settles what earlier runs of the program left open of one tenant, by a look at each. Returns how many are open still, as the
   * tenant or the object could not be reached. Throws `changes.journal`, and what a cancel throws.
   */
  async settle(idOrName: string, signal?: AbortSignal): Promise<number> {
    const { tenants, journals, warn } = this.#deps;
    const profile = await tenants.profile(idOrName);
    try {
      // Somebody waits for the command that comes after: a tenant that is away is asked once.
      await this.#settle(profile, { tries: 1, ...(signal ? { signal } : {}) });
    } catch (error) {
      const { code } = errorValueOf(error);
      if (code === 'changes.journal' || signal?.aborted) throw error;
      warn(`journal of ${profile.id}: ${code}`);
    }
    return journals.has(profile) ? journals.of(profile).open().length : 0;
  }

  /** The same of every tenant that has a journal; nothing is thrown. */
  async takeUp(): Promise<void> {
    const { tenants, warn } = this.#deps;
    for (const profile of tenants.profiles.list())
      await this.#settle(profile).catch((error: unknown) =>
        warn(`journal of ${profile.id}: ${errorValueOf(error).code}`),
      );
  }

  /** Looks again at these entries. Returns how many are known now; nothing is sent again. */
  async lookAgain(
    idOrName: string,
    entries: readonly number[],
    signal?: AbortSignal,
  ): Promise<{ settled: number }> {
    const session = await this.#session(idOrName);
    const journal = this.#deps.journals.of(session.profile);
    const how = { ...this.#how(), ...(signal ? { signal } : {}) };
    return { settled: await lookAgain(session, journal, entries, how) };
  }
}
