import type { Resource } from './resource.ts';

export const organizationInvitations: Resource = {
  id: 'organization-invitations',
  title: 'Invitations',
  singular: 'Invitation',
  path: '/api/organization-invitations',
  itemPath: '/api/organization-invitations/{id}',
  rowId: 'id',
  labels: ['invitee', 'id'],
  columns: [
    { id: 'invitee', title: 'Invited', kind: 'text', width: 230, sensitive: true },
    { id: 'status', title: 'Status', kind: 'text', width: 110 },
    { id: 'organizationId', title: 'Organization', kind: 'id', width: 170, ref: 'organizations' },
    { id: 'inviterId', title: 'Invited by', kind: 'id', width: 150, ref: 'users' },
    { id: 'organizationRoles', title: 'Roles', kind: 'list', width: 200, part: 'name' },
    { id: 'expiresAt', title: 'Expires', kind: 'time', width: 165 },
    { id: 'createdAt', title: 'Created', kind: 'time', width: 165 },
    { id: 'acceptedUserId', title: 'Accepted as', kind: 'id', width: 150, ref: 'users', hidden: true },
    { id: 'updatedAt', title: 'Updated', kind: 'time', width: 165, hidden: true },
    { id: 'id', title: 'Invitation ID', kind: 'id', width: 200 },
  ],
  filters: [
    {
      kind: 'exact',
      id: 'organization',
      title: 'Organization ID',
      param: 'organizationId',
      ref: 'organizations',
    },
    { kind: 'exact', id: 'inviter', title: 'Inviter ID', param: 'inviterId', ref: 'users' },
    { kind: 'exact', id: 'invitee', title: 'Invited address', param: 'invitee' },
  ],
  paging: 'never',
  secrets: [],
  related: [],
  place: { family: 'organizations', icon: 'invitations' },
};
