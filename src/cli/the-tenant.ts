import type { Core } from '../core/core.ts';
import { missingUsage } from './usage.ts';
import { say } from './words.ts';

/** The tenant that is named, or the only one where none is. Throws `usage.missing` where there are several, or none. */
export const tenantFor = (core: Core, named: string | undefined): string => {
  if (named !== undefined) return named;
  const all = core.profiles.list().filter(({ kind }) => kind !== 'snapshot');
  const [only, ...others] = all;
  if (only && others.length === 0) return only.id;
  const tenants = all.map(({ id }) => id).join(', ');
  throw missingUsage('--profile', tenants === '' ? say('noTenant') : say('whichTenant', { tenants }));
};
