import { z } from 'zod';
import type { SecretRef } from '../../shared/change/change.ts';
import { outcomes } from '../../shared/change/change.ts';
import type { PlanFile } from '../../shared/change/plan.ts';
import { DeskError } from '../../shared/errors.ts';
import { isElsewhere } from '../base/processes.ts';
import type { Session } from '../client/session.ts';
import { isInterrupted, type JobKind } from '../jobs/kind.ts';
import { type Applied, applyPlan } from './apply.ts';
import type { Actor, Applying } from './apply-one.ts';
import { Surroundings } from './guards.ts';
import type { HiddenValues } from './hidden-values.ts';
import type { Journal } from './journal.ts';
import type { FileSecret } from './plan.ts';
import { readPlanFile } from './plan-file.ts';
import type { Sealer } from './saved.ts';
import { settleOpen } from './settle.ts';

/** What a job of changes is asked, as it is kept: its plan is in the journal, by the job's own id (`run`). */
const requestSchema = z.object({
  profile: z.string(),
  run: z.uuid(),
  title: z.string(),
  door: z.enum(['desktop', 'browser', 'terminal']),
  stopAfter: z.number().int().min(1).default(10),
  /** Only what an earlier run tried, and saw not to be done. */
  only: z.enum(['all', 'failed']).default('all'),
  /** The tenant's name, where it was typed for this plan: whoever resumes it later need not type it again. */
  confirmed: z.string().max(200).nullable().default(null),
});
export type ChangesRequest = z.infer<typeof requestSchema>;

/**
 * What a job of changes came to. `run`: the job's id in the journal; `secrets`: that the server made, to be shown once; `left`:
 * what the plan refused, and so was not sent.
 */
export type ChangesResult = Applied & { run: string; secrets: number; left: number };

const count = z.number().int().min(0);
const resultSchema = z.object({
  rows: count,
  total: count,
  outcomes: z.object(
    Object.fromEntries(outcomes.map((outcome) => [outcome, count])) as Record<
      keyof Applied['outcomes'],
      typeof count
    >,
  ),
  stopped: z.boolean(),
  run: z.string(),
  // After a restart none can be shown.
  secrets: z.unknown().transform(() => 0),
  // Of a job of an earlier version it is not known.
  left: count.default(0),
});

export type ChangesJobDeps = {
  sessionOf: (profile: string) => Promise<Session>;
  isKnown: (profile: string) => boolean;
  /** Throws where changes to the tenant are not unlocked, or its name was not typed and its label asks for that by now. */
  holdUnlocked: (session: Session, plan: PlanFile, confirmed: string | null) => void;
  journalOf: (session: Session) => Journal;
  sealer: Sealer;
  hidden: HiddenValues;
  /** Finds values that lists mask, of a run. */
  hiddenOf: (session: Session, run: string) => Applying['hiddenOf'];
  actorOf: (door: Actor['door']) => Actor;
  secretOf: (session: Session, ref: SecretRef, fileSecret?: FileSecret) => unknown;
  /** How a run's plan reads secrets in the import's file; null once the program was started anew. */
  fileSecretOf: (run: string) => FileSecret | undefined;
  noteRow: (session: Session, ...noted: Parameters<Applying['noteRow']>) => void;
  keepMade: (run: string, made: Parameters<Applying['keepMade']>[0]) => void;
  clock: () => number;
};

/** Applies a plan. Another run resumes by the journal, and does nothing twice. */
export const changesJob = (deps: ChangesJobDeps): JobKind<'changes', ChangesRequest, ChangesResult> => {
  /** Runs that are being applied: what two jobs of one began at once, both would send. */
  const running = new Set<string>();
  return {
    id: 'changes',
    request: requestSchema,
    result: resultSchema,
    isPausable: true,
    async open(request) {
      const { clock, sealer, hidden } = deps;
      const { run, title, door, stopAfter, only } = request;
      const session = await deps.sessionOf(request.profile);
      const journal = deps.journalOf(session);
      const body = journal.planOf(run);
      if (body === null) throw new DeskError('changes.plan_gone');
      const plan = readPlanFile(JSON.parse(body));
      deps.holdUnlocked(session, plan, request.confirmed);
      if (running.has(run)) throw new DeskError('changes.plan_gone');
      running.add(run);
      return {
        // The demo begins anew with each start, and its journal with it.
        about: { title, profile: session.profile.id, run, passing: session.profile.kind === 'demo' },
        kept: request,
        async run({ signal, tell }) {
          try {
            // What another run sent, and nobody noted the end of, is known before anything more is sent.
            await settleOpen(session, journal, { clock, hider: hidden.hider, signal });
            const earlier = new Map(journal.attempts(run).map(({ number, outcome }) => [number, outcome]));
            const fileSecret = deps.fileSecretOf(run);
            let secrets = 0;
            const secretOf = (ref: SecretRef) => {
              const secret = deps.secretOf(session, ref, fileSecret);
              if (secret === null || secret === undefined) throw new DeskError('changes.secret_gone');
              return secret;
            };
            const applied = await applyPlan(
              plan.planned.filter(
                ({ change }) => only === 'all' || earlier.get(change.number) === 'not-done',
              ),
              earlier,
              {
                session,
                journal,
                sealer,
                hidden,
                hiddenOf: deps.hiddenOf(session, run),
                clock,
                job: run,
                title,
                actor: deps.actorOf(door),
                forced: plan.forced,
                undoes: plan.undoes,
                secretOf,
                around: new Surroundings(session, (ref) => deps.secretOf(session, ref, fileSecret), {
                  isMoving: true,
                  forced: plan.forced,
                }),
                noteRow: (...noted) => deps.noteRow(session, ...noted),
                keepMade: (made) => {
                  secrets += 1;
                  deps.keepMade(run, made);
                },
              },
              { signal, stopAfter, tell: (rows, total) => tell({ rows, total }) },
            );
            const left = plan.planned.filter(({ verdict }) => verdict === 'refused').length;
            return { ...applied, run, secrets, left };
          } finally {
            running.delete(run);
          }
        },
      };
    },
    resume: {
      place: ({ asked }) => `changes ${requestSchema.safeParse(asked).data?.run ?? ''}`,
      isLeft: (job) => isInterrupted(job) || job.state === 'cancelled' || job.result?.stopped === true,
      async find({ pid, pidAt, title, profile, startedAt, asked }) {
        if (isElsewhere(pid, pidAt)) return 'busy';
        const run = requestSchema.safeParse(asked).data?.run ?? '';
        return deps.isKnown(profile) ? { title, profile, startedAt, run } : 'gone';
      },
      // The journal stays: what was done was done.
      async discard() {},
    },
  };
};
