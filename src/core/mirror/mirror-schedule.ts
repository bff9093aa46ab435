import type { Profile } from '../../shared/profile.ts';
import type { MirrorPlan } from '../settings/settings.ts';
import type { CopyAsked } from './copy-tenant.ts';
import type { Mirrors } from './mirror.ts';

/** How often it is looked at what is due, ms. */
const lookEveryMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

type Deps = {
  plans: () => Record<string, MirrorPlan>;
  /** False for a tenant that is not there: the demo's, while it does not run. */
  isKnown: (profile: string) => boolean;
  mirrors: Mirrors;
  profileFor: (profile: string) => Promise<Profile>;
  /** Nothing is begun while this is true. */
  isLocked: () => boolean;
  /** Starts a copy; one that runs already is the same. */
  copy: (asked: CopyAsked) => Promise<unknown>;
  clock: () => number;
  warn: (text: string) => void;
};

/** Syncs mirrors when they are due, and drops logs that are older than wanted. */
export class MirrorSchedule {
  readonly #deps: Deps;
  #timer: ReturnType<typeof setInterval> | null = null;
  /** When a tenant's copy was last begun from here, unix ms: one that fails is not begun again at once. */
  readonly #begun = new Map<string, number>();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  start() {
    this.#timer ??= setInterval(() => void this.look(), lookEveryMs).unref();
  }

  stop() {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Does what is due now. A tenant that fails does not keep others from theirs. */
  async look(): Promise<void> {
    const { plans, isKnown } = this.#deps;
    for (const [profile, plan] of Object.entries(plans()).filter(([id]) => isKnown(id)))
      await this.#keep(profile, plan).catch((error: unknown) =>
        this.#deps.warn(`mirror of ${profile}: ${error instanceof Error ? error.message : ''}`),
      );
  }

  async #keep(profile: string, { everyHours, keepLogsDays }: MirrorPlan) {
    const { mirrors, copy, clock, profileFor, isLocked } = this.#deps;
    if (isLocked()) return;
    const now = clock();
    const tenant = await profileFor(profile);
    const cutoff = keepLogsDays === null ? null : now - keepLogsDays * dayMs;
    if (cutoff !== null) await mirrors.forgetBefore(tenant, cutoff);
    if (everyHours === 0) return;
    const { lists } = await mirrors.about(tenant);
    const readAt = Math.max(0, ...lists.map(({ wholeAt }) => wholeAt ?? 0), this.#begun.get(profile) ?? 0);
    // A clock that was set back must not keep a mirror from being read for as long as that.
    if (readAt <= now && now - readAt < everyHours * hourMs) return;
    // It may have been locked while this was looked up.
    if (isLocked()) return;
    this.#begun.set(profile, now);
    await copy({ profile, ...(cutoff === null ? {} : { logsSince: cutoff }) });
  }
}
