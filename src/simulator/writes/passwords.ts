import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Digest } from '../parts.ts';
import { breakDown, fits, refuse } from './refusal.ts';

export const algorithms = [
  'Argon2i',
  'Argon2id',
  'Argon2d',
  'SHA1',
  'SHA256',
  'MD5',
  'Bcrypt',
  'Legacy',
] as const;

const hashes: Readonly<Record<string, string>> = { SHA1: 'sha1', SHA256: 'sha256', MD5: 'md5' };

/**
 * Written like an Argon2i digest; what stands in it is scrypt, quick and weak, as not every runtime has Argon2. So only
 * digests that were made here can be verified here.
 */
const hashed = (password: string, salt: Buffer) => {
  const hash = scryptSync(password, salt, 32, { N: 2, r: 1, p: 1 });
  return `$argon2i$v=19$m=8192,t=8,p=1$${salt.toString('base64url')}$${hash.toString('base64url')}`;
};

export const digestOf = (password: string): Digest => ({
  passwordDigest: hashed(password, randomBytes(16)),
  passwordAlgorithm: 'Argon2i',
});

type Legacy = [algorithm: string, parts: string[], hash: string];

const legacyOf = (digest: string): Legacy => {
  try {
    const [algorithm, parts, hash] = JSON.parse(digest) as unknown[];
    if (
      typeof algorithm === 'string' &&
      typeof hash === 'string' &&
      Array.isArray(parts) &&
      parts.some((part) => String(part).includes('@'))
    )
      return [algorithm, parts.map(String), hash];
  } catch {
    // No JSON: refused below like any other text.
  }
  return refuse(400, 'password.invalid_legacy_password_format');
};

/** A digest that comes along with a user. Only Legacy is looked at; garbage is taken, and breaks when it is verified. */
export const importedDigest = (passwordDigest: string, passwordAlgorithm: string): Digest => {
  fits(passwordDigest, 256);
  if (passwordAlgorithm === 'Legacy') legacyOf(passwordDigest);
  return { passwordDigest, passwordAlgorithm };
};

const alike = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Whether a password is the digest's; a digest that is none breaks the server (500). */
export const isRight = (password: string, { passwordDigest, passwordAlgorithm }: Digest): boolean => {
  if (passwordAlgorithm === 'Legacy') {
    const [algorithm, parts, hash] = legacyOf(passwordDigest);
    try {
      const text = parts.map((part) => part.replaceAll('@', password)).join('');
      return alike(createHash(algorithm).update(text).digest('hex'), hash);
    } catch {
      return breakDown();
    }
  }
  const plain = hashes[passwordAlgorithm];
  if (plain) return alike(createHash(plain).update(password).digest('hex'), passwordDigest);
  if (passwordAlgorithm === 'Bcrypt') {
    if (!/^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(passwordDigest)) breakDown();
    return false;
  }
  const salt = /^\$argon2(?:i|d|id)\$v=\d+\$m=\d+,t=\d+,p=\d+\$([\w+/-]{8,})\$[\w+/-]{16,}$/.exec(
    passwordDigest,
  )?.[1];
  if (salt === undefined) return breakDown();
  return alike(hashed(password, Buffer.from(salt, 'base64url')), passwordDigest);
};
