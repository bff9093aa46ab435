import type { Profile } from './profile.ts';

/** Where the Console shows a row, by its list. */
const pages: Readonly<Record<string, string>> = {
  users: 'users',
  organizations: 'organizations',
  applications: 'applications',
  roles: 'roles',
  resources: 'api-resources',
  logs: 'audit-logs',
  hooks: 'webhooks',
};

/**
 * The address of a row's page in Logto's Console; null where it has none, and of a server of one's own, whose Console has an
 * address that nobody told us.
 */
export const consoleAddress = (
  { kind, endpoint }: Pick<Profile, 'kind' | 'endpoint'>,
  list: string,
  id: string,
) => {
  const page = pages[list];
  const [, tenant] = /^https:\/\/([a-z0-9-]+)\.logto\.app$/.exec(endpoint) ?? [];
  if (kind !== 'cloud' || !page || !tenant) return null;
  return `https://cloud.logto.io/${tenant}/${page}/${encodeURIComponent(id)}`;
};
