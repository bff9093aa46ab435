import { catalog, findResource } from '../../shared/catalog';
import type { Target } from '../../shared/change/change';
import type { EditField, Operation } from '../../shared/change/operations';

/** A list that values are chosen from, the row that it is below, and what it is filtered by. */
export type Choices = { list: string; parent?: string; filters?: Filters };
type Filters = Readonly<Record<string, string[]>>;

/** The kind of roles that rows of a list can have. */
const roleKinds: Readonly<Record<string, string | undefined>> = {
  users: 'User',
  applications: 'MachineToMachine',
};

/**
 * Where the values of a field come from: the list that it names; of what is taken from one object those that it has. Null
 * where they can only be typed, or where all of them are meant.
 */
export const choicesOf = (
  { resource, kind }: Pick<Operation, 'resource' | 'kind'>,
  { ref }: Pick<EditField, 'ref'>,
  target: Pick<Target, 'id' | 'parent'> | null,
): Choices | null => {
  const named = ref ? findResource(ref) : undefined;
  if (!named) return null;
  const below = (parent: string) => ({
    list: named.id,
    parent,
  });
  if (named.parent) {
    // What is added is not among what it has.
    if (!target || kind !== 'remove' || named.parent.resource !== resource) return null;
    return below(target.parent ? `${target.parent}/${target.id}` : target.id);
  }
  const roleKind = named.id === 'roles' ? roleKinds[resource] : undefined;
  const all = { list: named.id, ...(roleKind ? { filters: { type: [roleKind] } } : {}) };
  if (kind !== 'remove' || !target) return all;
  const own = catalog.find(
    (one) => one.parent?.resource === resource && (one.rowsOf === named.id || one.id === named.id),
  );
  if (!own) return all;
  return { list: own.id, parent: target.parent ? `${target.parent}/${target.id}` : target.id };
};

/** True of a field that means all that there are, where nothing is chosen. */
export const takesAll = (
  { all }: Pick<Operation, 'all'>,
  { required, kind }: Pick<EditField, 'required' | 'kind'>,
): boolean => all !== undefined && required !== true && (kind === 'texts' || kind === 'ids');

/** Fields that are entered for these objects: what is chosen among one object's own makes no sense for many. */
export const enteredFields = (
  operation: Pick<Operation, 'resource' | 'kind' | 'fields' | 'all'>,
  isMany: boolean,
): EditField[] =>
  operation.fields.filter((field) => {
    if (field.hidden) return false;
    const named = field.ref ? findResource(field.ref) : undefined;
    const isOwn = named?.parent !== undefined && named.parent.resource === operation.resource;
    return !(isMany && isOwn && takesAll(operation, field));
  });
