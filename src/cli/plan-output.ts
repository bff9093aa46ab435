import type { Core } from '../core/core.ts';
import { fileTarget } from '../core/export/writer.ts';
import type { PlanAbout, PlannedShown, Verdict } from '../shared/change/plan.ts';
import { hasSecret } from '../shared/change/secrets.ts';
import { faultsInWords } from '../shared/phrases/refusal-words.ts';
import { namesIn } from './change-names.ts';
import { exitCodes } from './exit-codes.ts';
import { print, printJson, tell } from './output.ts';
import { countsOf, plannedLines, titleOf, warningsOf } from './plan-words.ts';
import { wrongUsage } from './usage.ts';
import { phrases, say } from './words.ts';

const pageOf = 500;
/** Changes that are shown one by one where not all are asked for. */
const mostShown = 20;

/** All changes of a plan. */
export async function* plannedIn(core: Core, plan: string, verdict?: Verdict): AsyncGenerator<PlannedShown> {
  for (let offset = 0; ; offset += pageOf) {
    const { items } = await core.changes.planned(plan, {
      offset,
      limit: pageOf,
      ...(verdict ? { verdict } : {}),
    });
    yield* items;
    if (items.length < pageOf) return;
  }
}

/** Shows a plan: its changes field by field, what is refused and why, its counts, and what it brings along. */
export const showPlan = async (
  core: Core,
  about: PlanAbout,
  { all = false }: { all?: boolean },
): Promise<void> => {
  const most = all ? Number.POSITIVE_INFINITY : mostShown;
  for (const verdicts of [
    ['create', 'change', 'delete'],
    ['refused'],
    ...(all ? [['unchanged']] : []),
  ] as Verdict[][]) {
    let count = 0;
    let some: PlannedShown[] = [];
    const flush = async () => {
      const names = await namesIn(
        core,
        about.profile,
        some.map(({ change }) => change),
      );
      for (const one of some) print(plannedLines(one, names).join('\n'));
      some = [];
    };
    for (const verdict of verdicts)
      for await (const one of plannedIn(core, about.id, verdict)) {
        count += 1;
        if (count <= most) some.push(one);
        if (some.length === pageOf) await flush();
      }
    await flush();
    if (count > most) print(say('changes.more', { count: count - most }));
  }
  tell(
    [
      `${titleOf(about.title)}: ${countsOf(about).join(', ') || say('changes.nothing')}`,
      ...warningsOf(about),
    ].join('\n'),
  );
};

/** The plan as JSON for programs: what it comes to, and its changes. */
export const printPlan = async (core: Core, about: PlanAbout): Promise<void> => {
  const planned: PlannedShown[] = [];
  // Programs read codes, people the words beside them.
  for await (const one of plannedIn(core, about.id))
    planned.push(one.faults ? { ...one, about: faultsInWords(phrases.t, one.faults) } : one);
  printJson({ ...about, planned });
};

/** Writes a plan to a file that can be reviewed and applied. Throws `usage.invalid` where only this run has a secret of it. */
export const savePlan = async (core: Core, about: PlanAbout, path: string): Promise<void> => {
  const file = await core.changes.planFile(about.id);
  const isHere = file.planned.some(({ change }) =>
    Object.values(change.after).some(
      (value) => hasSecret(value) && JSON.stringify(value).includes('"entered"'),
    ),
  );
  if (isHere) throw wrongUsage('--plan', say('changes.secretInPlan'));
  const target = await fileTarget(path);
  try {
    await target.write(`${JSON.stringify(file, null, 2)}\n`);
    await target.finish();
  } catch (error) {
    await target.discard();
    throw error;
  }
  tell(say('changes.planSaved', { path }));
};

/** How a command ends by what a plan refuses: all of it, some, nothing. */
export const exitOfPlan = ({ counts }: PlanAbout): number => {
  if (counts.refused === 0) return exitCodes.done;
  return counts.create + counts.change + counts.delete + counts.unchanged === 0
    ? exitCodes.refused
    : exitCodes.incomplete;
};
