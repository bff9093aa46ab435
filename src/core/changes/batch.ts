import { resourceOf } from '../../shared/catalog/index.ts';
import type { Look, Seen } from '../../shared/change/operations/operation.ts';
import { pageSize } from '../../shared/limits.ts';
import { type Row, rowIdOf, unreadableOf } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';
import { type LookHow, type OnRead, seenBy } from './present.ts';

const users = resourceOf('users');

/** The user that a look is at, where it is at nothing but the row, which lists have, too. */
const userOf = ({ path, ids, params }: Look): string | null =>
  path === users.itemPath && params === undefined ? (ids.userId ?? null) : null;

/** Does something for every item, so many at once; the results in the items' order. */
export const inParallel = async <Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, at: number) => Promise<Result>,
): Promise<Result[]> => {
  const results = new Array<Result>(items.length);
  let next = 0;
  const run = async () => {
    for (let at = next++; at < items.length; at = next++) {
      const item = items[at];
      if (item !== undefined) results[at] = await work(item, at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, run));
  return results;
};

/**
 * Users of many looks, read a hundred in a request. One that does not come so is asked for by itself: it is not there, or
 * the server fails on a page with it.
 */
export const readUsers = async (
  session: Session,
  looks: readonly Look[],
  how: LookHow,
  onRead: (count: number, total: number) => void = () => {},
): Promise<(look: Look, onRead?: OnRead) => Promise<Seen>> => {
  const ids = [...new Set(looks.flatMap((look) => userOf(look) ?? []))];
  const found = new Map<string, Row>();
  const { byIds } = users;
  if (ids.length > 1 && byIds) {
    const batches = Array.from({ length: Math.ceil(ids.length / pageSize) }, (_, at) =>
      ids.slice(at * pageSize, (at + 1) * pageSize),
    );
    let read = 0;
    await inParallel(batches, 4, async (batch) => {
      const params = [
        ...batch.map((id) => [byIds.param, id] as const),
        ...Object.entries(byIds.fixedQuery),
        ['page_size', String(pageSize)] as const,
      ];
      const look: Look = { path: users.path, ids: {}, params, list: { paged: false } };
      const rows = await seenBy(session, look, how).catch(() => null);
      for (const row of Array.isArray(rows) ? rows : [])
        if (!unreadableOf(row)) found.set(rowIdOf(users, row), row);
      read += batch.length;
      onRead(read, ids.length);
    });
  }
  return async (look, onRead = () => {}) => {
    const id = userOf(look);
    const row = id === null ? undefined : found.get(id);
    if (!row) return seenBy(session, look, { ...how, onRead });
    // By itself it is one request again when it is changed.
    onRead(false);
    return row;
  };
};
