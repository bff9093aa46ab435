import type { Profile } from '../../shared/profile.ts';
import { seenAsked } from '../../shared/seen-asked.ts';
import type { SeenAsked, SeenPage } from '../../shared/seen-changes.ts';
import { ownSource } from '../harvest/own-source.ts';
import type { Source } from '../harvest/source.ts';

/** A view of what changed on a tenant as what an export reads, the newest first. */
export const seenSource = (
  copy: { profile: Profile; seenChanges: (asked: SeenAsked) => Promise<SeenPage> },
  clock: () => number,
): Source =>
  ownSource(copy.profile, 'what changed', async (query) => {
    const asked = seenAsked(query, clock());
    // What a sync notes while it is read would move the rest.
    const { newest: upTo } = await copy.seenChanges({ ...asked, offset: 0, limit: 1 });
    return async (part) => {
      const { total, changes } = await copy.seenChanges({ ...asked, upTo, ...part });
      return { total, rows: changes };
    };
  });
