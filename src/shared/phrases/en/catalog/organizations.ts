import {
  applicationColumns,
  memberColumns,
  organizationColumns,
  organizationRoleColumns,
  ssoConnectorColumns,
} from './columns.ts';

/** Organizations, their members, roles and permissions. */
export const organizations = {
  organizations: {
    title: 'Organizations',
    inText: 'organizations',
    singular: 'Organization',
    columns: {
      ...organizationColumns,
      usersCount: 'Members',
    },
  },
  'organization-roles': {
    title: 'Organization roles',
    inText: 'organization roles',
    singular: 'Organization role',
    columns: {
      ...organizationRoleColumns,
      scopes: 'Organization permissions',
      resourceScopes: 'API permissions',
    },
  },
  'organization-scopes': {
    title: 'Organization permissions',
    inText: 'organization permissions',
    singular: 'Organization permission',
    columns: {
      name: 'Permission',
      description: 'Description',
      id: 'Permission ID',
    },
  },
  'organization-invitations': {
    title: 'Invitations',
    inText: 'invitations',
    singular: 'Invitation',
    columns: {
      invitee: 'Invited',
      status: 'Status',
      organizationId: 'Organization',
      inviterId: 'Invited by',
      organizationRoles: 'Roles',
      expiresAt: 'Expires',
      createdAt: 'Created',
      acceptedUserId: 'Accepted as',
      updatedAt: 'Updated',
      id: 'Invitation ID',
    },
    filters: { organization: 'Organization ID', inviter: 'Inviter ID', invitee: 'Invited email' },
  },
  'organization-users': {
    title: 'Members',
    inText: 'members',
    singular: 'Member',
    columns: {
      ...memberColumns,
      organizationRoles: 'Organization roles',
      roles: 'Roles (offline copy)',
    },
  },
  'organization-user-roles': {
    title: 'Organization roles',
    inText: 'organization roles',
    singular: 'Organization role',
    columns: organizationRoleColumns,
  },
  'organization-user-scopes': {
    title: 'Organization permissions',
    inText: 'organization permissions',
    singular: 'Organization permission',
    columns: {
      name: 'Permission',
      description: 'Description',
      id: 'Permission ID',
    },
  },
  'organization-applications': {
    title: 'Applications',
    inText: 'applications',
    singular: 'Application',
    columns: {
      ...applicationColumns,
      organizationRoles: 'Organization roles',
    },
  },
  'organization-application-roles': {
    title: 'Organization roles',
    inText: 'organization roles',
    singular: 'Organization role',
    columns: organizationRoleColumns,
  },
  'organization-jit-domains': {
    title: 'Email domains (just-in-time)',
    inText: 'email domains (just-in-time)',
    singular: 'Email domain',
    columns: {
      emailDomain: 'Domain',
    },
  },
  'organization-jit-roles': {
    title: 'Roles (just-in-time)',
    inText: 'roles (just-in-time)',
    singular: 'Organization role',
    columns: organizationRoleColumns,
  },
  'organization-jit-sso-connectors': {
    title: 'SSO connectors (just-in-time)',
    inText: 'SSO connectors (just-in-time)',
    singular: 'SSO connector',
    columns: ssoConnectorColumns,
  },
  'organization-role-scopes': {
    title: 'Organization permissions',
    inText: 'organization permissions',
    singular: 'Permission',
    columns: {
      name: 'Permission',
      description: 'Description',
      id: 'Permission ID',
    },
  },
  'organization-role-resource-scopes': {
    title: 'API permissions',
    inText: 'API permissions',
    singular: 'Permission',
    columns: {
      name: 'Permission',
      resourceId: 'API resource',
      description: 'Description',
      createdAt: 'Created',
      id: 'Permission ID',
    },
  },
} as const;
