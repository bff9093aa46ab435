import { resourceOf } from '../../shared/catalog/index.ts';
import type { RowOf } from '../../shared/catalog/row-of.ts';
import { DeskError } from '../../shared/errors.ts';
import { pageSize } from '../../shared/limits.ts';
import { lineOfPasted, mostPasted, type PastedEntry, pastedOf } from '../../shared/pasted.ts';
import { typedPhone } from '../../shared/phone.ts';
import type { Query } from '../../shared/query.ts';
import { type Row, rowIdOf, rowLabelOf, unreadableOf } from '../../shared/row.ts';
import { lineOf } from '../../shared/search/line.ts';
import { emptySearch } from '../../shared/search/terms.ts';
import type { PageOfRows } from './page.ts';

/**
 * A thing of the list, and the ids of the users that it is of: none was found, one, or several. `unread`: none, but there
 * may be one whom the server fails on, or keeps back.
 */
export type FoundEntry = { text: string; line: number; ids: string[]; unread?: true };

/** Who of a pasted list is there. */
export type FoundList = {
  /** Each thing once, in the order of the list. */
  entries: FoundEntry[];
  /** Things that came again, with the line on which they first stood. */
  repeated: { text: string; line: number; first: number }[];
  /** What the users are called, by id; each user once. */
  labels: Record<string, string>;
  /** Ids of those users who are suspended. */
  suspended: string[];
  /** The view of those who were found, to look at and to export; null when nobody was. */
  query: Query | null;
  /** Set where the mirror answered. */
  mirror: Required<PageOfRows>['mirror'] | null;
};

const textOf = (value: unknown): string => (typeof value === 'string' ? value.normalize('NFC') : '');

/** Users by what they may be found by. */
const bookOf = (rows: readonly RowOf<'users'>[], endings: ReadonlySet<number>) => {
  const book = new Map<string, Set<string>>();
  const note = (field: string, text: string, id: string) => {
    if (text === '') return;
    const key = `${field} ${text.toLowerCase()}`;
    const ids = book.get(key) ?? new Set();
    book.set(key, ids.add(id));
  };
  for (const row of rows) {
    const id = rowIdOf(resourceOf('users'), row);
    const phone = textOf(row.primaryPhone).replace(/\D/g, '');
    note('id', id, id);
    note('email', textOf(row.primaryEmail), id);
    note('username', textOf(row.username), id);
    note('phone', phone, id);
    for (const length of endings) if (length <= phone.length) note('ending', phone.slice(-length), id);
  }
  return (field: string, text: string): string[] => [...(book.get(`${field} ${text.toLowerCase()}`) ?? [])];
};

/** Who each thing of a list is, among the users that a search for all of them found. */
const heldAgainst = (entries: readonly PastedEntry[], rows: readonly Row[]): FoundEntry[] => {
  const phones = entries.map(({ text, fields }) => (fields.includes('phone') ? typedPhone(text) : null));
  const endings = new Set(
    phones.flatMap((phone) => (phone?.kind === 'national' ? [phone.digits.length] : [])),
  );
  const idsOf = bookOf(rows, endings);
  return entries.map(({ text, line, fields }, at) => {
    const phone = phones[at];
    const ids = fields.flatMap((field) => {
      if (field !== 'phone' || !phone) return idsOf(field, text);
      return idsOf(phone.kind === 'national' ? 'ending' : 'phone', phone.digits);
    });
    return { text, line, ids: [...new Set(ids)] };
  });
};

/** Who each thing of a list is, and the rows of all of them. `mirror` as in `FoundList`. */
export type LookedUp = { entries: FoundEntry[]; rows: Row[]; mirror: FoundList['mirror'] };

/**
 * Looks up things by the fields that each may be. `read` gives a page of a view, its index from 0. What a search keeps back
 * is asked for in ever smaller parts, until only those are left of whom nobody knows (`unread`).
 */
export const lookUp = async (
  profile: string,
  entries: readonly PastedEntry[],
  read: (query: Query, index: number) => Promise<PageOfRows>,
): Promise<LookedUp> => {
  let mirror: FoundList['mirror'] = null;
  const met = new Map<string, Row>();
  /** Meets the users that a search for some of the list finds; whether they are all. */
  const meet = async (some: readonly PastedEntry[]): Promise<boolean> => {
    const line = lineOfPasted(some);
    const ids = new Set<string>();
    let total = 0;
    let failed = 0;
    for (let index = 0, isLast = line === ''; !isLast; index += 1) {
      const page = await read(usersOf(profile, line), index);
      for (const row of page.rows) {
        const id = rowIdOf(resourceOf('users'), row);
        if (unreadableOf(row)) failed += 1;
        else met.set(id, row);
        ids.add(id);
      }
      mirror = page.mirror ?? null;
      total = page.total ?? 0;
      isLast = page.rows.length < pageSize;
    }
    return failed === 0 && ids.size >= total;
  };
  /** Those of the list of whom nobody knows whether they are there, after a search that did not find all. */
  const unreadOf = async (some: readonly PastedEntry[]): Promise<PastedEntry[]> => {
    if (some.length === 0 || (await meet(some))) return [];
    if (some.length === 1) return [...some];
    const half = Math.ceil(some.length / 2);
    return [...(await unreadOf(some.slice(0, half))), ...(await unreadOf(some.slice(half)))];
  };
  const unread = new Set<PastedEntry>();
  if (!(await meet(entries))) {
    const first = heldAgainst(entries, [...met.values()]);
    for (const entry of await unreadOf(entries.filter((_, at) => first[at]?.ids.length === 0)))
      unread.add(entry);
  }
  const rows = [...met.values()];
  const found = heldAgainst(entries, rows).map((entry, at): FoundEntry => {
    const asked = entries[at];
    const isUnread = entry.ids.length === 0 && asked !== undefined && unread.has(asked);
    return isUnread ? { ...entry, unread: true } : entry;
  });
  return { entries: found, rows, mirror };
};

const usersOf = (profile: string, line: string): Query => ({
  profile,
  resource: 'users',
  filters: { search: [line] },
});

/**
 * Finds the users of a pasted list: emails, ids, phones and usernames, one a line or as a sheet has them. `read` gives a
 * page of a view, its index from 0. Throws `query.invalid` for a list that is too long, or has nothing in it.
 */
export const findPasted = async (
  profile: string,
  text: string,
  read: (query: Query, index: number) => Promise<PageOfRows>,
): Promise<FoundList> => {
  const { entries, repeated } = pastedOf(text);
  const refuse = (reason: string) => new DeskError('query.invalid', { where: 'list', reason });
  if (entries.length === 0) throw refuse('it is empty');
  if (entries.length > mostPasted)
    throw refuse(`it has ${entries.length} entries; at most ${mostPasted} are looked up`);
  const { entries: found, rows, mirror } = await lookUp(profile, entries, read);
  const labels = new Map(
    rows.map((row) => [rowIdOf(resourceOf('users'), row), rowLabelOf(resourceOf('users'), row)]),
  );
  const suspended = new Set(
    rows
      .filter((row: RowOf<'users'>) => row.isSuspended === true)
      .map((row) => rowIdOf(resourceOf('users'), row)),
  );
  const ids = [...new Set(found.flatMap((entry) => entry.ids))];
  return {
    entries: found,
    repeated,
    labels: Object.fromEntries(ids.map((id) => [id, labels.get(id) ?? id])),
    suspended: ids.filter((id) => suspended.has(id)),
    query:
      ids.length === 0
        ? null
        : usersOf(profile, lineOf({ ...emptySearch, terms: [{ field: 'id', mode: 'is', values: ids }] })),
    mirror,
  };
};
