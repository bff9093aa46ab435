import { cultures, mailDomains } from './names.ts';
import { below, hash, idText, pick } from './random.ts';

/** A user row of `GET /api/users` (FACTS users; recordings). */
export type UserRow = {
  id: string;
  username: string | null;
  primaryEmail: string | null;
  primaryPhone: string | null;
  name: string | null;
  avatar: string | null;
  customData: Record<string, unknown>;
  identities: Record<string, unknown>;
  lastSignInAt: number | null;
  createdAt: number;
  updatedAt: number;
  profile: Record<string, unknown>;
  applicationId: string | null;
  cimdClientId: string | null;
  isSuspended: boolean;
  hasPassword: boolean;
};

const plans = ['free', 'pro', 'team', 'enterprise'] as const;
const minute = 60_000;

export type UserDataOptions = {
  seed: number;
  /** Newest moment of the data, unix ms. */
  anchor: number;
  /** Rows `[from, to)` that share one `createdAt`, as a bulk import leaves them. */
  tied: readonly [from: number, to: number];
};

export const userId = (seed: number, index: number) => idText(12, seed + 1, index);

/** The user at `index`, 0 the newest. */
export const userRow = (index: number, { seed, anchor, tied }: UserDataOptions): UserRow => {
  const culture = pick(cultures, seed + 2, index);
  const family = pick(culture.family, seed + 3, index);
  const given = pick(culture.given, seed + 4, index);
  const slot = index >= tied[0] && index < tied[1] ? tied[0] : index;
  const createdAt = anchor - slot * 17 * minute - below(900_000, seed + 5, slot);
  const draw = hash(seed + 6, index) % 100;
  const latin = `${given[1]}.${family[1]}`.replace(/[^a-z.]/g, '');
  const seen = draw < 82;
  const lastSignInAt = seen ? createdAt + below(Math.max(1, anchor - createdAt), seed + 7, index) : null;
  return {
    id: userId(seed, index),
    username: draw % 10 === 0 ? null : `${latin.replace('.', '_')}${index}`,
    primaryEmail: draw % 12 === 0 ? null : `${latin}${index}@${pick(mailDomains, seed + 8, index)}`,
    primaryPhone:
      draw % 3 === 0 ? `${culture.phone}${String(10_000_000 + below(89_999_999, seed + 9, index))}` : null,
    name: draw % 25 === 24 ? null : culture.join(family[0], given[0]),
    avatar: null,
    customData: draw % 4 === 0 ? { plan: pick(plans, seed + 10, index), seats: 1 + (index % 40) } : {},
    identities: {},
    lastSignInAt,
    createdAt,
    updatedAt: lastSignInAt ?? createdAt,
    profile: { givenName: given[0], familyName: family[0] },
    applicationId: null,
    cimdClientId: null,
    isSuspended: draw === 50,
    hasPassword: draw % 5 !== 0,
  };
};
