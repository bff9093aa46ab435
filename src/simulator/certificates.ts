import { createHash } from 'node:crypto';
import type { Json } from './json.ts';

const yearMs = 365 * 86_400_000;

/** A certificate as Logto's OpenAPI document describes it. `createdAt` and `expiresAt` in unix ms. */
export const certificate = (id: string, createdAt: number, expiresAt: number, active: boolean): Json => {
  const unformatted = createHash('sha256').update(id).digest('hex').toUpperCase();
  return {
    id,
    certificate: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    createdAt,
    expiresAt,
    active,
    fingerprints: { sha256: { formatted: unformatted.replace(/..(?=.)/g, '$&:'), unformatted } },
  };
};

/** One in use, one that is to expire before it. */
export const certificates = (now: number): Json[] =>
  [true, false].map((active, n) =>
    certificate(`certificate${n}`, now - (n + 1) * yearMs, now + (active ? 2 : 0.1) * yearMs, active),
  );
