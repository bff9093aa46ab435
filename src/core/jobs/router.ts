import { z } from 'zod';
import { DeskError } from '../../shared/errors.ts';
import { t, unlocked } from '../contract.ts';

/** Long work, as it runs and when it ended. */
export const jobsRouter = t.router({
  watch: unlocked.subscription(async function* ({ ctx: { core, door }, signal }) {
    for await (const jobs of core.jobs.watch(signal)) {
      yield jobs.map((job) => {
        const { makes = null, isPausable = false } = core.kindOfJob(job.kind);
        return {
          ...job,
          makes,
          isPausable,
          /** Its file waits to be downloaded. */
          downloads: job.state === 'done' && !job.earlier && job.path !== '' && door.download !== undefined,
        };
      });
    }
  }),
  cancel: unlocked
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => ctx.core.jobs.cancel(input.id)),
  /** Ends a run of changes once what is under way is answered, to be resumed. */
  pause: unlocked
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => ctx.core.jobs.cancel(input.id, new DeskError('changes.paused'))),
  dismiss: unlocked
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => ctx.core.dismiss(input.id)),
  /**
   * Resumes a job that broke off, or asks again for the rows that one which ended lacks: for every job that is
   * `resumable`. Returns the job that takes its place. `confirm`: the tenant's name, where changes ask for it by now.
   */
  resume: unlocked
    .input(z.object({ id: z.uuid(), confirm: z.string().max(200).optional() }))
    .mutation(({ ctx, input: { id, confirm } }) =>
      ctx.core.resumeJob(id, confirm === undefined ? {} : { confirmed: confirm }),
    ),
  /** An address for one download of a finished export; null where there is nothing to download. */
  download: unlocked
    .input(z.object({ id: z.uuid(), what: z.enum(['file', 'manifest']) }))
    .mutation(({ ctx: { core, door }, input: { id, what } }) => {
      const job = core.jobs.find(id);
      return job?.state === 'done' && !job.earlier && job.path ? (door.download?.(job, what) ?? null) : null;
    }),
  reveal: unlocked.input(z.object({ id: z.uuid() })).mutation(({ ctx: { core, door }, input }) => {
    const job = core.jobs.find(input.id);
    if (job?.state === 'done' && job.path) door.reveal?.(job);
  }),
});
