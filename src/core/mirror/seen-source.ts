import { DeskError } from '../../shared/errors.ts';
import type { Profile } from '../../shared/profile.ts';
import { seenAsked } from '../../shared/seen-asked.ts';
import { nothingRead } from '../harvest/report.ts';
import type { Source } from '../harvest/source.ts';
import type { Mirrors } from './mirror.ts';

/** Changes that are read at a time. */
const pageChanges = 500;

/** A view of what changed on a tenant as what an export reads: what is noted when it begins, the newest first. */
export const seenSource = (
  profile: Profile,
  mirrors: Pick<Mirrors, 'seenChanges'>,
  clock: () => number,
): Source => ({
  profile,
  async *read({ query, signal, onTotal }) {
    if (query.where || query.sort)
      throw new DeskError('query.invalid', { where: 'where', reason: 'what changed has filters only' });
    const asked = { ...seenAsked(query, clock()), limit: pageChanges };
    // What a sync notes while it is read would move the rest.
    const { newest: upTo } = await mirrors.seenChanges(profile, { ...asked, offset: 0, limit: 1 });
    let rows = 0;
    let expected = 0;
    for (let offset = 0; ; offset += pageChanges) {
      signal.throwIfAborted();
      const { total, changes } = await mirrors.seenChanges(profile, { ...asked, upTo, offset });
      if (offset === 0) {
        expected = total;
        onTotal?.(total);
      }
      rows += changes.length;
      if (changes.length > 0) yield changes;
      if (offset + pageChanges >= total)
        return { ...nothingRead, rows, before: expected, expected, missing: Math.max(0, expected - rows) };
    }
  },
});
