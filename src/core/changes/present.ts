import type { Look, Seen } from '../../shared/change/operations/operation.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import type { Row } from '../../shared/row.ts';
import type { ReadAnswer, ReadOptions } from '../client/client.ts';
import type { Origin } from '../client/named.ts';
import type { Session } from '../client/session.ts';
import type { ReadHow } from '../rows/list-answer.ts';
import { rowsOf, totalOf } from '../rows/list-answer.ts';

/** True of an answer by which the server fails on the object itself, or on one of a page. */
export const isFailing = (error: unknown): boolean =>
  error instanceof DeskError && error.detail.status === 500;

/** True where the server says that there is no such thing: a gateway that has lost its way to it says so of everything. */
const isGone = (error: unknown, { isServer }: Origin): boolean =>
  error instanceof DeskError &&
  error.code === 'http.not_found' &&
  isServer({ get: () => error.detail.requestId ?? null });

/** True of a row with another ID than the one that ends the path; each object that is looked at has its own. */
const isOther = ({ path, ids }: Look, { id }: Row): boolean => {
  const asked = ids[/\{(\w+)\}$/.exec(path)?.[1] ?? ''];
  return asked !== undefined && id !== asked;
};

/** Rows of a list, and characters of them as JSON, that are looked at: a server may have new ones without end. */
const mostRows = 1_000_000;
const mostText = 256 << 20;

/** Reads what a change is held against. Throws `changes.incomplete` where something else than the server answered. */
const readOf = async (
  { api, origin }: Session,
  path: Look['path'],
  options: ReadOptions,
): Promise<ReadAnswer> => {
  const answer = await api.read(path, options);
  if (!origin.isServer(answer.headers)) throw new DeskError('changes.incomplete', { where: path });
  return answer;
};

/**
 * Every row of a list. Throws `changes.incomplete` where it is not all that the server counts, or where there are more than
 * can be held.
 */
const allOf = async (
  session: Session,
  look: Look,
  rowsAt: string | undefined,
  how: ReadHow,
): Promise<Row[]> => {
  const rows: Row[] = [];
  const seen = new Set<string>();
  let total: number | null = null;
  let size = 0;
  const incomplete = () => new DeskError('changes.incomplete', { where: look.path });
  for (let page = 1; ; page += 1) {
    const answer = await readOf(session, look.path, {
      ...how,
      path: look.ids,
      mayBeWhole: true,
      params: [...(look.params ?? []), ['page', String(page)], ['page_size', String(pageSize)]],
    });
    const some = rowsOf(rowsAt ? { rowsAt } : {}, answer);
    const before = rows.length;
    for (const row of some) {
      const key = JSON.stringify(row.id ?? row);
      if (seen.has(key)) continue;
      rows.push(row);
      seen.add(key);
      size += JSON.stringify(row).length;
    }
    if (rows.length > mostRows || size > mostText) throw incomplete();
    total = totalOf(answer, { page, size: pageSize, rows: some.length });
    if (some.length < pageSize || (total !== null && page * pageSize >= total) || some.length > pageSize)
      break;
    // A whole page of what was there already: the next one would be the same.
    if (rows.length === before) throw incomplete();
  }
  if (total !== null && rows.length < total) throw incomplete();
  return rows;
};

/** What one look comes to. */
export const seenBy = async (session: Session, look: Look, how: ReadHow = {}): Promise<Seen> => {
  const { list } = look;
  try {
    if (list?.paged) return await allOf(session, look, list.rowsAt, how);
    const answer = await readOf(session, look.path, {
      ...how,
      path: look.ids,
      ...(look.params ? { params: look.params } : {}),
    });
    if (list) return rowsOf(list.rowsAt ? { rowsAt: list.rowsAt } : {}, answer);
    const [row = null] = rowsOf({ single: true }, answer);
    // Another object's row is no ground for a change to this one.
    if (row && isOther(look, row)) throw new DeskError('changes.incomplete', { where: look.path });
    return row;
  } catch (error) {
    if (isGone(error, session.origin)) return null;
    throw error;
  }
};

/** What looks come to, in their order. Throws `DeskError` where one does not come. */
export const readLooks = (session: Session, looks: readonly Look[], how: ReadHow = {}): Promise<Seen[]> =>
  Promise.all(looks.map((look) => seenBy(session, look, how)));
