import { z } from 'zod';
import { querySchema } from '../../shared/query.ts';
import { seenKinds } from '../../shared/seen-changes.ts';
import { wellFormed } from '../../shared/text.ts';
import { profileId, t, unlocked } from '../contract.ts';
import { countsSchema } from '../rows/counts-asked.ts';
import { type MirrorPlan, mirrorPlanSchema } from '../settings/settings.ts';
import { copySchema } from './copy-tenant.ts';

const moment = z.number().int().min(0).max(8_640_000_000_000_000);

const seenSchema = z.object({
  profile: profileId,
  from: moment.optional(),
  to: moment.optional(),
  resource: z.string().max(64).optional(),
  kind: z.enum(seenKinds).optional(),
  text: wellFormed.max(200).optional(),
  offset: z.number().int().min(0).max(1_000_000),
  limit: z.number().int().min(1).max(500),
});

const noPlan: MirrorPlan = { everyHours: 0, keepLogsDays: null };

/** The mirror's part of the contract. */
export const mirrorRouter = t.router({
  /** What is kept of a tenant, and how many bytes it takes. */
  about: unlocked
    .input(z.object({ profile: profileId }))
    .query(async ({ ctx: { core }, input }) => (await core.tenants.open(input.profile)).copy.about()),
  /** What is kept of the list that a query asks; null when nothing is. */
  list: unlocked
    .input(z.object({ query: querySchema }))
    .query(async ({ ctx: { core }, input: { query } }) => {
      const { copy } = await core.tenants.open(query.profile);
      return copy.list(await core.pages.named(query, true));
    }),
  /** How many rows of a mirrored view have each value of a column. */
  counts: unlocked
    .input(countsSchema.extend({ query: querySchema }))
    .query(async ({ ctx: { core }, input: { query, ...counting }, signal }) => {
      const { copy } = await core.tenants.open(query.profile);
      return copy.counts(await core.pages.named(query, true), counting, 1_000, signal);
    }),
  /** What copies of the tenant saw change, the newest first. */
  changes: unlocked
    .input(seenSchema)
    .query(async ({ ctx: { core }, input: { profile, ...asked } }) =>
      (await core.tenants.open(profile)).copy.seenChanges(asked),
    ),
  start: unlocked
    .input(copySchema.extend({ profile: profileId }))
    .mutation(({ ctx: { core }, input }) => core.startJob('copy', input)),
  /** What happens to a tenant's mirror by itself while the program runs. */
  plan: unlocked
    .input(z.object({ profile: profileId }))
    .query(({ ctx: { core }, input }) => core.settings.mirrorPlans[input.profile] ?? noPlan),
  setPlan: unlocked
    .input(z.object({ profile: profileId, plan: mirrorPlanSchema }))
    .mutation(async ({ ctx: { core }, input }) => {
      const { id } = await core.tenants.profile(input.profile);
      core.settings.changeMirrorPlan(id, input.plan);
      void core.keeper.look();
    }),
  remove: unlocked.input(z.object({ profile: profileId })).mutation(async ({ ctx: { core }, input }) => {
    await core.tenants.removeCopy(input.profile);
  }),
  /**
   * Rows of tenants in which every word stands, each with the profile that it is of. `unread`: rows that a search for
   * words of less than three characters did not get to. `refused`: tenants whose copy could not be searched, as that of
   * another address; where it is all of them, the first one's reason is the answer.
   */
  search: unlocked
    .input(z.object({ profiles: z.array(profileId).min(1).max(50), text: wellFormed.max(200) }))
    .query(async ({ ctx: { core }, input }) => {
      const asked = await Promise.allSettled(
        input.profiles.map(async (name) => {
          const { profile, copy } = await core.tenants.open(name);
          const { hits, unread } = await copy.search(input.text, 20);
          return { hits: hits.map((hit) => ({ profile: profile.id, ...hit })), unread };
        }),
      );
      const found = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const [first] = asked;
      if (found.length === 0 && first?.status === 'rejected') throw first.reason;
      return {
        refused: input.profiles.filter((_, at) => asked[at]?.status === 'rejected'),
        hits: found.flatMap(({ hits }) => hits),
        unread: found.reduce((sum, { unread }) => sum + unread, 0),
      };
    }),
});
