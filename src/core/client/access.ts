import { DeskError } from '../../shared/errors.ts';
import { addressesOf, type Profile } from '../../shared/profile.ts';
import type { Send } from './send.ts';

/**
 * `Send` for one tenant, held to its access: for a read-only tenant nothing but GET leaves, and the POST to its own
 * token endpoint. Throws `profile.read_only`. Everything that is sent to a tenant goes through here, whichever door
 * asked for it.
 */
export const heldToAccess =
  (profile: Profile, send: Send): Send =>
  async (url, sent) => {
    const method = sent.method ?? 'GET';
    const isToken = method === 'POST' && url === addressesOf(profile).token;
    if (profile.access === 'read-only' && method !== 'GET' && !isToken)
      throw new DeskError('profile.read_only', { where: profile.name, reason: `${method} was not sent` });
    return send(url, sent);
  };
