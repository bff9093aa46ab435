import { z } from 'zod';
import { addressesOf, demoProfileId, profileInput, profileOf } from '../../shared/profile.ts';
import { wellFormed } from '../../shared/text.ts';
import { type Context, profileId, t, unlocked } from '../contract.ts';

const secretPlace = z.enum(['keychain', 'memory']);
const secret = wellFormed.min(1).max(1024);

/** The stored tenants, each with the place of its secret. */
export const profilesOf = ({ core }: Context) =>
  core.profiles.list().map((profile) => ({ ...profile, secretPlace: core.secrets.placeOf(profile.id) }));

/** Tenants, as they are entered, changed, tested and removed. */
export const profilesRouter = t.router({
  list: unlocked.query(({ ctx }) => profilesOf(ctx)),
  /** The demo tenant's profile; starts it. */
  demo: unlocked.mutation(({ ctx }) => ctx.core.tenants.profile(demoProfileId)),
  /** Allows changes to the demo tenant, or none, until the program ends. */
  allowDemo: unlocked
    .input(z.object({ access: z.enum(['read-only', 'read-write']) }))
    .mutation(({ ctx, input }) => ctx.core.tenants.allowDemo(input.access)),
  /** The addresses that follow from what is entered so far, or what is wrong with it. */
  preview: unlocked.input(profileInput).query(({ input }) => addressesOf(profileOf(input, 'preview'))),
  add: unlocked
    .input(z.object({ input: profileInput, secret, secretPlace }))
    .mutation(({ ctx, input }) => ctx.core.profiles.add(input.input, input.secret, input.secretPlace)),
  update: unlocked
    .input(z.object({ id: profileId, input: profileInput, secret: secret.optional(), secretPlace }))
    .mutation(({ ctx, input }) =>
      ctx.core.profiles.update(input.id, input.input, input.secret, input.secretPlace),
    ),
  remove: unlocked
    .input(z.object({ id: profileId }))
    .mutation(({ ctx, input }) => ctx.core.tenants.remove(input.id)),
  /** What a tenant was found to have; null where that is not known. Learns it, once a session. */
  capabilities: unlocked
    .input(z.object({ profile: profileId }))
    .query(async ({ ctx, input }) => (await ctx.core.tenants.open(input.profile)).found()),
  /**
   * Takes what is to be tested, its secret included, and gives a number for `test`: a subscription's input travels in an
   * address, where no secret may stand.
   */
  prepareTest: unlocked
    .input(
      z.union([
        z.object({ input: profileInput, secret }),
        z.object({ profile: profileId, input: profileInput.optional() }),
      ]),
    )
    .mutation(({ ctx, input }) => ctx.core.tests.prepare(input)),
  test: unlocked.input(z.object({ id: z.uuid() })).subscription(async function* ({ ctx, input }) {
    yield* ctx.core.tests.run(input.id);
  }),
});
