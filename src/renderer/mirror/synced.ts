import { placedResources, resourceOf } from '../../shared/catalog';
import { joinedColumns, type Query, toServerQuery } from '../../shared/query';

/** What a view is answered from: lists, and, of those, lists below each of their rows. */
export type Synced = { resources: string[]; nested: string[] };

/** Null where no sync reads those lists alone: what is below a row that is itself below another. */
export const syncedBy = (viewed: Query): Synced | null => {
  const query = toServerQuery(viewed);
  const below = joinedColumns(query).flatMap(({ joins }) => joins ?? []);
  const { parent } = resourceOf(query.resource);
  const nested = parent ? [query.resource, ...below] : below;
  const own = parent ? [] : [query.resource];
  const resources = [...own, ...nested.flatMap((id) => resourceOf(id).parent?.resource ?? [])];
  const isPlaced = (id: string) => placedResources.some((one) => one.id === id);
  return resources.every(isPlaced) ? { resources: [...new Set(resources)], nested } : null;
};
