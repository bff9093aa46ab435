import { applicationOperations } from './applications.ts';
import { hookOperations } from './hooks.ts';
import { invitationOperations } from './invitations.ts';
import type { Operation } from './operation.ts';
import { organizationRoleOperations } from './organization-roles.ts';
import { organizationOperations } from './organizations.ts';
import { resourceOperations } from './resources.ts';
import { roleOperations } from './roles.ts';
import { settingOperations } from './settings.ts';
import { oneTimeTokenOperations } from './tokens.ts';
import { userAccessOperations } from './user-access.ts';
import { userSecurityOperations } from './user-security.ts';
import { userOperations } from './users.ts';

export type { EditField, EditKind, Look, Operation, OperationKind, Seen } from './operation.ts';

/** Everything that can be done, in the order in which it is offered. */
export const operations: readonly Operation[] = [
  ...userOperations,
  ...userAccessOperations,
  ...userSecurityOperations,
  ...organizationOperations,
  ...organizationRoleOperations,
  ...invitationOperations,
  ...roleOperations,
  ...resourceOperations,
  ...applicationOperations,
  ...hookOperations,
  ...settingOperations,
  ...oneTimeTokenOperations,
];

const byId = new Map(operations.map((operation) => [operation.id, operation]));

/** The operation with this id, or undefined. */
export const findOperation = (id: string): Operation | undefined => byId.get(id);

/** What can be done to rows of a list. */
export const operationsOf = (resource: string): Operation[] =>
  operations.filter((operation) => operation.resource === resource);
