import type { Values } from './change.ts';
import type { Operation } from './operations/index.ts';

/**
 * What a change is called: the id of its operation; of one that turns a single yes or no, with the side that it turns to
 * (`users.suspend.true`).
 */
export const titleOfChange = ({ id, fields }: Pick<Operation, 'id' | 'fields'>, values: Values): string => {
  const [field] = fields;
  const to = field?.kind === 'boolean' && fields.length === 1 ? values[field.id] : undefined;
  return typeof to === 'boolean' ? `${id}.${to}` : id;
};

/** The id of the operation in such a title, and the side; null where it names none. */
export const sideOf = (title: string): { operation: string; to: boolean | null } => {
  const [, operation = title, side] = /^(.*)\.(true|false)$/s.exec(title) ?? [];
  return { operation, to: side === undefined ? null : side === 'true' };
};
