import type { Operation } from './operation.ts';
import { userAccessOperations } from './user-access.ts';
import { userSecurityOperations } from './user-security.ts';
import { userOperations } from './users.ts';

export type { EditField, EditKind, Look, Operation, OperationKind, Seen } from './operation.ts';

/** Everything that can be done, in the order in which it is offered. */
export const operations: readonly Operation[] = [
  ...userOperations,
  ...userAccessOperations,
  ...userSecurityOperations,
];

const byId = new Map(operations.map((operation) => [operation.id, operation]));

/** The operation with this id, or undefined. */
export const findOperation = (id: string): Operation | undefined => byId.get(id);

/** What can be done to rows of a list. */
export const operationsOf = (resource: string): Operation[] =>
  operations.filter((operation) => operation.resource === resource);
