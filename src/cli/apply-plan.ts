import { InvalidArgumentError } from 'commander';
import type { FileSecret } from '../core/changes/plan.ts';
import type { Core } from '../core/core.ts';
import type { Outcome } from '../shared/change/change.ts';
import type { JournalEntry } from '../shared/change/journal.ts';
import { findOperation } from '../shared/change/operations/index.ts';
import { forcible, type Guard, type PlanAbout } from '../shared/change/plan.ts';
import { DeskError } from '../shared/errors.ts';
import { failureInWords } from '../shared/phrases/change-words.ts';
import { exitCodes } from './exit-codes.ts';
import type { Flagged, OptionsOf } from './flagged.ts';
import { oneLine, print, progress, tell } from './output.ts';
import { exitOfPlan, printPlan, savePlan, showPlan } from './plan-output.ts';
import { titleOf } from './plan-words.ts';
import { wholeNumber } from './query-options.ts';
import { wrongUsage } from './usage.ts';
import { phrases, say } from './words.ts';

const guardTyped = (value: string, before: Guard[] = []): Guard[] => {
  const guard = forcible.find((one) => one === value);
  if (!guard) throw new InvalidArgumentError(say('changes.notForcible', { guards: forcible.join(', ') }));
  return [...before, guard];
};

/** What applies a plan in this run of the program. */
export const withApplyOptions = <Arguments extends unknown[], Options extends object>(
  command: Flagged<Arguments, Options>,
) =>
  command
    .option('--confirm <name>', say('changes.confirm'))
    .option('--unlock', say('changes.unlock'))
    .option('--stop-after <n>', say('changes.stopAfter'), wholeNumber(1, 1_000_000));

/** What makes a plan: where it goes, what it overrides, and how it is shown. */
export const withPlanOptions = <Arguments extends unknown[], Options extends object>(
  command: Flagged<Arguments, Options>,
) =>
  withApplyOptions(command.option('--plan <file>', say('changes.plan')))
    .option('--force <guard>', say('changes.force', { guards: forcible.join(', ') }), guardTyped)
    .option('--all-changes', say('changes.all'))
    .option('--json', say('json'));

type ApplyOptions = OptionsOf<ReturnType<typeof withApplyOptions<[], object>>>;
type PlanOptions = OptionsOf<ReturnType<typeof withPlanOptions<[], object>>>;

/** Unlocks the tenant for this run where that is asked for. Throws what says how to ask. */
const unlocked = async (
  core: Core,
  { profile, confirm: wanted }: Pick<PlanAbout, 'profile' | 'confirm'>,
  options: ApplyOptions,
): Promise<void> => {
  const { name, kind } = await core.profileFor(profile);
  if (kind === 'demo') throw wrongUsage('--profile', say('profiles.notDemo'));
  const typed = options.confirm?.normalize('NFC').trim();
  if (typed !== undefined && typed !== name) throw new DeskError('changes.confirm', { where: name });
  if (wanted !== null && typed === undefined) throw new DeskError('changes.confirm', { where: name });
  if (typed === name || options.unlock) {
    await core.changes.unlock(profile);
    return;
  }
  // A tenant that is read-only says so; any other says what to add.
  if ((await core.changes.state(profile)).access === 'read-write')
    tell(`desk: ${say('changes.needsUnlock', { how: '--unlock' })}`);
};

const failed = ['not-done', 'partly', 'unknown', 'moved', 'refused'] as const;

type Failed = {
  reasons: Map<number, string>;
  outcomes: JournalEntry['outcome'][];
  /** Whether anything of it can be taken back. */
  isUndoable: boolean;
};

/** Whether a change was made that can be taken back. */
const canUndo = ({ outcome, operation }: JournalEntry): boolean =>
  (outcome === 'done' || outcome === 'partly') && findOperation(operation)?.undoable !== 'never';

/** Tells, of a run, every change that did not come to what was asked; of one that was tried again, what it came to last. */
const tellFailed = async (core: Core, profile: string, run: string): Promise<Failed> => {
  const last = new Map<number, JournalEntry>();
  for (let offset = 0; ; offset += 500) {
    const { entries } = await core.changes.journal(profile, { job: run, offset, limit: 500 });
    for (const entry of entries) if (!last.has(entry.number)) last.set(entry.number, entry);
    if (entries.length < 500) break;
  }
  const reasons = new Map<number, string>();
  for (const { number, target, operation, outcome, error, id } of [...last.values()].reverse()) {
    if (!failed.some((one) => one === outcome)) continue;
    const reason = failureInWords(phrases.t, { outcome, error });
    reasons.set(number, oneLine(reason));
    tell(oneLine(`✗ ${id}  ${titleOf(operation)}  ${target.label || target.id}: ${reason}`));
  }
  const entries = [...last.values()];
  return { reasons, outcomes: entries.map(({ outcome }) => outcome), isUndoable: entries.some(canUndo) };
};

/** What a run came to. Of a change that nobody could see it is not said that it was not made; nothing is undone of what was not. */
const appliedInWords = (
  { outcomes, isUndoable }: Pick<Failed, 'outcomes' | 'isUndoable'>,
  { run, profile }: { run: string; profile: string },
): string => {
  const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  const [made, partly, maybe, missed] = [count('done'), count('partly'), count('unknown'), count('not-done')];
  const said = [
    say('changes.made', { count: made }),
    ...(partly > 0 ? [say('changes.partly', { count: partly })] : []),
    ...(maybe > 0 ? [say('changes.maybe', { count: maybe })] : []),
    ...(made + partly > 0 ? [isUndoable ? say('changes.toUndo', { run }) : say('changes.noUndo')] : []),
  ].join('; ');
  return missed > 0 ? `${said}\n${say('changes.toTry', { run, profile })}` : said;
};

/** What became of the changes of a plan that was applied: why, of those that were not made, by their number. */
export type AppliedPlan = { failed: Map<number, string>; run: string };

/** Applies a plan and waits for its end. Ctrl C ends it after the changes that are under way. */
export const applyPlan = async (
  core: Core,
  about: PlanAbout,
  options: ApplyOptions,
  signal: AbortSignal,
): Promise<AppliedPlan> => {
  await unlocked(core, about, options);
  const request = await core.changes.applying(about.id, {
    confirm: options.confirm,
    stopAfter: options.stopAfter,
    door: 'terminal',
  });
  const others = exitOfPlan(about) === exitCodes.done ? exitCodes.done : exitCodes.incomplete;
  return runChanges(core, request, others, signal);
};

/** Resumes an earlier run, or only what it did not do. */
export const goOnWith = async (
  core: Core,
  { profile, run, only }: { profile: string; run: string; only: 'all' | 'failed' },
  { fileSecret, ...options }: ApplyOptions & { fileSecret?: FileSecret | undefined },
  signal: AbortSignal,
): Promise<AppliedPlan> => {
  await unlocked(core, { profile, confirm: null }, options);
  const request = await core.changes.goingOn(profile, run, {
    confirm: options.confirm,
    stopAfter: options.stopAfter ?? 10,
    door: 'terminal',
    only,
    fileSecret,
  });
  return runChanges(core, request, exitCodes.done, signal);
};

const runChanges = async (
  core: Core,
  request: Awaited<ReturnType<Core['changes']['applying']>>,
  otherwise: number,
  signal: AbortSignal,
): Promise<AppliedPlan> => {
  const { profile, run } = request;
  const job = await core.startJob('changes', request);
  const cancel = () => void core.jobs.cancel(job.id, signal.reason);
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  if (process.stderr.isTTY)
    void (async () => {
      for await (const jobs of core.jobs.watch(signal)) {
        const now = jobs.find(({ id }) => id === job.id);
        if (now?.state === 'running')
          progress(
            say('changes.progress', { title: titleOf(now.title), rows: now.rows, total: now.total ?? '?' }),
          );
      }
    })().catch(() => {});
  const { result, error } = await core.jobs.ended(job.id);
  progress('');
  const told = await tellFailed(core, profile, run);
  const { reasons } = told;
  tell(appliedInWords(told, { run, profile }));
  if (result?.stopped) tell(phrases.t('changes.stopped'));
  for (const { label, value } of core.changes.made(run)) print(`${oneLine(label)}\t${oneLine(value)}`);
  if (error) {
    tell(say('changes.again', { run, profile }));
    throw new DeskError(error.code, error.detail);
  }
  process.exitCode = reasons.size > 0 || result?.stopped ? exitCodes.incomplete : otherwise;
  return { failed: reasons, run };
};

/** Shows a plan that was made, keeps it where asked, and applies it where that is asked, too. */
export const finishPlan = async (
  core: Core,
  about: PlanAbout,
  options: PlanOptions,
  signal: AbortSignal,
): Promise<AppliedPlan | null> => {
  if (options.json) await printPlan(core, about);
  else await showPlan(core, about, { all: options.allChanges ?? false });
  process.exitCode = exitOfPlan(about);
  if (options.plan !== undefined) await savePlan(core, about, options.plan);
  const { create, change, delete: deleted } = about.counts;
  if (create + change + deleted === 0) return null;
  if (options.confirm !== undefined || options.unlock) return applyPlan(core, about, options, signal);
  const { name, access, kind } = await core.profileFor(about.profile);
  const how = about.confirm === null ? '--unlock' : `--confirm '${name}'`;
  const readOnly = kind === 'demo' ? 'changes.readOnlyDemo' : 'changes.readOnly';
  tell(say(access === 'read-write' ? 'changes.notApplied' : readOnly, { how, name }));
  return null;
};
