import { type Column, resourceOf } from '../../shared/catalog/index.ts';
import { type Row, valueAt } from '../../shared/row.ts';
import type { Names } from '../rows/names.ts';
import type { Dossier, Section } from './dossier.ts';

/** Ids that are named at most, of each list. */
const mostNamed = 1_000;

/** What the ids in rows are called, by list. Other users stay ids: this is one user's file, and not theirs. */
export const namesOf = async (
  user: Row,
  sections: readonly Pick<Section, 'id' | 'rows'>[],
  ask: (list: string, ids: readonly string[]) => Promise<Names>,
): Promise<Dossier['names']> => {
  const idsOf = new Map<string, Set<string>>();
  const note = (columns: readonly Column[], row: Row) => {
    for (const { id: path, ref } of columns) {
      const id = ref === undefined || ref === 'users' ? null : valueAt(row, path);
      if (ref === undefined || typeof id !== 'string' || id === '') continue;
      const ids = idsOf.get(ref) ?? new Set();
      if (ids.size < mostNamed) idsOf.set(ref, ids.add(id));
    }
  };
  note(resourceOf('users').columns, user);
  for (const { id, rows } of sections) for (const row of rows) note(resourceOf(id).columns, row);
  const names: Dossier['names'] = {};
  for (const [list, ids] of idsOf) {
    const found = await ask(list, [...ids]);
    const known = Object.entries(found).flatMap(([id, name]) => (name === null ? [] : [[id, name] as const]));
    if (known.length > 0) names[list] = Object.fromEntries(known);
  }
  return names;
};
