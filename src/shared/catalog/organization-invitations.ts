import type { Resource } from './resource.ts';

export const organizationInvitations = {
  id: 'organization-invitations',
  path: '/api/organization-invitations',
  itemPath: '/api/organization-invitations/{id}',
  rowId: 'id',
  labels: ['invitee', 'id'],
  columns: [
    { id: 'invitee', kind: 'text', width: 230, sensitive: true },
    { id: 'status', kind: 'text', width: 110, words: 'invitation' },
    { id: 'organizationId', kind: 'id', width: 170, ref: 'organizations' },
    { id: 'inviterId', kind: 'id', width: 150, ref: 'users' },
    { id: 'organizationRoles', kind: 'list', width: 200, part: 'name' },
    { id: 'expiresAt', kind: 'time', width: 165 },
    { id: 'createdAt', kind: 'time', width: 165 },
    { id: 'acceptedUserId', kind: 'id', width: 150, ref: 'users', hidden: true },
    { id: 'updatedAt', kind: 'time', width: 165, hidden: true },
    { id: 'id', kind: 'id', width: 200 },
  ],
  filters: [
    {
      kind: 'exact',
      id: 'organization',
      param: 'organizationId',
      column: 'organizationId',
      ref: 'organizations',
    },
    {
      kind: 'exact',
      id: 'inviter',
      param: 'inviterId',
      column: 'inviterId',
      ref: 'users',
    },
    { kind: 'exact', id: 'invitee', param: 'invitee', column: 'invitee' },
  ],
  paging: 'never',
  secrets: [],
  related: [],
  sidebar: { family: 'organizations', icon: 'invitations' },
} as const satisfies Resource;
