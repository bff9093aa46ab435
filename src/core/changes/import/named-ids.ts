import { resourceOf } from '../../../shared/catalog/index.ts';
import type { Refusal } from '../../../shared/change/checks.ts';
import { pageSize } from '../../../shared/limits.ts';
import { type Row, rowIdOf, unreadableOf } from '../../../shared/row.ts';
import type { ReadPage } from './matches.ts';

/** Ids of rows that are called so, or have these ids; refused where one is not there, or several are called so. */
export type NamedIds = (names: readonly string[]) => Promise<{ ids: string[]; refusal: Refusal | null }>;

/** Rows of one list by their ids and names: it is read once, when it is first needed. `fits`: rows that may be named. */
export const namedIds = (
  profile: string,
  list: 'roles' | 'organizations' | 'organization-roles',
  read: ReadPage,
  fits: (row: Row) => boolean = () => true,
): NamedIds => {
  const resource = resourceOf(list);
  const load = async () => {
    const book = new Map<string, Set<string>>();
    const note = (key: string, id: string) => book.set(key, (book.get(key) ?? new Set()).add(id));
    for (let index = 0; ; index += 1) {
      const { rows } = await read({ profile, resource: list, filters: {} }, index);
      for (const row of rows.filter((one) => !unreadableOf(one) && fits(one))) {
        const id = rowIdOf(resource, row);
        note(`id ${id}`, id);
        if (typeof row.name === 'string') note(`name ${row.name.normalize('NFC')}`, id);
      }
      if (rows.length < pageSize) return book;
    }
  };
  return lookedUp(list, load);
};

/** Ids by `id …` and `name …`. */
type Book = ReadonlyMap<string, ReadonlySet<string>>;

const lookedUp = (list: string, load: () => Promise<Book>): NamedIds => {
  let loading: Promise<Book> | null = null;
  return async (names) => {
    if (names.length === 0) return { ids: [], refusal: null };
    loading ??= load();
    const book = await loading;
    const ids = new Set<string>();
    for (const name of names) {
      const found = [...(book.get(`id ${name}`) ?? book.get(`name ${name.normalize('NFC')}`) ?? [])];
      const [id] = found;
      const about = `${list}: ${name}`;
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
    return book;
  });
