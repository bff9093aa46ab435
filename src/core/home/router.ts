import { z } from 'zod';
import { profileId, t, unlocked } from '../contract.ts';
import type { How } from '../tenants/row-source.ts';
import { readExpiring } from './expiring.ts';
import { readFailures } from './failures.ts';
import { copyAge, readActiveUsers, readCount, readNewUsers, readReach, readUsers } from './home.ts';

const ofTenant = unlocked.input(z.object({ profile: profileId }));

/** Nobody waits for it: what is looked at goes first. */
const gently = (signal: AbortSignal | undefined): How => ({
  priority: 'background',
  ...(signal ? { signal } : {}),
});

/** A tenant at a glance, a card each: what one cannot learn keeps no other back. */
export const homeRouter = t.router({
  reach: ofTenant.query(async ({ ctx: { core }, input, signal }) =>
    readReach(await core.tenants.open(input.profile), core.clock, gently(signal)),
  ),
  users: ofTenant.query(async ({ ctx: { core }, input, signal }) =>
    readUsers(await core.tenants.open(input.profile), gently(signal)),
  ),
  count: unlocked
    .input(z.object({ profile: profileId, list: z.enum(['organizations', 'applications', 'logs']) }))
    .query(async ({ ctx: { core }, input, signal }) =>
      readCount(await core.tenants.open(input.profile), input.list, gently(signal)),
    ),
  newUsers: ofTenant.query(async ({ ctx: { core }, input, signal }) =>
    readNewUsers(await core.tenants.open(input.profile), gently(signal)),
  ),
  activeUsers: ofTenant.query(async ({ ctx: { core }, input, signal }) =>
    readActiveUsers(await core.tenants.open(input.profile), gently(signal)),
  ),
  failures: ofTenant.query(async ({ ctx: { core }, input, signal }) =>
    readFailures(await core.tenants.open(input.profile), core.clock, gently(signal)),
  ),
  expiring: ofTenant.query(async ({ ctx: { core }, input, signal }) =>
    readExpiring((await core.tenants.open(input.profile)).rows, core.clock, gently(signal)),
  ),
  /** Of the copy on this computer; asks nobody. */
  copy: ofTenant.query(async ({ ctx: { core }, input }) =>
    copyAge(await (await core.tenants.open(input.profile)).copy.about()),
  ),
});
