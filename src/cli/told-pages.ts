import type { Command } from 'commander';
import type { Core } from '../core/core.ts';
import { boundsAsked } from '../shared/own-asked.ts';
import { timeBounds } from '../shared/query.ts';
import { zoneFor } from './zone.ts';

const pageOf = 500;

/** What `--since` and `--until` mean in the command's zone, unix ms. A day alone as `--since` is that day. */
export const sinceUntil = (
  { since = '', until = '' }: { since?: string; until?: string },
  core: Core,
  command: Command,
): { from?: number; to?: number } => {
  const ends = until === '' && since !== '' ? [since] : [since, until];
  return boundsAsked(timeBounds(ends, core.clock(), zoneFor(command, core)));
};

/** Pages until `limit` items are read, or there are no more; each is told as it comes. Returns the last one. */
export const inPages = async <Page>(
  limit: number,
  read: (asked: { offset: number; limit: number }) => Promise<Page>,
  tell: (page: Page) => number,
): Promise<Page> => {
  for (let offset = 0; ; offset += pageOf) {
    const page = await read({ offset, limit: Math.min(pageOf, limit - offset) });
    if (tell(page) < pageOf || offset + pageOf >= limit) return page;
  }
};
