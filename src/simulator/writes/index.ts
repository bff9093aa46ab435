import type { Route } from '../route.ts';
import { applicationPartRoutes } from './application-parts.ts';
import { applicationSecretRoutes } from './application-secrets.ts';
import { applicationRoutes } from './applications.ts';
import { connectorRoutes } from './connectors.ts';
import { hookRoutes } from './hooks.ts';
import { invitationRoutes } from './invitations.ts';
import { jitRoutes } from './jit.ts';
import { oneTimeTokenRoutes } from './one-time-tokens.ts';
import { organizationApplicationRoutes } from './organization-applications.ts';
import { organizationMemberRoutes } from './organization-members.ts';
import { organizationRoleRoutes } from './organization-roles.ts';
import { organizationRoutes } from './organizations.ts';
import { resourceRoutes } from './resources.ts';
import { roleRoutes } from './roles.ts';
import { samlRoutes } from './saml.ts';
import { settingWrites } from './settings.ts';
import { signInExperienceRoutes } from './sign-in-experience.ts';
import { userFactorRoutes } from './user-factors.ts';
import { userPartRoutes } from './user-parts.ts';
import { userRoleRoutes } from './user-roles.ts';
import { userTokenRoutes } from './user-tokens.ts';
import { userRoutes } from './users.ts';

/** Everything that the Management API writes, as WRITES measured it. */
export const writeRoutes: Readonly<Record<string, Route>> = {
  ...userRoutes,
  ...userRoleRoutes,
  ...userPartRoutes,
  ...userFactorRoutes,
  ...userTokenRoutes,
  ...organizationRoutes,
  ...organizationMemberRoutes,
  ...organizationApplicationRoutes,
  ...organizationRoleRoutes,
  ...invitationRoutes,
  ...jitRoutes,
  ...roleRoutes,
  ...resourceRoutes,
  ...applicationRoutes,
  ...applicationSecretRoutes,
  ...applicationPartRoutes,
  ...samlRoutes,
  ...hookRoutes,
  ...oneTimeTokenRoutes,
  ...connectorRoutes,
  ...signInExperienceRoutes,
  ...settingWrites,
};
