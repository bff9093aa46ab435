import { findFailing } from '../core/changes/find-failing.ts';
import type { Core } from '../core/core.ts';
import { pageSize } from '../shared/limits.ts';
import { unreadableOf } from '../shared/row.ts';
import { progress, tell } from './output.ts';
import { wrongUsage } from './usage.ts';
import { say } from './words.ts';

/**
 * The ID of a user whom the server fails on, which no list gives: the one nearest to a row (from 1) of the list of users, as
 * `list` and `export` say where it is. Nothing is written. Throws `usage.invalid` where rows near it can be read, and
 * `changes.unfound`.
 */
export const unreadableUser = async (
  core: Core,
  profile: string,
  row: number,
  signal: AbortSignal,
): Promise<string> => {
  const query = { profile, resource: 'users', filters: {} };
  const page = Math.ceil(row / pageSize);
  const { rows } = await core.pages.rows({ query, page, size: pageSize }, { signal });
  const [nearest] = rows
    .flatMap((one) => unreadableOf(one) ?? [])
    .sort((a, b) => Math.abs(a.place + 1 - row) - Math.abs(b.place + 1 - row));
  if (!nearest) throw wrongUsage('--unreadable', say('change.readable', { row }));
  const onAsk = (count: number) => progress(say('change.searching', { count }));
  const { id, asked } = await findFailing(await core.sessionOf(profile), nearest, { signal, onAsk }).finally(
    () => progress(''),
  );
  tell(say('change.foundUnreadable', { row: nearest.place + 1, id, count: asked }));
  return id;
};
