import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Seen } from '../../shared/change/operations/operation.ts';
import { DeskError } from '../../shared/errors.ts';
import { alone } from '../base/alone.ts';
import type { Keychain } from '../tenants/keychain.ts';

/** How long what a delete took along, and a former value that lists mask, are kept, ms. */
export const savedMs = 30 * 86_400_000;

/** The key's account in the keychain; no profile's id has a space in it. */
const account = 'journal key';

const nonceBytes = 12;
const tagBytes = 16;

const savedSchema = z.array(
  z.union([z.null(), z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown())]),
);

/** What a sealed thing belongs to: it opens in no other place. */
export type Place = { profile: string; entry: number };

const bound = ({ profile, entry }: Place) => `${profile} ${entry}`;

/**
 * Seals what a delete takes along, and values that lists mask (AES-256-GCM), by a key that is made once and kept in the
 * system's keychain: the journal's file never holds them in clear.
 */
export class Sealer {
  readonly #keychain: Keychain;
  readonly #lock: string;
  #key: Promise<Buffer> | null = null;

  /** `lock`: a file by which programs of ours make the key one after the other. */
  constructor(keychain: Keychain, lock: string) {
    this.#keychain = keychain;
    this.#lock = lock;
  }

  async #made(): Promise<Buffer> {
    const isThere = async () => (await this.#keychain.get(account)) !== null;
    // Of two that were made at the same time one stays, and what the other sealed would never open.
    if (!(await isThere()))
      await alone(this.#lock, async () => {
        if (!(await isThere())) await this.#keychain.set(account, randomBytes(32).toString('base64'));
      });
    const key = Buffer.from((await this.#keychain.get(account)) ?? '', 'base64');
    if (key.length !== 32) throw new DeskError('keychain.unavailable', { reason: 'the key is not there' });
    return key;
  }

  /** Throws `keychain.*`. */
  key(): Promise<Buffer> {
    this.#key ??= this.#made();
    const key = this.#key;
    key.catch(() => {
      if (this.#key === key) this.#key = null;
    });
    return key;
  }

  async isAvailable(): Promise<boolean> {
    return this.key().then(
      () => true,
      () => false,
    );
  }
}

/** Any JSON, sealed; `place`: what it belongs to, and opens with. */
export const sealedJson = (key: Buffer, value: unknown, place: string): Uint8Array => {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
};

/** Undefined where it was changed, or is another place's or key's. */
export const unsealedJson = (key: Buffer, body: Uint8Array, place: string): unknown => {
  const bytes = Buffer.from(body);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes))
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    const text = Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
};

export const sealed = (key: Buffer, seen: readonly Seen[], place: Place): Uint8Array =>
  sealedJson(key, seen, bound(place));

/** What was saved; null where it was changed, or is another place's or key's: what else was saved opens all the same. */
export const opened = (key: Buffer, body: Uint8Array, place: Place): Seen[] | null => {
  const value = unsealedJson(key, body, bound(place));
  return savedSchema.safeParse(value).data ?? null;
};
