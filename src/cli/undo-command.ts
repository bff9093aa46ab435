import { finishPlan, withPlanOptions } from './apply-plan.ts';
import { flagged } from './flagged.ts';
import { settledFirst } from './settled-first.ts';
import { tenantFor } from './the-tenant.ts';
import { wrongUsage } from './usage.ts';
import { withCore } from './with-core.ts';
import { examples, say } from './words.ts';

const jobForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What is undone: a job by its id, or entries by their numbers. */
const whatOf = (texts: readonly string[]): { job: string } | { entries: number[] } => {
  const [first = ''] = texts;
  if (texts.length === 1 && jobForm.test(first)) return { job: first };
  const entries = texts.map(Number);
  const wrong = entries.findIndex((entry) => !Number.isSafeInteger(entry) || entry < 1);
  if (wrong >= 0) throw wrongUsage('<what>', say('undo.notEntry', { text: texts[wrong] ?? '' }));
  return { entries };
};

/** `desk undo …` */
export const undoCommand = () =>
  withPlanOptions(
    flagged('undo')
      .description(say('undo.description'))
      .argument('<what...>', say('undo.what'))
      .option('--profile <profile>', say('profileOrOnly')),
  )
    .addHelpText(
      'after',
      examples(
        'desk undo 12 13 --profile staging --unlock',
        `desk undo 3f2b8c1e-5d0a-4c7e-9b1f-2a6d8e4f7c90 --profile production --confirm 'Production'`,
      ),
    )
    .action(async (texts, options, command) => {
      const what = whatOf(texts);
      await withCore(command, async (core, signal) => {
        const forced = options.force ?? [];
        const profile = await settledFirst(core, tenantFor(core, options.profile), signal);
        const about = await core.changes.undo(profile, what, { forced, signal });
        await finishPlan(core, about, options, signal);
      });
    });
