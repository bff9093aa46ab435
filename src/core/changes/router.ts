import { z } from 'zod';
import { outcomes } from '../../shared/change/change.ts';
import { forcible, planAskedSchema, verdicts } from '../../shared/change/plan.ts';
import { wellFormed } from '../../shared/text.ts';
import { profileId, t, unlocked } from '../contract.ts';
import { findFailing } from './find-failing.ts';

const ofProfile = z.object({ profile: profileId });
const planId = z.object({ plan: z.uuid() });
const moment = z.number().int().optional();
/** By which `planning` tells how far it is. */
const ticket = z.uuid().optional();

/** Changes: what is unlocked, plans, what is applied, the journal, undoing. */
export const changesRouter = t.router({
  /** Whether changes are allowed to a tenant, and until when (unix ms) they are unlocked; null while they are locked. */
  state: unlocked.input(ofProfile).query(({ ctx, input }) => ctx.core.changes.state(input.profile)),
  unlock: unlocked.input(ofProfile).mutation(({ ctx, input }) => ctx.core.changes.unlock(input.profile)),
  lock: unlocked.input(ofProfile).mutation(({ ctx, input }) => ctx.core.changes.lock(input.profile)),
  /** Plans what is asked by reading the present state; nothing is written. */
  plan: unlocked
    .input(planAskedSchema.extend({ ticket }))
    .mutation(({ ctx: { core }, input: { ticket: of, ...asked }, signal }) =>
      core.changes.planning.watched(of, (onStep) =>
        core.changes.plan(asked, { onStep, ...(signal ? { signal } : {}) }),
      ),
    ),
  /** How far a plan is that is being made; null before its first step, and when it is made. */
  planning: unlocked
    .input(z.object({ ticket: z.uuid() }))
    .query(({ ctx, input }) => ctx.core.changes.planning.of(input.ticket)),
  /** A plan that is still in memory: the newest 20 are. */
  about: unlocked.input(planId).query(({ ctx, input }) => ctx.core.changes.about(input.plan)),
  /** The changes of a plan. */
  planned: unlocked
    .input(
      planId.extend({
        verdict: z.enum(verdicts).optional(),
        text: wellFormed.max(256).optional(),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(500),
      }),
    )
    .query(({ ctx, input: { plan, verdict, text, offset, limit } }) =>
      ctx.core.changes.planned(plan, {
        ...(verdict ? { verdict } : {}),
        ...(text ? { text } : {}),
        offset,
        limit,
      }),
    ),
  /** The plan as a file that a colleague reviews. */
  planFile: unlocked.input(planId).query(({ ctx, input }) => ctx.core.changes.planFile(input.plan)),
  /** A plan out of its file, held against the tenant as it is now. */
  openPlan: unlocked
    .input(ofProfile.extend({ file: z.unknown() }))
    .mutation(({ ctx, input, signal }) =>
      ctx.core.changes.openPlan(input.profile, input.file, signal ? { signal } : {}),
    ),
  /** Starts the job that applies a plan. `confirm`: the tenant's name, where the plan asks for it. */
  start: unlocked
    .input(
      planId.extend({
        confirm: z.string().max(200).optional(),
        stopAfter: z.number().int().min(1).max(1_000_000).optional(),
      }),
    )
    .mutation(async ({ ctx: { core, door }, input: { plan, confirm, stopAfter } }) =>
      core.startJob('changes', await core.changes.applying(plan, { confirm, stopAfter, door: door.kind })),
    ),
  /** Keeps a secret in memory; the answer stands for it in what is asked. */
  keepSecret: unlocked
    .input(z.object({ value: wellFormed.min(1).max(4_096) }))
    .mutation(({ ctx, input }) => ctx.core.changes.keepSecret(input.value)),
  /** Entries of a tenant's journal, newest first. */
  journal: unlocked
    .input(
      ofProfile.extend({
        text: wellFormed.max(256).optional(),
        operation: z.string().max(64).optional(),
        outcome: z.enum([...outcomes, 'open']).optional(),
        job: z.string().max(64).optional(),
        resource: z.string().max(64).optional(),
        object: z.string().max(512).optional(),
        from: moment,
        to: moment,
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(500),
      }),
    )
    .query(({ ctx, input: { profile, offset, limit, ...filters } }) => {
      const given = Object.entries(filters).filter(([, value]) => value !== undefined);
      return ctx.core.changes.journal(profile, { ...Object.fromEntries(given), offset, limit });
    }),
  /** True while something that a job (`job` of its entries) did, or may have done, was not undone. */
  stands: unlocked
    .input(ofProfile.extend({ job: z.string().min(1).max(64) }))
    .query(({ ctx, input }) => ctx.core.changes.stands(input.profile, input.job)),
  /** Plans what undoes entries of the journal, or all of a job (`job` of its entries). */
  undo: unlocked
    .input(
      z.union([
        ofProfile.extend({
          entries: z.array(z.number().int()).min(1).max(100_000),
          forced: z.array(z.enum(forcible)).max(20).default([]),
        }),
        ofProfile.extend({
          job: z.string().min(1).max(64),
          forced: z.array(z.enum(forcible)).max(20).default([]),
        }),
      ]),
    )
    .mutation(({ ctx, input: { profile, forced, ...what }, signal }) =>
      ctx.core.changes.undo(profile, what, { forced, ...(signal ? { signal } : {}) }),
    ),
  /**
   * The ID of a user whom the server fails on, by about a hundred searches; `before` and `after`: the times of its
   * neighbours in the list (`Unreadable`).
   */
  findFailing: unlocked
    .input(ofProfile.extend({ before: z.number().nullable(), after: z.number().nullable() }))
    .mutation(async ({ ctx, input: { profile, ...between }, signal }) =>
      findFailing(await ctx.core.sessionOf(profile), between, signal ? { signal } : {}),
    ),
  /** Looks again at entries of which nobody knows what came; `settled`: how many are known now. */
  lookAgain: unlocked
    .input(ofProfile.extend({ entries: z.array(z.number().int()).min(1).max(10_000) }))
    .mutation(({ ctx, input, signal }) =>
      ctx.core.changes.openEntries.lookAgain(input.profile, input.entries, signal),
    ),
  /** Secrets that the server made for a job (`run` of its result): handed out once. */
  made: unlocked
    .input(z.object({ job: z.string().max(64) }))
    .mutation(({ ctx, input }) => ctx.core.changes.made(input.job)),
});
