import type { Core } from '../core/core.ts';
import type { PlanAsked } from '../shared/change/plan.ts';
import { planAskedSchema } from '../shared/change/plan.ts';
import type { Simulator } from '../simulator/server.ts';
import { addSimulator, jobOf } from './testing.ts';

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
  const job = await core.startChanges(await core.changes.applying(plan, { door: 'terminal', ...options }));
  return jobOf(await core.jobs.ended(job.id), 'changes');
};

/** The newest entries of the journal, newest first. */
export const journalOf = async (core: Core, profile: string) =>
  (await core.changes.journal(profile, { offset: 0, limit: 500 })).entries;
