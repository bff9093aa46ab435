import { z } from 'zod';
import { queryOfView, savedViewSchema, withViews } from '../../shared/saved-view.ts';
import { type Context, procedure, t, unlocked } from '../contract.ts';
import { preferenceChanges, workspaceSchema } from '../settings/settings.ts';
import { profilesOf } from '../tenants/router.ts';

const infoOf = ({ core, door }: Context) => ({
  door: door.kind,
  platform: process.platform,
  reveals: door.reveal !== undefined,
  settingsNotice: core.settingsNotice,
  about: core.about,
});

/** What the door is, what asks for the window, and what it may hand to the system. */
export const appRouter = t.router({
  info: procedure.query(({ ctx }) => infoOf(ctx)),
  /** All that a page needs before it shows anything, in one answer; of a locked app nothing of a tenant (`open` is null). */
  start: procedure.query(({ ctx }) => {
    const { core } = ctx;
    return {
      info: infoOf(ctx),
      preferences: core.settings.preferences,
      open: core.lock.isClosed
        ? null
        : { profiles: profilesOf(ctx), views: core.settings.views, workspace: core.openViews.get() },
    };
  }),
  /** Views that links asked for, and snapshots that the system handed over. */
  links: unlocked.subscription(async function* ({ ctx, signal }) {
    yield* ctx.core.links.watch(signal);
  }),
  copy: unlocked
    .input(z.object({ text: z.string().max(5_000_000), sensitive: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.door.copy?.(input.text, input.sensitive)),
  /** Requests of the last 10 s, by profile id. */
  requests: unlocked.query(({ ctx }) => ctx.core.tenants.recentRequests()),
});

/** The lock. */
export const lockRouter = t.router({
  close: procedure.mutation(({ ctx }) => ctx.core.lock.close()),
  open: procedure.mutation(({ ctx }) => ctx.core.lock.open()),
  watch: procedure.subscription(async function* ({ ctx, signal }) {
    yield* ctx.core.lock.watch(signal);
  }),
});

/** Saved views. */
export const viewsRouter = t.router({
  list: unlocked.query(({ ctx }) => ctx.core.settings.views),
  save: unlocked
    .input(z.object({ added: z.array(savedViewSchema).min(1).max(1_000) }))
    .mutation(({ ctx, input }) => {
      // A view that names no list of this version is refused before anything is kept.
      for (const view of input.added) queryOfView(view, 'any');
      ctx.core.settings.changeViews((views) => withViews(views, input.added));
    }),
  remove: unlocked
    .input(z.object({ name: z.string().max(60) }))
    .mutation(({ ctx, input }) =>
      ctx.core.settings.changeViews((views) => views.filter(({ name }) => name !== input.name)),
    ),
});

/** Open views. */
export const workspaceRouter = t.router({
  get: unlocked.query(({ ctx }) => ctx.core.openViews.get()),
  save: procedure.input(workspaceSchema).mutation(({ ctx, input }) => ctx.core.openViews.save(input)),
});

/** What the operator chose, wherever the app is opened. */
export const preferencesRouter = t.router({
  get: procedure.query(({ ctx }) => ctx.core.settings.preferences),
  save: procedure.input(preferenceChanges).mutation(({ ctx, input }) => {
    ctx.core.settings.changePreferences(input);
  }),
});
