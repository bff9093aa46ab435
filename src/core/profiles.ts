import { DeskError } from '../shared/errors.ts';
import { type Profile, type ProfileInput, profileIdOf, profileOf, profileSchema } from '../shared/profile.ts';
import { bindingOf, isBoundTo } from './bound-secret.ts';
import type { SecretPlace, Secrets } from './keychain.ts';
import type { Settings } from './settings.ts';

/** The stored profiles; their secrets go beside them, never into them. */
export class Profiles {
  readonly #settings: Settings;
  readonly #secrets: Secrets;

  constructor(settings: Settings, secrets: Secrets) {
    this.#settings = settings;
    this.#secrets = secrets;
  }

  list(): Profile[] {
    return this.#settings.profiles;
  }

  /** A profile by its id or its name. Throws `profile.not_found`. */
  get(idOrName: string): Profile {
    const profiles = this.list();
    const wanted = idOrName.toLowerCase();
    const found =
      profiles.find(({ id }) => id === idOrName) ??
      profiles.find(({ name }) => name.toLowerCase() === wanted);
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
    await this.#secrets.set(profile, secret, place);
    try {
      this.#settings.changeProfiles((others) => [...others, profile]);
    } catch (error) {
      await this.#secrets.delete(profile.id).catch(() => {});
      throw error;
    }
    return profile;
  }

  /** Stores a snapshot's profile, under a name that is free. `takenAt` in unix ms. */
  addSnapshot(id: string, tenant: { name: string; endpoint: string }, takenAt: number): Profile {
    const taken = new Set(this.list().map(({ name }) => name.toLowerCase()));
    const base = tenant.name.slice(0, 40) || 'Snapshot';
    let name = `${base} (snapshot)`;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${base} (snapshot ${n})`;
    const profile = profileSchema.parse({
      id,
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
    this.#settings.changeProfiles((others) => [...others, profile]);
    return profile;
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
      return profile;
    }
    const putBack = await this.#secrets.replace(profile, secret, place);
    try {
      this.#replace(profile);
    } catch (error) {
      await putBack().catch(() => {});
      throw error;
    }
    return profile;
  }

  /** Removes a profile and its secret. When the keychain cannot remove the secret, the profile stays too. */
  async remove(id: string): Promise<Profile> {
    const profile = this.get(id);
    if (profile.kind !== 'snapshot') await this.#secrets.delete(profile.id);
    this.#settings.changeProfiles((all) => all.filter((other) => other.id !== profile.id));
    return profile;
  }

  #replace(profile: Profile) {
    this.#settings.changeProfiles((all) => all.map((other) => (other.id === profile.id ? profile : other)));
  }

  #refuseTakenName({ id, name }: Profile) {
    const taken = this.list().some(
      (other) => other.id !== id && other.name.toLowerCase() === name.toLowerCase(),
    );
    if (taken) throw new DeskError('profile.name_taken', { where: 'name', reason: name });
  }
}
