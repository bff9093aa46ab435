import { all } from './all.ts';
import type { Faultless, Faults } from './faults.ts';
import { families, type Resource } from './resource.ts';

export type {
  Column,
  ColumnKind,
  Family,
  Filter,
  IconName,
  Neighbourhood,
  Related,
  Resource,
  Secret,
} from './resource.ts';
export { families } from './resource.ts';

export const catalog: readonly Resource[] = all;

/** The lists as they are written, by which the words for them are typed (`shared/phrases/catalog-words.ts`). */
type Lists = (typeof all)[number];
export type Catalogued = Faultless<Lists, Faults<Lists>>;

export type ListId = Catalogued['id'];
export type FilterId = Catalogued['filters'][number]['id'];
/** What filters there are, of any list. */
export const filterIds: ReadonlySet<FilterId> = new Set(
  all.flatMap(({ filters }) => filters.map(({ id }) => id)),
);

const byId = new Map(catalog.map((resource) => [resource.id, resource]));

/** The resource with this id, or undefined. */
export const findResource = (id: string): Resource | undefined => byId.get(id);

/** The resource with this id. Throws for an id that is not in the catalogue: a mistake in the catalogue itself. */
export const resourceOf = (id: string): Resource => {
  const resource = byId.get(id);
  if (!resource) throw new Error(`No resource "${id}" in the catalogue`);
  return resource;
};

/** The resource whose page opens for a row of this list: its own, or the one whose rows it lists. */
export const pageResourceOf = (resource: Resource): Resource =>
  resource.rowsOf ? resourceOf(resource.rowsOf) : resource;

/** Lists with a place in the side bar, in the order of their families. */
export const placedResources: readonly Resource[] = families.flatMap((family) =>
  catalog.filter(({ sidebar }) => sidebar?.family === family),
);

/** Lists nested under the rows of a list, each read by the row's id. */
export const listsBelow = ({ id, related }: Resource): Resource[] =>
  related
    .filter(({ resource, filter }) => !filter && resourceOf(resource).parent?.resource === id)
    .map(({ resource }) => resourceOf(resource));

/**
 * Which nested lists are read along with a list. `below`: the lists below any rows but users, e.g. the
 * members of each organization; `belowUsers`: those below users, too, of which there are many more.
 */
export type Along = { below: boolean; belowUsers: boolean };

/** The lists below a list's rows that are read along with it; what other lists tell (`inverse`) is not read twice. */
export const listsAlong = (resource: Resource, { below, belowUsers }: Along): Resource[] =>
  below && (belowUsers || resource.id !== 'users')
    ? listsBelow(resource).filter(({ inverse }) => inverse === undefined)
    : [];

/** How many requests it takes to read the lists nested under one user. */
export const requestsOfUser: number = listsAlong(resourceOf('users'), {
  below: true,
  belowUsers: true,
}).length;

/** The list below rows of a list by its name in their addresses; undefined where there is none. */
export const findChild = (parentId: string, segment: string): Resource | undefined => {
  const parent = findResource(parentId);
  const related = parent?.related.map(({ resource }) => findResource(resource));
  return related?.find(
    (resource) => resource?.parent?.resource === parentId && resource.parent.segment === segment,
  );
};
