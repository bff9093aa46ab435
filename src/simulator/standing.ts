import type { Tenant } from './tenant.ts';
import { managementScope } from './tenant.ts';
import type { Credentials, Standing } from './token.ts';

/** Whether one of an app's roles holds the permission for all of the Management API. */
const holdsAll = (tenant: Tenant, id: string) =>
  [...tenant.appsByRole].some(
    ([role, apps]) => apps.has(id) && tenant.scopesByRole.get(role)?.includes(managementScope),
  );

/**
 * What a tenant says to an app that asks for a token: a deleted app, secret or role counts at once, while tokens that it
 * has keep working (WRITES, the dangerous ones 2). `now` in unix ms.
 */
export const standingOf = (
  tenant: Tenant,
  apps: readonly Credentials[],
  { id, secret, now }: { id: string; secret: string; now: number },
): Standing => {
  const own = apps.find(({ appId }) => appId === id);
  const row = tenant.applications.find((app) => app.id === id);
  const isGone = tenant.parts.ownSecrets.has(id) && !own;
  if (!row || isGone || (!own && row.type !== 'MachineToMachine')) return 'unknown';
  const isRight = [...tenant.parts.secrets.of(id, row), { value: row.secret, expiresAt: null }].some(
    ({ value, expiresAt }) => value === secret && (expiresAt === null || Number(expiresAt) > now),
  );
  if (!isRight) return 'wrong secret';
  return own?.managementRole !== false && holdsAll(tenant, id) ? 'may do all' : 'known';
};
