import { z } from 'zod';
import { forcible } from '../../../shared/change/plan.ts';
import { wellFormed } from '../../../shared/text.ts';
import { profileId, t, unlocked } from '../../contract.ts';
import { importFormats } from './file.ts';
import { limits } from './limits.ts';
import { matchFields } from './people.ts';
import { importKinds } from './plan-import.ts';

/** Characters of a part in Base64: 4 MiB, below what a door takes of a call. */
const longestPart = Math.ceil((4 << 20) / 3) * 4;

const handed = z.uuid();
const look = z.object({
  profile: profileId,
  file: handed,
  kind: z.enum(importKinds),
  format: z.enum(importFormats).optional(),
  sheet: wellFormed.max(64).optional(),
});

/** Files that the page hands over: of users or members to import, and of plans. */
export const importsRouter = t.router({
  /** Begins a file of so many bytes; its parts follow. Nobody but this program sees it, and not for long. */
  begin: unlocked
    .input(z.object({ name: wellFormed.min(1).max(255), bytes: z.number().int().min(1).max(limits.bytes) }))
    .mutation(async ({ ctx, input: { name, bytes } }) => ({
      file: await ctx.core.handed.begin(name, bytes),
    })),
  /** The part that begins at `offset` (bytes), in Base64. */
  part: unlocked
    .input(
      z.object({
        file: handed,
        offset: z.number().int().min(0).max(limits.bytes),
        data: z
          .string()
          .min(4)
          .max(longestPart)
          .regex(/^[A-Za-z0-9+/]+={0,2}$/),
      }),
    )
    .mutation(({ ctx, input: { file, offset, data } }) =>
      ctx.core.handed.add(file, offset, Buffer.from(data, 'base64')),
    ),
  drop: unlocked
    .input(z.object({ file: handed }))
    .mutation(({ ctx, input }) => ctx.core.handed.drop(input.file)),
  /** Its columns, and what each seems to fill. */
  look: unlocked.input(look).query(({ ctx, input }) => ctx.core.imports.look(input)),
  /** Plans the import by reading the present state; nothing is written. `map`: a field by heading, or nothing. */
  plan: unlocked
    .input(
      look.extend({
        map: z.record(wellFormed.max(200), wellFormed.max(256)).default({}),
        match: z.enum(matchFields).optional(),
        clears: z.boolean().default(false),
        keepPasswords: z.boolean().default(false),
        creates: z.boolean().default(false),
        forced: z.array(z.enum(forcible)).max(20).default([]),
        /** By which `changes.planning` tells how far it is. */
        ticket: z.uuid().optional(),
      }),
    )
    .mutation(({ ctx: { core }, input: { ticket, ...asked }, signal }) =>
      core.changes.planning.watched(ticket, (onStep) =>
        core.imports.plan(asked, { onStep, ...(signal ? { signal } : {}) }),
      ),
    ),
  /** The lines that were refused, or not done, with their reasons: of a plan, or of the run that applied it. */
  failed: unlocked
    .input(
      z.union([
        z.object({ plan: z.uuid() }),
        z.object({ profile: profileId, run: z.string().min(1).max(64) }),
      ]),
    )
    .query(({ ctx, input }) => ctx.core.imports.failed(input)),
  /** What the file of a plan is, and for whom. */
  planAbout: unlocked
    .input(z.object({ file: handed }))
    .query(({ ctx, input }) => ctx.core.imports.planAbout(input.file)),
  /** Opens the file of a plan, held against the tenant as it is now; `source`: the file that its passwords are in. */
  openPlan: unlocked
    .input(z.object({ profile: profileId, file: handed, source: handed.optional() }))
    .mutation(({ ctx, input, signal }) => ctx.core.imports.openPlan(input, signal)),
});
