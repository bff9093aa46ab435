import { type Resource, resourceOf } from '../../shared/catalog';
import { type Operation, operationsOf } from '../../shared/change/operations';

/** Something that can be done to a row: by which list it is reached, and the row that that list is below. */
export type RowAction = { operation: Operation; parent: string };

/** The yes or no that an update is nothing but; null for any other. */
export const switchOf = ({ kind, fields }: Pick<Operation, 'kind' | 'fields'>): string | null => {
  const [field, ...others] = fields;
  return kind === 'update' && field?.kind === 'boolean' && others.length === 0 ? field.id : null;
};

/** True of an operation that edits fields of a row. */
export const isEdit = (operation: Operation): boolean =>
  operation.kind === 'update' && switchOf(operation) === null;

/** True where there is nothing to be entered. */
export const isBare = ({ fields }: Pick<Operation, 'fields'>): boolean =>
  fields.every(({ hidden }) => hidden);

/**
 * What can be done to a row of a list: in that list (roles in this organization), and as what it is elsewhere (a user).
 * `parent` is that of the list.
 */
export const rowActions = (listed: Resource, page: Resource, parent = ''): RowAction[] => [
  ...(listed.id === page.id ? [] : operationsOf(listed.id).map((operation) => ({ operation, parent }))),
  ...operationsOf(page.id)
    .filter(({ kind }) => kind !== 'create')
    .map((operation) => ({ operation, parent: page.parent ? parent : '' })),
];

/** What can be done to several rows of a list at once. */
export const bulkActions = (list: string): Operation[] =>
  [...new Set([list, pageOf(list)])]
    .flatMap(operationsOf)
    .filter(({ bulk, kind }) => bulk && kind !== 'create');

const pageOf = (list: string): string => resourceOf(list).rowsOf ?? list;

/** What makes a new row of a list. */
export const createOf = (list: string): Operation | undefined =>
  operationsOf(list).find(({ kind }) => kind === 'create');
