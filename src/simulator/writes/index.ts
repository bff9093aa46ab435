import type { Route } from '../route.ts';
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
};
