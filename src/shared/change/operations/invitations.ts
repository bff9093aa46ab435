import type { Target } from '../change.ts';
import type { Operation } from './operation.ts';
import { lookAt, lookThrough, send } from './request.ts';
import { filledIn, rowCreate } from './rows.ts';
import { picked, rowOf, text } from './values.ts';

const resource = 'organization-invitations';
const look = ({ id }: Target) => lookAt('/api/organization-invitations/{id}', { id });

const create: Operation = {
  ...rowCreate({
    id: 'organization-invitations.create',
    resource,
    fields: [
      { id: 'invitee', kind: 'email', required: true, longest: 256 },
      { id: 'organizationId', kind: 'id', ref: 'organizations', required: true },
      { id: 'organizationRoleIds', kind: 'ids', ref: 'organization-roles' },
      { id: 'inviterId', kind: 'id', ref: 'users', nullable: true },
      { id: 'expiresAt', kind: 'time', required: true },
      /** False, or absent: nothing is sent. */
      { id: 'messagePayload', kind: 'boolean' },
    ],
    losses: ({ after }) => (after.messagePayload === true ? ['sentMail'] : []),
    twins: ({ after }) =>
      lookThrough(
        '/api/organization-invitations',
        {},
        {
          paged: false,
          params: [
            ['organizationId', text(after.organizationId)],
            ['invitee', text(after.invitee)],
          ],
        },
      ),
    isTwin: (row, { after }) =>
      row.invitee === after.invitee &&
      row.organizationId === after.organizationId &&
      row.status === 'Pending',
    undoneBy: 'organization-invitations.delete',
    request: ({ after }) =>
      send('post', '/api/organization-invitations', {}, { messagePayload: false, ...filledIn(after) }),
  }),
  // One address has one pending invitation to an organization (WRITES).
  guard: ({ before, after }) =>
    Array.isArray(before.id) && before.id.length > 0 ? { guard: 'taken', about: text(after.invitee) } : null,
};

const status: Operation['present'] = (_, seen) => {
  const row = rowOf(seen);
  return row && picked(row, ['invitee', 'status']);
};
const isPending: NonNullable<Operation['guard']> = ({ before }) =>
  before.status === 'Pending' ? null : { guard: 'not-changeable', about: text(before.status) };

const common = {
  resource,
  bulk: true,
  fields: [],
  undoable: 'never',
  looks: ({ target }: { target: Target }) => [look(target)],
  present: status,
  inverse: () => null,
} satisfies Partial<Operation>;

const resend: Operation = {
  ...common,
  id: 'organization-invitations.resend',
  kind: 'act',
  undoable: 'never',
  blind: true,
  losses: () => ['sentMail'],
  isDone: () => false,
  guard: isPending,
  requests: ({ target }) => [
    send('post', '/api/organization-invitations/{id}/message', { id: target.id }, {}),
  ],
};

const revoke: Operation = {
  ...common,
  id: 'organization-invitations.revoke',
  kind: 'act',
  undoable: 'never',
  losses: () => ['invitations'],
  isDone: (_, now) => now?.status === 'Revoked',
  guard: (change, seen) => (change.before.status === 'Revoked' ? null : isPending(change, seen)),
  requests: ({ target }) => [
    send('put', '/api/organization-invitations/{id}/status', { id: target.id }, { status: 'Revoked' }),
  ],
};

const remove: Operation = {
  ...common,
  id: 'organization-invitations.delete',
  kind: 'delete',
  undoable: 'never',
  losses: () => ['invitations'],
  isDone: (_, now) => now === null,
  requests: ({ target }) => [send('delete', '/api/organization-invitations/{id}', { id: target.id })],
};

/** Invitations to organizations. */
export const invitationOperations: readonly Operation[] = [create, resend, revoke, remove];
