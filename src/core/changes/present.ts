import type { Look, Seen } from '../../shared/change/operations/operation.ts';
import { DeskError } from '../../shared/errors.ts';
import type { Row } from '../../shared/row.ts';
import type { ReadAnswer, ReadOptions } from '../client/client.ts';
import type { Origin } from '../client/named.ts';
import type { Session } from '../client/session.ts';
import type { ReadHow } from '../rows/list-answer.ts';
import { rowsOf } from '../rows/list-answer.ts';
import { notedLacking, orHidden } from './failing.ts';
import { allOf } from './whole-list.ts';

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

/** Told of each request of a look: of a list's page, or of one object. */
export type OnRead = (isPage: boolean) => void;

/** How a look is read. `mayLack`: a list whose rows may not all come is taken as it comes. */
export type LookHow = ReadHow & { mayLack?: boolean; onRead?: OnRead };

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

/** What one look comes to. */
export const seenBy = async (
  session: Session,
  look: Look,
  { mayLack = false, onRead, ...how }: LookHow = {},
): Promise<Seen> => {
  const { list } = look;
  try {
    if (list?.paged) {
      const read = (params: Look['params'] = []) => {
        onRead?.(true);
        return readOf(session, look.path, { ...how, path: look.ids, mayBeWhole: true, params: [...params] });
      };
      return await allOf({ look, read, mayLack });
    }
    onRead?.(list !== undefined);
    const read = () =>
      readOf(session, look.path, {
        ...how,
        path: look.ids,
        ...(look.params ? { params: look.params } : {}),
      });
    if (list) {
      const rowsAt = list.rowsAt ? { rowsAt: list.rowsAt } : {};
      const all = await orHidden(look.path, mayLack, read);
      return all === null ? notedLacking([]) : rowsOf(rowsAt, all);
    }
    const answer = await read();
    const [row = null] = rowsOf({ singleton: true }, answer);
    // Another object's row is not a reason to change this one.
    if (row && isOther(look, row)) throw new DeskError('changes.incomplete', { where: look.path });
    return row;
  } catch (error) {
    if (isGone(error, session.origin)) return null;
    throw error;
  }
};

/** What looks come to, in their order. Throws `DeskError` where one does not come. */
export const readLooks = (session: Session, looks: readonly Look[], how: LookHow = {}): Promise<Seen[]> =>
  Promise.all(looks.map((look) => seenBy(session, look, how)));
