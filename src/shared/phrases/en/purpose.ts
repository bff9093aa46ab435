/** What a list is for, and how something comes to be in it: said where it is empty. */
export const purpose = {
  purpose: {
    users: {
      is: 'People who can sign in to this tenant.',
      next: 'They appear when they sign up, or when someone creates them.',
    },
    'one-time-tokens': {
      is: 'Tokens that let an invited person sign in once.',
      next: 'The Management API creates them, for example for magic links.',
    },
    'custom-profile-fields': {
      is: 'Fields that new users fill in when they sign up.',
      next: 'Add them in Logto Console, under Sign-in experience.',
    },
    applications: {
      is: 'Apps and services that use this tenant to sign in or to get tokens.',
      next: 'Create one in Logto Console.',
    },
    'saml-applications': {
      is: 'Applications that sign in through SAML.',
      next: 'Create one in Logto Console.',
    },
    logs: {
      is: 'Everything that happened: sign-ins, sign-ups, and issued tokens.',
      next: 'Entries appear as soon as someone signs in.',
    },
    'hook-logs': {
      is: 'Recent deliveries of this webhook.',
      next: 'Entries appear when one of its events occurs.',
    },
    roles: {
      is: 'Sets of permissions that can be assigned to users or applications.',
      next: 'Create one in Logto Console.',
    },
    'role-users': { is: 'Users who have this role.', next: 'It has not been assigned to anyone.' },
    'role-applications': {
      is: 'Machine-to-machine applications that have this role.',
      next: 'It has not been assigned to any.',
    },
    'role-scopes': { is: 'What this role allows.', next: 'It has no permissions, so it allows nothing.' },
    resources: {
      is: 'APIs that this tenant issues access tokens for.',
      next: 'Register one in Logto Console.',
    },
    'resource-scopes': { is: 'Permissions of this API.', next: 'None have been defined.' },
    organizations: {
      is: 'Customers or teams, each with members and roles of its own.',
      next: 'Create one in Logto Console or through the Management API.',
    },
    'organization-users': { is: 'Users who belong to this organization.', next: 'It has no members yet.' },
    'organization-applications': {
      is: 'Machine-to-machine applications that belong to this organization.',
      next: 'None have been added.',
    },
    'organization-user-roles': {
      is: 'Roles that this user has in this organization.',
      next: 'The user is a member without a role.',
    },
    'organization-application-roles': {
      is: 'Roles that this application has in this organization.',
      next: 'The application belongs to it without a role.',
    },
    'organization-jit-domains': {
      is: 'Email domains whose users join this organization when they sign up.',
      next: 'No domain is set, so nobody joins by email domain.',
    },
    'organization-jit-roles': {
      is: 'Roles that users get when they join just in time.',
      next: 'No role is set.',
    },
    'organization-jit-sso-connectors': {
      is: 'Enterprise SSO connectors whose users join this organization.',
      next: 'No connector is set.',
    },
    'organization-roles': {
      is: 'Roles that members can have in an organization, from the organization template.',
      next: 'Create one in Logto Console.',
    },
    'organization-scopes': {
      is: 'Permissions in an organization, from the organization template.',
      next: 'Create one in Logto Console.',
    },
    'organization-invitations': {
      is: 'People who were invited to an organization by email.',
      next: 'Invitations are sent through the Management API.',
    },
    connectors: {
      is: 'Services that send email and SMS, and social sign-in providers.',
      next: 'Set one up in Logto Console; without one, no codes can be sent.',
    },
    'sso-connectors': {
      is: 'Enterprise identity providers whose users can sign in here.',
      next: 'Set one up in Logto Console.',
    },
    hooks: {
      is: 'Addresses that Logto calls when something happens.',
      next: 'Create one in Logto Console.',
    },
    domains: {
      is: 'Your own domain for the sign-in pages.',
      next: 'Add one in Logto Console; until then, the default endpoint is used.',
    },
    'email-templates': {
      is: 'Your own wording of emails, by language.',
      next: 'Without any, the connector’s templates are used.',
    },
    'custom-phrases': {
      is: 'Your own wording of the sign-in pages, by language.',
      next: 'Without any, Logto’s own wording is used.',
    },
    'jwt-customizers': {
      is: 'Scripts that add claims to access tokens.',
      next: 'Without any, tokens carry only the usual claims.',
    },
    actions: {
      is: 'Scripts that run on events of this tenant.',
      next: 'None have been set up.',
    },
    'user-roles': { is: 'Roles that give this user permissions.', next: 'The user has no roles.' },
    'user-organizations': {
      is: 'Organizations that this user belongs to.',
      next: 'The user is not a member of any.',
    },
    'user-social-identities': {
      is: 'Accounts of social providers that this user signs in with.',
      next: 'The user has not linked any.',
    },
    'user-sso-identities': {
      is: 'Accounts of enterprise identity providers that this user signs in with.',
      next: 'The user has not linked any.',
    },
    'user-mfa': {
      is: 'Second factors that this user signs in with.',
      next: 'The user has not set up any.',
    },
    'user-sessions': { is: 'Where this user is signed in now.', next: 'The user is not signed in anywhere.' },
    'user-grants': {
      is: 'Applications that this user has authorized.',
      next: 'There are none, or they have expired.',
    },
    'user-access-tokens': {
      is: 'Personal access tokens that this user created.',
      next: 'The user has none.',
    },
    'application-roles': {
      is: 'Roles that give this application permissions.',
      next: 'The application has no roles.',
    },
    'application-organizations': {
      is: 'Organizations that this application belongs to.',
      next: 'It does not belong to any.',
    },
    'application-secrets': {
      is: 'Secrets that this application signs in with.',
      next: 'It has only its first secret, or none.',
    },
  },
} as const;
