import type { Core } from '../core/core.ts';
import type { CoreDeps } from '../core/deps.ts';
import type { PlanAsked } from '../shared/change/plan.ts';
import { planAskedSchema } from '../shared/change/plan.ts';
import { type Simulator, startSimulator } from '../simulator/server.ts';
import { addSimulator, jobOf, memoryKeychain, type TestCore, testCore } from './testing.ts';

/** Adds the simulator as a tenant that can be changed, and unlocks it. `label` as of its profile. */
export const addChangeable = async (core: Core, simulator: Simulator, label = '', name = 'Test') => {
  const { id } = await addSimulator(core, simulator, name);
  const [app] = simulator.tokens.apps;
  const profile = await core.profiles.update(
    id,
    {
      kind: 'oss',
      name,
      label,
      endpoint: simulator.endpoint,
      appId: app?.appId ?? '',
      access: 'read-write',
    },
    undefined,
    'memory',
  );
  await core.changes.unlock(profile.id);
  return profile;
};

/** A tenant of so many users, and a core that it can be changed with. */
export type Changeable = {
  server: Simulator;
  held: TestCore;
  profile: string;
  /** The user at a place of the tenant's own list. */
  user: (at: number) => Simulator['tenant']['users'][number];
  close: () => Promise<void>;
};

export const openChangeable = async (
  users: number,
  {
    deps = {},
    dataDir,
    tenant = {},
  }: { deps?: Partial<CoreDeps>; dataDir?: string; tenant?: Parameters<typeof startSimulator>[0] } = {},
): Promise<Changeable> => {
  const server = await startSimulator({ users, logs: 0, tied: [0, 0], ...tenant });
  const held = testCore({ keychain: memoryKeychain(), ...deps }, dataDir ? { dataDir } : {});
  return {
    server,
    held,
    profile: (await addChangeable(held.core, server)).id,
    user(at) {
      const row = server.tenant.users[at];
      if (!row) throw new Error(`no user ${at}`);
      return row;
    },
    async close() {
      await held[Symbol.asyncDispose]();
      await server.stop();
    },
  };
};

export const planOf = (core: Core, asked: PlanAsked) => core.changes.plan(planAskedSchema.parse(asked));

/** Every change of a plan. */
export const plannedOf = async (core: Core, plan: string) =>
  (await core.changes.planned(plan, { offset: 0, limit: 500 })).items;

/** Applies a plan and waits for its end. */
export const applied = async (
  core: Core,
  plan: string,
  options: { confirm?: string; stopAfter?: number } = {},
) => {
  const job = await core.startJob(
    'changes',
    await core.changes.applying(plan, { door: 'terminal', ...options }),
  );
  return jobOf(await core.jobs.ended(job.id), 'changes');
};

/** The newest entries of the journal, newest first. */
export const journalOf = async (core: Core, profile: string) =>
  (await core.changes.journal(profile, { offset: 0, limit: 500 })).entries;
