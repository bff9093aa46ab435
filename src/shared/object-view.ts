import type { Resource } from './catalog/index.ts';
import { DeskError } from './errors.ts';

/** What the view of one row has beside that of a list: the row's id. */
type OfObject = { object?: string | undefined };

const invalid = (reason: string) => new DeskError('query.invalid', { where: 'object', reason });

/** True where a row of the list can be looked at on a page of its own. */
export const hasOwnPage = ({ itemPath, parent }: Resource): boolean =>
  itemPath !== undefined && parent === undefined;

/** Throws `query.invalid` where a list's rows have no page of their own. */
export const checkObject = ({ object }: OfObject, resource: Resource) => {
  if (object !== undefined && !hasOwnPage(resource))
    throw invalid(`"${resource.id}" has no page of a single row`);
};

/** Throws `query.invalid` where rows of a list are asked for at the address of one row. */
export const refuseObject = ({ object }: OfObject) => {
  if (object !== undefined) throw invalid('this is the address of one row, not of a list');
};
