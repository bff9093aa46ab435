import type { Look, Seen, TakenFrom } from '../../shared/change/operations/operation.ts';
import { idsOf, rowsOf } from '../../shared/change/operations/values.ts';
import type { Planned } from '../../shared/change/plan.ts';
import { pageSize } from '../../shared/limits.ts';
import { isFailing } from './failing.ts';
import { isToBeMade, operationOf } from './plan-about.ts';

/** A page of a list, from 1. */
export const pageOf = (look: Look, page: number): Look => ({
  ...look,
  params: [...(look.params ?? []), ['page', String(page)], ['page_size', String(pageSize)]],
  list: { ...look.list, paged: false },
});

/**
 * True of a list that has rows, and none but these, or none that can be seen: a server may fail on a page (WRITES,
 * dangerous 1). A page more than these fill is not needed: mostly the first one has another, however many there are.
 */
export const hasNoOther = async (
  ids: readonly string[],
  read: (page: number) => Promise<Seen>,
): Promise<boolean> => {
  if (ids.length === 0) return false;
  const these = new Set(ids);
  const pages = Math.ceil((these.size + 1) / pageSize);
  for (let page = 1; page <= pages; page += 1) {
    const seen = await read(page).catch((error: unknown) => {
      if (isFailing(error)) return 'failing' as const;
      throw error;
    });
    if (seen === 'failing') return true;
    const found = idsOf(rowsOf([seen]));
    if (found.some((id) => !these.has(id))) return false;
    if (found.length < pageSize) return page > 1 || found.length > 0;
  }
  return true;
};

/**
 * The same changes, without those that would leave a list empty together: a set is taken from some at a time, an organization
 * is left by each member by itself.
 */
export const withoutEmptying = async (
  planned: readonly Planned[],
  isAll: (taken: TakenFrom) => Promise<boolean>,
): Promise<Planned[]> => {
  const all = planned
    .filter(isToBeMade)
    .flatMap((one) =>
      (operationOf(one.change.operation).takesFrom?.(one.change) ?? []).map((taken) => ({ one, taken })),
    );
  const emptied = new Map<Planned, string>();
  for (const some of Map.groupBy(all, ({ taken }) => JSON.stringify(taken.look)).values()) {
    const [first] = some;
    if (!first) continue;
    const ids = some.flatMap(({ taken }) => taken.ids);
    if (await isAll({ ...first.taken, ids })) for (const { one, taken } of some) emptied.set(one, taken.list);
  }
  return planned.map((one) => {
    const about = emptied.get(one);
    return about === undefined ? one : { ...one, verdict: 'refused', guard: 'empties-set', about };
  });
};
