import { z } from 'zod';
import { addressesOf, type Profile } from '../../shared/profile.ts';

/**
 * What a secret was entered for: it is sent nowhere else, whatever becomes of the settings beside it.
 * `token` is the address of the token request, `app` the App ID.
 */
export type Binding = { token: string; app: string };

type BoundProfile = Pick<Profile, 'endpoint' | 'resource' | 'appId'>;

export const bindingOf = (profile: BoundProfile): Binding => ({
  token: addressesOf(profile).token,
  app: profile.appId,
});

export const isBoundTo = ({ token, app }: Binding, profile: BoundProfile): boolean => {
  const wanted = bindingOf(profile);
  return token === wanted.token && app === wanted.app;
};

const entrySchema = z.object({
  logtoDesk: z.literal(1),
  secret: z.string(),
  token: z.string(),
  app: z.string(),
});

/** A secret as the keychain keeps it: with what it is for, in one entry, so that neither changes without the other. */
export const entryOf = (secret: string, binding: Binding): string =>
  JSON.stringify({ logtoDesk: 1, secret, ...binding });

/** What an entry holds; `binding` is null for one that an earlier version wrote, which is the secret alone. */
export const readEntry = (entry: string): { secret: string; binding: Binding | null } => {
  try {
    const { secret, token, app } = entrySchema.parse(JSON.parse(entry));
    return { secret, binding: { token, app } };
  } catch {
    return { secret: entry, binding: null };
  }
};
