import { readFile, stat } from 'node:fs/promises';
import { besidePlan, type FileSecret, secretsIn } from '../core/changes/import/secrets.ts';
import { largestPlan, planOfText } from '../core/changes/plan-file.ts';
import type { Core } from '../core/core.ts';
import type { PlanFile } from '../shared/change/plan.ts';
import { secretRefOf } from '../shared/change/secrets.ts';
import { DeskError } from '../shared/errors.ts';
import { applyPlan, goOnWith, withApplyOptions } from './apply-plan.ts';
import { flagged } from './flagged.ts';
import { showPlan } from './plan-output.ts';
import { settledFirst } from './settled-first.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, say } from './words.ts';

const planIn = async (path: string): Promise<PlanFile> => {
  const info = await stat(path).catch(() => null);
  if (!info?.isFile()) throw wrongUsage('<plan>', say('apply.noPlan', { file: path }));
  if (info.size > largestPlan) throw new DeskError('changes.plan_damaged', { where: path });
  return planOfText(await readFile(path, 'utf8'), path);
};

/** The tenant that a plan is for, where none is named: the one with its address. */
const profileOf = async (core: Core, named: string | undefined, { tenant }: PlanFile): Promise<string> => {
  if (named !== undefined) return (await core.profileFor(named)).id;
  const { endpoint } = tenant;
  const fitting = core.profiles.list().filter((one) => one.endpoint === endpoint && one.kind !== 'snapshot');
  const [only, ...others] = fitting;
  if (!only) throw wrongUsage('--profile', say('apply.noTenant', { endpoint }));
  if (others.length > 0)
    throw wrongUsage(
      '--profile',
      say('apply.severalTenants', { endpoint, tenants: fitting.map(({ id }) => id).join(', ') }),
    );
  return only.id;
};

/** Reads the secrets of a plan in the imported file: beside the plan, or where the operator says. */
const secretsOf = async (plan: PlanFile, path: string, file: string | undefined) => {
  const refs = plan.planned.flatMap(({ change }) =>
    Object.values(change.after).flatMap((value): FileSecret[] => {
      const ref = secretRefOf(value);
      return ref?.secret === 'file' ? [ref] : [];
    }),
  );
  if (refs.length === 0 || !plan.source) return undefined;
  return secretsIn(file ?? besidePlan(path, plan.source.name), plan.source, refs);
};

/** `desk apply …` */
export const applyCommand = () =>
  withApplyOptions(flagged('apply'))
    .description(say('apply.description'))
    .argument('[plan]', say('apply.plan'))
    .option('--resume <job>', say('apply.resume'))
    .option('--failed <job>', say('apply.failed'))
    .option('--profile <profile>', say('apply.profile'))
    .option('--file <file>', say('apply.source'))
    .option('--all-changes', say('changes.all'))
    .addHelpText(
      'after',
      examples(
        `desk apply plan.json --confirm 'Production'`,
        'desk apply plan.json --profile staging --unlock --stop-after 1',
        'desk apply --resume 3f2b8c1e-5d0a-4c7e-9b1f-2a6d8e4f7c90 --profile staging --unlock',
      ),
    )
    .action(async (path, options, command) => {
      const run = options.resume ?? options.failed;
      if ([path, options.resume, options.failed].filter((one) => one !== undefined).length !== 1)
        throw wrongUsage('<plan>', say('apply.oneOf'));
      if (run !== undefined) {
        const { profile } = options;
        if (profile === undefined) throw wrongUsage('--profile', say('apply.whichTenant'));
        await withCore(command, async (core, signal) => {
          await settledFirst(core, profile, signal);
          const plan = await core.changes.planOfRun(profile, run);
          const fileSecret = await secretsOf(plan, '.', options.file);
          const { id } = await core.profileFor(profile);
          const only = options.failed === undefined ? 'all' : 'failed';
          await goOnWith(core, { profile: id, run, only }, { ...options, fileSecret }, signal);
        });
        return;
      }
      if (path === undefined) return;
      const plan = await planIn(path);
      await withCore(command, async (core, signal) => {
        const profile = await settledFirst(core, await profileOf(core, options.profile, plan), signal);
        const fileSecret = await secretsOf(plan, path, options.file);
        const about = await core.changes.openPlan(profile, plan, {
          ...(fileSecret ? { fileSecret } : {}),
          signal,
        });
        await showPlan(core, about, { all: options.allChanges ?? false });
        await applyPlan(core, about, options, signal);
      });
    });
