import type { Change } from './change.ts';
import { findOperation } from './operations/index.ts';

/** True of a secret or token that is made without an end: what is not entered is the most that it can be. */
export const isEndless = ({ operation, after }: Pick<Change, 'operation' | 'after'>): boolean => {
  const { kind, fields = [] } = findOperation(operation) ?? {};
  const mayEnd = fields.some(({ id, nullable }) => id === 'expiresAt' && nullable === true);
  return mayEnd && kind !== 'update' && typeof after.expiresAt !== 'number';
};
