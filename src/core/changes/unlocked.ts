import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';

/** How long changes to a tenant stay unlocked, ms. */
export const unlockedMs = 15 * 60_000;

/** More objects than this ask for the name of a production tenant. */
const mostUnconfirmed = 20;

/** A word that begins so, wherever it stands in a label: "EU production", "live-2". Where in doubt a name is typed. */
const inUse = /(?<!\p{L})(prod|prd|live)|本番|운영|프로덕션/iu;

/** True of a tenant that is labelled as the one in use. */
export const isProduction = ({ label }: Pick<Profile, 'label'>): boolean => inUse.test(label);

/** What has to be typed before a plan is applied; null where nothing has. */
export const confirmOf = (
  profile: Profile,
  { deletes, objects }: { deletes: number; objects: number },
): string | null =>
  isProduction(profile) && (deletes > 0 || objects > mostUnconfirmed) ? profile.name : null;

/** What is unlocked: a profile of another address is another tenant. */
type Place = Pick<Profile, 'id' | 'endpoint' | 'resource'>;
const keyOf = ({ id, endpoint, resource }: Place) => JSON.stringify([id, endpoint, resource]);

/**
 * Which tenants can be changed now. Each begins locked in every run of the program, and is unlocked for 15 minutes by
 * the operator; what is being applied then runs to its end.
 */
export class Unlocked {
  readonly #clock: () => number;
  readonly #elapsed: () => number;
  readonly #until = new Map<string, { until: number; elapsed: number }>();

  /** `elapsed`: ms that nobody sets back, beside the system's clock. */
  constructor(clock: () => number, elapsed = () => performance.now()) {
    this.#clock = clock;
    this.#elapsed = elapsed;
  }

  /** Until when, unix ms; null where it is locked. */
  until(profile: Place): number | null {
    const known = this.#until.get(keyOf(profile));
    if (!known) return null;
    const now = this.#clock();
    const left = known.elapsed - this.#elapsed();
    if (known.until <= now || left <= 0) return null;
    // Of a clock that was set back, the end is told as that clock will show it.
    return Math.min(known.until, Math.ceil(now + left));
  }

  /** Throws `profile.read_only`. */
  unlock(profile: Profile): number {
    refuseReadOnly(profile);
    const until = this.#clock() + unlockedMs;
    this.#until.set(keyOf(profile), { until, elapsed: this.#elapsed() + unlockedMs });
    return until;
  }

  lock(profile: Place) {
    this.#until.delete(keyOf(profile));
  }

  lockAll() {
    this.#until.clear();
  }

  /** Throws `profile.read_only`, `changes.locked`, or `changes.confirm` where the name was not typed as it is. */
  hold(profile: Profile, wanted: string | null, typed: string | undefined) {
    refuseReadOnly(profile);
    if (this.until(profile) === null) throw new DeskError('changes.locked', { where: profile.name });
    if (wanted !== null && typed?.normalize('NFC').trim() !== wanted)
      throw new DeskError('changes.confirm', { where: wanted });
  }
}

const refuseReadOnly = (profile: Profile) => {
  if (profile.kind === 'snapshot') throw new DeskError('snapshot.no_server', { where: profile.name });
  if (profile.access !== 'read-write') throw new DeskError('profile.read_only', { where: profile.name });
};
