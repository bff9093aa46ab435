import type { RowOf } from '../../shared/catalog/row-of.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize, pastEnd } from '../../shared/limits.ts';
import type { Row, Unreadable } from '../../shared/row.ts';
import type { Session } from '../client/session.ts';
import { rowsOf, totalOf } from '../rows/list-answer.ts';
import { isFailing } from './failing.ts';

/** Requests after which it is given up: twice what 26,000 users take. */
export const mostAsks = 200;

/** IDs as Logto makes them; imported ones may have others. */
const usual = { letters: '0123456789abcdefghijklmnopqrstuvwxyz', length: 12 };
const allLetters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz-';
const longestId = 21;

/** Times (unix ms) between which the user was made: those of its neighbours in the list, which is of newest first. */
type Between = Pick<Unreadable, 'before' | 'after'>;
type How = { signal?: AbortSignal; onAsk?: (count: number) => void };

const timeOf = (row: RowOf<'users'> | undefined): number | null =>
  typeof row?.createdAt === 'number' ? row.createdAt : null;

/**
 * Finds the ID of a user whom the server fails on, by searches for parts of the users: a page of a search with the user in
 * it is answered 500, one without it is not (WRITES, dangerous 1). Pages of large parts are chosen by the times of what
 * they hold; parts are halved by the letters of the ID until one is left, and the server fails on that user by its ID,
 * too. Nothing is written. Throws `changes.unfound` where that cannot be told, and what reading throws.
 */
export const findFailing = async (
  session: Session,
  { before, after }: Between,
  { signal, onAsk }: How = {},
): Promise<{ id: string; asked: number }> => {
  let asked = 0;
  const unfound = (reason: string) => new DeskError('changes.unfound', { reason });
  /** A page of the users whose IDs fit; null where the server fails on it. */
  const ask = async (pattern: string, page: number, size: number) => {
    if (asked >= mostAsks) throw unfound(`not after ${mostAsks} requests`);
    asked += 1;
    onAsk?.(asked);
    try {
      const answer = await session.api.read('/api/users', {
        ...(signal ? { signal } : {}),
        priority: 'ahead',
        tries: 1,
        params: [
          ['search.id', pattern],
          ['mode.id', 'posix'],
          ['isCaseSensitive', 'true'],
          ['page', String(page)],
          ['page_size', String(size)],
        ],
      });
      const rows = rowsOf({}, answer);
      return { rows, total: totalOf(answer, { page, size, rows: rows.length }) };
    } catch (error) {
      if (isFailing(error)) return null;
      throw error;
    }
  };

  /** How many fit: read past the end, where no row is that the server could fail on. */
  const totalIn = async (pattern: string): Promise<number> => {
    const answer = await ask(pattern, pastEnd, 1);
    if (answer === null) throw unfound('the server fails on other searches, too');
    if (answer.total === null) throw unfound('the server does not count users');
    return answer.total;
  };

  /** Whether a page between two fails, that hold users of the same time: there every page has to be asked. */
  const failsNear = async (pattern: string, page: number, last: number, rows: readonly Row[]) => {
    const isAt = (time: number | null) =>
      time !== null && (after === null || time >= after) && (before === null || time <= before);
    const along = async (step: 1 | -1): Promise<boolean> => {
      let edge = timeOf(step === 1 ? rows.at(-1) : rows[0]);
      for (let at = page + step; at >= 1 && at <= last && isAt(edge); at += step) {
        const answer = await ask(pattern, at, pageSize);
        if (answer === null) return true;
        edge = timeOf(step === 1 ? answer.rows.at(-1) : answer.rows[0]);
      }
      return false;
    };
    return (await along(1)) || (await along(-1));
  };

  /** Users of the part that is looked into: of a small one a single page tells. */
  let most = Number.POSITIVE_INFINITY;
  const holds = async (pattern: string): Promise<boolean> => {
    const total = most <= pageSize ? most : await totalIn(pattern);
    const found =
      total <= pageSize ? (await ask(pattern, 1, pageSize)) === null : await isInPages(pattern, total);
    if (found) most = Math.min(most, total);
    return found;
  };
  const isInPages = async (pattern: string, total: number): Promise<boolean> => {
    const last = Math.ceil(total / pageSize);
    let [low, high] = [1, last];
    while (low <= high) {
      const page = Math.floor((low + high) / 2);
      const answer = await ask(pattern, page, pageSize);
      if (answer === null) return true;
      const [newest, oldest] = [timeOf(answer.rows[0]), timeOf(answer.rows.at(-1))];
      if (newest === null || oldest === null) return false;
      if (before !== null && oldest > before) low = page + 1;
      else if (after !== null && newest < after) high = page - 1;
      else return failsNear(pattern, page, last, answer.rows);
    }
    return false;
  };

  const half = <T>(all: readonly T[]) => all.slice(0, Math.ceil(all.length / 2));
  /** The one of these for which it holds, given that it does for one of them. */
  const pick = async <T>(all: readonly T[], test: (some: readonly T[]) => Promise<boolean>): Promise<T> => {
    let left = all;
    while (left.length > 1) {
      const some = half(left);
      left = (await test(some)) ? some : left.slice(some.length);
    }
    const [one] = left;
    if (one === undefined) throw unfound('no ID is left');
    return one;
  };

  const isUsual = await holds(`^[0-9a-z]{${usual.length}}$`);
  if (!isUsual && !(await holds('.'))) throw unfound('the server fails on no user that it can search for');
  const lengths = Array.from({ length: longestId }, (_, at) => at + 1);
  const length = isUsual
    ? usual.length
    : await pick(lengths, (some) => holds(`^.{${some[0]},${some.at(-1)}}$`));
  const letters = [...(isUsual ? usual.letters : allLetters)];
  let id = '';
  while (id.length < length) {
    const rest = length - id.length - 1;
    // In brackets a hyphen means itself where it stands last.
    id += await pick(letters, (some) => holds(`^${id}[${some.join('')}].{${rest}}$`));
  }
  const failure = await session.api
    .read('/api/users/{userId}', {
      path: { userId: id },
      tries: 1,
      priority: 'ahead',
      ...(signal ? { signal } : {}),
    })
    .then(
      () => null,
      (error: unknown) => error,
    );
  if (
    failure !== null &&
    !isFailing(failure) &&
    !(failure instanceof DeskError && failure.code === 'http.not_found')
  )
    throw failure;
  if (!isFailing(failure)) throw unfound('the server did not fail on what was found');
  return { id, asked };
};
