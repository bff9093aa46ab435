import type { Core } from '../core/core.ts';
import { findResource } from '../shared/catalog/index.ts';
import type { Change } from '../shared/change/change.ts';
import { findOperation } from '../shared/change/operations/index.ts';

/** What ids in changes are called, by id. */
export type ChangeNames = ReadonlyMap<string, string>;
type Named = Pick<Change, 'operation' | 'before' | 'after'>;

const idsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
};

/** The names of roles, organizations, and others that changes name by their ids; none where they cannot be had. */
export const namesIn = async (
  core: Core,
  profile: string,
  changes: readonly Named[],
): Promise<ChangeNames> => {
  const byList = new Map<string, Set<string>>();
  for (const { operation, before, after } of changes)
    for (const { id, kind, ref } of findOperation(operation)?.fields ?? []) {
      if (ref === undefined || (kind !== 'id' && kind !== 'ids') || !findResource(ref)) continue;
      const ids = byList.get(ref) ?? new Set();
      for (const one of [...idsIn(before[id]), ...idsIn(after[id])]) ids.add(one);
      byList.set(ref, ids);
    }
  const names = new Map<string, string>();
  for (const [list, ids] of byList) {
    const found = await core.pages.names(profile, list, [...ids]).catch(() => ({}));
    for (const [id, name] of Object.entries(found)) if (typeof name === 'string') names.set(id, name);
  }
  return names;
};
