import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import { bindingOf, entryOf, isBoundTo, readEntry } from './bound-secret.ts';

/** Secrets by account name. Every method throws `keychain.unavailable` or `keychain.locked` when it cannot do its work. */
export type Keychain = {
  get(account: string): Promise<string | null>;
  set(account: string, secret: string): Promise<void>;
  delete(account: string): Promise<void>;
};

/** The part of keytar's API that is used. */
type Keytar = {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
};

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const keychainError = (error: unknown) => {
  if (error instanceof DeskError) return error;
  const reason = reasonOf(error);
  const locked = /locked|dismissed|denied|rejected|cancell?ed|not allowed/i.test(reason);
  return new DeskError(locked ? 'keychain.locked' : 'keychain.unavailable', { reason }, { cause: error });
};

/** The service ended while it was asked, or is being started again, or is not there at all; one that refuses is not this. */
const isAway = (error: unknown) =>
  /NoReply|disconnected from message bus|was not provided by any|no such name/.test(reasonOf(error));
const waitsWhileAway = [250, 500, 1_000];

/** The keychain of the operating system through keytar's API, under the service name `service`. */
export const osKeychain = (service: string, load: () => Promise<Keytar>): Keychain => {
  // Of one that did not come, no later request waits again.
  let isMissing = false;
  const guarded = async <T>(work: (keytar: Keytar) => Promise<T>, waits = waitsWhileAway): Promise<T> => {
    try {
      const result = await work(await load());
      isMissing = false;
      return result;
    } catch (error) {
      const [wait, ...rest] = waits;
      if (wait === undefined) isMissing = isAway(error);
      if (isMissing || wait === undefined || !isAway(error)) throw keychainError(error);
      await setTimeout(wait);
      return guarded(work, rest);
    }
  };

  /** A locked key ring answers "nothing found"; only a write tells it from an empty one (and asks to unlock it). */
  const proveUnlocked = async (keytar: Keytar) => {
    const account = `probe-${randomUUID()}`;
    await keytar.setPassword(service, account, 'probe');
    await keytar.deletePassword(service, account);
  };

  return {
    get: (account) =>
      guarded(async (keytar) => {
        const secret = await keytar.getPassword(service, account);
        if (secret !== null) return secret;
        await proveUnlocked(keytar);
        return keytar.getPassword(service, account);
      }),
    set: (account, secret) =>
      guarded(async (keytar) => {
        await keytar.setPassword(service, account, secret);
      }),
    delete: (account) =>
      guarded(async (keytar) => {
        if (!(await keytar.deletePassword(service, account))) await proveUnlocked(keytar);
      }),
  };
};

/** On Linux: left to itself, the library keeps secrets in the kernel's key ring where it reaches no Secret Service. */
export const secretService = { linux: { store: 'secret-service' } } as const;

/**
 * Loads keytar's API; on Linux, each call fails where no Secret Service is reached. The module is native and may be missing on
 * a platform, which then is an unavailable keychain.
 */
export const loadKeytar = async (): Promise<Keytar> => {
  const { AsyncEntry } = await import('keytar');
  const entry = (service: string, account: string) => new AsyncEntry(service, account, secretService);
  return {
    getPassword: async (service, account) => entry(service, account).getPassword(),
    setPassword: async (service, account, password) => entry(service, account).setPassword(password),
    deletePassword: async (service, account) => entry(service, account).deletePassword(),
  };
};

export type SecretPlace = 'keychain' | 'memory';

/** The profile that a secret belongs to, with what it is bound to. */
export type SecretOwner = Pick<Profile, 'id' | 'name' | 'endpoint' | 'resource' | 'appId' | 'secretBound'>;

/**
 * Secrets of profiles: in the keychain, or in memory until the program ends where the user chose that. Never a file.
 * Each is bound to the token address and the App ID that it was entered for.
 */
export class Secrets {
  readonly #keychain: Keychain;
  /** Entries as the keychain would keep them, by profile. */
  readonly #memory = new Map<string, string>();

  constructor(keychain: Keychain) {
    this.#keychain = keychain;
  }

  /**
   * The secret, for the address and the app that it was entered for. Throws `secret.missing` when there is none for this
   * profile, `secret.elsewhere` when it is for another address or app.
   */
  async get(profile: SecretOwner): Promise<string> {
    const entry = this.#memory.get(profile.id) ?? (await this.#keychain.get(profile.id));
    if (entry === null) throw new DeskError('secret.missing', { where: profile.name });
    const { secret, binding } = readEntry(entry);
    if (binding ? !isBoundTo(binding, profile) : profile.secretBound)
      throw new DeskError('secret.elsewhere', { where: profile.name });
    // An entry of an earlier version is for the address that its profile has had since. Bound again next time if it fails.
    if (!binding) await this.#keychain.set(profile.id, entryOf(secret, bindingOf(profile))).catch(() => {});
    return secret;
  }

  async set(profile: SecretOwner, secret: string, place: SecretPlace): Promise<void> {
    const entry = entryOf(secret, bindingOf(profile));
    if (place === 'memory') {
      this.#memory.set(profile.id, entry);
      return;
    }
    await this.#keychain.set(profile.id, entry);
    this.#memory.delete(profile.id);
  }

  /** Like `set`; returns what puts the former secret back in its place. */
  async replace(profile: SecretOwner, secret: string, place: SecretPlace): Promise<() => Promise<void>> {
    const { id } = profile;
    const remembered = this.#memory.get(id);
    const kept = place === 'keychain' ? await this.#keychain.get(id) : null;
    await this.set(profile, secret, place);
    return async () => {
      if (remembered === undefined) this.#memory.delete(id);
      else this.#memory.set(id, remembered);
      if (place === 'memory') return;
      await (kept === null ? this.#keychain.delete(id) : this.#keychain.set(id, kept));
    };
  }

  /** Removes the secret wherever it is; a secret that was only in memory needs no keychain. */
  async delete(profileId: string): Promise<void> {
    if (this.#memory.delete(profileId)) {
      await this.#keychain.delete(profileId).catch(() => {});
      return;
    }
    await this.#keychain.delete(profileId);
  }

  placeOf(profileId: string): SecretPlace {
    return this.#memory.has(profileId) ? 'memory' : 'keychain';
  }
}
