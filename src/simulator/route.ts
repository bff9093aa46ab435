import type { Answer, Asked } from './answer.ts';
import type { Era } from './eras.ts';
import type { Tenant } from './tenant.ts';

/** What a route answers to: the tenant, the request, and the ids of its path. `now` in unix ms. */
export type RouteContext = {
  tenant: Tenant;
  era: Era;
  asked: Asked;
  id: string;
  other: string;
  third: string;
  now: number;
  /** The App ID that the access token names. */
  self: string;
};
export type Route = (context: RouteContext) => Answer | Promise<Answer>;
