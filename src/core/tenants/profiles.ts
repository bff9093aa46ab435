import { DeskError } from '../../shared/errors.ts';
import {
  type Profile,
  type ProfileInput,
  profileIdOf,
  profileOf,
  profileSchema,
} from '../../shared/profile.ts';
import type { Settings } from '../settings/settings.ts';
import { bindingOf, isBoundTo } from './bound-secret.ts';
import type { SecretPlace, Secrets } from './keychain.ts';

/** What else hangs on a profile: sessions, jobs, mirrors, plans. */
export type Belongings = {
  /** It has another address, secret or access now, or is being removed: what is open towards the old one is over. */
  close(id: string): Promise<void>;
  /** It has another address now: nothing that began at the old one continues at this one. */
  move(id: string): void;
  /** Nothing of a profile of this id stays on this computer. */
  remove(profile: Profile): Promise<void>;
};

/** A name by which tenants are told apart: without case, and composed, as macOS types it otherwise. */
const folded = (name: string) => name.normalize('NFC').toLowerCase();

/**
 * The stored profiles; their secrets go beside them, never into them. Adding, changing and removing one is the same
 * whatever door asks: what hangs on it follows.
 */
export class Profiles {
  readonly #settings: Settings;
  readonly #secrets: Secrets;
  readonly #belongings: Belongings;

  constructor(settings: Settings, secrets: Secrets, belongings: Belongings) {
    this.#settings = settings;
    this.#secrets = secrets;
    this.#belongings = belongings;
  }

  list(): Profile[] {
    return this.#settings.profiles;
  }

  /** A profile by its id or its name. Throws `profile.not_found`. */
  get(idOrName: string): Profile {
    const profiles = this.list();
    const wanted = folded(idOrName);
    const found =
      profiles.find(({ id }) => id === idOrName) ?? profiles.find(({ name }) => folded(name) === wanted);
    if (!found) throw new DeskError('profile.not_found', { where: idOrName });
    return found;
  }

  /** Stores a profile; its secret first, so that a profile without a secret never appears. */
  async add(input: ProfileInput, secret: string, place: SecretPlace): Promise<Profile> {
    const profiles = this.list();
    const id = profileIdOf(
      input.name,
      profiles.map((known) => known.id),
    );
    const profile: Profile = { ...profileOf(input, id), secretBound: true };
    this.#refuseTakenName(profile);
    if (!secret) throw new DeskError('secret.missing', { where: profile.name });
    // What an earlier tenant of this id left is not the new one's.
    await this.#belongings.remove(profile);
    await this.#secrets.set(profile, secret, place);
    try {
      this.#settings.changeProfiles((others) => [...others, profile]);
    } catch (error) {
      await this.#secrets.delete(profile.id).catch(() => {});
      throw error;
    }
    return profile;
  }

  /** Stores a snapshot's profile, under an id (from `stem`) and a name that are free. `takenAt` in unix ms. */
  addSnapshot(stem: string, tenant: { name: string; endpoint: string }, takenAt: number): Profile {
    const base = tenant.name.slice(0, 40) || 'Snapshot';
    let added: Profile | null = null;
    // Chosen where nobody else can choose: the same file may be opened twice at once.
    this.#settings.changeProfiles((others) => {
      const taken = new Set(others.map(({ name }) => folded(name)));
      let name = `${base} (snapshot)`;
      for (let n = 2; taken.has(folded(name)); n += 1) name = `${base} (snapshot ${n})`;
      added = profileSchema.parse({
        id: profileIdOf(
          stem,
          others.map(({ id }) => id),
        ),
        kind: 'snapshot',
        name,
        label: new Date(takenAt).toISOString().slice(0, 10),
        color: 'gray',
        access: 'read-only',
        appId: '',
        images: false,
        endpoint: tenant.endpoint,
        resource: '',
        takenAt,
      });
      return [...others, added];
    });
    if (!added) throw new DeskError('settings.not_writable');
    return added;
  }

  /**
   * Changes a profile; without a new secret the old one stays, which serves its own address and app only: with another
   * one, `secret.elsewhere` is thrown. The secret is stored before the address, and put back when that fails.
   */
  async update(
    id: string,
    input: ProfileInput,
    secret: string | undefined,
    place: SecretPlace,
  ): Promise<Profile> {
    const known = this.get(id);
    if (known.kind === 'snapshot') throw new DeskError('snapshot.no_server', { where: known.name });
    const entered = profileOf(input, known.id);
    const bound = known.secretBound || secret !== undefined;
    const profile: Profile = bound ? { ...entered, secretBound: true } : entered;
    this.#refuseTakenName(profile);
    if (!secret) {
      if (!isBoundTo(bindingOf(known), profile))
        throw new DeskError('secret.elsewhere', { where: known.name });
      this.#replace(profile);
      await this.#changed(known, profile);
      return profile;
    }
    const putBack = await this.#secrets.replace(profile, secret, place);
    try {
      this.#replace(profile);
    } catch (error) {
      await putBack().catch(() => {});
      throw error;
    }
    await this.#changed(known, profile);
    return profile;
  }

  async #changed(before: Profile, now: Profile) {
    await this.#belongings.close(now.id);
    if (before.endpoint !== now.endpoint || before.resource !== now.resource) this.#belongings.move(now.id);
  }

  /** Allows changes to a tenant, or none. Throws `snapshot.no_server` for what has no server. */
  async setAccess(id: string, access: Profile['access']): Promise<Profile> {
    const known = this.get(id);
    if (known.kind === 'snapshot') throw new DeskError('snapshot.no_server', { where: known.name });
    const profile: Profile = { ...known, access };
    this.#replace(profile);
    await this.#belongings.close(profile.id);
    return profile;
  }

  /**
   * Removes a profile, its secret, its mirror, and whatever else hangs on it. When the keychain cannot remove the secret,
   * the profile stays too.
   */
  async remove(id: string): Promise<Profile> {
    const profile = this.get(id);
    if (profile.kind !== 'snapshot') await this.#secrets.delete(profile.id);
    this.#settings.changeProfiles((all) => all.filter((other) => other.id !== profile.id));
    this.#settings.changeCapabilities(profile.id, null);
    await this.#belongings.close(profile.id);
    await this.#belongings.remove(profile);
    return profile;
  }

  #replace(profile: Profile) {
    this.#settings.changeProfiles((all) => all.map((other) => (other.id === profile.id ? profile : other)));
  }

  #refuseTakenName({ id, name }: Profile) {
    const taken = this.list().some((other) => other.id !== id && folded(other.name) === folded(name));
    if (taken) throw new DeskError('profile.name_taken', { where: 'name', reason: name });
  }
}
