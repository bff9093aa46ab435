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
  let loading: ReturnType<typeof load> | null = null;
  return async (names) => {
    if (names.length === 0) return { ids: [], refusal: null };
    loading ??= load();
    const book = await loading;
    const ids = new Set<string>();
    for (const name of names) {
      const found = [...(book.get(`id ${name}`) ?? book.get(`name ${name}`) ?? [])];
      const [id] = found;
      const about = `${list}: ${name}`;
      if (id === undefined) return { ids: [], refusal: { guard: 'not-found', about } };
      if (found.length > 1) return { ids: [], refusal: { guard: 'several-found', about } };
      ids.add(id);
    }
    return { ids: [...ids], refusal: null };
  };
};
