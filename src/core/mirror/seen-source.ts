import type { Profile } from '../../shared/profile.ts';
import { seenAsked } from '../../shared/seen-asked.ts';
import { ownSource } from '../harvest/own-source.ts';
import type { Source } from '../harvest/source.ts';
import type { Mirrors } from './mirror.ts';

/** A view of what changed on a tenant as what an export reads, the newest first. */
export const seenSource = (
  profile: Profile,
  mirrors: Pick<Mirrors, 'seenChanges'>,
  clock: () => number,
): Source =>
  ownSource(profile, 'what changed', async (query) => {
    const asked = seenAsked(query, clock());
    // What a sync notes while it is read would move the rest.
    const { newest: upTo } = await mirrors.seenChanges(profile, { ...asked, offset: 0, limit: 1 });
    return async (part) => {
      const { total, changes } = await mirrors.seenChanges(profile, { ...asked, upTo, ...part });
      return { total, rows: changes };
    };
  });
