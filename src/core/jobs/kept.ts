import { z } from 'zod';

/**
 * A job that is under way or broke off, as the settings keep it. `asked` is what it was asked, which its kind reads
 * (`JobKind.request`). `pid`: the process that works on it, since `pidAt`, unix ms.
 */
export const keptJobSchema = z.object({
  kind: z.string().max(32).default('export'),
  path: z.string().default(''),
  profile: z.string().default(''),
  title: z.string().default(''),
  pid: z.number().int().default(0),
  /** An older version noted no moment: whoever has the number is it. */
  pidAt: z.number().default(Number.MAX_SAFE_INTEGER),
  startedAt: z.number().default(0),
  asked: z.unknown(),
  /** Set where it ended, `at` in unix ms, and rows lack that can be asked for again; its kind reads what it came to. */
  ended: z.object({ at: z.number(), result: z.unknown() }).optional().catch(undefined),
});
export type KeptJob = z.infer<typeof keptJobSchema>;
