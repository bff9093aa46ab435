import { createNodeCore } from '../src/doors/node-core.ts';
import { urlOf } from '../src/shared/query.ts';
import type { Simulator } from '../src/simulator/server.ts';

/** The app of the tests' own tenants: it may use the Management API. */
export const goodApp = { appId: 'good-app', secret: 'good-secret', managementRole: true };

/** A tenant that was added before the app starts; `access` as it was chosen, or left. */
export type KeptTenant = Pick<Simulator, 'endpoint'> & { access?: 'read-only' | 'read-write' };

/** A tenant that can be changed. */
export const changeable = ({ endpoint }: Pick<Simulator, 'endpoint'>): KeptTenant => ({
  endpoint,
  access: 'read-write',
});

/**
 * Leaves tenants in a data folder as an operator does who added them, by name, in their order: their users are open, and
 * those of the last one in front. Each test that enters them in the form takes longer than what it is about.
 */
export const keepTenants = async (
  dataDir: string,
  keychainService: string,
  tenants: Record<string, KeptTenant>,
) => {
  const core = createNodeCore({ dataDir, keychainService });
  try {
    for (const [name, { endpoint, access = 'read-only' }] of Object.entries(tenants)) {
      const input = { kind: 'oss', name, endpoint, access, appId: goodApp.appId } as const;
      const { id } = await core.profiles.add(input, goodApp.secret, 'keychain');
      const kept = core.openViews.get();
      const url = urlOf({ profile: id, resource: 'users', filters: {} });
      core.openViews.save({ ...kept, tabs: [...kept.tabs, { id, url, preview: true }], active: id });
    }
  } finally {
    await core.stop();
  }
};
