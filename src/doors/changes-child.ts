import { readFileSync } from 'node:fs';
import type { PlanItem } from '../core/changes/plan.ts';
import { DeskError } from '../shared/errors.ts';
import { createNodeCore } from './node-core.ts';
import { keptLog } from './testing.ts';

/**
 * Makes the changes of a file, or resumes them where an earlier run was ended, or the job that is named; for tests
 * that kill it. Exits with 0
 * when all of them are over.
 */
const [, , dataDir = '', keychainService = '', profile = '', items = '', run] = process.argv;

const core = createNodeCore(
  { dataDir, keychainService },
  { log: keptLog(), retry: { tries: 4, baseMs: 5, longestMs: 2_000 } },
);
await core.takeUp();
await core.changes.unlock(profile);
const left = core.jobs.list().find(({ kind, resumable }) => kind === 'changes' && resumable);
const start = async () => {
  const planned = JSON.parse(readFileSync(items, 'utf8')) as PlanItem[];
  const plan = await core.changes.planItems(profile, planned, {
    title: planned[0]?.operation ?? '',
    forced: ['empties-set'],
  });
  return core.startJob('changes', await core.changes.applying(plan.id, { door: 'terminal' }));
};
const goOn = async (of: string) =>
  core.startJob(
    'changes',
    await core.changes.goingOn(profile, of, { door: 'terminal', stopAfter: 10, only: 'all' }),
  );
const job = run
  ? await goOn(run)
  : left
    ? await core.resumeJob(left.id)
    : await start().catch((error: unknown) => {
        if (error instanceof DeskError && error.code === 'changes.plan_empty') process.exit(0);
        throw error;
      });
const ended = job ? await core.jobs.ended(job.id) : null;
await core.stop();
process.exit(ended?.state === 'done' ? 0 : 1);
