import { resourceOf } from '../../../shared/catalog/index.ts';
import type { Refusal } from '../../../shared/change/checks.ts';
import { pageSize } from '../../../shared/limits.ts';
import type { Query } from '../../../shared/query.ts';
import { type Row, rowIdOf, unreadableOf } from '../../../shared/row.ts';
import type { ReadPage } from './matches.ts';

/** Ids of rows that are called so, or have these ids; refused where one is not there, or several are called so. */
export type NamedIds = (names: readonly string[]) => Promise<{ ids: string[]; refusal: Refusal | null }>;

/**
 * Rows of one list by their ids and names: it is read once, when it is first needed. `fits`: rows that may be named. Where the
 * list does not have all that the server counts, what is not in it is searched for.
 */
export const namedIds = (
  profile: string,
  list: 'roles' | 'organizations' | 'organization-roles',
  read: ReadPage,
  fits: (row: Row) => boolean = () => true,
): NamedIds => {
  const resource = resourceOf(list);
  /** What a view finds; `isWhole`: that is all there is. */
  const load = async (filters: Query['filters']): Promise<Loaded> => {
    const book = new Map<string, Set<string>>();
    const note = (key: string, id: string) => book.set(key, (book.get(key) ?? new Set()).add(id));
    const met = new Set<string>();
    let isWhole = true;
    for (let index = 0; ; index += 1) {
      const { rows, total } = await read({ profile, resource: list, filters }, index);
      for (const row of rows.filter((one) => !unreadableOf(one))) {
        const id = rowIdOf(resource, row);
        met.add(id);
        if (!fits(row)) continue;
        note(`id ${id}`, id);
        if (typeof row.name === 'string') note(`name ${row.name.normalize('NFC')}`, id);
      }
      isWhole &&= !rows.some(unreadableOf);
      // Nothing proves several pages that nobody counts (FACTS, more).
      const isCounted = total === null ? index === 0 : met.size >= total;
      if (rows.length < pageSize) return { book, isWhole: isWhole && isCounted };
    }
  };
  return lookedUp(
    list,
    () => load({}),
    (name) => load({ keyword: [name] }),
  );
};

/** Ids by `id …` and `name …`. */
type Book = ReadonlyMap<string, ReadonlySet<string>>;
type Loaded = { book: Book; isWhole: boolean };

const foundIn = (book: Book, name: string): string[] => [
  ...(book.get(`id ${name}`) ?? book.get(`name ${name.normalize('NFC')}`) ?? []),
];

const lookedUp = (
  list: string,
  load: () => Promise<Loaded>,
  search?: (name: string) => Promise<Loaded>,
): NamedIds => {
  let loading: Promise<Loaded> | null = null;
  const searched = new Map<string, Promise<Loaded>>();
  const searchedFor = (name: string, by: NonNullable<typeof search>): Promise<Loaded> => {
    const known = searched.get(name) ?? by(name);
    searched.set(name, known);
    return known;
  };
  return async (names) => {
    if (names.length === 0) return { ids: [], refusal: null };
    loading ??= load();
    const { book, isWhole } = await loading;
    const ids = new Set<string>();
    for (const name of names) {
      let found = foundIn(book, name);
      const about = `${list}: ${name}`;
      if (found.length === 0 && !isWhole && search) {
        const own = await searchedFor(name, search);
        found = foundIn(own.book, name);
        if (found.length === 0 && !own.isWhole)
          return { ids: [], refusal: { guard: 'not-read-completely', about } };
      }
      const [id] = found;
      if (id === undefined) return { ids: [], refusal: { guard: 'not-found', about } };
      if (found.length > 1) return { ids: [], refusal: { guard: 'several-found', about } };
      ids.add(id);
    }
    return { ids: [...ids], refusal: null };
  };
};

const everyRow = async (read: ReadPage, query: Parameters<ReadPage>[0]): Promise<Row[]> => {
  const all: Row[] = [];
  for (let index = 0; ; index += 1) {
    const { rows } = await read(query, index);
    all.push(...rows.filter((one) => !unreadableOf(one)));
    if (rows.length < pageSize) return all;
  }
};

/**
 * The same of permissions of all API resources. Where two resources have one of the same name, it is told by the resource's
 * indicator before it, with a space between.
 */
export const namedPermissions = (profile: string, read: ReadPage): NamedIds =>
  lookedUp('permissions', async () => {
    const book = new Map<string, Set<string>>();
    const note = (key: string, id: string) => book.set(key, (book.get(key) ?? new Set()).add(id));
    for (const { id: parent, indicator } of await everyRow(read, {
      profile,
      resource: 'resources',
      filters: {},
    })) {
      if (typeof parent !== 'string') continue;
      const scopes = await everyRow(read, { profile, resource: 'resource-scopes', parent, filters: {} });
      for (const { id, name } of scopes) {
        if (typeof id !== 'string') continue;
        note(`id ${id}`, id);
        const known = String(name).normalize('NFC');
        note(`name ${known}`, id);
        note(`name ${String(indicator).normalize('NFC')} ${known}`, id);
      }
    }
    return { book, isWhole: true };
  });
